/** What the platform's brands say, and what of it a person reads. */
import { advantaSmsGateway } from '../../../nodes/AdvantaSms/gateway';
import { networkOf, secondsOf } from '../../../nodes/AdvantaSms/reply';
import { batch, message, reply } from '../../support/messages';

const one = batch('sameText', message(advantaSmsGateway, { to: '+254712345678', text: 'Hi' }));
const two = batch(
	'sameText',
	message(advantaSmsGateway, { to: '+254712345678', text: 'Hi' }),
	message(advantaSmsGateway, { to: '+254755123456', text: 'Hi' }),
);
const read = (body: object, status = 200, sent = one) =>
	advantaSmsGateway.texts.read(reply(body, status), sent);

describe('what is wrong with a field', () => {
	it.each([
		[
			'rules of several fields',
			{ mobile: { _empty: 'This field cannot be left empty' }, shortcode: { maxLength: 'Too long' } },
			'"mobile: This field cannot be left empty; shortcode: Too long"',
		],
		['a sentence instead of rules', { mobile: 'is not a number' }, '"mobile: is not a number"'],
		[
			'a list of sentences',
			{ mobile: ['is too short', 'is no number'] },
			'"mobile: is too short; mobile: is no number"',
		],
	])('is told as the gateway says it: %s', (_, errors, words) => {
		const [outcome] = read({ errors }, 422) ?? [];
		expect(outcome).toMatchObject({
			accepted: false,
			kind: 'invalid_parameter',
			code: 'HTTP 422',
			message: expect.stringContaining(words),
		});
	});

	it('stands behind the description', () => {
		const body = {
			'response-code': 1003,
			'response-description': 'Invalid mobile',
			errors: { mobile: 'is short' },
		};
		expect(read(body)).toMatchObject([
			{ accepted: false, message: expect.stringContaining('"Invalid mobile; mobile: is short"') },
		]);
	});

	it('is certain with HTTP 400 as with 422: fields are looked at before anything is stored', () => {
		expect(read({ errors: { mobile: 'is short' } }, 400)).toMatchObject([
			{ accepted: false, code: 'HTTP 400' },
		]);
	});
});

describe('an answer without rows', () => {
	it('is about the only text that was sent, when it names no number', () => {
		expect(read({ 'response-code': 200, messageid: 5 })).toMatchObject([{ accepted: true, messageId: '5' }]);
	});

	it('is about nobody when there were several', () => {
		expect(read({ 'response-code': 200, messageid: 5 }, 200, two)).toMatchObject([
			{ accepted: null },
			{ accepted: null },
		]);
		expect(read({ 'response-code': 200, messageid: 5, mobile: '254712345678' }, 200, two)).toMatchObject([
			{ accepted: null },
			{ accepted: null },
		]);
	});
});

it('tells of each text by its row, whatever code stands above the rows', () => {
	const responses = [{ 'response-code': 200, mobile: 254712345678, messageid: 5 }];
	expect(read({ 'response-code': 1006, responses })).toMatchObject([{ accepted: true, messageId: '5' }]);
	expect(read({ 'response-code': 200, messageid: 9, responses }, 200, two)).toMatchObject([
		{ accepted: true, messageId: '5' },
		{ accepted: null, code: null, message: expect.stringContaining('does not mention this number') },
	]);
});

it('finds the number in what a brand writes around it', () => {
	const responses = [
		{ 'response-code': 1003, mobile: 'tel:254712345678' },
		{ 'response-code': 200, messageid: 1, mobile: 7 },
	];
	expect(read({ responses })).toMatchObject([{ accepted: false, kind: 'invalid_recipient' }]);
});

it.each([
	['00:02:30', 150],
	['1:00:00', 3600],
	['0.24 sec', 0.24],
	['6s', 6],
	['22s', 22],
	['2 secs', 2],
	['12', 12],
	['0.00 sec', 0],
	[null, null],
	['', null],
	['soon', null],
	['-5s', null],
	['00:61:00', null],
	['02:30', null],
	['5 min', null],
	['9'.repeat(20), null],
])('a delivery that took %j took %s seconds', (written, seconds) => {
	expect(secondsOf(written)).toBe(seconds);
});

it.each([
	[{ networkid: 1 }, '1'],
	[{ networkid: '2' }, '2'],
	[{ 'delivery-networkid': 3 }, '3'],
	[{ networkid: null }, null],
	[{ networkid: [1] }, null],
	[{}, null],
])('the network of %j is %s', (row, network) => {
	expect(networkOf(row)).toBe(network);
});
