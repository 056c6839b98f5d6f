/** From what was typed to plain digits: what is read, what is said to have changed, and what is refused for which reason. */
import type { Cleaned } from '../../../../nodes/shared/phone/cleaning';
import { cleanNumber, cleanText } from '../../../../nodes/shared/phone/cleaning';
import { splitList, splitSlashes } from '../../../../nodes/shared/phone/lists';
import { corrections, refusals } from '../../../../nodes/shared/phone/sentences';

const read = (digits: string, text: string, change: string | null, plus = false): Cleaned => ({
	plus,
	digits,
	text,
	change,
});

describe('is read as', () => {
	const punctuation = corrections.punctuation();
	const exponent = corrections.exponent();
	const zero = corrections.decimalZero();
	const quotes = corrections.quotes();
	const link = corrections.linkPrefix();
	it.each<[string, Cleaned]>([
		['+12345678', read('12345678', '+12345678', null, true)],
		['+123456789012345', read('123456789012345', '+123456789012345', null, true)],
		[' +12345678\n', read('12345678', '+12345678', null, true)],
		['+1234567', read('1234567', '+1234567', null, true)],
		['+1234567890123456', read('1234567890123456', '+1234567890123456', null, true)],
		['12345678', read('12345678', '12345678', null)],
		['1', read('1', '1', null)],
		['1234567890123456789012', read('1234567890123456789012', '1234567890123456789012', null)],
		['+7 916', read('7916', '+7 916', punctuation, true)],
		['7-916', read('7916', '7-916', punctuation)],
		['(+7)~[9].1', read('791', '(+7)~[9].1', punctuation, true)],
		['- 7', read('7', '- 7', punctuation)],
		// Quotes
		["'7916", read('7916', '7916', quotes)],
		['="7916"', read('7916', '7916', quotes)],
		['`"7916"`\'', read('7916', '7916', quotes)],
		['\' 79 16 "', read('7916', '79 16', quotes)],
		// Links
		['tel:7916', read('7916', '7916', link)],
		['SMS://+7916', read('7916', '+7916', link, true)],
		['smsto:7916', read('7916', '7916', link)],
		['callto:///7916', read('7916', '7916', link)],
		['"tel:7916"', read('7916', '7916', link)],
		['sms:7916?body=a\nb?c', read('7916', '7916', link)],
		['tel: 79 16', read('7916', '79 16', link)],
		// Spreadsheets
		['7.9E+1', read('79', '79', exponent)],
		['+7,9e1', read('79', '+79', exponent, true)],
		['7.916E3', read('7916', '7916', exponent)],
		['7.91600E3', read('7916', '7916', exponent)],
		['7916E0', read('7916', '7916', exponent)],
		['12.34e+02', read('1234', '1234', exponent)],
		['tel:7.9E+1', read('79', '79', exponent)],
		['7916.0', read('7916', '7916', zero)],
		['+7916,000', read('7916', '+7916', zero, true)],
		["'79.0", read('79', '79', zero)],
		// Digits in groups are no fraction.
		['123456.12', read('12345612', '123456.12', punctuation)],
		['1234567.123', read('1234567123', '1234567.123', punctuation)],
		['1234567.1.2', read('123456712', '1234567.1.2', punctuation)],
		// What tells most is what is said.
		['\u200b7916', read('7916', '7916', corrections.unseen())],
		['٧٩', read('79', '79', corrections.otherDigits())],
		['\u200b٧٩', read('79', '79', corrections.otherDigits())],
		["'٧٩", read('79', '79', quotes)],
		['\u200b79 16', read('7916', '79 16', corrections.unseen())],
		['＋79', read('79', '+79', corrections.punctuation(), true)],
	])('%j', (text, expected) => {
		expect(cleanText(text)).toEqual(expected);
	});

	it('a text of a hundred characters, and not of more', () => {
		expect(cleanText(`7${' '.repeat(98)}9`)).toMatchObject({ digits: '79' });
		expect(cleanText(`7${' '.repeat(99)}9`)).toEqual({ refusal: refusals.tooLongText() });
		expect(cleanText(`${' '.repeat(200)}79`)).toMatchObject({ digits: '79' });
	});
});

