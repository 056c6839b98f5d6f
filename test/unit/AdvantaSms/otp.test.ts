/** Advanta's one-time codes in n8n's engine: sent with the care that texts are sent with, by a route of their own. */
import { createAdvantaSms } from '../../../simulators/advantaSms';
import type { Simulator } from '../../../simulators/simulator';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { simulate } from '../../support/simulated';

let advanta: Simulator;
simulate(
	() => createAdvantaSms({ codeKey: 'respose-code', codeAsString: true }),
	(started) => (advanta = started),
);

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

it('reaches a number that Safaricom has hashed, and says so to the gateway', async () => {
	const hash = 'AB12'.repeat(16);
	const { success, failed } = await sendCodes({
		onError: 'continueErrorOutput',
		rows: [
			{ to: hash, code: '0071' },
			{ to: '+254712000001', code: '0171' },
			{ to: hash.slice(1), code: '1' },
		],
	});
	const bodies = advanta.requests.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
	expect(bodies.map(({ mobile, hashed }) => [mobile, hashed])).toEqual(
		expect.arrayContaining([
			[hash.toLowerCase(), true],
			['254712000001', undefined],
		]),
	);
	expect(bodies).toHaveLength(2);
	expect(advanta.texts.map(({ to }) => to).sort()).toEqual(['254712000001', hash.toLowerCase()]);
	expect(success[0]?.json).toMatchObject({ to: hash.toLowerCase(), accepted: true, status: 'queued' });
	// A character too few is neither a number nor a hash.
	expect(failed).toHaveLength(1);
	expect(failed[0]?.json.error).toMatchObject({ kind: 'invalid_recipient' });
});

it.each([
	['254a'.repeat(16), '{"responses":[{"respose-code":200,"mobile":"%s","messageid":"7"}]}'],
	// Which number stands behind it, the gateway may tell.
	['00ff'.repeat(16), '{"responses":[{"response-code":200,"mobile":254712345678,"messageid":"7"}]}'],
	['00ff'.repeat(16), '{"responses":[{"response-code":200,"messageid":"7"}]}'],
])('knows the row of %s', async (hash, body) => {
	const reply = { status: 200, headers: {}, body: body.replace('%s', hash) };
	advanta.fault({ at: 'after', how: 'reply', reply });
	const { success, error } = await sendCodes({ rows: [{ to: hash, code: '1' }] });
	expect(error).toBeNull();
	expect(success[0]?.json).toMatchObject({ to: hash, accepted: true, messageId: '7' });
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
