/** What is refused, and in which words. */
import { loadRecipientParser } from '../../../../nodes/shared/phone/recipients';
import type { RecipientParser } from '../../../../nodes/shared/phone/recipients';

let parse: RecipientParser;

beforeAll(async () => {
	parse = await loadRecipientParser();
});

/** Words that put people off, or tell them nothing. */
const UNKIND = /\b(error|problem|failure|failed|mistake|invalid|wrong|illegal|bad)\b/i;

type Row = readonly [value: unknown, country: string | undefined, reason: RegExp];

function expectRefused(value: unknown, country: string | undefined, reason: RegExp): void {
	const results = parse(value, country);
	expect(results).toEqual([
		{ outcome: 'invalid', e164: null, input: expect.any(String), reason: expect.stringMatching(reason) },
	]);
	for (const result of results) {
		expect(result.reason).not.toMatch(UNKIND);
		// Why, and what to do: two sentences.
		expect(result.reason).toMatch(/^\P{Ll}.*[.] [A-Z].*\.$/u);
	}
}

describe('nothing to read', () => {
	it.each<Row>([
		[undefined, 'KE', /no phone number/],
		[null, 'KE', /no phone number/],
		['', 'KE', /no phone number/],
		['   ', 'KE', /no phone number/],
		['\u00a0\u200b\t\r\n', 'KE', /no phone number/],
		[' , ;\n', 'KE', /no phone number/],
		[[], 'KE', /no phone number/],
		['?', 'KE', /no digits/],
		['—', 'KE', /no digits/],
		['+', 'KE', /no digits/],
	])('%j', expectRefused);

	it('shows an empty value as an empty text', () => {
		expect(parse('  ')).toMatchObject([{ input: '' }]);
		expect(parse(undefined)).toMatchObject([{ input: '' }]);
	});
});

describe('not a number at all', () => {
	it.each<Row>([
		['call office', 'KE', /letters/],
		['n/a', 'KE', /letters/],
		['+7495ABC', undefined, /letters/],
		['1-800-FLOWERS', 'US', /letters/],
		['тел. 89161234567', 'RU', /letters/],
		['someone@example.com', 'KE', /email/],
		['+1 202 555 0124 ext 5', undefined, /[Ee]xtension/],
		['+1 202 555 0124 ext. 12', undefined, /[Ee]xtension/],
		['+1 202 555 0124x123', undefined, /[Ee]xtension/],
		['+1 202 555 0124 #12', undefined, /[Ee]xtension/],
		['8 (495) 123-45-67 доб. 12', 'RU', /[Ee]xtension/],
		['+254712345678 *', undefined, /"\*" does not belong/],
		['*100#', 'KE', /"\*" does not belong/],
		['+2547123\u000045678', undefined, /U\+0000 does not belong/],
		['☎ +254712345678', undefined, /"☎" does not belong/],
		['+79161234567+79161234568', undefined, /two numbers were joined/],
		['++79161234567', undefined, /more than one \+/],
		['7+9161234567', undefined, /in front/],
		['-79161234567', 'RU', /minus/],
		['−79161234567', 'RU', /minus/],
		[true, 'KE', /yes\/no/],
		[{ phone: '+79161234567' }, 'KE', /an object/],
		[new Date(0), 'KE', /an object/],
		[new Map(), 'KE', /an object/],
		[() => '+79161234567', 'KE', /another type/],
		[Symbol('+79161234567'), 'KE', /another type/],
		[`${'x'.repeat(1_000_000)}`, 'KE', /too long/],
		[`+79161234567${' '.repeat(100)}1`, 'KE', /too long/],
	])('%p', expectRefused);
});

describe('numbers that are not text', () => {
	it.each<Row>([
		[NaN, 'KE', /whole number/],
		[Infinity, 'KE', /whole number/],
		[-79161234567, 'KE', /whole number/],
		[79161234567.5, 'KE', /whole number/],
		[0, 'KE', /whole number/],
		[-79161234567n, 'KE', /whole number/],
		[1e15, 'KE', /15 digits/],
		[7.9e20, 'KE', /15 digits/],
		[10n ** 15n, 'KE', /15 digits/],
		[10n ** 5000n, 'KE', /15 digits/],
		['79161234567.5', 'RU', /whole number/],
	])('%p', expectRefused);
});

describe('digits that a spreadsheet has lost', () => {
	it.each<Row>([
		['7.91612E+10', 'RU', /rounded.*Format the column as text and paste/],
		['7,91612E+10', 'RU', /rounded/],
		['7.9E10', 'RU', /rounded/],
		['7E+10', 'RU', /rounded/],
		// Trimmed zero or rounded digit: nobody can know.
		['3.8050000013E+11', 'UA', /rounded/],
		['2.547E+11', 'KE', /rounded/],
		// More decimals than whole digits: a fraction.
		['7.91612345675E+10', 'RU', /rounded/],
	])('%s', expectRefused);
});

