/** Every way of writing a number that is read, with the E.164 number worked out by hand. */
import { loadRecipientParser } from '../../../../nodes/shared/phone/recipients';
import type { RecipientParser } from '../../../../nodes/shared/phone/recipients';

let parse: RecipientParser;

beforeAll(async () => {
	parse = await loadRecipientParser();
});

type Row = readonly [value: unknown, country: string | undefined, e164: string];

function expectCorrected(value: unknown, country: string | undefined, e164: string): void {
	expect(parse(value, country)).toEqual([
		{ outcome: 'corrected', e164, input: String(value).trim(), reason: expect.stringMatching(/^[A-Z].*\.$/) },
	]);
}

describe('plain E.164', () => {
	it.each(['+79161234567', '+254712345678', '+380501234567', '+12025550124', '+442079460018', '+6834002'])(
		'%s is ok as it stands',
		(number) => {
			expect(parse(number)).toEqual([{ outcome: 'ok', e164: number, input: number, reason: null }]);
		},
	);

	it.each([' +79161234567', '+79161234567\t', '\u00a0+79161234567 ', '\ufeff+79161234567'])(
		'blanks around it do not count: %j',
		(text) => {
			expect(parse(text)).toEqual([
				{ outcome: 'ok', e164: '+79161234567', input: '+79161234567', reason: null },
			]);
		},
	);

	it('needs no default country, known or not', () => {
		for (const country of [undefined, '', '  ', 'KE', 'XX', 'Kenya', '??']) {
			expect(parse('+79161234567', country)).toMatchObject([{ outcome: 'ok', e164: '+79161234567' }]);
		}
	});
});

describe('with + and punctuation', () => {
	it.each<Row>([
		['+7 916 123-45-67', undefined, '+79161234567'],
		['+7 (916) 123-45-67', undefined, '+79161234567'],
		['+7.916.123.45.67', undefined, '+79161234567'],
		['(+7) 916 123 45 67', undefined, '+79161234567'],
		['+38 (050) 123-45-67', undefined, '+380501234567'],
		['+38 (050) 123-45-67', 'RU', '+380501234567'],
		['+1 [202] 555 0124', undefined, '+12025550124'],
		['- +7 916 123-45-67', undefined, '+79161234567'],
		['+44 (0)20 7946 0018', undefined, '+442079460018'],
		['+49 (0) 171 2345678', undefined, '+491712345678'],
		['+7 8 916 123-45-67', undefined, '+79161234567'],
		['+39 06 6988 3462', undefined, '+390669883462'],
	])('%s', expectCorrected);
});

describe('Unicode', () => {
	it.each<Row>([
		['+7\u00a0916\u202f123\u200945\u300067', undefined, '+79161234567'],
		['\u200b+79161234567\u200e', undefined, '+79161234567'],
		['+7916\u00ad1234567', undefined, '+79161234567'],
		['\u202a+79161234567\u202c', undefined, '+79161234567'],
		['\u2066+7916\u20601234567\u2069', undefined, '+79161234567'],
		['+7916\ufeff1234567', undefined, '+79161234567'],
		['+7‑916‒123–45—67', undefined, '+79161234567'],
		['+7−916−123−45−67', undefined, '+79161234567'],
		['＋７９１６１２３４５６７', undefined, '+79161234567'],
		['＋79161234567', undefined, '+79161234567'],
		['＋７（９１６）１２３－４５－６７', undefined, '+79161234567'],
		['+٧٩١٦١٢٣٤٥٦٧', undefined, '+79161234567'],
		['٠٧١٢٣٤٥٦٧٨', 'KE', '+254712345678'],
		['۰۷۱۲۳۴۵۶۷۸', 'KE', '+254712345678'],
		['+९१ ९८७६५ ४३२१०', undefined, '+919876543210'],
		['+𝟟𝟡𝟙𝟞𝟙𝟚𝟛𝟜𝟝𝟞𝟟', undefined, '+79161234567'],
		['+7️⃣ 916 1234567', undefined, '+79161234567'],
		['+7·916·123·45·67', undefined, '+79161234567'],
	])('%s', expectCorrected);
});

