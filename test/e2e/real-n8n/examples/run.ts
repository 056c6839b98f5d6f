/** Runs an example as a person would: presses the button, or fills in the form and reads its last page. */
import { randomInt } from 'node:crypto';
import type { AcceptedText } from '../../../../simulators/simulator';
import { type Execution, nodeItems } from '../executions';
import type { N8n } from '../n8n';
import type { Example, Gateways } from './examples';
import { gatewaysOf } from './examples';
import { FormVisit } from './forms';

/** Something that a person reads when the run is over. */
export interface Shown {
	/** The node that shows it, the file's name, or the title of the form's last page. */
	readonly where: string;
	readonly text: string;
}

export interface ExampleRun {
	readonly execution: Execution;
	/** The last page of the form, files to download, and answers of an agent. */
	readonly shown: readonly Shown[];
	/** What the gateways accepted during this run. */
	readonly arrived: readonly AcceptedText[];
}

/** How a visitor fills in a form; `texts` is what has arrived on the phones so far. */
export type Visitor = (visit: FormVisit, texts: () => readonly AcceptedText[]) => Promise<void>;

/** The one-time code in the last text. */
export const codeIn = (texts: readonly AcceptedText[]): string =>
	/\b\d{6}\b/.exec(texts.at(-1)?.text ?? '')?.[0] ?? '';

/** A number of the form's country that nobody has had a code for: codes are limited for each. */
export const newPhone = (): string => `067 ${randomInt(1_000_000, 10_000_000)}`;

/** A visitor who does everything right, for every example that has a form. */
const VISITORS: Readonly<Record<string, Visitor>> = {
	formToText: async (visit) => {
		await visit.send('8 (916) 123-45-67', 'Friday');
	},
	oneTimeCode: async (visit, texts) => {
		await visit.send(newPhone());
		await visit.send(codeIn(texts()));
	},
};

/** The texts that any of the example's gateways has accepted since it was reset. */
export function arrivedTexts({ workflow }: Example, gateways: Gateways): AcceptedText[] {
	return gatewaysOf(workflow).flatMap((gateway) => gateways[gateway].texts);
}

/** The files and the agent's answer at the ends of the workflow. */
async function shownBy(n8n: N8n, { workflow }: Example, execution: Execution): Promise<Shown[]> {
	const ends = workflow.nodes.filter(({ name }) => !(name in workflow.connections));
	const shown: Shown[] = [];
	for (const { name } of ends) {
		for (const { json, binary = {} } of nodeItems(execution, name).flat(2)) {
			for (const file of Object.values(binary)) {
				const text = (await n8n.download(file)).toString('utf8');
				shown.push({ where: file.fileName ?? name, text });
			}
			if (typeof json.output === 'string') shown.push({ where: name, text: json.output });
		}
	}
	return shown;
}

/** Forgets what earlier runs sent, runs the example once, and waits for its end. */
export async function runExample(
	n8n: N8n,
	gateways: Gateways,
	example: Example,
	visitor: Visitor | undefined = VISITORS[example.workflow.id],
): Promise<ExampleRun> {
	for (const simulator of Object.values(gateways)) simulator.reset();
	const { workflow, formPath } = example;
	if (formPath === null) {
		const execution = await n8n.runWorkflow(workflow.id);
		const shown = await shownBy(n8n, example, execution);
		return { execution, shown, arrived: arrivedTexts(example, gateways) };
	}
	if (visitor === undefined) throw new Error(`Nobody knows how to fill in the form of ${example.file}`);
	const visit = await FormVisit.open(n8n, formPath);
	await visitor(visit, () => arrivedTexts(example, gateways));
	const execution = await n8n.waitForExecution(visit.executionId);
	const { title, text } = visit.page;
	return { execution, shown: [{ where: title, text }], arrived: arrivedTexts(example, gateways) };
}
