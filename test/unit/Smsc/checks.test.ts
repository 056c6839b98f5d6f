/** What SMSC would refuse in a message, found before it costs anything. */
import { smscGateway } from '../../../nodes/Smsc/gateway';
import type { MessageInput } from '../../support/messages';
import { message } from '../../support/messages';

const check = (input: MessageInput) => smscGateway.texts.checkMessage(message(smscGateway, input));

describe('bytes', () => {
	it.each([
		['hexadecimal digits', 2, 'c0FFEE'],
		['characters of one byte each', 1, 'Zürich\x00'],
		['what are no hexadecimal digits, as bytes', 1, 'xyz'],
	])('may be %s', (_, binary, text) => {
		expect(check({ text, options: { binary } })).toBeNull();
	});

	it.each([
		['an odd number of hexadecimal digits', 2, 'abc'],
		['letters beyond F', 2, 'xyz0'],
		['characters beyond one byte', 1, 'Привет'],
	])('are not %s', (_, binary, text) => {
		expect(check({ text, options: { binary } })).toMatchObject({
			accepted: false,
			kind: 'invalid_parameter',
		});
	});
});

it('says whether the text is too long or what goes with it', () => {
	expect(check({ text: 'x'.repeat(1001) })?.message).toMatch(/^This text has 1001 characters/);
	const wapPushUrl = 'https://example.com/a';
	expect(check({ text: 'x'.repeat(1000), options: { wapPushUrl } })?.message).toMatch(
		/^The text and its additions have 1022 characters/,
	);
});

it('takes an MMS with a subject or a text, and none with neither', () => {
	const mms = (text: string, subject?: string) =>
		check({ text, options: { messageKind: 'mms', ...(subject === undefined ? {} : { subject }) } });
	expect(mms(' ')).toMatchObject({ accepted: false, kind: 'invalid_parameter' });
	expect(mms('Hi')).toBeNull();
});
