/**
 * One suite for every operation besides sending, of every gateway, in n8n's engine, over real sockets against the
 * gateway's simulator: the right answer for one row and for many, and for each thing that can go wrong what the row
 * shows, where it leaves, and that nothing is thrown that should not be.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, INodeExecutionData, INodeParameters, OnError } from 'n8n-workflow';
import { GATEWAY_IDS, gateways } from '../../../../nodes/SendSms/gateways';
import { startGateways, type GatewayId } from '../../../../simulators';
import type { Fault, Simulator } from '../../../../simulators/simulator';
import { facts } from '../../../facts';
import type { OperationFacts, Workshop } from '../../../facts/facts';
import { hurry, realTime } from '../../../support/clock';
import type { RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';
import { misfits, schemaFor } from '../../../support/outputSchemas';

const HTML = '<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>';
const everything = (): boolean => true;

let simulators: Record<GatewayId, Simulator>;
/** How far the gateways' clocks are ahead: every run is a few minutes after the one before. */
let ahead = 0;

beforeAll(async () => {
	simulators = await startGateways({ now: () => new Date(Date.now() + ahead) });
	hurry(100);
});
afterAll(async () => {
	realTime();
	await Promise.all(Object.values(simulators).map((simulator) => simulator.close()));
});

function asRow({ pairedItem }: INodeExecutionData): number {
	const paired = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	if (typeof paired !== 'object') throw new Error('an item is not paired');
	return paired.item;
}

/** The keys that people look for, in the order in which every operation has them. */
function expectOrder(json: IDataObject): void {
	const wanted = ['deleted', 'to', 'status', 'final', 'segments', 'cost', 'currency', 'messageId'];
	const last = ['reason', 'hint', 'from', 'text', 'occurredAt', 'gateway', 'raw', 'error'];
	const order = [...wanted, ...last];
	const keys = Object.keys(json).filter((key) => order.includes(key));
	expect(keys).toEqual(order.filter((key) => key in json));
	expect(['deleted', 'gateway', 'raw', 'error']).toContain(Object.keys(json).at(-1));
}

