/**
 * The main job: a sheet of 1,000 messy rows through a real n8n to every gateway. An independent count at the gateways
 * is held against what the items say, row by row.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GATEWAY_IDS, type GatewayId } from '../../../nodes/SendSms/gateways';
import type { Simulator } from '../../../simulators/simulator';
import { facts } from '../../facts';
import type { WorkflowNode } from './n8n';
import type { Stage } from './stage';
import { fresh, setStage, smsNode, workflowOf } from './stage';

const SHEET = path.join(__dirname, '..', '..', 'support', 'contacts.csv');
const ROWS = 1000;

let stage: Stage;
const table: string[] = [];

beforeAll(async () => {
	stage = await setStage((line) => process.stderr.write(`${line}\n`));
	copyFileSync(SHEET, path.join(stage.n8n.filesFolder, 'contacts.csv'));
	// The same sheet, but the very first row cannot be sent: what sets off Retry On Fail.
	const [header = '', ...rest] = readFileSync(SHEET, 'utf8').split('\n');
	writeFileSync(
		path.join(stage.n8n.filesFolder, 'bad-first.csv'),
		[header, 'Nobody,call office,RU,Hello', ...rest].join('\n'),
	);
});
afterAll(async () => {
	await stage.close();
	process.stderr.write(`\n${table.join('\n')}\n\n`);
});

function readSheet(file: string): WorkflowNode[] {
	return [
		{
			name: 'Read File',
			type: 'n8n-nodes-base.readWriteFile',
			typeVersion: 1,
			parameters: { operation: 'read', fileSelector: path.join(stage.n8n.filesFolder, file), options: {} },
		},
		{
			name: 'Rows',
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1,
			parameters: { operation: 'csv', options: {} },
		},
	];
}

interface Said {
	readonly row: number;
	readonly to: string;
	readonly accepted: boolean | null;
	readonly messageId: string | null;
	readonly text: string;
}

type Json = Readonly<Record<string, unknown>>;

interface Count {
	readonly rows: number;
	readonly sentItems: number;
	readonly failedItems: number;
	readonly accepted: number;
	readonly notAccepted: number;
	readonly unclear: number;
	readonly seconds: number;
}

/** Runs the sheet through one node and holds the items against the gateway. */
async function run(
	title: string,
	gateway: GatewayId,
	type: string,
	parameters: Json,
	settings: Json = {},
	file = 'contacts.csv',
): Promise<Count> {
	const simulator: Simulator = fresh(stage.gateways[gateway]);
	const node = smsNode(type, stage, gateway, parameters, { onError: 'continueErrorOutput', ...settings });
	const id = await stage.n8n.createWorkflow(workflowOf(title, readSheet(file), node));
	const execution = await stage.n8n.runWorkflow(id, { timeoutMs: 300_000 });
	expect(execution.status).toBe('success');
	const [rowItems = []] = stage.n8n.nodeItems(execution, 'Rows')[0] ?? [];
	const [sent = [], failed = []] = stage.n8n.nodeItems(execution, 'SMS')[0] ?? [];
	const sheet = rowItems.map(({ json }) => json);
	const rowOf = (paired: unknown): number => {
		const first: unknown = Array.isArray(paired) ? paired[0] : paired;
		return (first as { item: number }).item;
	};

	const said: Said[] = [
		...sent.map(({ json, pairedItem }): Said => {
			const row = rowOf(pairedItem);
			return {
				row,
				to: String(json.to),
				accepted: json.accepted as boolean | null,
				messageId: json.messageId as string | null,
				text: String(sheet[row]?.text),
			};
		}),
		...failed.map(({ json, pairedItem }): Said => {
			const row = rowOf(pairedItem);
			const error = json.error as { to: string; accepted: false | null };
			// The row came along, with its columns beside the error.
			expect(json).toMatchObject({
				...sheet[row],
				error: { gateway, message: expect.any(String), hint: expect.any(String) },
			});
			return { row, to: error.to, accepted: error.accepted, messageId: null, text: String(sheet[row]?.text) };
		}),
	];

	// Every row is accounted for.
	expect(new Set(said.map(({ row }) => row)).size).toBe(sheet.length);
	// Nobody got the same text twice, and everybody who is said to have got it did, under the id that is shown.
	const arrived = simulator.texts.map(({ to, text }) => `+${to}\n${text}`);
	expect(new Set(arrived).size).toBe(arrived.length);
	const claimed = said.filter(({ accepted }) => accepted === true);
	expect(claimed.map(({ to, text }) => `${to}\n${text}`).sort()).toEqual([...arrived].sort());
	const ids = new Map(simulator.texts.map(({ to, text, messageId }) => [`+${to}\n${text}`, messageId]));
	for (const { to, text, messageId } of claimed) expect(messageId).toBe(ids.get(`${to}\n${text}`));
	// Failed rows were sent nothing, unless an equal row before them was.
	const duplicates = new Set(
		failed
			.filter(({ json }) => (json.error as { kind: string }).kind === 'duplicate')
			.map(({ pairedItem }) => rowOf(pairedItem)),
	);
	const got = new Set(arrived);
	for (const { row, to, text, accepted } of said) {
		if (accepted === false && !duplicates.has(row)) expect(got.has(`${to}\n${text}`)).toBe(false);
	}

	const accepted = claimed.length;
	const notAccepted = said.filter((each) => each.accepted === false).length;
	const unclear = said.filter((each) => each.accepted === null).length;
	expect(accepted + notAccepted + unclear).toBe(sent.length + failed.length);
	const smsRun = execution.data.resultData.runData.SMS?.[0];
	const seconds = (smsRun?.executionTime ?? 0) / 1000;
	const rowsWith = (value: boolean | null): number =>
		new Set(said.filter((each) => each.accepted === value).map(({ row }) => row)).size;
	table.push(
		`${title}: ${sheet.length} rows in; arrived ${arrived.length} texts in ${simulator.requests.length} requests; ` +
			`items out ${sent.length} sent + ${failed.length} failed; recipients ${accepted} accepted + ${notAccepted} not + ${unclear} unclear; ` +
			`rows ${rowsWith(true)} with a text + ${sheet.length - rowsWith(true)} without = ${sheet.length}; ${seconds.toFixed(1)} s`,
	);
	return {
		rows: sheet.length,
		sentItems: sent.length,
		failedItems: failed.length,
		accepted,
		notAccepted,
		unclear,
		seconds,
	};
}

