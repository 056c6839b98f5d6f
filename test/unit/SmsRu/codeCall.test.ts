/**
 * SMS.RU's call with a code, in n8n's engine: every call costs money and disturbs somebody, so nobody is called twice,
 * whatever happens; and the code keeps its zeros.
 */
import type { Simulator } from '../../../simulators/simulator';
import { createSmsRu } from '../../../simulators/smsRu';
import { codeCaller } from '../../support/codeCall';
import { simulate } from '../../support/simulated';

let smsRu: Simulator;
simulate(createSmsRu, (started) => (smsRu = started));

const isCall = ({ path }: { path: string }): boolean => path === '/code/call';

const call = codeCaller('smsRu', () => smsRu);

/** How often each number was called. */
const calls = (): Record<string, number> => {
	const counts: Record<string, number> = {};
	for (const { body } of smsRu.requests) {
		const phone = new URLSearchParams(body.toString()).get('phone') ?? '';
		counts[phone] = (counts[phone] ?? 0) + 1;
	}
	return counts;
};

const [ANN, BOB, EVE] = ['+79161000001', '+79161000002', '+79161000003'] as const;

it('tells the code of each call, with its zeros, and its price', async () => {
	const { success, error } = await call([ANN, BOB]);
	expect(error).toBeNull();
	const codes = success.map(({ json }) => json.code);
	// The simulator's first is that of the page's sample, its second has a zero in front.
	expect(new Set(codes)).toEqual(new Set(['1435', '0434']));
	expect(success[0]).toMatchObject({
		pairedItem: { item: 0 },
		json: {
			gateway: 'smsRu',
			to: ANN,
			messageId: expect.stringMatching(/^\d{6}-\d+$/),
			accepted: true,
			status: 'queued',
			cost: 0.4,
			currency: 'RUB',
		},
	});
	expect(success[0]?.json).not.toHaveProperty('segments');
	expect(calls()).toEqual({ [ANN.slice(1)]: 1, [BOB.slice(1)]: 1 });
});

it('names the visitor, or nobody', async () => {
	await call([ANN], {}, { ip: '203.0.113.7' });
	await call([BOB]);
	const ips = smsRu.requests.map(({ body }) => new URLSearchParams(body.toString()).get('ip'));
	expect(ips).toEqual(['203.0.113.7', '-1']);
	// A private network may be an exception in the account: the gateway judges (code 507).
	const { error } = await call([EVE], {}, { ip: '192.168.0.1' });
	expect(error?.message).toMatch(/does not accept the visitor's IP address/);
	expect(smsRu.requests).toHaveLength(3);
});

it('calls a number once that stands in two rows, and tells both the code', async () => {
	const { success, error } = await call([ANN, '8 916 100-00-01']);
	expect(error).toBeNull();
	expect(success.map(({ json, pairedItem }) => [json.to, json.code, pairedItem])).toEqual([
		[ANN, '1435', { item: 0 }],
		[ANN, '1435', { item: 1 }],
	]);
	expect(calls()).toEqual({ [ANN.slice(1)]: 1 });
});

it.each([
	['a connection that breaks', { how: 'reset' }],
	['an HTML page', { how: 'reply', reply: { status: 200, headers: {}, body: '<html>' } }],
	['500', { how: 'reply', reply: { status: 500, headers: {}, body: '' } }],
	['half of the answer', { how: 'truncate' }],
] as const)('never calls again after %s: nobody knows whether the phone rang', async (_, fault) => {
	smsRu.fault({ at: 'after', ...fault, times: Infinity, matches: isCall });
	for (const maxTries of [undefined, 3]) {
		smsRu.reset();
		smsRu.fault({ at: 'after', ...fault, times: Infinity, matches: isCall });
		const { failed } = await call([ANN], {
			onError: 'continueErrorOutput',
			...(maxTries === undefined ? {} : { maxTries }),
		});
		expect(failed[0]?.json.error).toMatchObject({ accepted: null, retry: 'check_first', to: ANN });
		expect(calls()).toEqual({ [ANN.slice(1)]: 1 });
	}
});

it('calls nobody twice by Retry On Fail, and still has the codes of the first try', async () => {
	smsRu.orders.recipientCodes.set(ANN.slice(1), '220');
	const { success, failed } = await call([ANN, BOB, EVE], { onError: 'continueErrorOutput', maxTries: 3 });
	expect(failed.map(({ json }) => json.error)).toMatchObject([{ to: ANN, code: '220', retry: 'later' }]);
	expect(success.map(({ json }) => [json.to, json.code])).toEqual([
		[BOB, expect.stringMatching(/^\d{4}$/)],
		[EVE, expect.stringMatching(/^\d{4}$/)],
	]);
	const { [BOB.slice(1)]: bob, [EVE.slice(1)]: eve, [ANN.slice(1)]: ann } = calls();
	expect([bob, eve]).toEqual([1, 1]);
	// She was never called: the gateway was not available. Three tries of n8n, each with three of ours.
	expect(ann).toBe(9);
});

it('says that there were too many calls (508), and calls the others', async () => {
	const phones = Array.from({ length: 12 }, (_, n) => `+7916200${String(n).padStart(4, '0')}`);
	const { success, failed } = await call(phones, { onError: 'continueErrorOutput' });
	expect(success).toHaveLength(10);
	expect(failed.map(({ json }) => json.error)).toMatchObject([
		{ kind: 'rate_limited', code: '508', retry: 'later', accepted: false },
		{ kind: 'rate_limited', code: '508', retry: 'later', accepted: false },
	]);
});