/** The keys of a failure, and the closed sets behind them. */
const FAILURE = {
	message: expect.stringMatching(/^.{10,}[."]$/s) as string,
	kind: expect.stringMatching(
		/^(?:authentication|insufficient_funds|invalid_(?:recipient|sender|parameter)|content_rejected|rate_limited|duplicate|blocked_recipient|no_route|temporary|unknown)$/,
	) as string,
	to: expect.any(String) as string,
	retry: expect.stringMatching(/^(?:never|later|after_fix|check_first)$/) as string,
	hint: expect.stringMatching(/^.{5,}\.$/s) as string,
};

it.each(GATEWAY_IDS)('%s has an entry in the table for each of its operations', (id) => {
	const names = gateways[id].operations.map(({ resource, operation }) => `${resource}.${operation}`);
	expect(Object.keys(facts[id].operations).sort()).toEqual([...names].sort());
});

const all = GATEWAY_IDS.flatMap((id) =>
	Object.entries(facts[id].operations).map(
		([name, subject]) => [`${id} ${name}`, id, name, subject] as const,
	),
);

describe.each(all)('%s', (_title, id, name, subject: OperationFacts) => {
	const [resource = '', operation = ''] = name.split('.');
	const described = gateways[id].operations.find(
		(one) => one.resource === resource && one.operation === operation,
	);
	const returnsMany = described?.returnsMany === true;
	const credentialType = gateways[id].credential.type;
	const schema = schemaFor(id, `v1.0.0/${resource}/${operation}.json`);

	let simulator: Simulator;
	beforeEach(() => {
		simulator = simulators[id];
		simulator.reset();
		ahead = 0;
	});

	interface Running {
		readonly parameters?: INodeParameters;
		readonly credentials?: Readonly<Record<string, string>>;
		readonly onError?: OnError;
		readonly maxTries?: number;
	}

	async function ask(rows: readonly IDataObject[], running: Running = {}): Promise<RunResult> {
		ahead += 120_000;
		return await runNode({
			node: id,
			credentials: { [credentialType]: { ...simulator.credentials, ...running.credentials } },
			rows: rows.map((row, index) => ({ index, ...row })),
			parameters: {
				resource,
				operation,
				...subject.parameters,
				...(returnsMany ? { returnAll: true } : {}),
				...running.parameters,
				options: { timeout: 10_000, ...(running.parameters?.options as INodeParameters | undefined) },
			},
			...(running.onError === undefined ? {} : { onError: running.onError }),
			...(running.maxTries === undefined ? {} : { maxTries: running.maxTries }),
		});
	}

	const workshop = (): Workshop => ({
		simulator,
		async run(parameters, rows) {
			const credentials = { [credentialType]: simulator.credentials };
			const result = await runNode({ node: id, credentials, rows, parameters });
			expect(result.error).toBeNull();
			expect(result.success.filter(({ json }) => json.error !== undefined)).toEqual([]);
			return result;
		},
		pass(milliseconds) {
			ahead += milliseconds;
		},
	});

	/** Rows that ask for different things, as many as are wanted or as the gateway allows. */
	async function prepare(wanted: number): Promise<readonly IDataObject[]> {
		const rows = Math.min(wanted, subject.mostRows ?? wanted);
		const made = (await subject.prepare?.(workshop(), rows)) ?? [];
		return made.length > 0 ? made : Array.from({ length: rows }, () => ({}));
	}

	/** What the rows' items must be, in order. */
	function expectAnswers(items: readonly INodeExecutionData[], rows: readonly IDataObject[]): void {
		for (const { json } of items) {
			expectOrder(json);
			expect(misfits(json, schema)).toEqual([]);
		}
		const wanted = rows.flatMap((row, index) =>
			subject.expected(row, simulator).map((json) => ({
				json: 'deleted' in json ? json : expect.objectContaining({ gateway: id }),
				pairedItem: { item: index },
			})),
		);
		expect(items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual(wanted);
		const plain = items.map(({ json }) =>
			Object.fromEntries(Object.entries(json).filter(([key]) => key !== 'gateway')),
		);
		const told = rows.map((_, index) => plain.filter((_, at) => asRow(items[at] ?? { json: {} }) === index));
		rows.forEach((row, index) => {
			const expected = subject.expected(row, simulator);
			expect(told[index]).toHaveLength(expected.length);
			// Lists that are maps at the vendor come in any order.
			expect(told[index]).toEqual(expect.arrayContaining([...expected]));
		});
	}

	async function countRequests(run: () => Promise<RunResult>): Promise<[RunResult, number]> {
		const before = simulator.requests.length;
		const result = await run();
		return [result, simulator.requests.length - before];
	}

	describe('answers', () => {
		it('one row', async () => {
			const rows = await prepare(1);
			const [{ success, error }, requests] = await countRequests(async () => await ask(rows));
			expect(error).toBeNull();
			expectAnswers(success, rows);
			expect(requests).toBe(subject.requests(1));
		});

		it('150 rows, each its own, in as few requests as the gateway allows', async () => {
			const rows = await prepare(150);
			const [{ success, error }, requests] = await countRequests(async () => await ask(rows));
			expect(error).toBeNull();
			expectAnswers(success, rows);
			expect(requests).toBe(subject.requests(rows.length));
		});

		it('150 rows that ask for the same: it is asked once', async () => {
			const [row = {}] = await prepare(1);
			const rows = Array.from({ length: 150 }, () => row);
			const [{ success, error }, requests] = await countRequests(async () => await ask(rows));
			expect(error).toBeNull();
			expectAnswers(success, rows);
			expect(requests).toBe(subject.requests(1));
		});
	});

	if (returnsMany) {
		it('gives no more than the limit, and all on request', async () => {
			const rows = (await prepare(2)).slice(0, 2);
			const found = rows.map((row) => subject.expected(row, simulator).length);
			const limited = await ask(rows, { parameters: { returnAll: false, limit: 2 } });
			expect(limited.success.map(asRow)).toEqual(
				found.flatMap((length, index) => Array.from({ length: Math.min(2, length) }, () => index)),
			);
			const unlimited = await ask(rows, { parameters: { returnAll: true, limit: 1 } });
			expect(unlimited.success).toHaveLength(found.reduce((sum, length) => sum + length, 0));
		});

		it('refuses a limit that is none', async () => {
			const { failed } = await ask([{}], {
				parameters: { returnAll: false, limit: 'many' },
				onError: 'continueErrorOutput',
			});
			expect(failed[0]?.json.error).toMatchObject({
				kind: 'invalid_parameter',
				message: expect.stringContaining("'Limit'"),
			});
		});
	}

	if (described?.simplified !== undefined) {
		it('leaves keys out when it is simplified, which it is at first', async () => {
			const rows = await prepare(1);
			const [simple] = (await ask(rows)).success;
			const [full] = (await ask(rows, { parameters: { simplify: false } })).success;
			const keys = Object.keys(simple?.json ?? {});
			expect(keys.length).toBeLessThanOrEqual(11);
			expect(Object.keys(full?.json ?? {})).toEqual(expect.arrayContaining(keys));
			expect(Object.keys(full?.json ?? {}).length).toBeGreaterThan(keys.length);
		});
	}

	it('hands on the reply without secrets when it is asked for', async () => {
		const rows = await prepare(1);
		const { success } = await ask(rows, { parameters: { options: { includeRaw: true } } });
		expect(success.length).toBeGreaterThan(0);
		for (const { json } of success) expect(json.raw).toBeTruthy();
	});

	it('refuses a timeout that is none, and asks nothing', async () => {
		const rows = await prepare(1);
		const [{ failed, error }, requests] = await countRequests(
			async () =>
				await ask(rows, { parameters: { options: { timeout: 7 } }, onError: 'continueErrorOutput' }),
		);
		expect([error, requests]).toEqual([null, 0]);
		expect(failed[0]?.json.error).toMatchObject({ message: expect.stringContaining("'Timeout'") });
	});

	it('never throws for an expression that cannot be evaluated', async () => {
		const rows = await prepare(2);
		const broken = '={{ $("No such node").item.json.x }}';
		for (const parameters of [{ options: { timeout: broken } }, { returnAll: false, limit: broken }]) {
			const { error, success, failed } = await ask(rows, { parameters, onError: 'continueErrorOutput' });
			expect(error).toBeNull();
			expect(success.every(({ json }) => json.error === undefined)).toBe(true);
			expect(success.length + failed.length).toBeGreaterThanOrEqual(rows.length);
		}
	});

	interface Trouble {
		readonly fault?: Omit<Fault, 'matches'>;
		readonly credentials?: () => Readonly<Record<string, string>>;
		readonly timeout?: number;
		readonly kind: string;
		readonly retry: string;
		/** Requests that one question comes to. */
		readonly tries: number;
		/** With one trouble of each sort: many rows take their time. */
		readonly isTriedWithMany?: true;
	}
	const page = (status: number, body = HTML, headers: Record<string, string> = {}) => ({
		status,
		headers: { 'content-type': 'text/html', ...headers },
		body,
	});
	const troubles: ReadonlyArray<readonly [string, Trouble]> = [
		[
			'a wrong key',
			{
				credentials: () =>
					Object.fromEntries(
						Object.entries(simulator.credentials).map(([field, value]) => [
							field,
							simulator.secrets.includes(value) ? 'not-the-key' : value,
						]),
					),
				kind: 'authentication',
				retry: 'after_fix',
				tries: 1,
				isTriedWithMany: true,
			},
		],
		[
			'an HTML page',
			{
				fault: { at: 'before', how: 'reply', reply: page(200) },
				kind: 'unknown',
				retry: 'after_fix',
				tries: 1,
				isTriedWithMany: true,
			},
		],
		[
			'nothing',
			{
				fault: { at: 'after', how: 'reply', reply: page(200, '') },
				kind: 'unknown',
				retry: 'after_fix',
				tries: 1,
			},
		],
		[
			'500',
			{
				fault: { at: 'before', how: 'reply', reply: page(500) },
				kind: 'temporary',
				retry: 'later',
				tries: 3,
				isTriedWithMany: true,
			},
		],
		...(subject.halfLooksWhole === true
			? []
			: [
					[
						'half of the answer',
						{ fault: { at: 'after', how: 'truncate' }, kind: 'unknown', retry: 'after_fix', tries: 1 },
					] as const,
				]),
		[
			'a connection that breaks after the request',
			{ fault: { at: 'after', how: 'reset' }, kind: 'temporary', retry: 'later', tries: 3 },
		],
		[
			'5 MB that are no answer',
			{
				fault: { at: 'before', how: 'reply', reply: page(200, 'x'.repeat(5_000_000)) },
				kind: 'unknown',
				retry: 'after_fix',
				tries: 1,
			},
		],
		[
			'silence until the timeout',
			{ fault: { at: 'before', how: 'stall' }, timeout: 120, kind: 'temporary', retry: 'later', tries: 3 },
		],
		[
			'a redirect',
			{
				fault: { at: 'before', how: 'reply', reply: page(302, '', { location: '/elsewhere' }) },
				kind: 'unknown',
				retry: 'after_fix',
				tries: 1,
			},
		],
	];

	describe.each(troubles)(
		'meets %s',
		(_trouble, { fault, credentials, timeout, kind, retry, tries, isTriedWithMany }) => {
			let before = 0;
			/** How many requests have come; one that was given up at once may come a moment late. */
			const asked = async (expected: number): Promise<number> => {
				for (let patience = 250; patience > 0 && simulator.requests.length - before < expected; patience--)
					await new Promise((done) => setTimeout(done, 20));
				return simulator.requests.length - before;
			};
			const begin = (): void => {
				before = simulator.requests.length;
				if (fault !== undefined) simulator.fault({ ...fault, times: Infinity, matches: everything });
			};
			const meet = async (rows: readonly IDataObject[], onError?: OnError): Promise<RunResult> => {
				return await ask(rows, {
					...(credentials === undefined ? {} : { credentials: credentials() }),
					...(timeout === undefined ? {} : { parameters: { options: { timeout } } }),
					...(onError === undefined ? {} : { onError }),
				});
			};

			it('and says so, wherever the error is to go', async () => {
				const rows = (await prepare(1)).slice(0, 1);
				begin();
				const [stopped, went, stayed] = await Promise.all([
					meet(rows),
					meet(rows, 'continueErrorOutput'),
					meet(rows, 'continueRegularOutput'),
				]);
				expect(await asked(3 * tries)).toBe(3 * tries);
				// Or with the gateway's own sentence, in quotation marks.
				expect(stopped.error?.message).toMatch(/^.{10,}[."]$/s);
				expect(stopped.error?.description).toMatch(/^.{5,}\.$/s);
				expect(stopped.success).toEqual([]);

				const failure = {
					error: { ...FAILURE, kind, retry, gateway: id, code: expect.anything() as unknown },
				};
				expect([went.error, went.success]).toEqual([null, []]);
				expect(went.failed.map(asRow)).toEqual([0]);
				const [{ json: merged } = { json: {} }] = went.failed;
				expect(merged).toMatchObject({ index: 0, error: { kind, retry, gateway: id } });

				const { error, success } = stayed;
				expect(error).toBeNull();
				expect(success.map(asRow)).toEqual([0]);
				const flat = success[0]?.json ?? {};
				const told = flat.error as IDataObject;
				expect(Object.keys(flat).at(-1)).toBe('error');
				expect(flat).toMatchObject({ reason: told.message, hint: told.hint, gateway: id });
				expect('status' in flat).toBe(described?.tellsStatus === true);
				expectOrder(flat);
				expect(told).toEqual({ ...failure.error, code: told.code });
				expect(told.code === null || typeof told.code === 'string').toBe(true);

				const seen = JSON.stringify([stopped.run, went.run, success]) + String(stopped.error?.stack);
				for (const secret of simulator.secrets) expect(seen).not.toContain(secret);
			});

			if (isTriedWithMany !== true || subject.requests(150) === subject.requests(1)) return;

			it('for many rows: each has its failure, and a gateway that has died is not asked on and on', async () => {
				const rows = await prepare(30);
				begin();
				const { error, success, failed } = await meet(rows, 'continueErrorOutput');
				expect([error, success]).toEqual([null, []]);
				expect(failed.map(asRow)).toEqual(rows.map((_, index) => index));
				for (const { json } of failed) expect(json.error).toMatchObject({ kind, retry });
				// Five in a row, and those that were under way beside them.
				expect(await asked(0)).toBeLessThanOrEqual((5 + gateways[id].requestsInFlight) * tries);
			});
		},
	);

	it('asks again after a connection that broke once, and answers', async () => {
		const rows = await prepare(1);
		simulator.fault({ at: 'before', how: 'reset', matches: everything });
		const { success, error } = await ask(rows);
		expect(error).toBeNull();
		expectAnswers(success, rows);
	});

	it('answers when Retry On Fail comes to a gateway that has recovered', async () => {
		const rows = await prepare(1);
		simulator.fault({ at: 'before', how: 'reply', reply: page(503), times: 3, matches: everything });
		const { success, error } = await ask(rows, { maxTries: 2 });
		expect(error).toBeNull();
		expectAnswers(success, rows);
	});

	it('meets a refused connection: it may be tried later', async () => {
		const rows = await prepare(1);
		const closed = createServer();
		await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
		const { port } = closed.address() as AddressInfo;
		await new Promise((resolve) => closed.close(resolve));
		const baseUrl = `http://127.0.0.1:${port}`;
		const { failed, error } = await ask(rows, { credentials: { baseUrl }, onError: 'continueErrorOutput' });
		expect(error).toBeNull();
		expect(failed[0]?.json.error).toMatchObject({
			kind: 'temporary',
			retry: 'later',
			code: 'ECONNREFUSED',
			message: expect.stringContaining(baseUrl),
		});
	});

	it('shows no secret that the gateway sends back', async () => {
		const rows = await prepare(1);
		const [secret = ''] = simulator.secrets;
		const echo = {
			status: 'ERROR',
			status_code: 299,
			status_text: `key ${secret}`,
			error: `key ${secret}`,
			error_code: 77,
			error_message: `key ${secret}`,
			'response-code': 1999,
			'response-description': `key ${secret}`,
		};
		const own = facts[id].replies.refusalWith?.(`key ${secret}`);
		const { status = 200, body } = own ?? { status: 200, body: JSON.stringify(echo) };
		simulator.fault({
			at: 'before',
			how: 'reply',
			reply: page(status, body),
			times: Infinity,
			matches: everything,
		});
		const parameters = { options: { includeRaw: true } };
		const { failed, run } = await ask(rows, { parameters, onError: 'continueErrorOutput' });
		expect(failed[0]?.json.error).toMatchObject({
			message: expect.stringContaining('***'),
			raw: expect.anything(),
		});
		const thrown = await ask(rows, { parameters });
		expect(thrown.error?.message).toContain('***');
		const seen =
			JSON.stringify([run, thrown.run]) + String(thrown.error?.stack) + JSON.stringify(thrown.error);
		expect(seen).not.toContain(secret);
	});
});
