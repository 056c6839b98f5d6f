/** Expressions as n8n's editor writes them and people change them, and rows for them, made at random. */
import fc from 'fast-check';
import { DateTime } from 'luxon';

/** Names of columns: those of sheets and forms, and those that a careless reader would trip over. */
const NAMES = [
	...['phone', 'name', 'First Name', 'order', 'id', 'items', 'address', 'city', 'a', 'b', '$amount', '_x', 'x1'],
	...['order.id', "Client's phone", 'say "hi"', `both ' and "`, 'Имя', 'Ім’я', 'naïve', '電話', 'e-mail', '1st', '0', '7', ''],
	...[' name ', 'a]b', 'a[0]', '{name}', 'tab\there', 'new', 'class', 'this', 'window', 'global', 'globalThis', 'E', '$'],
	...['length', 'map', 'first', 'trim', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'constructor', 'prototype'],
	...['call first() now', '__isError', '__isObject', '__keys', 'toJSON', 'then', '👍', 'back\\slash', 'caller', '__sanitize'],
];
export const name = fc.constantFrom(...NAMES);
/** What a simple sheet has: most keys of most expressions hit. */
const plainName = fc.constantFrom('phone', 'name', 'First Name', 'order', 'id', 'items', 'a', 'b');
const anyName = fc.oneof({ weight: 3, arbitrary: plainName }, { weight: 2, arbitrary: name });

const primitive = fc.oneof(
	fc.constantFrom<unknown>(null, undefined, true, false, '', ' ', '0', 0, -0, 1, -7, 1.5, 1e21, 1e-7, NaN, Infinity),
	fc.constantFrom<unknown>(79161234567, Number('9007199254740993'), Number('-12345678901234567890'), 0.1 + 0.2, '+79161234567', ' 8 916 '),
	fc.constantFrom<unknown>('null', '{{ $json.name }}', '={{ 1 }}', "it's", 'a\nb', '\u2028', '\ud83d', '👍🏽', '\u00a0x\ufeff'),
	fc.string(),
	fc.double(),
	fc.integer(),
	fc.constantFrom<unknown>(10n, -5n),
);
const when = new Date('2026-03-29T01:30:00.000Z');
const special = fc.constantFrom<() => unknown>(
	() => when,
	() => new Date(NaN),
	() => DateTime.fromJSDate(when),
	() => when.toISOString(),
	() => [1, 2, 3],
	() => ['+79161234567', null, '', undefined],
	() => [[1, [2]], { a: 1 }],
	// eslint-disable-next-line no-sparse-arrays
	() => [1, , 3],
	() => [],
	() => ({}),
	() => Object.create(null) as unknown,
	() => new Map([['a', 1]]),
	() => Buffer.from('abc'),
	() => Object.create({ a: 'inherited', phone: 'inherited' }) as unknown,
	() => Object.assign(new Date(0), { a: 'own' }),
	() => Object.assign([1, 2], { a: 'own', name: 'own' }),
	() => JSON.parse('{"__proto__":{"a":1},"constructor":"c","toString":"t","a":"own"}') as unknown,
);

const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		{ weight: 6, arbitrary: primitive },
		{ weight: 1, arbitrary: special.map((make) => make()) },
		{ weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
		{ weight: 2, arbitrary: fc.dictionary(anyName, tie('value'), { maxKeys: 4 }) },
	),
})).value as fc.Arbitrary<unknown>;

/** A row; `__proto__` may be a key of its own, as JSON.parse makes it. */
export const row = fc.array(fc.tuple(anyName, value), { maxLength: 12 }).map((entries) => {
	const json: Record<string, unknown> = {};
	for (const [key, one] of entries) {
		Object.defineProperty(json, key, { value: one, writable: true, enumerable: true, configurable: true });
	}
	return json;
});

/** As n8n's editor writes a path (2.41: a plain name behind a dot, any other in brackets, numbers for places in lists). */
export function draggedPath(path: ReadonlyArray<string | number>, start = '$json'): string {
	return path.reduce<string>((written, part) => {
		if (typeof part === 'number') return `${written}[${part}]`;
		if (/^[a-zA-Z_$][a-zA-Z0-9_$]*$/.test(part)) return `${written}.${part}`;
		return `${written}['${part.replace(/'/g, "\\'")}']`;
	}, start);
}

const path = fc
	.tuple(anyName, fc.array(fc.oneof(anyName, fc.integer({ min: 0, max: 3 })), { maxLength: 3 }))
	.map(([first, rest]) => [first, ...rest]);
const dragged = path.map((parts) => `{{ ${draggedPath(parts)} }}`);

/** Between dragged fields. */
const text = fc.oneof(
	fc.constantFrom('', '', ' ', 'Hello ', ', order ', ' is ready', '\n', '}}', '{', '}', '$json.name', "it's", '"', '`'),
	fc.constantFrom('50% off\\!', 'a\\\\b', '. constructor', 'x.constructor', '{name}', '\u2028', '\t', '👍', '\r\n', '='),
	fc.string(),
);