describe('is refused', () => {
	it.each<[string, keyof typeof refusals]>([
		['7916@example.com', 'email'],
		['7916 ext 5', 'extension'],
		['7916x5', 'extension'],
		['7916 X 5', 'extension'],
		['7916 extn.5', 'extension'],
		['7916 Extension: 5', 'extension'],
		['7916 х5', 'extension'],
		['7916 доб.5', 'extension'],
		['7916 вн 5', 'extension'],
		['7916 дод 5', 'extension'],
		['7916 (ext=123456)', 'extension'],
		['7916#5', 'extension'],
		['7916 ext 5 .', 'extension'],
		['7916 next 5', 'letters'],
		['7916 ext 1234567', 'letters'],
		['7916 ext', 'letters'],
		['call', 'letters'],
		['ж', 'letters'],
		['', 'noDigits'],
		['+', 'noDigits'],
		['( )', 'noDigits'],
		['++7', 'twoPlus'],
		['+7+9', 'twoPlus'],
		['7+9', 'plusInside'],
		['79+', 'plusInside'],
		['7+79161234567', 'plusInside'],
		['+79161234567a', 'letters'],
		['-7', 'minusSign'],
		['12345678901234567890123', 'tooManyDigits'],
		['7.9E3', 'precisionLost'],
		['7.9161E3', 'precisionLost'],
		['7.91601E3', 'precisionLost'],
		['7E+10', 'precisionLost'],
		['1234567.5', 'notWhole'],
		['+1234567,12', 'notWhole'],
		['1234567.50', 'notWhole'],
		['7E100', 'letters'],
		['7.9EE1', 'letters'],
	])('%j: %s', (text, reason) => {
		const refusal = (refusals[reason] as () => unknown)();
		expect(cleanText(text)).toEqual({ refusal });
	});

	it.each(['*', '$', '%', '_', '{', '\\'])('for %j among the digits', (character) => {
		expect(cleanText(`79${character}16`)).toEqual({ refusal: refusals.otherCharacter(character) });
	});
});

describe('a number that is no text', () => {
	it.each<[number | bigint, Cleaned]>([
		[1, read('1', '1', null)],
		[79161234567, read('79161234567', '79161234567', null)],
		[79161234567n, read('79161234567', '79161234567', null)],
		[999_999_999_999_999, read('999999999999999', '999999999999999', null)],
		[999_999_999_999_999n, read('999999999999999', '999999999999999', null)],
		[1n, read('1', '1', null)],
		[10 ** 15, { refusal: refusals.tooManyDigits() }],
		[10n ** 15n, { refusal: refusals.tooManyDigits() }],
		[0, { refusal: refusals.notWhole() }],
		[0n, { refusal: refusals.notWhole() }],
		[-7, { refusal: refusals.notWhole() }],
		[-7n, { refusal: refusals.notWhole() }],
		[7.5, { refusal: refusals.notWhole() }],
		[Number.NaN, { refusal: refusals.notWhole() }],
		[Infinity, { refusal: refusals.notWhole() }],
	])('%s', (value, expected) => {
		expect(cleanNumber(value)).toEqual(expected);
	});
});

describe('a list', () => {
	it.each<[string, string[]]>([
		['79', ['79']],
		['', ['']],
		['1,2', ['1', '2']],
		['1,,2', ['1', '2']],
		[',1', ['', '1']],
		['1, ;2;', ['1', ' ', '2', '']],
		...[...',;|\n\r\v\f\u0085\u2028\u2029،؛、，；｜'].map((sign): [string, string[]] => [
			`1${sign}2`,
			['1', '2'],
		]),
		// A decimal comma is none of them.
		['7,9E+10', ['7,9E+10']],
		['7,9e1', ['7,9e1']],
		['79,0', ['79,0']],
		['79,00 ', ['79,00 ']],
		[' ="+79,0', [' ="+79,0']],
		['79,000', ['79', '000']],
		['79;0', ['79', '0']],
		['79,,0', ['79', '0']],
		['79,1', ['79', '1']],
		['79,9E123', ['79', '9E123']],
		['79,9Ex', ['79', '9Ex']],
		['79,x9E1', ['79', 'x9E1']],
		['79 ,0', ['79 ', '0']],
		['x79,0', ['x79', '0']],
		['1234567890123456,0', ['1234567890123456', '0']],
		['123456789012345,0', ['123456789012345,0']],
		[',0', ['', '0']],
		['1;79,0;2', ['1', '79,0', '2']],
		['7,9E+1,8,5E+1', ['7,9E+1', '8,5E+1']],
	])('%j', (text, pieces) => {
		expect(splitList(text)).toEqual(pieces);
	});

	it.each<[string, string[]]>([
		['79/16', ['79', '16']],
		['79／16', ['79', '16']],
		['/79//16/', ['', '79', '', '16', '']],
		['n/a', ['n/a']],
		['٧/٩', ['٧', '٩']],
		['tel://79', ['tel://79']],
		[' SMS:/79/16', [' SMS:/79', '16']],
		['smsto:///79', ['smsto:///79']],
		['callto:////79', ['callto:///', '79']],
		['x tel://79', ['x tel:', '', '79']],
		['fax:/79', ['fax:', '79']],
	])('with slashes %j', (text, pieces) => {
		expect(splitSlashes(text)).toEqual(pieces);
	});
});
