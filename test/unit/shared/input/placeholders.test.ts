/** Place-holders that nobody would fill in, in what a person types; and what is none. */
import { columnsOf, findUnfilled } from '../../../../nodes/shared/input/placeholders';
import type { FieldKind } from '../../../../nodes/shared/input/placeholders';

const columns = columnsOf([
	{ phone: '+79161234567', name: 'Ann' },
	{ name: 'Bob', 'First Name': 'B', address: { city: 'Kazan' } },
]);
const find = (typed: string, kind: FieldKind = 'text') =>
	findUnfilled({ label: 'Message', kind, typed }, () => columns);

describe('a fixed text is refused for', () => {
	it.each<[string, RegExp]>([
		['Hello {{ $json.name }}', /Expression/],
		['Hello {{$json["First Name"]}}!', /Expression/],
		['{{ $5 off }}', /Expression/],
		['Hello {{ $json.name', /Expression.*\}\}/],
		['Hello {{ $json.name }', /Expression.*\}\}/],
		['Hello { $json.name }', /Expression.*\{\{ \$json\.name \}\}/],
		['Hello $json.name', /Expression.*\{\{ \$json\.name \}\}/],
		["Hello $('Sheet').item.json.name", /Expression/],
		['{{ $json.items.map((item) => { return item.x }) }}', /Expression/],
		['Hello {name}', /Expression.*\{\{ \$json\.name \}\}/],
		['Hello { name }', /\{\{ \$json\.name \}\}/],
		['Hello {{name}}', /\{\{ \$json\.name \}\}/],
		['Hello {Name}', /\{\{ \$json\.name \}\}/],
		['Hello {first_name}', /\{\{ \$json\["First Name"\] \}\}/],
		['Hello {First Name}', /\{\{ \$json\["First Name"\] \}\}/],
		['Hello {address.city}', /\{\{ \$json\.address\.city \}\}/],
		['Hello {{ nmae }}', /\{\{ \$json\.nmae \}\}/],
		['Hello {name', /\{\{ \$json\.name \}\}/],
		['Hello {{name', /\{\{ \$json\.name \}\}/],
		['Hello {name, how are you?', /\{\{ \$json\.name \}\}/],
	])('%s', (typed, fix) => {
		const found = find(typed);
		expect(found?.what).toMatch(/^'Message' has .*\.$/);
		expect(found?.fix).toMatch(fix);
	});
});

describe('an expression is refused for', () => {
	it.each<[string, RegExp]>([
		['={{ name }}', /\{\{ \$json\.name \}\}/],
		['=Hello {{ name }}, sale today!', /\{\{ \$json\.name \}\}/],
		['=Hello {{ nmae }}', /\{\{ \$json\.nmae \}\}/],
		['={{ json.name }}', /\{\{ \$json\.name \}\}/],
		['={{ address.city }}', /\{\{ \$json\.address\.city \}\}/],
		['={{ name.toUpperCase() }}', /\{\{ \$json\.name \}\}/],
		['={{ "Hello " + name }}', /\{\{ \$json\.name \}\}/],
		['={{ `Hello ${name}` }}', /\{\{ \$json\.name \}\}/],
		['=Hello {name}, {{ $json.phone }}', /\{\{ \$json\.name \}\}/],
		['=Hello {{ $json.phone }} and $json.name', /\{\{ \$json\.name \}\}/],
		['=Hello {{ $json.phone }} and {name', /\{\{ \$json\.name \}\}/],
	])('%s', (typed, fix) => {
		const found = find(typed);
		expect(found?.what).toContain("'Message'");
		expect(found?.fix).toMatch(fix);
	});
});

describe('a template is refused for', () => {
	it.each<[string, RegExp]>([
		['Hello {{name}}', /\{name\}/],
		['Hello {{ name }}', /\{name\}/],
		['Hello {{ $json.name }}', /\{name\}/],
		['Hello {name', /\{name\}/],
		['Hello {name and more', /\{name\}/],
	])('%s', (typed, fix) => expect(find(typed, 'template')?.fix).toMatch(fix));
});

describe('nothing is wrong with', () => {
	it.each<[string, FieldKind]>([
		['It costs $5', 'text'],
		['Save $json money', 'text'],
		['{SALE} {50%} {} { } }{', 'text'],
		['a { b } c', 'text'],
		['{"a":1}', 'text'],
		[':-{', 'text'],
		['={{ $json.name }}', 'text'],
		['=Hello {{ $json.name', 'text'],
		['={{ $json.a ? "name" : \'phone\' }}', 'text'],
		['={{ $json.rows.map((name) => name.x).join() }}', 'text'],
		['={{ JSON.stringify({ name: $json.name }) }}', 'text'],
		['={{ DateTime.now().toISO() }} {{ Math.max(1, 2) }} {{ true }} {{ 5 }}', 'text'],
		['={{ $fromAI("name", "", "string") }}', 'text'],
		["={{ $('Sheet').item.json.name }}", 'text'],
		['Hello {name}, {First Name}', 'template'],
		['{{{name}}}', 'template'],
		['{{SALE}} {{}} a { b', 'template'],
	])('%s (%s)', (typed, kind) => expect(find(typed, kind)).toBeNull());

	it('what the rows hold: only what is typed is looked at', () => {
		const rows = columnsOf([{ name: '{name}', text: 'Hi {{ $json.name }}' }]);
		const field = { label: 'Message', kind: 'text', typed: '={{ $json.text }}' } as const;
		expect(findUnfilled(field, () => rows)).toBeNull();
	});
});
