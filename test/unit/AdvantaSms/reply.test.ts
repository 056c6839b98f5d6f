/** What the platform's brands say, and what of it a person reads. */
import { advantaSmsGateway } from '../../../nodes/AdvantaSms/gateway';
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
