/** SMSC's look-ups in n8n's engine: ordered once, paid once, waited for as long as people want. */
import type { INodeParameters } from 'n8n-workflow';
import { startSimulator } from '../../../simulators/server';
import type { SimulatedReply, SimulatedRequest, Simulator } from '../../../simulators/simulator';
import { createSmsc } from '../../../simulators/smsc';
import { hurry, realTime } from '../../support/clock';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';

const FACTOR = 100;
const PHONE = '+79161234567';
const OTHER = '+79161234568';

let simulator: Simulator;
const started = Date.now();

beforeAll(async () => {
	simulator = await startSimulator(createSmsc(), {
		now: () => new Date(started + (Date.now() - started) * FACTOR),
	});
	hurry(FACTOR);
});
beforeEach(() => simulator.reset());
afterAll(async () => {
	realTime();
	await simulator.close();
});

function lookUp(
	phones: readonly string[],
	parameters: INodeParameters = {},
	more: Partial<RunOptions> = {},
): Promise<RunResult> {
	return runNode({
		node: 'smsc',
		credentials: { smscApi: simulator.credentials },
		parameters: { resource: 'number', operation: 'lookup', to: '={{ $json.phone }}', ...parameters },
		rows: phones.map((phone) => ({ phone })),
		onError: 'continueErrorOutput',
		...more,
	});
}

const orders = (): URLSearchParams[] =>
	simulator.requests
		.filter(({ url }) => url === '/sys/send.php')
		.map(({ body }) => new URLSearchParams(String(body)));
const asked = (): number => simulator.requests.filter(({ url }) => url === '/sys/status.php').length;
const isStatus = ({ path }: SimulatedRequest): boolean => path === '/sys/status.php';
const json = (body: unknown): SimulatedReply => ({
	status: 200,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(body),
});
const errorsOf = ({ failed }: RunResult): unknown[] => failed.map((item) => item.json.error);

