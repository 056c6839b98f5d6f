/** What is evaluated without n8n gives what n8n's own engine gives; what could differ is left to n8n. */
import fc from 'fast-check';
import { ASK_N8N, compileParameter } from '../../../../nodes/shared/input/expressions';
import {
	draggedExpression,
	pairedExpression,
	plainDragged,
	plainRow,
	row,
	typedExpression,
} from '../../../support/expressionCases';
import { UPSTREAM, compare, comparePaired } from '../../../support/expressionReferee';

const SEED = 20_261_125;
const sample = <T>(what: fc.Arbitrary<T>, numRuns: number): T[] => fc.sample(what, { numRuns, seed: SEED });

describe('thousands of expressions and rows', () => {
	it('plain sheets: all that is dragged is ours, and n8n gives the same', () => {
		const { cases, ours, full, differences } = compare(sample(plainDragged, 150), sample(plainRow, 40));
		expect(differences).toEqual([]);
		expect(ours).toBe(cases);
		expect(full).toBeGreaterThan(cases / 2);
	});

	it('odd names and cells, dragged: most are ours, and n8n gives the same', () => {
		const { cases, ours, full, differences } = compare(sample(draggedExpression, 400), sample(row, 60));
		expect(differences).toEqual([]);
		expect(cases).toBe(24_000);
		expect(ours / cases).toBeGreaterThan(0.6);
		expect(full).toBeGreaterThan(3000);
	});

	it('as people type them, also wrongly: what is ours is what n8n gives', () => {
		const { ours, full, differences } = compare(sample(typedExpression, 900), sample(row, 20));
		expect(differences).toEqual([]);
		expect(ours).toBeGreaterThan(2000);
		expect(full).toBeGreaterThan(500);
	});
});

describe('fields of nodes further up', () => {
	const COUNT = 30;
	const places = fc.integer({ min: 0, max: COUNT - 1 });
	/** A row of its own, of several rows, of one that is not there, or of nobody knows which. */
	const pair = fc.oneof(
		{ weight: 8, arbitrary: places },
		{ weight: 1, arbitrary: fc.array(places, { maxLength: 3 }) },
		{ weight: 1, arbitrary: fc.constantFrom(COUNT, undefined) },
	);

	it('are those of the paired item: n8n finds it, and gives the same', () => {
		const rows = sample(row, COUNT);
		const expressions = sample(pairedExpression(UPSTREAM), 120);
		const { cases, ours, full, differences } = comparePaired(expressions, rows, sample(pair, COUNT));
		expect(differences).toEqual([]);
		expect(cases).toBe(3600);
		expect(ours).toBeGreaterThan(500);
		expect(full).toBeGreaterThan(100);
	});

	it('of plain sheets are all ours', () => {
		const rows = Array.from({ length: COUNT }, (_, n) => ({ phone: `+7916${n}`, 'First Name': `Ann ${n}` }));
		const field = '$(\'Get "Orders"\').item.json';
		const expressions = [`={{ ${field}.phone }}`, `=Hello {{ ${field}['First Name'] }}, {{ $json.n }}`];
		const backwards = rows.map((_, n) => COUNT - 1 - n);
		expect(comparePaired(expressions, rows, backwards)).toEqual({
			cases: 2 * COUNT,
			ours: 2 * COUNT,
			full: 2 * COUNT,
			differences: [],
		});
	});

	it.each([
		['a node that is on no way here', "={{ $('Elsewhere').item.json.phone }}"],
		['a node that does not exist', "={{ $('Nowhere').item.json.phone }}"],
	])('are left to n8n: %s', (_, typed) => {
		const { ours, full, differences } = comparePaired([typed], [{ phone: '+7916' }], [0]);
		expect({ ours, full, differences }).toEqual({ ours: 0, full: 0, differences: [] });
	});

	it.each([
		"={{ $('A').first().json.phone }}",
		"={{ $('A').all()[0].json.phone }}",
		"={{ $('A').item.json }}",
	])('are left to n8n: %s', (typed) => expect(compileParameter(typed)).toBeNull());
});

