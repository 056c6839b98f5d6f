/** SMSC's four layouts read into one shape: given these characters, this and no more is known. */
import { smscGateway } from '../../../nodes/Smsc/gateway';
import type { SmscReply } from '../../../nodes/Smsc/send/reply';
import { readReply } from '../../../nodes/Smsc/send/reply';
import { batch, message, readOptions, reply } from '../../support/messages';

const PHONE = '79161234567';
const TEXT = 0;
const NUMBERS = 1;
const XML = 2;
const JSON_LAYOUT = 3;

function read(responseFormat: number, body: string | object, cost?: number): SmscReply | null {
	const { options } = readOptions(smscGateway, { responseFormat, ...(cost === undefined ? {} : { cost }) });
	return readReply(reply(body), options);
}
const sent = (known: object = {}) => ({
	kind: 'sent',
	id: '5',
	count: 1,
	cost: null,
	balance: null,
	numbers: null,
	...known,
});
const details = (known: object = {}) => ({
	status: null,
	error: null,
	cost: null,
	mccmnc: null,
	...known,
});

describe('XML', () => {
	const result = (inner: string) => `<?xml version="1.0"?>\n<result>${inner}</result>\n`;
	const taken = '<id>5</id><cnt>1</cnt>';

	it('has what the page shows', () => {
		const body = result(
			'<id>5</id>\n<cnt>2</cnt>\n<cost>4.20</cost>\n<balance>100.50</balance>\n<phones>\n' +
				`<phone mccmnc="25001" cost="2.10" status="" error="">${PHONE}</phone>\n` +
				'<phone mccmnc="" cost="0" status="22" error="249">79161234568</phone>\n</phones>',
		);
		expect(read(XML, body)).toEqual({
			kind: 'sent',
			id: '5',
			count: 2,
			cost: 4.2,
			balance: 100.5,
			numbers: new Map([
				[PHONE, details({ cost: 2.1, mccmnc: '25001' })],
				['79161234568', details({ cost: 0, status: '22', error: '249' })],
			]),
		});
	});

	it('writes some characters as entities', () => {
		const body = result(
			'<error>a &lt;b&gt; &quot;c&quot; &apos;d&apos; &amp;lt; &nbsp;</error><error_code>1</error_code>',
		);
		expect(read(XML, body)).toEqual({
			kind: 'error',
			code: '1',
			text: 'a <b> "c" \'d\' &lt; &nbsp;',
			id: null,
		});
		const phone = `<phones><phone error="&quot;249&quot;">${PHONE}</phone></phones>`;
		expect(read(XML, result(taken + phone))).toEqual(
			sent({ numbers: new Map([[PHONE, details({ error: '"249"' })]]) }),
		);
	});

	it('may name a number without a word about it', () => {
		expect(read(XML, result(`${taken}<phones><phone>${PHONE}</phone></phones>`))).toEqual(
			sent({ numbers: new Map([[PHONE, details()]]) }),
		);
		expect(read(XML, result(`${taken}<phones><phone>a@example.com</phone></phones>`))).toEqual(
			sent({ numbers: new Map([['a@example.com', details()]]) }),
		);
	});

	it("takes nothing for a number's that stands behind it", () => {
		const phones = `<phones><phone>${PHONE}</phone><note status="22"/></phones>`;
		expect(read(XML, result(taken + phones))).toEqual(sent({ numbers: new Map([[PHONE, details()]]) }));
	});

	it.each([
		['the end', `<result>${taken}`],
		['the beginning', `<answer>${taken}</result>`],
		['an ID inside', `<id>5</id>${result('<cnt>1</cnt>')}`],
		['an ID before the end', `${result('<cnt>1</cnt>')}<id>5</id>`],
		[
			"an ID that is not its number's",
			result(`<cnt>1</cnt><phones><id>5</id><phone>${PHONE}</phone></phones>`),
		],
		['an ID other than 0', result('<id>0</id><cnt>1</cnt>')],
	])('is none without %s', (_, body) => {
		expect(read(XML, body)).toBeNull();
	});

	it('tells of no number that is cut off', () => {
		expect(read(XML, result(`${taken}<phones><phone status="22" error="249">${PHONE}</phones>`))).toEqual(
			sent(),
		);
		expect(read(XML, result(`${taken}<phones><phone status="22"`))).toEqual(sent());
	});

	it.each([
		[1000, 1],
		[1001, undefined],
	])('reads up to a thousand characters of attributes: %d', (length, numbers) => {
		const attributes = ` mccmnc="${'0'.repeat(length - ' mccmnc=""'.length)}"`;
		const whole = read(XML, result(`${taken}<phones><phone${attributes}>${PHONE}</phone></phones>`));
		expect(whole).toMatchObject({ kind: 'sent' });
		expect(whole?.kind === 'sent' ? whole.numbers?.size : null).toBe(numbers);
	});
});

