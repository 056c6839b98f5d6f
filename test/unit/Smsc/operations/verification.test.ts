/**
 * SMSC's ways to prove a number. A call with a code costs money and disturbs somebody, so nobody is called twice; and a
 * code that nobody knows is no success. Sources: "Sending a code by voice message" and "Confirm your phone number with a
 * call" of the vendor.
 */
import { smscGateway } from '../../../../nodes/Smsc/gateway';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsc } from '../../../../simulators/smsc';
import { codeCaller } from '../../../support/codeCall';
import { batch, bodyOf, message, reply } from '../../../support/messages';
import { simulate } from '../../../support/simulated';
import { COMMON_REFUSALS, NO_ANSWERS, oneRow, smsc } from './support';

const PHONE = '+79161234567';
const ID = 'id=n8n-0123456789abcdef012345';

describe('a call with a code', () => {
	const found = smscGateway.billedOperations.find(({ operation }) => operation === 'call');
	if (found === undefined) throw new Error('SMSC has no call with a code');
	const { sender } = found;
	const one = message(sender, { text: '' });
	const read = (body: string | object) => sender.read(reply(body), batch('sameText', one));
	const taken = { id: 'n8n-1', cnt: 1, cost: '0.60', balance: '42.50' };

	it('is the word that SMSC replaces, for one number a request', () => {
		expect(bodyOf(sender.build(batch('sameText', one)))).toBe(
			`phones=%2B79161234567&${ID}&call=1&mes=code&op=1&cost=3&charset=utf-8&fmt=3`,
		);
		expect(sender.batchLimits(one.options, 100)).toEqual({ sameText: 1, differentTexts: 0 });
	});

	it.each([
		['1435', '1435'],
		['0435', '0435'],
		[435, '0435'],
		[0, '0000'],
		['123456', '123456'],
	])('%j is the code %s', (code, expected) => {
		expect(read({ ...taken, code })).toMatchObject([
			{ accepted: true, messageId: 'n8n-1', cost: 0.6, details: { code: expected, balance: 42.5 } },
		]);
	});

	it.each([undefined, null, '', 'x', '12 34', '123456789', [1234], { code: 1 }, -5, 1.5])(
		'%j is no code, and without one the call proves nothing',
		(code) => {
			expect(read({ ...taken, code })).toMatchObject([
				{ accepted: null, retry: 'check_first', messageId: 'n8n-1' },
			]);
		},
	);

	it.each([
		['{"error":"no money","error_code":3,"id":5}', 'insufficient_funds', '3'],
		['{"error":"invalid number","error_code":7,"id":5}', 'invalid_recipient', '7'],
		['{"error":"duplicate request, wait a minute","error_code":9}', 'duplicate', '9'],
		[
			'{"id":"n8n-1","cnt":0,"phones":[{"phone":"79161234567","status":"25","error":"248"}],"code":"1"}',
			'no_route',
			'248',
		],
	])('%s is no call', (body, kind, code) => {
		expect(read(body)).toMatchObject([{ accepted: false, kind, code }]);
	});

	it('has a price that can be asked for', () => {
		const priced = message(sender, { text: '', options: { cost: 1 } });
		expect(sender.read(reply({ cost: '0.60', cnt: 1 }), batch('sameText', priced))).toEqual([
			{ accepted: false, quoted: true, cost: 0.6, segments: 1 },
		]);
	});
});

describe('in n8n', () => {
	let simulator: Simulator;
	simulate(createSmsc, (started) => (simulator = started));

	const call = codeCaller('smsc', () => simulator);

	it('each number is called once, and the row has the code that was said, with price and balance', async () => {
		const { success, error } = await call([PHONE, '+79161234568', '8 916 123-45-67']);
		expect(error).toBeNull();
		const said = new Map(simulator.texts.map(({ to, options }) => [`+${to}`, options.code]));
		expect([...said.keys()].sort()).toEqual([PHONE, '+79161234568']);
		for (const code of said.values()) expect(code).toMatch(/^\d{4}$/);
		expect(success.map(({ json, pairedItem }) => [json.to, json.code, pairedItem])).toEqual([
			[PHONE, said.get(PHONE), { item: 0 }],
			['+79161234568', said.get('+79161234568'), { item: 1 }],
			[PHONE, said.get(PHONE), { item: 2 }],
		]);
		expect(success[0]?.json).toMatchObject({ accepted: true, cost: 1.4, mccmnc: expect.any(String) });
		expect(success.map(({ json }) => json.balance)).toContain(simulator.balance);
	});

	it('a price alone calls nobody', async () => {
		const { success } = await call([PHONE], {}, { cost: 1 });
		expect(success[0]?.json).toMatchObject({ to: PHONE, accepted: false, cost: 1.4 });
		expect(simulator.texts).toHaveLength(0);
		expect((await call([PHONE])).success).toHaveLength(1);
		expect(simulator.texts).toHaveLength(1);
	});

	it('a lost answer is looked up, and the call is not made again', async () => {
		simulator.fault({ at: 'after', how: 'reset', times: 1 });
		const { success, failed } = await call([PHONE], { onError: 'continueErrorOutput', maxTries: 3 });
		expect(simulator.texts).toHaveLength(1);
		// It was made, and nobody knows its code.
		expect([...success, ...failed]).toHaveLength(1);
		expect(success[0]?.json ?? {}).not.toHaveProperty('code');
	});
});

describe('a call that is expected', () => {
	const check = smsc('verification.addCheck');
	const read = (body: string | object) => check.read(reply(body), oneRow(check, { to: PHONE }), null);

	it('is ordered number by number', () => {
		const asks = oneRow(check, { to: `${PHONE},+77011234567` });
		expect(asks).toHaveLength(2);
		expect(check.perRequest).toBe(1);
		const request = check.build([asks[0]], null, null);
		expect([request.method, request.path, bodyOf(request)]).toEqual([
			'POST',
			'/sys/wait_call.php',
			'phone=79161234567&charset=utf-8&fmt=3',
		]);
	});

	it.each([
		['{"phone":"79037672215"}', '+79037672215'],
		['{"phone":79037672215}', '+79037672215'],
		['{"phone":"+79037672215","all_phones":["79037672215"]}', '+79037672215'],
	])('%s names the number to call', (body, callPhone) => {
		expect(read(body)).toEqual([{ rows: [{ to: PHONE, callPhone }] }]);
	});

	it.each(COMMON_REFUSALS)('%s', (body, code, kind, retry) => {
		expect(read(body)).toMatchObject([{ failure: { code, kind, retry } }]);
	});

	it.each([...NO_ANSWERS, '{"phone":""}', '{"phone":null}', '{"phone":["79037672215"]}'])(
		'%s is no answer',
		(body) => {
			expect(read(body)).toBeNull();
		},
	);
});
