/** SMSC's look-ups that go out to a number: the bytes of the order, its receipt, and what is asked afterwards. */
import { smscGateway } from '../../../../nodes/Smsc/gateway';
import type { BilledOperation } from '../../../../nodes/shared/contract/gateway';
import { batch, bodyOf, message, reply } from '../../../support/messages';

const ID = 'id=n8n-0123456789abcdef012345';

function sendingOf(operation: string): BilledOperation {
	const found = smscGateway.billedOperations.find((one) => one.operation === operation);
	if (found === undefined) throw new Error(`SMSC has no number.${operation}`);
	return found;
}

describe.each([
	['lookup', 'hlr'],
	['ping', 'ping'],
])('number.%s', (operation, flag) => {
	const { sender, followUp, resource } = sendingOf(operation);
	const one = message(sender, { text: '' });
	const other = message(sender, { to: '+77011234567', text: '' });

	it('is an order for many numbers at once, without a text', () => {
		const request = sender.build(batch('sameText', one, other));
		expect([resource, request.method, request.path]).toEqual(['number', 'POST', '/sys/send.php']);
		expect(bodyOf(request)).toBe(
			`phones=%2B79161234567%2C%2B77011234567&${ID}&${flag}=1&op=1&cost=3&charset=utf-8&fmt=3`,
		);
		expect(sender.checkMessage(one)).toBeNull();
		expect(sender.isTextMessage(one.options)).toBe(false);
	});

	it('has a receipt, a price and a refusal for each number', () => {
		const body = {
			id: 'n8n-0123456789abcdef012345',
			cnt: 1,
			cost: '0.30',
			balance: '42.50',
			phones: [
				{ phone: '79161234567', mccmnc: '25001', cost: '0.30', status: '', error: '' },
				{ phone: '77011234567', mccmnc: '', cost: '0', status: '22', error: '249' },
			],
		};
		expect(sender.read(reply(body), batch('sameText', one, other))).toEqual([
			{
				accepted: true,
				messageId: 'n8n-0123456789abcdef012345',
				status: 'queued',
				cost: 0.3,
				segments: null,
				details: { mccmnc: '25001', balance: 42.5 },
			},
			expect.objectContaining({ accepted: false, kind: 'invalid_recipient', code: '249' }),
		]);
	});

	it('may have an ID of your own, a later time, and ask for the price alone', () => {
		const options = { messageId: 'order-1', sendAt: '2029-12-01T12:00:00+00:00' };
		const later = message(sender, { text: '', options });
		expect(bodyOf(sender.build(batch('sameText', later)))).toBe(
			`phones=%2B79161234567&id=order-1&${flag}=1&time=01890820800&op=1&cost=3&charset=utf-8&fmt=3`,
		);
		const price = message(sender, { text: '', options: { cost: 1 } });
		expect(bodyOf(sender.build(batch('sameText', price)))).toBe(
			`phones=%2B79161234567&${ID}&${flag}=1&op=1&cost=1&charset=utf-8&fmt=3`,
		);
		const quote = { cost: '0.30', cnt: 1, phones: [{ phone: '79161234567', mccmnc: '25001', cost: '0.30' }] };
		expect(sender.read(reply(quote), batch('sameText', price))).toMatchObject([
			{ accepted: false, quoted: true, cost: 0.3 },
		]);
	});

	it.each([
		['{"error":"no money","error_code":3,"id":5}', 'insufficient_funds'],
		['ERROR = 2 (authorise error)', 'authentication'],
	])('%s', (body, kind) => {
		expect(sender.read(reply(body), batch('sameText', one))).toMatchObject([{ accepted: false, kind }]);
	});

	it('asks for the result with the kind, without which a result that is missing looks like one', () => {
		const ask = followUp?.query('n8n-1', '+79161234567') ?? {};
		const request = followUp?.operation.build([ask], null, null);
		expect(request === undefined ? null : [request.path, bodyOf(request)]).toEqual([
			'/sys/status.php',
			'phone=%2B79161234567&id=n8n-1&all=1&charset=utf-8&fmt=3',
		]);
	});

	it('tells of the number, and nothing of a message that nobody got', () => {
		const ask = followUp?.query('n8n-1', '+79161234567') ?? {};
		const body = {
			status: 1,
			err: 0,
			type: operation === 'lookup' ? 4 : 5,
			last_timestamp: 1476794052,
			cost: '0.30',
			sender_id: 'HLR',
			message: '',
			sms_cnt: 1,
			...(operation === 'lookup' ? { imsi: '250011234567890', cn: 'Russia', net: 'MTS' } : {}),
		};
		const [answer] = followUp?.operation.read(reply(body), [ask], null) ?? [];
		const row = answer !== undefined && 'rows' in answer ? (answer.rows[0] ?? {}) : {};
		expect(row).toMatchObject({ status: 'delivered', final: true, cost: 0.3 });
		expect(Object.keys(row)).not.toEqual(expect.arrayContaining(['from']));
		expect(Object.keys(row)).not.toEqual(expect.arrayContaining(['text']));
		expect('network' in row).toBe(operation === 'lookup');
	});
});