describe('spreadsheets', () => {
	it.each<Row>([
		["'+79161234567", undefined, '+79161234567'],
		['’+79161234567', undefined, '+79161234567'],
		["'0712345678", 'KE', '+254712345678'],
		['="+79161234567"', undefined, '+79161234567'],
		['79161234567.0', undefined, '+79161234567'],
		['79161234567.00', undefined, '+79161234567'],
		['79161234567,0', undefined, '+79161234567'],
		['7.9161234567E+10', undefined, '+79161234567'],
		['7.9161234567e+10', undefined, '+79161234567'],
		['7.9161234567E10', undefined, '+79161234567'],
		['7,9161234567E+10', undefined, '+79161234567'],
		['7,9161234567e10', undefined, '+79161234567'],
		['7.91612345670E+10', undefined, '+79161234567'],
		['3.80500000018E+11', 'UA', '+380500000018'],
		['2.54700000081E+11', 'KE', '+254700000081'],
		['1.2025550156E+10', 'US', '+12025550156'],
		['712345678', 'KE', '+254712345678'],
		[79161234567, undefined, '+79161234567'],
		[79161234567, 'RU', '+79161234567'],
		[89161234567, 'RU', '+79161234567'],
		[9161234567, 'RU', '+79161234567'],
		[712345678, 'KE', '+254712345678'],
		[254712345678, 'KE', '+254712345678'],
		[7.9161234567e10, undefined, '+79161234567'],
		[79161234567n, undefined, '+79161234567'],
	])('%s (%s)', expectCorrected);
});

describe('links', () => {
	it.each<Row>([
		['tel:+79161234567', undefined, '+79161234567'],
		['TEL:+7-916-123-45-67', undefined, '+79161234567'],
		['tel: 0712 345 678', 'KE', '+254712345678'],
		['sms:+79161234567', undefined, '+79161234567'],
		['sms:+79161234567?body=Hello', undefined, '+79161234567'],
		['callto:+79161234567', undefined, '+79161234567'],
		['callto://+79161234567', undefined, '+79161234567'],
	])('%s', expectCorrected);
});

describe('without a plus', () => {
	it.each<Row>([
		// Trunk prefixes and plain national numbers
		['8 (916) 123-45-67', 'RU', '+79161234567'],
		['89161234567', 'RU', '+79161234567'],
		['8 495 123 45 67', 'RU', '+74951234567'],
		['8 (495) 123-45-67', 'RU', '+74951234567'],
		['8-800-555-35-35', 'RU', '+78005553535'],
		['9161234567', 'RU', '+79161234567'],
		['(890) 000-00270', 'RU', '+79000000270'],
		['8 701 234 56 78', 'KZ', '+77012345678'],
		['0712 345 678', 'KE', '+254712345678'],
		['(070) 000-0641', 'KE', '+254700000641'],
		['050 123 45 67', 'UA', '+380501234567'],
		['(202) 555-0180', 'US', '+12025550180'],
		['2025550124', 'US', '+12025550124'],
		['1 (202) 555-0180', 'US', '+12025550180'],
		['(416) 555-0124', 'US', '+14165550124'],
		['07911 123456', 'GB', '+447911123456'],
		['020 7946 0018', 'GB', '+442079460018'],
		// The country code without its plus
		['79161234567', 'RU', '+79161234567'],
		['7 916 123-45-67', 'RU', '+79161234567'],
		['79161234567', 'KE', '+79161234567'],
		['79161234567', undefined, '+79161234567'],
		['254712345678', 'KE', '+254712345678'],
		['254 712 345 678', undefined, '+254712345678'],
		['380501234567', 'UA', '+380501234567'],
		['38 (050) 123-45-67', 'UA', '+380501234567'],
		['12025550140', 'US', '+12025550140'],
		['442079460018', 'GB', '+442079460018'],
		['4407911123456', undefined, '+447911123456'],
		// Two zeros, and the longer exit codes of the default country
		['0079161234567', undefined, '+79161234567'],
		['00 254 712 345 678', 'RU', '+254712345678'],
		['0012025550160', 'US', '+12025550160'],
		['0049 (0) 171 2345678', undefined, '+491712345678'],
		['011 7 916 123-45-67', 'US', '+79161234567'],
		['8~10 380 50 123 45 67', 'RU', '+380501234567'],
		['8 10 380 50 123 45 67', 'RU', '+380501234567'],
		['810380501234567', 'RU', '+380501234567'],
		['000 254 712 345 678', 'KE', '+254712345678'],
		['0011 44 7911 123456', 'AU', '+447911123456'],
	])('%s (%s)', expectCorrected);

	it.each(['ke', ' KE ', 'Ke'])('takes the default country as %j', (country) => {
		expect(parse('0712345678', country)).toMatchObject([{ e164: '+254712345678' }]);
	});
});