describe('JSON', () => {
	it('has rows of numbers, and passes over those that name none', () => {
		const phones = [{ cost: 1 }, null, 'x', { phone: PHONE, status: '' }, { phone: '' }];
		expect(read(JSON_LAYOUT, { id: 5, cnt: 1, phones })).toEqual(
			sent({ numbers: new Map([[PHONE, details()]]) }),
		);
	});

	it.each([
		['a price where none was asked for', { cnt: 1, cost: '1.40' }, undefined],
		['no price', { cnt: 1 }, 1],
		['a text that was sent where a price was asked for', { id: 5, cnt: 1, cost: '1.40' }, 1],
	])('is not understood with %s', (_, body, cost) => {
		expect(read(JSON_LAYOUT, body, cost)).toBeNull();
	});

	it('has a price without an ID', () => {
		expect(read(JSON_LAYOUT, { cnt: 2, cost: '2.80', balance: 7 }, 1)).toEqual({
			kind: 'price',
			id: '',
			count: 2,
			cost: 2.8,
			balance: 7,
			numbers: null,
		});
	});
});

describe('a line of text', () => {
	it.each([
		['ERROR = 7 (invalid number)', { code: '7', text: 'invalid number', id: null }],
		['ERROR = 10 (a (b) c), ID - n8n-1', { code: '10', text: 'a (b) c', id: 'n8n-1' }],
		['ERROR = 7 ()', { code: '7', text: null, id: null }],
		['ERROR = 7 (x)\r\nand more', { code: '7', text: 'x', id: null }],
	])('%j is an error', (body, known) => {
		expect(read(TEXT, body)).toEqual({ kind: 'error', ...known });
	});

	it.each([
		['OK - 1 SMS, ID - 5', {}],
		['OK - 12 SMS, ID - 5, COST - 12', { count: 12, cost: 12 }],
		['OK - 1 SMS, ID - 5, COST - 1.40, BALANCE - -10', { cost: 1.4, balance: -10 }],
		['OK - 1 SMS, ID - 5, COST - 1.4, BALANCE - 7', { cost: 1.4, balance: 7 }],
		['OK - 1 SMS, ID - 5, COST - 1.4, BALANCE - 10.25', { cost: 1.4, balance: 10.25 }],
	])('%j is a text that was taken', (body, known) => {
		expect(read(TEXT, body)).toEqual(sent(known));
	});

	it.each(['\n OK - 1 SMS, ID - 5 \n', 'OK - 1 SMS, ID - 5\nand more', 'OK - 1 SMS, ID - 5\r\nand more'])(
		'is the first that has something in it: %j',
		(body) => {
			expect(read(TEXT, body)).toEqual(sent());
		},
	);

	it('is read up to a thousand characters', () => {
		const ofLength = (length: number) => `ERROR = 7 (${'x'.repeat(length - 'ERROR = 7 ()'.length)})`;
		expect(read(TEXT, ofLength(1000))).toMatchObject({ kind: 'error', code: '7' });
		expect(read(TEXT, ofLength(1001))).toBeNull();
	});

	it.each([
		['10 (12 SMS)', 10, 12],
		['0.35 (1 SMS)', 0.35, 1],
	])('%j is a price', (body, cost, count) => {
		expect(read(TEXT, body, 1)).toEqual({ kind: 'price', id: '', count, cost, balance: null, numbers: null });
	});

	it.each([
		'x ERROR = 7 (a)',
		'ERROR = 7 (a) b',
		'ERROR = x (a)',
		'x OK - 1 SMS, ID - 5',
		'OK - 1 SMS, ID - 5 x',
		'OK - 1 SMS, ID - 5, COST - x',
		'10 (1 SMS)',
	])('%j is none of its lines', (body) => {
		expect(read(TEXT, body)).toBeNull();
	});

	it.each(['x10 (1 SMS)', '10 (1 SMS) x', '1x0 (1 SMS)', 'OK - 1 SMS, ID - 5'])('%j is no price', (body) => {
		expect(read(TEXT, body, 1)).toBeNull();
	});
});

