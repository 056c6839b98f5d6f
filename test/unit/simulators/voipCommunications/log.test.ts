import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createVoipCommunications, OWNED_NUMBER } from '../../../../simulators/voipCommunications';

/** The log as the vendor's own apps read it. */

const START = Date.UTC(2026, 5, 25, 9);
const CUSTOMER = '12812345678';
let now = START;
let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator(createVoipCommunications(), { now: () => new Date(now) });
});
beforeEach(() => {
	now = START;
	simulator.reset();
});
afterAll(() => simulator.close());

async function call(path: string, fields: Record<string, string>, password?: string): Promise<unknown> {
	const { apiKey = '', apiPassword = '' } = simulator.credentials;
	const token = Buffer.from(`${apiKey}:${password ?? apiPassword}`).toString('base64');
	const reply = await fetch(`${simulator.baseUrl}/api-v2/index.php/${path}`, {
		method: 'POST',
		body: new URLSearchParams(fields),
		headers: { authorization: `Basic ${token}` },
	});
	return { http: reply.status, ...((await reply.json()) as object) };
}

it('has both directions of a conversation', async () => {
	await call('sms/send', { from: OWNED_NUMBER, to: CUSTOMER, msg: 'Are you there?' });
	now += 1000;
	await simulator.receive({ from: CUSTOMER, to: OWNED_NUMBER, text: 'Yes' });
	await call('sms/send', { to: '447700900123', msg: 'In bulk' });

	const incoming = {
		sms_id: expect.stringMatching(/^2026[0-9a-f]{13}\d{10}$/) as string,
		sms_inout: 'IN',
		sms_status: '',
		sms_status_date: '2026-06-25 09:00:01',
		sms_type: '2WAYSMS',
		sms_internal: OWNED_NUMBER,
		sms_external: CUSTOMER,
		sms_country: 'US',
		sms_sale: '0',
		sms_msg: 'Yes',
	};
	const outgoing = { sms_inout: 'OUT', sms_status: 'SCHEDULED', sms_sale: '0.01', sms_msg: 'Are you there?' };
	expect(await call('sms/summary', { page: '0' })).toMatchObject({
		http: 200,
		summary: [{ sms_internal: '18772234078', sms_external: '447700900123', sms_country: 'GB' }, incoming],
	});
	expect(await call('sms/chat', { internal: OWNED_NUMBER, external: CUSTOMER, page: '0' })).toMatchObject({
		chat: [incoming, { ...outgoing, sms_id: simulator.texts[0]?.messageId }],
	});
	expect(await call('sms/chat', { internal: OWNED_NUMBER, external: '1' })).toMatchObject({ chat: [] });
});

it('comes in pages, the last one empty', async () => {
	const numbers = Array.from({ length: 25 }, (_, index) => String(12_812_345_600 + index));
	await call('sms/send', { to: numbers.join(','), msg: 'Hi' });
	const seen: string[] = [];
	for (let page = 0; page < 5; page += 1) {
		const { summary } = (await call('sms/summary', { page: String(page) })) as {
			summary: Array<{ sms_external: string }>;
		};
		if (summary.length === 0) break;
		seen.push(...summary.map(({ sms_external: number }) => number));
	}
	expect(seen).toEqual([...numbers].reverse());
});

it('is for those who know the password', async () => {
	expect(await call('sms/summary', { page: '0' }, 'wrong')).toMatchObject({ http: 401 });
	expect(await call('sms/chat', { page: '0' }, 'wrong')).toMatchObject({ http: 401 });
});