describe('ours', () => {
	const json = {
		phone: '+79161234567',
		'First Name': 'Ann',
		"Client's": "O'Neil",
		order: { id: 42, lines: [{ sku: 'A' }, { sku: 'B' }] },
		empty: null,
		zero: 0,
		no: false,
		list: ['+79161234567', '+79161234568'],
	};

	it.each<[string, unknown]>([
		['={{ $json.phone }}', '+79161234567'],
		['={{$json["First Name"]}}', 'Ann'],
		["={{ $json['Client\\'s'] }}", "O'Neil"],
		["={{ $json['order'].lines[1].sku }}", 'B'],
		['=Hello {{ $json["First Name"] }}, order {{ $json.order.id }} is ready', 'Hello Ann, order 42 is ready'],
		['={{ $json.missing }}', undefined],
		['={{ $json.empty }}', null],
		['=[{{ $json.empty }}|{{ $json.missing }}|{{ $json.zero }}|{{ $json.no }}]', '[||0|false]'],
		["={{ $json.missing ?? 'there' }}", 'there'],
		["={{ $json.missing.deeper ?? 'there' }}", undefined],
		["={{ $json.missing?.deeper ?? 'there' }}", 'there'],
		['={{ $json.missing || $json.phone }}', '+79161234567'],
		['={{ $json.phone.trim() }}', '+79161234567'],
		['={{ $json.list }}', ['+79161234567', '+79161234568']],
		['=Your order is ready', 'Your order is ready'],
	])('%s', (typed, expected) => {
		expect(compileParameter(typed)?.(json)).toEqual(expected);
		expect(compare([typed], [json])).toMatchObject({ ours: 1, differences: [] });
	});

	it('a whole collection, fixed values among them', () => {
		const typed = {
			__rl: true,
			value: '={{ $json.phone }}',
			list: ['={{ $json.zero }}', 'x'],
			sub: { a: 1 },
		};
		expect(compileParameter(typed)?.(json)).toEqual({ ...typed, value: json.phone, list: [0, 'x'] });
	});
});

describe('left to n8n', () => {
	it.each([
		['another variable', '={{ $input.item.json.phone }}'],
		["the model's word", '={{ $fromAI("phone") }}'],
		['a call', '={{ $json.phone.replace("+", "") }}'],
		['a calculation', '={{ $json.a + 1 }}'],
		['a forbidden name', '={{ $json["constructor"] }}'],
		['a forbidden name in the text', '=A. constructor: {{ $json.a }}'],
		['an inherited name', '={{ $json.toString }}'],
		['a backslash before braces', '=\\{{ $json.a }}'],
		['braces that are not closed', '=Hello {{ $json.a'],
		['nothing in braces', '=Hello {{ }}'],
		['two values without an operator', "={{ $json.a 'b' }}"],
		['operators that need brackets', "={{ $json.a ?? $json.b || 'c' }}"],
		['the row itself', '={{ $json }}'],
	])('%s: %s', (_, typed) => expect(compileParameter(typed)).toBeNull());

	it('one such expression leaves its collection to n8n', () => {
		expect(compileParameter({ a: '={{ $json.a }}', b: '={{ $now }}' })).toBeNull();
	});

	it.each<[string, string, Record<string, unknown>]>([
		['a date', '={{ $json.a }}', { a: new Date() }],
		['an object', '={{ $json.a }}', { a: { b: 1 } }],
		['an object in a text', '=x {{ $json.a }}', { a: {} }],
		['a list in a text', '=x {{ $json.a }}', { a: [1] }],
		['a letter of a text', '={{ $json.a[0] }}', { a: 'text' }],
		['the length of a list', '={{ $json.a.length }}', { a: [1] }],
		['a key that is inherited', '={{ $json.a.b }}', { a: Object.create({ b: 1 }) }],
	])('in a row: %s', (_, typed, json) => {
		expect(compileParameter(typed)?.(json)).toBe(ASK_N8N);
		// It is the cell, not the expression.
		expect(compileParameter(typed)?.({ a: null })).not.toBe(ASK_N8N);
	});
});
