/** Place-holders that nobody would fill in, in what a person types; and what is none. */
import { columnsOf, findUnfilled } from '../../../../nodes/shared/input/placeholders';

const columns = columnsOf([
	{ phone: '+79161234567', name: 'Ann' },
	{ name: 'Bob', 'First Name': 'B', address: { city: 'Kazan' } },
]);
const find = (typed: string) => findUnfilled({ label: 'Message', typed }, () => columns);

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

describe('nothing is wrong with', () => {
	it.each([
		'It costs $5',
		'Save $json money',
		'{SALE} {50%} {} { } }{',
		'a { b } c',
		'{"a":1}',
		':-{',
		'={{ $json.name }}',
		'=Hello {{ $json.name',
		'={{ $json.a ? "name" : \'phone\' }}',
		'={{ $json.rows.map((name) => name.x).join() }}',
		'={{ JSON.stringify({ name: $json.name }) }}',
		'={{ DateTime.now().toISO() }} {{ Math.max(1, 2) }} {{ true }} {{ 5 }}',
		'={{ $fromAI("name", "", "string") }}',
		"={{ $('Sheet').item.json.name }}",
	])('%s', (typed) => expect(find(typed)).toBeNull());

	it('what the rows hold: only what is typed is looked at', () => {
		const rows = columnsOf([{ name: '{name}', text: 'Hi {{ $json.name }}' }]);
		const field = { label: 'Message', typed: '={{ $json.text }}' };
		expect(findUnfilled(field, () => rows)).toBeNull();
	});
});
