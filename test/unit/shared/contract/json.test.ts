/** Readers of single values: what they take, to the character, and what they take for nothing. */
import {
	asNumber,
	asRecord,
	asText,
	digitsOf,
	parseJson,
	pick,
	recordsIn,
} from '../../../../nodes/shared/contract/json';

const ANYTHING = [undefined, null, true, '', 'a', 0, 1, Number.NaN, [], [{}], {}, () => 1, Symbol('a'), 1n];

it.each<[string, (value: unknown) => unknown, ReadonlyMap<unknown, unknown>]>([
	['a record', asRecord, new Map([[ANYTHING[10], ANYTHING[10]]])],
	[
		'a text',
		asText,
		new Map<unknown, unknown>([
			['a', 'a'],
			[0, '0'],
			[1, '1'],
		]),
	],
	[
		'a number',
		asNumber,
		new Map<unknown, unknown>([
			[0, 0],
			[1, 1],
		]),
	],
])('of anything, %s is only what it is', (_, read, expected) => {
	for (const value of ANYTHING) expect(read(value)).toBe(expected.get(value) ?? null);
	for (const value of expected.keys()) expect(ANYTHING).toContain(value);
});

it('a text is kept as it is, and no number without an end is one', () => {
	expect([asText(' '), asText('0'), asText(-1.5), asText(Infinity)]).toEqual([' ', '0', '-1.5', null]);
});

it.each<[string, number | null]>([
	['0', 0],
	['+7', 7],
	['-0.5', -0.5],
	['\t12.25\n', 12.25],
	['1e5', 100_000],
	['1E+05', 100_000],
	['1e-005', 0.00001],
	['123456789012345678', Number('123456789012345678')],
	['1234567890123456789', null],
	[`0.${'1'.repeat(100)}`, 1 / 9],
	[`0.${'1'.repeat(101)}`, null],
	['1e308', 1e308],
	['1e309', null],
	['1e0005', null],
	['.5', null],
	['5.', null],
	['1.e5', null],
	['1 2', null],
	['1.2.3', null],
	['--1', null],
	['+-1', null],
	['1e', null],
	['1e+', null],
	['x1', null],
	['1x', null],
	['1,5', null],
	['٣', null],
	['Infinity', null],
	['', null],
	[' ', null],
])('%j is the number %d', (text, number) => {
	expect(asNumber(text)).toBe(number);
});

it('the digits of a text are those of ASCII', () => {
	expect(digitsOf('+7 (916) 12-3٣')).toBe('7916123');
	expect([digitsOf(79), digitsOf(null), digitsOf('x'), digitsOf({})]).toEqual(['79', '', '', '']);
});

it('the records of a list are its plain objects, in order', () => {
	const [one, two] = [{ a: 1 }, { b: 2 }];
	expect(recordsIn([null, one, 'x', [one], two, 7])).toStrictEqual([one, two]);
});

it('a value is picked by its own key', () => {
	expect(pick({ a: null }, 'a')).toBeNull();
	expect([pick({ a: 1 }, 'b'), pick({}, 'toString'), pick(null, 'a')]).toEqual([
		undefined,
		undefined,
		undefined,
	]);
	expect(pick({ hasOwnProperty: 5, a: 1 }, 'a')).toBe(1);
});

describe('JSON', () => {
	it.each<[string, unknown]>([
		[' {"a":1} ', { a: 1 }],
		['\ufeff[1]', [1]],
		['"a"', 'a'],
		['-1.5', -1.5],
		['7', 7],
		// Nothing that a gateway answers with
		['true', undefined],
		['null', undefined],
		['', undefined],
		['OK', undefined],
		['<a>', undefined],
		['x{"a":1}', undefined],
		['{"a":1}x', undefined],
		// 15 digits fit a number, 16 are an id.
		['[123456789012345]', [123456789012345]],
		['[1234567890123456]', ['1234567890123456']],
		['[-123456789012345]', [-123456789012345]],
		['[-1234567890123456]', ['-1234567890123456']],
		['1234567890123456', '1234567890123456'],
		['-1234567890123456', '-1234567890123456'],
		['{"a":1234567890123456}', { a: '1234567890123456' }],
		['{"a": 1234567890123456}', { a: '1234567890123456' }],
		['[1,1234567890123456]', [1, '1234567890123456']],
		['[\n1234567890123456]', ['1234567890123456']],
		// Beside an id a fraction, however long, is a number, and so is what has an exponent.
		['[1234567890123456,0.036000000000000004]', ['1234567890123456', 0.036000000000000004]],
		['[1234567890123456.5]', [1234567890123456.5]],
		['[1234567890123456e2]', [1234567890123456e2]],
		['[1234567890123456E2]', [1234567890123456e2]],
		['[1234567890123456,-5]', ['1234567890123456', -5]],
		['{"a":"1234567890123456"}', { a: '1234567890123456' }],
		['{"a":" 1234567890123456"}', { a: ' 1234567890123456' }],
		['{"a":" 1234567890123456","a":2}', { a: 2 }],
	])('%s', (text, value) => {
		expect(parseJson(text)).toStrictEqual(value);
	});

	it.each([
		['[', ']'],
		['{"a":', '}'],
	])('is read 200 levels deep, and not deeper: %s', (open, close) => {
		const nested = (depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`;
		expect(parseJson(nested(200))).toBeDefined();
		expect(parseJson(nested(201))).toBeUndefined();
		const beside = (depth: number): string => `[1,null,"a",${nested(depth)},2]`;
		expect(parseJson(beside(199))).toBeDefined();
		expect(parseJson(beside(200))).toBeUndefined();
	});
});
