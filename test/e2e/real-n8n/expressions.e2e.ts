/** What is evaluated without n8n is what this line's n8n gives: its engine alone, and the whole of it with its own nodes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { compileParameter } from '../../../nodes/shared/input/expressions';
import type { Tally } from '../../support/expressionReferee';
import { installHost } from './host';
import { LINE_FACTS, lineUnderTest } from './lines';
import type { WorkflowJson, WorkflowNode } from './n8n';
import type { Stage } from './stage';
import { rowsNode, setStage, smsNode, workflowOf } from './stage';

const log = (line: string): void => void process.stderr.write(`${line}\n`);

it('the engine that this n8n starts with, on thousands of expressions and rows', async () => {
	const host = await installHost(log, undefined, lineUnderTest());
	// Outside of the repository, so that n8n's own packages are found, not ours.
	const folder = mkdtempSync(path.join(tmpdir(), 'sms-expressions-'));
	try {
		const script = path.join(folder, 'engine.cjs');
		buildSync({
			entryPoints: [path.join(__dirname, 'expressionEngine.ts')],
			bundle: true,
			platform: 'node',
			format: 'cjs',
			external: ['n8n-workflow', 'luxon'],
			outfile: script,
		});
		const engine = LINE_FACTS[lineUnderTest()].env.N8N_EXPRESSION_ENGINE ?? 'vm';
		const said = execFileSync(host.node, [script, engine], {
			encoding: 'utf8',
			env: { ...process.env, NODE_PATH: path.join(host.dir, 'node_modules') },
		});
		const tallies = JSON.parse(said) as Readonly<Record<string, Tally>>;
		expect(Object.values(tallies).flatMap(({ differences }) => differences)).toEqual([]);
		expect(Object.values(tallies).reduce((sum, { ours }) => sum + ours, 0)).toBeGreaterThan(3000);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

describe("Preview beside n8n's Edit Fields node", () => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await setStage(log);
	});
	afterAll(async () => await stage.close());

	const FIELDS = [
		'$json.name',
		'$json["First Name"]',
		"$json['Client\\'s name']",
		'$json.order.id',
		'$json.order?.id',
		"$json['order'].lines[0].sku",
		'$json.Имя',
		'$json["a.b"]',
		"$json.name ?? 'there'",
		"$json.order.id ?? 'none'",
		"$json.order?.id || 'none'",
		'$json.name.trim()',
		'$json.name?.trim()',
	];
	const ROWS = [
		{ name: 'Ann', 'First Name': 'A', "Client's name": "O'Neil", order: { id: 7, lines: [{ sku: 'x' }] } },
		{ name: null, 'First Name': '', order: null, Имя: 'Анна', 'a.b': 'dot' },
		{ name: 12345678901234, order: { id: 0.1 }, 'First Name': -1e21 },
		{ name: true, order: [], 'First Name': false },
		{ name: { a: 1 }, order: 'text', 'First Name': [1, null, 'x'] },
		{ name: '  \u00a0spaces ', order: { lines: [] }, 'First Name': '2026-03-29T01:30:00.000Z' },
		{ name: '{{ $json.order }} \\ " \u2028 👍🏽', order: { id: [1] }, 'First Name': 0 },
		{},
	];
	const TEXTS = [
		...FIELDS.map((field) => `=[{{ ${field} }}]`),
		'=Hello {{ $json.name }}, order {{ $json.order.id }}\nis ready: {{$json["First Name"]}}',
		'=No field at all',
	];

	function sideBySide(): WorkflowJson {
		const preview = (message: string, n: number): WorkflowNode => ({
			...smsNode(
				'smsRu',
				stage,
				'smsRu',
				{
					operation: 'preview',
					to: '={{ $json.to }}',
					message,
					limits: { skipDuplicates: 'off' },
					options: {},
				},
				{ onError: 'continueRegularOutput' },
			),
			name: `Ours ${n}`,
		});
		const edit: WorkflowNode = {
			name: 'Theirs',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				assignments: {
					assignments: TEXTS.map((value, n) => ({ id: `${n}`, name: `t${n}`, value, type: 'string' })),
				},
				options: {},
			},
		};
		const rows = ROWS.map((row, n) => ({ to: n % 2 === 0 ? '+79161234567' : 79161234567, ...row }));
		const base = workflowOf('Side by side', rowsNode(rows), edit);
		const previews = TEXTS.map(preview);
		return {
			...base,
			nodes: [
				...base.nodes,
				...previews.map((node, n) => ({ ...node, id: `preview-${n}`, position: [900, n * 100] })),
			],
			connections: {
				...base.connections,
				Rows: { main: [[edit, ...previews].map(({ name }) => ({ node: name, type: 'main', index: 0 }))] },
			},
		};
	}

	it('the same texts, to the character', async () => {
		for (const text of TEXTS) expect(compileParameter(text)).not.toBeNull();
		const id = await stage.n8n.createWorkflow(sideBySide());
		const execution = await stage.n8n.runWorkflow(id);
		expect(execution.status).toBe('success');
		const items = (name: string) =>
			stage.n8n.nodeItems(execution, name)[0]?.[0]?.map(({ json }) => json) ?? [];
		const theirs = items('Theirs');
		expect(theirs).toHaveLength(ROWS.length);
		// Nobody wants to pay for a printed object: the nodes refuse it.
		const sendable = (text: unknown): unknown =>
			typeof text === 'string' && text.includes('[object Object]') ? undefined : text;
		for (const [n, typed] of TEXTS.entries()) {
			expect([typed, items(`Ours ${n}`).map(({ text }) => text)]).toEqual([
				typed,
				theirs.map((json) => sendable(json[`t${n}`])),
			]);
		}
		expect(items('Ours 0').every(({ to }) => to === '+79161234567')).toBe(true);
	});
});