describe('a look-up', () => {
	it('tells where the number is, once the operator has answered', async () => {
		const { success, failed } = await lookUp([PHONE, '+77011234567']);
		expect(failed).toEqual([]);
		expect(success).toMatchObject([
			{
				pairedItem: { item: 0 },
				json: {
					gateway: 'smsc',
					to: PHONE,
					messageId: expect.any(String),
					status: 'delivered',
					final: true,
					accepted: true,
					reason: null,
					cost: 0.3,
					imsi: expect.stringMatching(/^25001/),
					mcc: '250',
					mnc: '01',
					country: 'Россия',
					network: 'МТС',
					roamingCountry: null,
				},
			},
			{ pairedItem: { item: 1 }, json: { to: '+77011234567', country: 'Казахстан', final: true } },
		]);
		expect(orders()).toHaveLength(1);
		for (const key of ['text', 'segments', 'encoding']) expect(success[0]?.json).not.toHaveProperty(key);
		expect(success[0]?.json.from).toBeNull();
		// Nobody gets anything.
		expect(simulator.texts).toEqual([]);
		expect(simulator.balance).toBeCloseTo(999.4);
	});

	it('without waiting is a receipt', async () => {
		const { success } = await lookUp([PHONE], { waitUntilFinal: false });
		expect(success).toMatchObject([{ json: { status: 'queued', accepted: true, cost: 0.3 } }]);
		expect(success[0]?.json).not.toHaveProperty('imsi');
		expect(asked()).toBe(0);
	});

	it('whose result is not there yet is waited for: "delivered" without a result is none', async () => {
		const pending = { status: 1, type: 4, last_timestamp: 1476794052 };
		simulator.fault({ at: 'before', how: 'reply', reply: json(pending), times: 2, matches: isStatus });
		const { success } = await lookUp([PHONE]);
		expect(success).toMatchObject([{ json: { status: 'delivered', final: true, network: 'МТС' } }]);
		expect(asked()).toBe(3);
	});

	it('that has no result when the time is up has been ordered all the same', async () => {
		const pending = { status: 1, type: 4 };
		simulator.fault({ at: 'before', how: 'reply', reply: json(pending), times: Infinity, matches: isStatus });
		const { success, failed } = await lookUp([PHONE], { waitMinutes: 0.2 });
		expect(failed).toEqual([]);
		expect(success).toMatchObject([{ json: { status: 'sent', final: false, accepted: true, cost: 0.3 } }]);
	});

	it.each([
		['20/1', 'There is no such subscriber.', 'invalid_recipient'],
		['1/6', 'The phone is switched off or out of reach.', 'temporary'],
	])('of a number with status and reason %s says: %s', async (code, message, kind) => {
		simulator.orders.recipientCodes.set('79161234567', code);
		const { success } = await lookUp([PHONE]);
		expect(success).toMatchObject([
			{ json: { status: 'undelivered', final: true, reasonKind: kind, reason: message } },
		]);
	});

	it('that SMSC does not know for a while keeps its receipt', async () => {
		simulator.fault({
			at: 'before',
			how: 'reply',
			reply: json({ status: -3 }),
			times: Infinity,
			matches: isStatus,
		});
		const { success } = await lookUp([PHONE], { waitMinutes: 0.2 });
		expect(success).toMatchObject([{ json: { status: 'queued', accepted: true, reasonCode: '-3' } }]);
	});

	it('of a number that is none is refused before it is paid for', async () => {
		const result = await lookUp(['office', PHONE]);
		expect(errorsOf(result)).toMatchObject([{ kind: 'invalid_recipient', to: 'office', accepted: false }]);
		expect(result.success).toMatchObject([{ json: { to: PHONE }, pairedItem: { item: 1 } }]);
		expect(orders().map((order) => order.get('phones'))).toEqual([PHONE]);
	});

	it('of the same number in two rows is paid once and told to both', async () => {
		const { success, failed } = await lookUp([PHONE, OTHER, PHONE]);
		expect(failed).toEqual([]);
		expect(success.map(({ json: one, pairedItem }) => [one.to, one.network, pairedItem])).toEqual([
			[PHONE, 'МТС', { item: 0 }],
			[OTHER, 'МТС', { item: 1 }],
			[PHONE, 'МТС', { item: 2 }],
		]);
		expect(orders().map((order) => order.get('phones'))).toEqual([`${PHONE},${OTHER}`]);
	});

	it('without money', async () => {
		simulator.balance = 0;
		expect(errorsOf(await lookUp([PHONE]))).toMatchObject([{ kind: 'insufficient_funds', accepted: false }]);
	});

	it('whose receipt was lost is not ordered again: it is asked for', async () => {
		simulator.fault({ at: 'after', how: 'reset' });
		const { success, failed } = await lookUp([PHONE]);
		expect(failed).toEqual([]);
		expect(success).toMatchObject([{ json: { accepted: true, status: 'delivered', network: 'МТС' } }]);
		expect(orders()).toHaveLength(1);
	});

	it('stopped while it waits ends at once, and is not ordered again', async () => {
		simulator.fault({
			at: 'before',
			how: 'reply',
			reply: json({ status: 0, type: 4 }),
			times: Infinity,
			matches: isStatus,
		});
		const before = Date.now();
		const result = await lookUp(
			[PHONE],
			{ waitMinutes: 1440 },
			{ onStarted: (cancel) => void setTimeout(cancel, 300) },
		);
		expect(result.run.status).toBe('canceled');
		expect(Date.now() - before).toBeLessThan(5_000);
		expect(orders()).toHaveLength(1);
	});
});

describe('Retry On Fail', () => {
	it.each(['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'] as const)(
		'with On Error = %s orders nothing twice',
		async (onError) => {
			const result = await lookUp(['office', PHONE, OTHER], {}, { maxTries: 3, onError });
			expect(result.error).toBeNull();
			expect(orders().map((order) => order.get('phones'))).toEqual([`${PHONE},${OTHER}`]);
			expect([...result.success, ...result.failed]).toHaveLength(3);
		},
	);

	it('orders again what SMSC has not taken', async () => {
		simulator.fault({
			at: 'before',
			how: 'reply',
			reply: json({ error: 'too many concurrent requests', error_code: 9 }),
		});
		const { success } = await lookUp([PHONE], {}, { maxTries: 3 });
		expect(success).toMatchObject([{ json: { accepted: true, final: true } }]);
		expect(orders()).toHaveLength(2);
	});
});

describe('a ping', () => {
	it.each([
		['1', 'delivered'],
		['1/6', 'undelivered'],
	])('with %s is %s', async (code, status) => {
		simulator.orders.recipientCodes.set('79161234567', code);
		const { success } = await lookUp([PHONE], { operation: 'ping' });
		expect(success).toMatchObject([{ json: { to: PHONE, status, final: true } }]);
		expect(orders().map((order) => [order.get('ping'), order.get('hlr'), order.get('mes')])).toEqual([
			['1', null, null],
		]);
	});
});
