/** What holds for every input. */
import fc from 'fast-check';
import { getCountries, getExampleNumber, isValidPhoneNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json';
import { loadRecipientParser } from '../../../../nodes/shared/phone/recipients';
import type { ParsedRecipient, RecipientParser } from '../../../../nodes/shared/phone/recipients';

let parse: RecipientParser;

beforeAll(async () => {
	parse = await loadRecipientParser();
});

/** What is true of every result, whatever was read. */
function expectSound(results: readonly ParsedRecipient[]): void {
	expect(results.length).toBeGreaterThan(0);
	for (const { outcome, e164, input, reason } of results) {
		expect(outcome === 'invalid').toBe(e164 === null);
		expect(outcome === 'ok').toBe(reason === null);
		expect(outcome === 'ok').toBe(input === e164);
		expect(input.length).toBeLessThanOrEqual(101);
		if (reason !== null) expect(reason).toMatch(/^\S.*\.$/su);
		if (e164 === null) continue;
		expect(e164).toMatch(/^\+[1-9]\d{5,14}$/);
		expect(isValidPhoneNumber(e164)).toBe(true);
	}
}

const country = fc.oneof(fc.constantFrom(undefined, 'KE', 'RU', 'UA', 'US', 'DE', 'HK', 'xx'), fc.string());
/** Texts made of what numbers are written with. */
const numberLike = fc.stringOf(
	fc.constantFrom(..."0123456789012345678901234567890123456789++  --()./,;E\n\u00a0\u200b٧７x~'"),
	{ maxLength: 40 },
);
const text = fc.oneof(
	numberLike,
	fc.fullUnicodeString(),
	fc.string16bits(),
	numberLike.map((rest) => `+7916${rest}`),
	numberLike.map((rest) => `tel:${rest}`),
);

describe('any value', () => {
	it('is read without throwing, and soundly', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.anything({ withBigInt: true, withDate: true, withSparseArray: true }),
					fc.bigInt(),
					fc.double(),
				),
				fc.oneof(country, fc.anything()),
				(value, defaultCountry) => expectSound(parse(value, defaultCountry as string)),
			),
			{ numRuns: 2000 },
		);
	});

	it('any text, too', () => {
		fc.assert(
			fc.property(text, country, (value, defaultCountry) => expectSound(parse(value, defaultCountry))),
			{ numRuns: 5000 },
		);
	});

	it('comes to the same twice: a number that was read is ok the next time', () => {
		fc.assert(
			fc.property(text, country, (value, defaultCountry) => {
				for (const { e164 } of parse(value, defaultCountry)) {
					if (e164 === null) continue;
					expect(parse(e164, defaultCountry)).toEqual([{ outcome: 'ok', e164, input: e164, reason: null }]);
				}
			}),
			{ numRuns: 2000 },
		);
	});

	it('an array is its elements', () => {
		fc.assert(
			fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), country, (values, defaultCountry) => {
				expect(parse(values, defaultCountry)).toEqual(
					values.flatMap((value) => parse(value, defaultCountry)),
				);
			}),
		);
	});

	it('a list of lines is its lines', () => {
		const line = fc.stringOf(fc.constantFrom(...'0123456789+ -()'), { minLength: 1 });
		fc.assert(
			fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), country, (lines, defaultCountry) => {
				const pieces = lines.filter((piece) => piece.trim() !== '');
				fc.pre(pieces.length > 0);
				expect(parse(lines.join('\n'), defaultCountry)).toEqual(
					pieces.flatMap((piece) => parse(piece, defaultCountry)),
				);
			}),
		);
	});

	it('integers read as their digits do', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 999_999_999_999_999 }), country, (value, defaultCountry) => {
				const expected = parse(String(value), defaultCountry);
				expect(parse(value, defaultCountry)).toEqual(expected);
				expect(parse(BigInt(value), defaultCountry)).toEqual(expected);
			}),
		);
	});
});

/** A mobile number of each country: libphonenumber's own examples. */
const EXAMPLES = getCountries().flatMap((code) => {
	const number = getExampleNumber(code, examples);
	return number === undefined ? [] : [[code, number] as const];
});

describe('numbers of all countries', () => {
	it('there are examples enough', () => {
		expect(EXAMPLES.length).toBeGreaterThan(230);
	});

	it.each(EXAMPLES)('%s', (code, number) => {
		const e164 = number.number;
		expect(parse(e164)).toEqual([{ outcome: 'ok', e164, input: e164, reason: null }]);
		const forms = [
			number.formatInternational(),
			number.getURI(),
			`00${e164.slice(1)}`,
			`'${e164}`,
			` ${e164}.0`,
		];
		for (const form of forms) {
			expect([form, ...parse(form)]).toMatchObject([form, { outcome: 'corrected', e164 }]);
		}
		const national = number.formatNational();
		expect([national, ...parse(national, code)]).toMatchObject([national, { outcome: 'corrected', e164 }]);
	});

	it('noise between the digits changes nothing', () => {
		const noise = fc.array(fc.constantFrom(' ', '-', '.', '\u00a0', '\u200b', '\u2011', '(', ')', ''), {
			minLength: 20,
			maxLength: 20,
		});
		fc.assert(
			fc.property(fc.constantFrom(...EXAMPLES), noise, ([, { number: e164 }], between) => {
				const typed = Array.from(e164, (character, i) => character + (between[i] ?? '')).join('');
				expect(parse(typed)).toMatchObject([{ e164 }]);
			}),
		);
	});

	it('other scripts change nothing', () => {
		const zeros = fc.constantFrom(0x660, 0x6f0, 0x966, 0x9e6, 0xff10, 0x1d7d8);
		fc.assert(
			fc.property(fc.constantFrom(...EXAMPLES), zeros, ([, { number: e164 }], zero) => {
				const typed = e164.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
				expect(parse(typed)).toMatchObject([{ outcome: 'corrected', e164 }]);
			}),
		);
	});

	it('scientific notation with every digit changes nothing, with fewer it is refused', () => {
		fc.assert(
			fc.property(fc.constantFrom(...EXAMPLES), fc.boolean(), ([, { number: e164 }], comma) => {
				const [first = '', ...rest] = e164.slice(1);
				const form = (decimals: string): string => `+${first}${comma ? ',' : '.'}${decimals}E+${rest.length}`;
				expect(parse(form(rest.join('')))).toMatchObject([{ outcome: 'corrected', e164 }]);
				expect(parse(form(rest.slice(0, -1).join('')))).toMatchObject([
					{ outcome: 'invalid', reason: expect.stringContaining('rounded') },
				]);
			}),
		);
	});
});

describe('loading', () => {
	it('happens once', () => {
		expect(loadRecipientParser()).toBe(loadRecipientParser());
	});
});