describe('what was changed', () => {
	it.each([
		['8 (916) 123-45-67', 'RU', 'Read as a number in Russia: the leading 8 stands for +7.'],
		['2025550124', 'US', 'Read as a number in the United States: added +1 in front.'],
		['254712345678', 'KE', 'Added the + in front of the country code.'],
		['00254712345678', 'KE', 'Replaced the leading 00 with +.'],
		['011 254 712 345 678', 'US', 'Replaced the leading 011 with +.'],
		['+44 (0)20 7946 0018', undefined, 'Removed the digits that are dialled only within the country.'],
		['+7 916 123-45-67', undefined, 'Removed spaces and punctuation.'],
		["'+79161234567", undefined, 'Removed the quotation marks.'],
		['\u200b+79161234567', undefined, 'Removed invisible characters.'],
		['+٧٩١٦١٢٣٤٥٦٧', undefined, 'Converted digits from another script.'],
		['tel:+79161234567', undefined, 'Extracted the number from a link.'],
		['+79161234567.0', undefined, 'Removed the decimal places that a spreadsheet had added.'],
		['+7.9161234567E10', undefined, 'Expanded a number that a spreadsheet had shortened.'],
	])('%s (%s): %s', (value, country, reason) => {
		expect(parse(value, country)).toMatchObject([{ outcome: 'corrected', reason }]);
	});
});

describe('lists', () => {
	const one = '+79161234567';
	const two = '+254712345678';

	it.each([
		`${one},${two}`,
		`${one}, ${two}`,
		`${one};${two}`,
		`${one}\n${two}`,
		`${one}\r${two}`,
		`${one}\r\n${two}`,
		`${one}/${two}`,
		`${one} / ${two}`,
		`${one}|${two}`,
		`,, ${one} ;\n\n ; ${two},`,
		`${one}，${two}`,
		`${one}،${two}`,
		`${one}\u2028${two}`,
		`${one},\u200b,${two}`,
	])('%j', (text) => {
		expect(parse(text)).toEqual([
			{ outcome: 'ok', e164: one, input: one, reason: null },
			{ outcome: 'ok', e164: two, input: two, reason: null },
		]);
	});

	it('reads each piece by itself', () => {
		expect(parse('0712345678, someone@example.com; 7,9161234567E+10\n+254700', 'KE')).toMatchObject([
			{ outcome: 'corrected', e164: two, input: '0712345678' },
			{ outcome: 'invalid', e164: null, input: 'someone@example.com' },
			{ outcome: 'corrected', e164: one, input: '7,9161234567E+10' },
			{ outcome: 'invalid', e164: null, input: '+254700' },
		]);
	});

	it('keeps repeated numbers: one entry for each number found', () => {
		expect(parse('2025550112\n+12025550112', 'US').map(({ e164 }) => e164)).toEqual([
			'+12025550112',
			'+12025550112',
		]);
	});

	it('reads arrays element by element', () => {
		expect(parse([one, 254712345678, '', null, `${one};${two}`, [one]])).toMatchObject([
			{ outcome: 'ok', e164: one },
			{ outcome: 'corrected', e164: two },
			{ outcome: 'invalid', input: '' },
			{ outcome: 'invalid', input: '' },
			{ outcome: 'ok', e164: one },
			{ outcome: 'ok', e164: two },
			{ outcome: 'invalid' },
		]);
	});

	it('reads a slash behind an area code as part of the number', () => {
		expect(parse('0171/2345678', 'DE')).toMatchObject([
			{ outcome: 'corrected', e164: '+491712345678', input: '0171/2345678' },
		]);
		// The end could be read as a number of its own.
		expect(parse('45678901', 'DE')).toMatchObject([{ e164: '+4945678901' }]);
		expect(parse('089/45678901', 'DE')).toMatchObject([{ e164: '+498945678901' }]);
	});

	it('skips empty pieces between slashes', () => {
		expect(parse(`/${one}//${two}/`)).toMatchObject([
			{ outcome: 'ok', input: one },
			{ outcome: 'ok', input: two },
		]);
	});

	it('reads a slash as a separator where the start is a number by itself', () => {
		expect(parse('+49 30 1234567/8')).toMatchObject([
			{ outcome: 'corrected', e164: '+49301234567' },
			{ outcome: 'invalid', input: '8' },
		]);
		expect(parse('0712345/0712345678', 'KE')).toMatchObject([
			{ outcome: 'invalid' },
			{ outcome: 'corrected', e164: two },
		]);
	});

	it('takes more than 10,000 numbers', () => {
		const count = 12_000;
		const results = parse(`${one}\n`.repeat(count));
		expect(results).toHaveLength(count);
		expect(results.every(({ outcome }) => outcome === 'ok')).toBe(true);
	});
});
