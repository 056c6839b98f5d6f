/**
 * "Wait Until Final": the node asks again, less and less often, until each message is delivered or given up. In n8n's
 * engine, against simulators whose clocks run as fast as the node's.
 */
import type { INodeParameters } from 'n8n-workflow';
import { clock } from '../../../../nodes/shared/time/clock';
import { GATEWAY_IDS, type GatewayId } from '../../../../nodes/SendSms/gateways';
import { startGateways } from '../../../../simulators';
import type { Simulator } from '../../../../simulators/simulator';
import { facts } from '../../../facts';
import { hurry, realTime } from '../../../support/clock';
import type { RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';

let simulators: Readonly<Record<GatewayId, Simulator>>;

beforeAll(async () => {
	simulators = await startGateways({ now: () => new Date(clock.now()) });
	hurry(200);
});
afterAll(async () => {
	realTime();
	await Promise.all(Object.values(simulators).map((simulator) => simulator.close()));
});
beforeEach(() => Object.values(simulators).forEach((simulator) => simulator.reset()));

/** Gateways that are asked for the status by message ID alone, each with its code of a delivery that failed for good. */
const asking = GATEWAY_IDS.flatMap((id) => {
	const { undelivered, number } = facts[id];
	return undelivered === undefined ? [] : [[id, undelivered, number(1)] as const];
});

const run = async (id: GatewayId, parameters: INodeParameters, more: object = {}): Promise<RunResult> =>
	await runNode({
		node: id,
		credentials: { [`${id}Api`]: simulators[id].credentials },
		parameters,
		...more,
	});

async function send(id: GatewayId, ...to: readonly string[]): Promise<readonly string[]> {
	const { success, error } = await run(id, {
		to: to.join(','),
		message: 'Hello',
		...facts[id].parameters,
	});
	expect(error).toBeNull();
	return success.map(({ json }) => String(json.messageId));
}

const wait = async (
	id: GatewayId,
	messageId: string,
	waitMinutes: number,
	more: object = {},
): Promise<RunResult> =>
	await run(
		id,
		{ operation: 'getStatus', messageId, waitUntilFinal: true, waitMinutes, options: { timeout: 10_000 } },
		more,
	);

const asked = (id: GatewayId): number =>
	simulators[id].requests.filter(({ accepted }) => accepted === 0).length;

describe.each(asking)('%s', (id, order, to) => {
	it('tells at once where a message is, unless it is told to wait', async () => {
		const [messageId = ''] = await send(id, to);
		const { success } = await run(id, { operation: 'getStatus', messageId });
		expect(asked(id)).toBe(1);
		expect(success[0]?.json).toMatchObject({ messageId, status: expect.any(String) });
	});

	it('waits until it is delivered', async () => {
		const [messageId = ''] = await send(id, to);
		const { success, error } = await wait(id, messageId, 10);
		expect(error).toBeNull();
		expect(success).toHaveLength(1);
		expect(success[0]?.json).toMatchObject({ messageId, status: 'delivered', final: true });
		// At once or after five seconds, fifteen, thirty-five.
		expect(asked(id)).toBeLessThanOrEqual(4);
	});

	it('gives up when the gateway will say no more', async () => {
		simulators[id].orders.recipientCodes.set(to.slice(1), order);
		const [messageId = ''] = await send(id, to);
		const { success } = await wait(id, messageId, 10);
		expect(success[0]?.json).toMatchObject({
			status: 'undelivered',
			final: true,
			reasonCode: order,
			reason: expect.stringMatching(/\.$/),
			hint: expect.stringMatching(/\.$/),
		});
		expect(asked(id)).toBeLessThanOrEqual(4);
	});
});

it('AlphaSMS: a phone that is out of touch is waited for', async () => {
	simulators.alphaSms.orders.recipientCodes.set('380501000001', '5');
	const [messageId = ''] = await send('alphaSms', '+380501000001');
	const { success } = await wait('alphaSms', messageId, 1);
	expect(success[0]?.json).toMatchObject({ final: false, reasonKind: 'temporary', reasonCode: '5' });
	// At 0, 5, 15 and 35 seconds; 75 would be too late. On a busy machine a minute of the tests' time ends sooner.
	expect(asked('alphaSms')).toBeGreaterThan(1);
	expect(asked('alphaSms')).toBeLessThanOrEqual(4);
});

it('Advanta: no report yet is waited for', async () => {
	simulators.advantaSms.fault({
		at: 'before',
		how: 'reply',
		times: 2,
		matches: ({ path }) => path.includes('getdlr'),
		reply: { status: 404, headers: {}, body: '{"response-code":1009,"response-description":"No dlr"}' },
	});
	const [messageId = ''] = await send('advantaSms', '+254712000001');
	const { success } = await wait('advantaSms', messageId, 5);
	expect(success[0]?.json).toMatchObject({ status: 'delivered', final: true });
	expect(asked('advantaSms')).toBe(3);
});

describe('SMS.RU says one thing after another', () => {
	/** The next replies have these codes for every message, in this order; a null is a reply that cannot be read. */
	function say(...codes: ReadonlyArray<number | null>): void {
		const matches = ({ path }: { path: string }): boolean => path === '/sms/status';
		for (const code of codes) {
			if (code === null) {
				const reply = { status: 200, headers: {}, body: '<html>' };
				simulators.smsRu.fault({ at: 'before', how: 'reply', reply, matches });
				continue;
			}
			const mutate = (json: unknown): unknown => {
				const { sms } = json as { sms: Record<string, object> };
				const entries = Object.keys(sms).map((id) => [id, { status: 'OK', status_code: code, cost: '3.50' }]);
				return { ...(json as object), sms: Object.fromEntries(entries) as unknown };
			};
			simulators.smsRu.fault({ at: 'after', how: 'mutate', mutate, matches });
		}
	}

	it.each<[string, ReadonlyArray<number | null>, string, number]>([
		['forward', [100, 101, 102, 103], 'delivered', 4],
		['back and forth', [102, 100, -1, 101, 103], 'delivered', 5],
		['nothing readable in between', [101, null, null, 103], 'delivered', 4],
		['an end that is no delivery', [102, 104], 'expired', 2],
	])('%s', async (_, codes, status, requests) => {
		const [messageId = ''] = await send('smsRu', '+79161000001');
		say(...codes);
		const { success, error } = await wait('smsRu', messageId, 10);
		expect(error).toBeNull();
		expect(success[0]?.json).toMatchObject({ messageId, status, final: true });
		expect(asked('smsRu')).toBe(requests);
	});

	it('and at the end of the time it is the furthest that counts', async () => {
		const [messageId = ''] = await send('smsRu', '+79161000001');
		say(102, 100, -1, null, 101);
		// At 0, 5, 15, 35 and 75 seconds; 135 would be too late.
		const { success } = await wait('smsRu', messageId, 2);
		expect(success[0]?.json).toMatchObject({ status: 'sent', final: false });
		expect(asked('smsRu')).toBe(5);
	});

	it('only of messages that are still on their way is asked again', async () => {
		const numbers = Array.from({ length: 150 }, (_, n) => `+7916${1_000_000 + n}`);
		const ids = await send('smsRu', ...numbers);
		const late = new Set(ids.slice(40, 43));
		simulators.smsRu.fault({
			at: 'after',
			how: 'mutate',
			times: 2,
			matches: ({ path }) => path === '/sms/status',
			mutate: (json) => {
				const { sms } = json as { sms: Record<string, object> };
				const entries = Object.keys(sms).map((id) => [
					id,
					{ status: 'OK', status_code: late.has(id) ? 102 : 103, cost: '3.50' },
				]);
				return { status: 'OK', status_code: 100, sms: Object.fromEntries(entries) as unknown };
			},
		});
		const { success } = await run(
			'smsRu',
			{ operation: 'getStatus', messageId: '={{ $json.id }}', waitUntilFinal: true, waitMinutes: 5 },
			{ rows: ids.map((id) => ({ id })) },
		);
		expect(success.map(({ json }) => [json.messageId, json.status])).toEqual(
			ids.map((id) => [id, 'delivered']),
		);
		const bodies = simulators.smsRu.requests.slice(-3).map(({ body }) => body.toString());
		expect(new URLSearchParams(bodies[2]).get('sms_id')).toBe([...late].join(','));
		expect(success[149]?.pairedItem).toEqual({ item: 149 });
	});

	it('ends when the run is stopped', async () => {
		const [messageId = ''] = await send('smsRu', '+79161000001');
		say(...Array.from({ length: 100 }, () => 102));
		const before = Date.now();
		let cancel = (): void => undefined;
		const running = wait('smsRu', messageId, 1440, { onStarted: (stop: () => void) => (cancel = stop) });
		const soon = setInterval(() => {
			if (asked('smsRu') >= 2) cancel();
		}, 5);
		const result = await running;
		clearInterval(soon);
		expect(result.run.finished).not.toBe(true);
		expect(asked('smsRu')).toBeLessThan(10);
		// A day, two hundred times as fast, would be seven minutes.
		expect(Date.now() - before).toBeLessThan(10_000);
	});

	it('and a time to wait that is none is refused by name', async () => {
		const { error } = await wait('smsRu', '000000-1', 0);
		expect(error?.message).toMatch(/'Maximum Wait \(Minutes\)' is "0"/);
		expect(asked('smsRu')).toBe(0);
	});
});

it('a gateway that repeats its first page is believed once', async () => {
	const { voipCommunications } = simulators;
	const entry = { sms_id: '7', sms_inout: 'OUT', sms_internal: '1', sms_external: '2', sms_msg: 'x' };
	const reply = { status: 200, headers: {}, body: JSON.stringify({ summary: [entry] }) };
	voipCommunications.fault({ at: 'before', how: 'reply', reply, times: Infinity, matches: () => true });
	const { success } = await runNode({
		node: 'voipCommunications',
		credentials: { voipCommunicationsApi: voipCommunications.credentials },
		parameters: { operation: 'getAll', returnAll: true },
	});
	expect(success).toHaveLength(1);
	expect(voipCommunications.requests).toHaveLength(2);
});