describe('numbers between commas', () => {
	it.each([
		['5,1', {}],
		['5,12,1.40', { count: 12, cost: 1.4 }],
		['5,1,1.40,100.50', { cost: 1.4, balance: 100.5 }],
		['n8n-1.a_B,1', { id: 'n8n-1.a_B' }],
	])('%s is a text that was taken', (body, known) => {
		expect(read(NUMBERS, body)).toEqual(sent(known));
	});

	it.each([
		['0,-7', { code: '7', id: null }],
		['34,-10', { code: '10', id: '34' }],
	])('%s is an error', (body, known) => {
		expect(read(NUMBERS, body)).toEqual({ kind: 'error', text: null, ...known });
	});

	it('1.40,2 is a price where that was asked for', () => {
		expect(read(NUMBERS, '1.40,2', 1)).toEqual({
			kind: 'price',
			id: '',
			count: 2,
			cost: 1.4,
			balance: null,
			numbers: null,
		});
		expect(read(NUMBERS, 'n8n-1,2', 1)).toBeNull();
	});

	it.each([
		'0,1',
		'5',
		'5,',
		'5,x',
		'5,1x',
		'5,-x',
		'5,-7x',
		'5,x-7',
		'5,x7',
		'5 6,1',
		',1',
		'5,1,2,3,4',
		`${'5'.repeat(41)},1`,
	])('%j is none of its lines', (body) => {
		expect(read(NUMBERS, body)).toBeNull();
	});

	it('are read in that layout alone', () => {
		expect(read(TEXT, '5,1')).toBeNull();
	});
});

describe('an answer to one message', () => {
	const told = (body: object, options: Record<string, unknown> = {}) =>
		smscGateway.texts.read(reply(body), batch('sameText', message(smscGateway, { options })))?.[0];

	it('that is a refusal has no price and no segments', () => {
		const phones = [{ phone: PHONE, status: '22', error: '249' }];
		const refusal = told({ id: 5, cnt: 1, cost: '1.40', phones });
		expect(refusal).toMatchObject({ accepted: false, code: '249' });
		expect(refusal).not.toHaveProperty('segments');
		expect(refusal).not.toHaveProperty('cost');
	});

	it('may count no parts where a price was asked for, or where it is no text', () => {
		expect(told({ cnt: 0, cost: '1.40' }, { cost: 1, perNumberDetails: false })).toEqual({
			accepted: false,
			quoted: true,
			cost: 1.4,
			segments: null,
		});
		expect(told({ id: 5, cnt: 0 }, { messageKind: 'viber', perNumberDetails: false })).toMatchObject({
			accepted: true,
			segments: null,
		});
	});

	it('of a group without rows is what it says of the whole', () => {
		const group = { ...message(smscGateway), to: 'G12', digits: 'G12', isNumber: false };
		expect(
			smscGateway.texts.read(reply({ id: 5, cnt: 3, phones: [] }), batch('sameText', group)),
		).toMatchObject([{ accepted: true, segments: 3 }]);
	});
});

it('a list of the refused names a number: the others are not mentioned', () => {
	const options = { listInvalidNumbers: true, perNumberDetails: false };
	const two = batch(
		'sameText',
		message(smscGateway, { options }),
		message(smscGateway, { to: '+79161234568', options }),
	);
	const phones = [{ phone: PHONE, status: '22', error: '249' }];
	expect(smscGateway.texts.read(reply({ id: 5, cnt: 1, phones }), two)).toMatchObject([
		{ accepted: false, code: '249' },
		{ accepted: null },
	]);
});