describe('no such number', () => {
	it.each<Row>([
		['12', 'KE', /too short for a phone number\./],
		['07123', 'KE', /too short for a phone number in Kenya\./],
		['0712345678901234', 'KE', /too long for a phone number in Kenya\./],
		['0712345678 0712345679', 'KE', /too long/],
		['0712345678\t0712345679', 'KE', /too long/],
		['0000000000', 'KE', /country code/],
		['123456789', 'KE', /No such phone number exists/],
		['38 (050) 123-45-67', 'RU', /exists in Russia.*country code/],
		['+254700', undefined, /too short for a phone number with the country code \+254/],
		['+25470000283912345', undefined, /too long for a phone number with the country code \+254/],
		['+1202555010712345', undefined, /too long for a phone number with the country code \+1/],
		['+70001234567', undefined, /exists with the country code \+7/],
		['+999123456789', undefined, /No country code/],
		['+0712345678', 'KE', /No country code/],
		['00999123456789', 'KE', /No country code/],
		// libphonenumber knows such long numbers; E.164 ends at 15 digits.
		['+49201000000000000', undefined, /No such phone number exists/],
		['1'.repeat(23), 'KE', /15 digits/],
	])('%s (%s)', expectRefused);
});

describe('the country', () => {
	it.each<Row>([
		['0712345678', undefined, /Choose a Default Country, e\.g\. Kenya/],
		['0712345678', '', /Choose a Default Country, e\.g\. Kenya/],
		['0712345678', '  ', /Choose a Default Country, e\.g\. Kenya/],
		// A land line in London: without a plus, only what can be texted is taken for a country code.
		['442079460018', undefined, /Choose a Default Country, e\.g\. Kenya/],
		['0712345678', 'XX', /Default Country "XX" is not a known country/],
		['0712345678', 'Kenya', /"Kenya"/],
		['0712345678', 'KEN', /"KEN"/],
		['0712345678', '+254', /"\+254"/],
		['0712345678', '__proto__', /"__proto__"/],
		['0712345678', 'x'.repeat(1000), /"x{20}…"/],
		['79161234567', 'XX', /"XX"/],
	])('%s (%s)', expectRefused);

	it('can be of any type', () => {
		for (const country of [5, {}, [], null, true, Symbol('KE')]) {
			expect(parse('+254712345678', country as never)).toMatchObject([{ outcome: 'ok' }]);
			expect(parse('0712345678', country as never)).toMatchObject([{ outcome: 'invalid' }]);
		}
	});
});

describe('two readings', () => {
	it.each([
		// A Moscow land line and a Vietnamese mobile
		['84951234567', 'RU', '+74951234567 (Russia)', '+84951234567 (Vietnam)'],
		['+8 495 123 45 67', 'RU', '+74951234567 (Russia)', '+84951234567 (Vietnam)'],
		// Arkansas and Norway
		['4799551234', 'US', '+14799551234 (the United States)', '+4799551234 (Norway)'],
		// Atlanta and Vanuatu, grouped as both countries do
		['678-555-1234', 'US', '+16785551234 (the United States)', '+6785551234 (Vanuatu)'],
		// A Chinese mobile and Chicago, as long as nothing groups the digits
		['13123456789', 'CN', '+8613123456789 (China)', '+13123456789 (the United States)'],
		// 00 to Jamaica, or 001 (from Hong Kong) to Singapore
		['001 65 8223 4567', 'HK', '+16582234567 (Jamaica)', '+6582234567 (Singapore)'],
	])('%s (%s) names both', (text, country, one, other) => {
		const reason = `This can be read as ${one} or as ${other}. To show which one you mean, write it with + and the country code.`;
		expect(parse(text, country)).toEqual([{ outcome: 'invalid', e164: null, input: text, reason }]);
	});

	it('grouping can leave only one', () => {
		expect(parse('8 495 123-45-67', 'RU')).toMatchObject([{ e164: '+74951234567' }]);
		expect(parse('84 951 234 567', 'RU')).toMatchObject([{ outcome: 'invalid' }]);
		expect(parse('(678) 555-1234', 'US')).toMatchObject([{ e164: '+16785551234' }]);
		expect(parse('131 2345 6789', 'CN')).toMatchObject([{ e164: '+8613123456789' }]);
	});

	it('a landline abroad is no second reading: it cannot receive texts', () => {
		// New York, and a land line in New Zealand
		expect(parse('+6465551234')).toMatchObject([{ outcome: 'ok' }]);
		expect(parse('6465551234', 'US')).toMatchObject([{ e164: '+16465551234' }]);
	});
});

describe('values that resist', () => {
	it('does not throw', () => {
		const cyclic: unknown[] = ['+79161234567'];
		cyclic.push(cyclic);
		expect(parse(cyclic)).toMatchObject([{ outcome: 'ok' }, { outcome: 'invalid' }]);

		const { proxy, revoke } = Proxy.revocable([], {});
		revoke();
		const trap = Object.defineProperty(['+79161234567'], 0, {
			get() {
				throw new Error('no');
			},
		});
		const noText = { toString: null, valueOf: null, [Symbol.toPrimitive]: null };
		for (const value of [proxy, trap, noText, Object.create(null), new Array(2 ** 32 - 1)]) {
			expect(parse(value)).toMatchObject([{ outcome: 'invalid', e164: null }]);
		}
	});

	it('shows only the beginning of a long text', () => {
		expect(parse('7'.repeat(1_000_000))).toMatchObject([{ input: `${'7'.repeat(100)}…` }]);
	});

	it.each(['1234,', '1/', ',0', "'", '\u200b', 'tel:/', '𝟎', 'x123 ', '(', '+1'])(
		'is done with a long row of %j in linear time',
		(unit) => {
			const short = unit.repeat(10_000);
			const long = unit.repeat(100_000);
			const time = (text: string): number => {
				const start = performance.now();
				parse(text, 'KE');
				return performance.now() - start;
			};
			time(short);
			// Ten times the text: far from the hundredfold of quadratic time, with room for a busy machine.
			expect(time(long)).toBeLessThan(Math.max(time(short), 5) * 50);
		},
	);
});
