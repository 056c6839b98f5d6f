/**
 * AlphaSMS's lookups and calls with a code: paid for, so nobody is asked about or called twice, whatever happens; and a
 * code keeps its zeros.
 */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { BilledOperation } from '../../../nodes/shared/contract/gateway';
import { alphaSmsGateway } from '../../../nodes/AlphaSms/gateway';
import { statusOfWord } from '../../../nodes/AlphaSms/statusWords';
import { MESSAGE_STATUSES } from '../../../nodes/shared/contract/outcome';
import { createAlphaSms } from '../../../simulators/alphaSms';
import type { Simulator } from '../../../simulators/simulator';
import { withValueReplaced } from '../../support/changes';
import type { RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { alone, batch, bodyOf, message, reply } from '../../support/messages';
import { simulate } from '../../support/simulated';

function billed(name: string): BilledOperation {
	const found = alphaSmsGateway.billedOperations.find((one) => `${one.resource}.${one.operation}` === name);
	if (found === undefined) throw new Error(`AlphaSMS has no ${name}`);
	return found;
}
const lookUp = billed('number.lookup');
const call = billed('verification.call');

const ANN = '+380971234567';
const BOB = '+380501234567';

const LOOKED_UP = {
	phone: 380971234567,
	status: 'DELIVERED',
	imsi: 255010000000000,
	mccmnc: 25501,
	ported: true,
	network: {
		origin: { name: 'Kyivstar', prefix: 97, country: { name: 'Ukraine', prefix: 380 } },
		ported: {
			name: 'Vodafone Ukraine (fka MTS)',
			prefix: 66,
			country: { name: 'Ukraine', prefix: 380 },
		},
	},
};
const good = (...data: readonly object[]): object => ({
	success: true,
	data: data.map((one) => ({ success: true, data: one })),
});

describe('a lookup', () => {
	const two = () =>
		batch('sameText', message(lookUp.sender, { to: ANN }), message(lookUp.sender, { to: BOB }));
	const read = (body: object | string, status = 200) =>
		lookUp.sender.read(reply(body, status), alone(lookUp.sender, { to: ANN }));

	it('is the sample of the page, with more numbers in a request', () => {
		const request = lookUp.sender.build(two());
		expect([request.method, request.path]).toEqual(['POST', '/api/json.php']);
		const { data } = JSON.parse(bodyOf(request)) as { data: Array<{ id: number }> };
		expect(data).toMatchObject([
			{ type: 'hlr', phone: 380971234567 },
			{ type: 'hlr', phone: 380501234567 },
		]);
		expect(Object.keys(data[0] ?? {})).toEqual(['type', 'id', 'phone']);
		const [first = 0, second = 0] = data.map(({ id }) => id);
		expect(second).toBe(first + 1);
		expect(Number.isSafeInteger(second)).toBe(true);
		expect(String(first)).toMatch(/^\d{16}$/);
	});

	it('reads the sample of the page', () => {
		expect(read(good(LOOKED_UP))).toEqual([
			{
				accepted: true,
				messageId: null,
				status: 'delivered',
				cost: null,
				segments: null,
				details: {
					reason: null,
					country: 'Ukraine',
					operator: 'Vodafone Ukraine (fka MTS)',
					formerOperator: 'Kyivstar',
					mccmnc: '25501',
					imsi: '255010000000000',
				},
			},
		]);
	});

	it('has no former operator of a number that stayed, and nothing that the reply lacks', () => {
		const { ported, ...network } = LOOKED_UP.network;
		expect(read(good({ ...LOOKED_UP, network }))).toMatchObject([
			{ details: { operator: 'Kyivstar', formerOperator: null } },
		]);
		expect(ported.name).not.toBe('Kyivstar');
		expect(read(good({ phone: 380971234567, status: 'UNKNOWN' }))).toMatchObject([
			{ accepted: true, status: 'unknown', details: { operator: null, country: null, imsi: null } },
		]);
	});

	it('finds whose row it is by the number, in any order', () => {
		const other = { ...LOOKED_UP, phone: 380501234567, status: 'EXPIRED' };
		const outcomes = lookUp.sender.read(reply(good(other, LOOKED_UP)), two());
		expect(outcomes).toMatchObject([{ status: 'delivered' }, { status: 'expired' }]);
		const [, second] = lookUp.sender.read(reply(good(LOOKED_UP, LOOKED_UP)), two()) ?? [];
		expect(second).toMatchObject({ accepted: null });
	});

	it.each<[string, object, object]>([
		['a refusal', { success: false, error: 'Not enough money' }, { kind: 'insufficient_funds' }],
		['a refusal of the whole', { success: false, error: 'Access denied' }, { kind: 'authentication' }],
	])('%s', (name, body, expected) => {
		const whole = name.endsWith('whole') ? body : { success: true, data: [body] };
		expect(read(whole)).toMatchObject([{ accepted: false, ...expected }]);
	});

	it.each<[string, object]>([
		['no status', good({ phone: 380971234567 })],
		['no success', { success: true, data: [{ data: LOOKED_UP }] }],
		['an error beside it', { success: true, data: [{ success: true, error: 'x', data: LOOKED_UP }] }],
		['nothing', { success: true, data: [] }],
	])('leaves open what a reply with %s means', (_, body) => {
		expect(read(body)).toMatchObject([{ accepted: null, retry: 'check_first' }]);
	});
});

it.each([
	['QUEUED', 'queued', null],
	['ROUTING', 'sending', null],
	['ACCEPTED', 'sent', null],
	['DELIVERED', 'delivered', null],
	['READ', 'read', null],
	['REPLIED', 'read', null],
	['EXPIRED', 'expired', 'temporary'],
	['UNDELIVERABLE', 'undelivered', 'unknown'],
	['PARTIALLY DELIVERED', 'undelivered', 'temporary'],
	['SIM FULL', 'undelivered', 'temporary'],
	['REJECTED', 'rejected', 'unknown'],
	['FILTERED', 'rejected', 'blocked_recipient'],
	['INVALID DESTINATION ADDRESS', 'rejected', 'invalid_recipient'],
	['INVALID SOURCE ADDRESS', 'rejected', 'invalid_sender'],
	['NO ROUTE', 'rejected', 'no_route'],
	['DELETED', 'cancelled', null],
	['UNKNOWN', 'unknown', null],
	['constructor', 'unknown', null],
	[' delivered ', 'delivered', null],
])('the status word %s means %s', (word, status, kind) => {
	const [told, reason] = statusOfWord(word);
	expect([told, reason?.kind ?? null]).toEqual([status, kind]);
});

describe('a call', () => {
	const read = (body: object | string) => call.sender.read(reply(body), alone(call.sender, { to: ANN }));

	it('is the sample of the page', () => {
		const request = call.sender.build(alone(call.sender, { to: ANN }));
		expect(request.path).toBe('/api/json.php');
		expect(bodyOf(request)).toMatch(
			/^\{"data":\[\{"type":"call\/otp","id":\d{16},"phone":380971234567\}\]\}$/,
		);
	});

	it.each([
		['0471', '0471'],
		[471, '0471'],
		['7', '0007'],
	])('reads the code %p', (code, expected) => {
		expect(read(good({ code, price: 0.2 }))).toEqual([
			{
				accepted: true,
				messageId: null,
				status: 'queued',
				cost: 0.2,
				segments: null,
				details: { code: expected },
			},
		]);
	});

	it.each<[string, object]>([
		['no code', good({ price: 0.2 })],
		['a long code', good({ code: '12345' })],
		['an empty one', good({ code: '' })],
		['an error beside it', { success: true, data: [{ success: true, error: 'x', data: { code: '1234' } }] }],
		['no success', { success: true, data: [{ data: { code: '1234' } }] }],
	])('leaves open what a reply with %s means', (_, body) => {
		expect(read(body)).toMatchObject([{ accepted: null }]);
	});
});

describe.each([
	['number.lookup', lookUp, /"success":(?:true|1|"1"|"true")[^]*"status":/],
	['verification.call', call, /"success":(?:true|1|"1"|"true")[^]*"code":/],
])('%s, whatever comes', (_, { sender }, sign) => {
	const one = alone(sender, { to: ANN });
	const truth = JSON.stringify(good({ ...LOOKED_UP, code: '0471', price: 0.2 }));
	const odd = fc.oneof(fc.constantFrom(null, [], {}, '', '__proto__', -1, 1e308, true), fc.jsonValue());

	const check = (text: string, status = 200): void => {
		const outcomes = sender.read(reply(text, status), one);
		if (outcomes === null) return;
		expect(outcomes).toHaveLength(1);
		const [outcome] = outcomes;
		if (outcome?.accepted !== true) return;
		if (!sign.test(text.replace(/\s/g, ''))) throw new Error(`accepted without a sign: ${text}`);
		expect(MESSAGE_STATUSES).toContain(outcome.status);
	};

	it('is read without throwing, and accepted by its sign alone', () => {
		check(truth);
		expect(sender.read(reply(truth), one)).toMatchObject([{ accepted: true }]);
		fc.assert(fc.property(fc.string(), fc.constantFrom(200, 404, 500), check), { numRuns: 1000 });
		fc.assert(
			fc.property(fc.json(), (text) => check(text)),
			{ numRuns: 1000 },
		);
		const changed = fc.tuple(fc.nat(), odd).map(([place, value]) => withValueReplaced(truth, place, value));
		fc.assert(
			fc.property(changed, (text) => check(text)),
			{ numRuns: 2000 },
		);
		for (let end = 0; end < truth.length; end++) check(truth.slice(0, end));
	});
});

describe('in the engine', () => {
	let simulator: Simulator;
	simulate(createAlphaSms, (started) => (simulator = started));

	const run = async (
		operation: 'lookup' | 'call',
		rows: readonly IDataObject[],
		own: Readonly<Record<string, string>> = {},
	): Promise<RunResult> =>
		await runNode({
			node: 'alphaSms',
			credentials: { alphaSmsApi: { ...simulator.credentials, ...own } },
			rows,
			onError: 'continueErrorOutput',
			parameters: {
				resource: operation === 'lookup' ? 'number' : 'verification',
				operation,
				to: '={{ $json.to }}',
			},
		});
	const people = (count: number): IDataObject[] =>
		Array.from({ length: count }, (_, n) => ({ to: `+38050${1_000_000 + n}` }));

	it('150 lookups are two requests, each answer with its row', async () => {
		const rows = people(150);
		simulator.orders.recipientCodes.set('380501000007', '96').set('380501000120', 'Not enough money');
		const { success, failed } = await run('lookup', rows);
		expect(simulator.requests.map(({ url }) => url)).toEqual(['/api/json.php', '/api/json.php']);
		expect(success).toHaveLength(149);
		expect(failed.map(({ json, pairedItem }) => [(json.error as IDataObject).kind, pairedItem])).toEqual([
			['insufficient_funds', { item: 120 }],
		]);
		expect(success.find(({ json }) => json.to === '+380501000007')?.json).toMatchObject({
			status: 'undelivered',
			reason: 'The message could not be delivered.',
		});
		expect(success[0]?.json).toEqual({
			to: '+380501000000',
			status: 'delivered',
			cost: null,
			currency: null,
			messageId: null,
			accepted: true,
			reason: null,
			from: null,
			scheduledFor: null,
			country: 'Ukraine',
			operator: 'Vodafone Ukraine (fka MTS)',
			formerOperator: null,
			mccmnc: '25501',
			imsi: '255010000000000',
			gateway: 'alphaSms',
		});
	});

	it('each person is called once, also where a number is in two rows', async () => {
		const { success, failed } = await run('call', [...people(2), ...people(1)]);
		expect(failed).toEqual([]);
		expect(simulator.requests).toHaveLength(2);
		expect(success.map(({ json }) => json.code)).toEqual(
			expect.arrayContaining(['0471', '1582']) as unknown[],
		);
		expect(success[0]?.json.code).toBe(success[2]?.json.code);
		expect(success[0]?.json).toMatchObject({ cost: 0.2, status: 'queued', accepted: true });
	});

	it.each(['lookup', 'call'] as const)('%s: a lost answer is not asked for again', async (operation) => {
		simulator.fault({ at: 'after', how: 'reset', matches: () => true });
		const { failed } = await run(operation, people(1));
		expect(failed[0]?.json.error).toMatchObject({ accepted: null, retry: 'check_first' });
		expect(simulator.requests).toHaveLength(1);
	});

	it.each(['lookup', 'call'] as const)('%s: a login is refused before any request', async (operation) => {
		const { failed } = await run(operation, people(2), { authentication: 'login' });
		expect(failed.map(({ json }) => json.error)).toMatchObject(
			[0, 1].map(() => ({
				accepted: false,
				kind: 'authentication',
				message: expect.stringMatching(/needs an API key/) as string,
			})),
		);
		expect(simulator.requests).toHaveLength(0);
	});
});