const COUNTRY = { defaultCountryField: 'country' };
const draggedFields = (gateway: GatewayId, options: Json = {}): Json => ({
	to: '={{ $json.phone }}',
	message: '={{ $json.text }}',
	...facts[gateway].parameters,
	// A row that names no country has none, as in the facts.
	defaultCountry: 'none',
	options: { ...COUNTRY, ...options },
});

describe.each(GATEWAY_IDS.map((gateway) => [gateway] as const))('%s', (gateway) => {
	it('sends the sheet through the generic node, with dragged fields', async () => {
		const count = await run(
			`Send SMS, ${gateway}, dragged fields`,
			gateway,
			'sendSms',
			draggedFields(gateway),
		);
		expect(count.rows).toBe(ROWS);
		expect(count.unclear).toBe(0);
		expect(count.accepted).toBeGreaterThan(850);
		expect(stage.gateways[gateway].requests.length).toBeLessThanOrEqual(facts[gateway].sheet);
	});

	it('sends the sheet through its own node', async () => {
		expect((await run(`${gateway}, dragged fields`, gateway, gateway, draggedFields(gateway))).rows).toBe(
			ROWS,
		);
	});

	it('sends one text to the whole sheet', async () => {
		const parameters = {
			...draggedFields(gateway),
			message: 'Your order is ready',
		};
		const simulator = fresh(stage.gateways[gateway]);
		const node = smsNode(gateway, stage, gateway, parameters, { onError: 'continueErrorOutput' });
		const id = await stage.n8n.createWorkflow(
			workflowOf(`${gateway}, one text`, readSheet('contacts.csv'), node),
		);
		const execution = await stage.n8n.runWorkflow(id, { timeoutMs: 300_000 });
		const [sent = [], failed = []] = stage.n8n.nodeItems(execution, 'SMS')[0] ?? [];
		const numbers = simulator.texts.map(({ to }) => to);
		expect(new Set(numbers).size).toBe(numbers.length);
		expect(sent).toHaveLength(numbers.length);
		expect(simulator.requests.length).toBeLessThanOrEqual(facts[gateway].thousand[0]);
		const seconds = (execution.data.resultData.runData.SMS?.[0]?.executionTime ?? 0) / 1000;
		table.push(
			`${gateway}, one text: ${numbers.length} texts in ${simulator.requests.length} requests; ` +
				`items out ${sent.length} sent + ${failed.length} failed; ${seconds.toFixed(1)} s`,
		);
	});

	it('with Retry On Fail and the first row bad, nobody gets two', async () => {
		const count = await run(
			`${gateway}, Retry On Fail 3, first row bad`,
			gateway,
			'sendSms',
			draggedFields(gateway),
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 10 },
			'bad-first.csv',
		);
		expect(count.rows).toBe(ROWS + 1);
		expect(stage.gateways[gateway].requests.length).toBeLessThanOrEqual(facts[gateway].sheet);
	});
});

it('sends the sheet with expressions that n8n evaluates', async () => {
	const parameters = {
		to: '={{ $input.item.json.phone }}',
		message: '={{ $input.item.json.text }}',
		defaultCountry: '={{ $input.item.json.country }}',
		options: {},
	};
	const count = await run('Send SMS, smsRu, expressions', 'smsRu', 'sendSms', parameters);
	expect([count.rows, count.unclear]).toEqual([ROWS, 0]);
	const fast = await run('Send SMS, smsRu, dragged fields again', 'smsRu', 'sendSms', draggedFields('smsRu'));
	expect(count.accepted).toBe(fast.accepted);
});

it('kept every secret to itself, in all that n8n has written', () => {
	const log = stage.n8n.logText();
	for (const { secrets } of Object.values(stage.gateways)) {
		for (const secret of secrets) expect(log).not.toContain(secret);
	}
});
