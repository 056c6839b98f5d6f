/** The lines of n8n that the package is proved on, and everything in which they differ for whoever installs or drives them. */

export const N8N_LINES = ['1.123', '2.41'] as const;

export type N8nLine = (typeof N8N_LINES)[number];

/** What `npm start` shows, and what tests run on that no suite chose a line for. */
export const NEWEST_LINE: N8nLine = '2.41';

export interface LineFacts {
	/** The pinned version; hosts/<version>/ says what is installed with it. */
	readonly version: string;
	/** The major version of the Node that it runs on. */
	readonly node: number;
	/** What this line's environment has beside that of all. */
	readonly env: Readonly<Record<string, string>>;
	/** What a new workflow has to say that others are not asked. */
	readonly newWorkflow: Readonly<Record<string, unknown>>;
	/** A new workflow may be given an id over REST; otherwise only n8n's import command takes one. */
	readonly takesWorkflowIds: boolean;
	/** The workflow is sent along when it is to be run, although n8n has it. */
	readonly runSendsWorkflow: boolean;
	/** Workflows are switched on by requests of their own; otherwise by a field of the workflow. */
	readonly publishesWorkflows: boolean;
	/** What n8n makes of a node for AI agents: each is the name of a type of its own, with this behind it. */
	readonly agentTools: readonly string[];
	/** Suites (`<name>.e2e.ts`, or a pattern of such names) that are about another line. */
	readonly leavesOut: readonly string[];
}

export const LINE_FACTS: Readonly<Record<N8nLine, LineFacts>> = {
	'1.123': {
		version: '1.123.81',
		node: 20,
		env: {
			// Its isolated-vm comes without a binary for the Node 20 that this line is proved on.
			N8N_EXPRESSION_ENGINE: 'legacy',
			// Without a pool, as this line is by default, its SQLite driver mixes up the transactions of requests that come
			// at the same time ("no such savepoint"). 2.x has a pool.
			DB_SQLITE_POOL_SIZE: '2',
		},
		newWorkflow: { active: false },
		takesWorkflowIds: false,
		runSendsWorkflow: true,
		publishesWorkflows: false,
		agentTools: ['Tool'],
		leavesOut: ['examples', 'startCheck', 'browser*'],
	},
	'2.41': {
		version: '2.41.1',
		node: 24,
		env: {},
		newWorkflow: {},
		takesWorkflowIds: true,
		runSendsWorkflow: false,
		publishesWorkflows: true,
		// The second one is for a human's review.
		agentTools: ['Tool', 'HitlTool'],
		leavesOut: [],
	},
};

/** The line that this run of the suites is for: each of jest's projects names one. */
export function lineUnderTest(): N8nLine {
	const { n8nLine = NEWEST_LINE } = globalThis as { n8nLine?: unknown };
	const line = N8N_LINES.find((each) => each === n8nLine);
	if (line === undefined)
		throw new Error(`There is no n8n line "${String(n8nLine)}": ${N8N_LINES.join(', ')}`);
	return line;
}
