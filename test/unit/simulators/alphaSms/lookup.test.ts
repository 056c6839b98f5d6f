import { createAlphaSms } from '../../../../simulators/alphaSms';
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';

/** AlphaSMS' JSON pages "HLR" and "Voice OTP", and several requests in one. */

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator(createAlphaSms());
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

async function ask(...data: unknown[]): Promise<unknown[]> {
	const reply = await fetch(`${simulator.baseUrl}/api/json.php`, {
		method: 'POST',
		body: JSON.stringify({ auth: simulator.credentials.apiKey, data }),
		headers: { 'content-type': 'application/json' },
	});
	expect(reply.status).toBe(200);
	return ((await reply.json()) as { data: unknown[] }).data;
}
const hlr = (phone: unknown, id: unknown = 100500) => ({ type: 'hlr', id, phone });
const ukraine = { name: 'Ukraine', prefix: 380 };

it('a lookup answers as the page shows', async () => {
	expect(await ask(hlr(380971234567))).toEqual([
		{
			success: true,
			data: {
				phone: 380971234567,
				status: 'DELIVERED',
				imsi: 255010000000000,
				mccmnc: 25501,
				ported: true,
				network: {
					origin: { name: 'Kyivstar', prefix: 97, country: ukraine },
					ported: { name: 'Vodafone Ukraine (fka MTS)', prefix: 66, country: ukraine },
				},
			},
		},
	]);
	expect(await ask(hlr('380501234567'))).toMatchObject([
		{ data: { ported: false, mccmnc: 25501, network: { origin: { prefix: 50 } } } },
	]);
	expect(simulator.texts).toHaveLength(0);
});

it('a lookup is refused for what is no number, and tells what is ordered', async () => {
	simulator.orders.recipientCodes.set('380671234567', '96').set('380931234567', 'Access denied');
	expect(
		await ask(hlr('12'), hlr(12025550123), hlr(380671234567), hlr(380931234567), hlr(1, null)),
	).toMatchObject([
		{ success: false, error: 'Error in phone', data: { id: 100500 } },
		{ success: false, error: 'Error in phone' },
		{ success: true, data: { status: 'UNDELIVERABLE' } },
		{ success: false, error: 'Access denied' },
		{ success: false, error: 'Error in id' },
	]);
});

it('a call tells a code that keeps its zero', async () => {
	simulator.balance = 0.3;
	const call = { type: 'call/otp', id: 1, phone: 380971234567 };
	expect(await ask(call, call, { ...call, phone: 'x' })).toEqual([
		{ success: true, data: { code: '0471', price: 0.2 } },
		{ success: false, error: 'Not enough money', data: { id: 1 } },
		{ success: false, error: 'Error in phone', data: { id: 1 } },
	]);
	expect(simulator.texts).toHaveLength(0);
});

it('several requests of different types are one request, and each id is taken once', async () => {
	const sms = {
		type: 'sms',
		id: 7,
		phone: 380971234567,
		sms_signature: 'SMSTest',
		sms_message: 'Message text',
	};
	expect(
		await ask(sms, sms, { type: 'status', id: 7 }, { type: 'balance' }, hlr(380501234567)),
	).toMatchObject([
		{ success: true, data: { id: 7, parts: 1 } },
		{ success: false, data: { id: 7 } },
		{ success: true, data: { id: 7, type: 'sms', status: 'QUEUED' } },
		{ success: true, data: { currency: 'UAH' } },
		{ success: true, data: { phone: 380501234567 } },
	]);
	expect(simulator.texts).toHaveLength(1);
});
