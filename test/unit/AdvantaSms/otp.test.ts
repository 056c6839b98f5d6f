/** Advanta's one-time codes in n8n's engine: sent with the care that texts are sent with, by a route of their own. */
import { createAdvantaSms } from '../../../simulators/advantaSms';
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import { hurry, realTime } from '../../support/clock';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';

let advanta: Simulator;
beforeAll(async () => {
	advanta = await startSimulator(createAdvantaSms({ codeKey: 'respose-code', codeAsString: true }));
	hurry(100);
});
beforeEach(() => advanta.reset());
afterAll(async () => {
	realTime();
	await advanta.close();
});

const rows = [0, 1, 2].map((n) => ({ to: `+25471200000${n}`, code: `0${n}71` }));

const sendCodes = async (more: Partial<RunOptions> = {}): Promise<RunResult> =>
	await runNode({
		node: 'advantaSms',
		credentials: { advantaSmsApi: advanta.credentials },
		rows,
		parameters: { operation: 'sendOtp', to: '={{ $json.to }}', message: '=Your code: {{ $json.code }}' },
		...more,
	});

it('sends each person their own, one a request, from the sender of the credential', async () => {
	const { success, error } = await sendCodes();
	expect(error).toBeNull();
	expect(advanta.requests.map(({ url }) => url)).toEqual(Array(3).fill('/api/services/sendotp'));
	expect(success.map(({ json }) => [json.to, json.accepted, json.status])).toEqual(
		rows.map(({ to }) => [to, true, 'queued']),
	);
	const texts = new Map(advanta.texts.map((text) => [text.messageId, text]));
	success.forEach(({ json }, row) => {
		expect(texts.get(String(json.messageId))).toMatchObject({
			text: `Your code: ${rows[row]?.code}`,
			from: advanta.credentials.shortcode,
		});
	});
});

it('tells who was refused', async () => {
	advanta.orders.recipientCodes.set('254712000001', '1003');
	const { success, failed } = await sendCodes({ onError: 'continueErrorOutput' });
	expect(success).toHaveLength(2);
	expect(failed[0]?.json.error).toMatchObject({
		to: '+254712000001',
		kind: 'invalid_recipient',
		code: '1003',
	});
});

it('sends nobody a second code by a lost answer or by Retry On Fail', async () => {
	advanta.fault({ at: 'after', how: 'reset' });
	const { success, failed } = await sendCodes({ onError: 'continueErrorOutput', maxTries: 3 });
	expect(success).toHaveLength(2);
	expect(failed[0]?.json.error).toMatchObject({ accepted: null, retry: 'check_first' });
	expect(advanta.texts.map(({ to }) => to).sort()).toEqual(rows.map(({ to }) => to.slice(1)));
});

it('refuses an empty text before anything leaves', async () => {
	const { failed } = await sendCodes({
		onError: 'continueErrorOutput',
		parameters: { operation: 'sendOtp', to: '={{ $json.to }}', message: '={{ $json.nothing }}' },
	});
	expect(failed).toHaveLength(3);
	expect(advanta.requests).toHaveLength(0);
});