/** As n8n's editor writes it. */
export const draggedExpression = fc.oneof(
	dragged.map((field) => `=${field}`),
	fc
		.array(fc.tuple(fc.constantFrom('', 'Hello ', ', order ', ' is ready. ', '\n'), dragged), { minLength: 1, maxLength: 3 })
		.map((parts) => `=${parts.flat().join('')} is ready`),
);

const typedStep = fc.tuple(anyName, fc.constantFrom('.', '?.', '["', "['", '?.["', '[ "', '[`', '. ')).map(([key, how]) => {
	if (how === '.' || how === '?.' || how === '. ') return `${how}${key}`;
	const quote = how.slice(-1);
	return `${how}${key.replaceAll(quote, `\\${quote}`)}${quote}]`;
});
const index = fc.constantFrom('[0]', '[1]', '[ 2 ]', '?.[0]', '[01]', '[1.5]', '[-1]', '[1e3]');
const typedField = fc
	.tuple(fc.constantFrom('$json', '$json', '$json', '$input.item.json', '$json?.'), fc.array(fc.oneof({ weight: 4, arbitrary: typedStep }, { weight: 1, arbitrary: index }), { maxLength: 3 }))
	.map(([start, steps]) => start + steps.join(''));
const ending = fc.constantFrom('', '', '', '.trim()', '?.trim()', '.trim().length', '.length', '.toString()', '.toUpperCase()', '()', ';', '.first()');
const operand = fc.oneof(
	fc.tuple(typedField, ending).map((parts) => parts.join('')),
	fc.constantFrom("''", '""', "'there'", '"call .first() now"', "'a\\'b'", 'null', '0', '`x`', "'}'"),
);
const operator = fc.constantFrom(' ?? ', ' || ', '??', ' ?? ', ' + ', ' ', ' && ', ', ', '\n??\t');
const typedCode = fc
	.tuple(operand, fc.array(fc.tuple(operator, operand), { maxLength: 2 }))
	.map(([first, rest]) => [first, ...rest.flat()].join(''));
const typedBraces = fc
	.tuple(fc.constantFrom('{{ ', '{{', '{{\n', '{{\u00a0', '\\{{'), typedCode, fc.constantFrom(' }}', '}}', '', '\\}}'))
	.map((parts) => parts.join(''));

/** As people type and change it, also what is wrong. */
export const typedExpression = fc.oneof(
	fc.array(fc.oneof(text, typedBraces, dragged), { maxLength: 4 }).map((parts) => `=${parts.join('')}`),
	fc.tuple(typedField, ending).map(([field, end]) => `={{ ${field}${end} }}`),
	fc.tuple(typedField, fc.constantFrom(' ?? ', ' || '), operand).map((parts) => `={{ ${parts.join('')} }}`),
	path.map((parts) => `={{ ${draggedPath(parts)} ?? '' }}`),
);

/** What most sheets and texts are. */
export const plainRow = fc.record(
	{
		phone: fc.constantFrom<unknown>('+79161234567', 79161234567, '8 (916) 123-45-67', null, ''),
		name: fc.string(),
		'First Name': fc.fullUnicodeString(),
		order: fc.record({ id: fc.integer(), total: fc.double(), paid: fc.boolean() }),
		items: fc.array(fc.record({ id: fc.integer(), name: fc.string() }), { maxLength: 3 }),
	},
	{ requiredKeys: ['phone', 'order'] },
);
const plainField = fc
	.constantFrom<ReadonlyArray<string | number>>(
		['phone'],
		['name'],
		['First Name'],
		['order', 'id'],
		['order', 'total'],
		['order', 'paid'],
		['items', 0, 'name'],
	)
	.map((parts) => `{{ ${draggedPath(parts)} }}`);
export const plainDragged = fc.oneof(
	plainField.map((field) => `=${field}`),
	fc
		.array(fc.tuple(fc.constantFrom('Hello ', ', order ', ' is ready.\n', ' '), plainField), {
			minLength: 1,
			maxLength: 4,
		})
		.map((parts) => `=${parts.flat().join('')}`),
);

/** Fields of nodes further up, as the editor writes them and as people name nodes; some are left to n8n. */
export const pairedExpression = (nodes: readonly string[]): fc.Arbitrary<string> => {
	const start = fc
		.tuple(
			fc.constantFrom(...nodes),
			fc.constantFrom("'", '"'),
			fc.constantFrom('.item.json', '.item.json', '.item.json', '.item.json', '.first().json', '.item?.json'),
		)
		.map(([name, quote, end]) => `$(${quote}${name.replaceAll(quote, `\\${quote}`)}${quote})${end}`);
	const field = fc.tuple(start, path).map(([from, parts]) => draggedPath(parts, from));
	return fc.oneof(
		field.map((one) => `={{ ${one} }}`),
		fc.tuple(field, fc.constantFrom('.trim()', ' ?? "there"', " || 'there'", '.length')).map((parts) => `={{ ${parts.join('')} }}`),
		fc.tuple(field, field, dragged).map(([a, b, own]) => `=Hello {{ ${a} }}, order {{ ${b} }} of ${own}`),
	);
};
