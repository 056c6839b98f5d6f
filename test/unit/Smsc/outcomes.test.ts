/** What the details of SMSC's reply mean: of a number, of a number that was only priced, of a group. */
import { smscGateway } from '../../../nodes/Smsc/gateway';
import type { SmscOptions } from '../../../nodes/Smsc/options';
import type { Message } from '../../../nodes/shared/contract/message';
import { batch, message, reply } from '../../support/messages';

const PHONE = '79161234567';
type Options = Record<string, unknown>;
const group = (options: Options = {}): Message<SmscOptions> => ({
	...message(smscGateway, { options }),
	to: 'G12',
	digits: 'G12',
	isNumber: false,
});
const number = (options: Options = {}) => message(smscGateway, { options });
const read = (whole: object, sent: Message<SmscOptions>, ...phones: object[]) =>
	smscGateway.texts.read(reply({ ...whole, phones }), batch('sameText', sent))?.[0];

const SENT = { id: 5, cnt: 1, cost: '1.40' };
const PRICE = { cnt: 1, cost: '1.40' };

describe('a number', () => {
	const told = (row: object) => read(SENT, number(), { phone: PHONE, cost: '1.40', ...row });

	it.each(['0', '1', '-1', '2'])('with status %s is taken, whatever reason stands beside it', (status) => {
		expect(told({ status })).toMatchObject({ accepted: true, messageId: '5' });
		expect(told({ status, error: '6' })).toMatchObject({ accepted: true, messageId: '5' });
	});

	it('with a status of no list leaves it open', () => {
		expect(told({ status: '77' })).toMatchObject({
			accepted: null,
			kind: 'unknown',
			code: '77',
			messageId: '5',
		});
	});

	it('that SMSC refuses is refused for a reason that nobody knows, too', () => {
		expect(told({ status: '22', error: '299' })).toMatchObject({
			accepted: false,
			kind: 'invalid_recipient',
			code: '299',
			messageId: '5',
		});
	});

	it('with a reason of no list and no status leaves it open, under its ID', () => {
		expect(told({ error: '299' })).toMatchObject({
			accepted: null,
			kind: 'unknown',
			code: '299',
			messageId: '5',
		});
	});
});

describe('a number that was only priced', () => {
	const told = (row: object) => read(PRICE, number({ cost: 1 }), { phone: PHONE, cost: '1.40', ...row });

	it('has its price, whatever status a later version may give it', () => {
		expect(told({ status: '77' })).toEqual({ accepted: false, quoted: true, cost: 1.4, segments: 1 });
	});

	it('has no message and so no ID', () => {
		expect(told({ error: '299' })).not.toHaveProperty('messageId');
		expect(told({ status: '22', error: '249' })).not.toHaveProperty('messageId');
	});
});

it.each([5, 9])('a text of five parts is not cut to %d', (maxSms) => {
	const text = { text: 'я'.repeat(300), options: { maxSms } };
	const [one, other] = [message(smscGateway, text), message(smscGateway, { ...text, to: '+79161234568' })];
	const phones = [
		{ phone: PHONE, cost: '7' },
		{ phone: '79161234568', cost: '7' },
	];
	// The reply counts the parts of all numbers together, and the details none.
	expect(
		smscGateway.texts.read(reply({ id: 5, cnt: 10, phones }), batch('sameText', one, other)),
	).toMatchObject([{ segments: null }, { segments: null }]);
});

describe('a group', () => {
	const taken = { phone: '79160000001', cost: '1.40', status: '', error: '' };
	const refused = { phone: '79160000002', status: '22', error: '249' };
	const alsoRefused = { phone: '79160000003', status: '25', error: '248' };
	/** Of one number twice, and not the same. */
	const contradiction = [
		{ phone: '79160000004', status: '' },
		{ phone: '79160000004', status: '22' },
	];

	it('is taken where anybody in it is', () => {
		expect(read(SENT, group(), taken, refused, ...contradiction)).toEqual({
			accepted: true,
			messageId: '5',
			status: 'queued',
			cost: 1.4,
			segments: 1,
			details: { members: 3, membersRefused: 1 },
		});
	});

	it('is refused where everybody is, for the reason of the first', () => {
		expect(read(SENT, group(), refused, alsoRefused)).toMatchObject({ accepted: false, code: '249' });
	});

	it('is open where one contradicts itself and nobody is taken', () => {
		const open = { accepted: null, retry: 'check_first', messageId: '5' };
		expect(read(SENT, group(), refused, ...contradiction)).toMatchObject(open);
		expect(read(SENT, group(), ...contradiction)).toMatchObject(open);
	});

	it('has a price as a whole', () => {
		expect(read(PRICE, group({ cost: 1 }), taken)).toEqual({
			accepted: false,
			quoted: true,
			cost: 1.4,
			segments: 1,
		});
	});
});
