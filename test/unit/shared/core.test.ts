/** The small rooms: the ledger, redaction, base URLs, wire readers and fault reading. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { readBaseUrl } from '../../../nodes/shared/requests/baseUrl';
import { readFault } from '../../../nodes/shared/requests/transportFault';
import { Ledger, forgetEverything, textKey, textsRemembered } from '../../../nodes/shared/send/ledger';
import type { Outcome } from '../../../nodes/shared/contract/outcome';
import { createRedactor } from '../../../nodes/shared/requests/redaction';
import { asNumber, asRecord, asText, parseJson, pick } from '../../../nodes/shared/contract/json';
import { decodeAs, decodeBody, encodeText } from '../../../nodes/shared/contract/charset';
import { encodeForm } from '../../../nodes/shared/requests/encoding';

describe('the ledger', () => {
	const identity = { executionId: '7', nodeId: 'n', runIndex: 0 };
	const accepted: Outcome = { accepted: true, messageId: '1', status: 'queued', cost: null, segments: null };
	const words = { code: null, message: 'm', hint: 'h' } as const;
	const later: Outcome = { accepted: false, origin: 'gateway', kind: 'temporary', retry: 'later', ...words };
	const never: Outcome = { accepted: false, origin: 'gateway', kind: 'no_route', retry: 'never', ...words };
	const afterFix: Outcome = {
		accepted: false,
		origin: 'gateway',
		kind: 'authentication',
		retry: 'after_fix',
		...words,
	};
	const unknown: Outcome = { accepted: null, kind: 'unknown', retry: 'check_first', ...words };
	beforeEach(forgetEverything);

	it.each([
		['accepted', accepted],
		['refused for good', never],
		['to be mended by a person', afterFix],
		['unclear', unknown],
	])('answers the next try of the same run: %s', (_, outcome) => {
		new Ledger(identity, 0).settle('k', outcome);
		expect(new Ledger(identity, 1).settled('k', 'X')).toBe(outcome);
	});

	it('frees what may safely be tried again', () => {
		const ledger = new Ledger(identity, 0);
		ledger.begin('k');
		ledger.settle('k', later);
		expect(new Ledger(identity, 1).settled('k', 'X')).toBeUndefined();
	});

	it('takes a text whose try never came back for unclear', () => {
		new Ledger(identity, 0).begin('k');
		expect(new Ledger(identity, 1).settled('k', 'X')).toMatchObject({ accepted: null, retry: 'check_first' });
	});

	it.each([{ executionId: '8' }, { nodeId: 'm' }, { runIndex: 1 }])(
		'knows nothing of another run: %j',
		(other) => {
			new Ledger(identity, 0).settle('k', accepted);
			expect(new Ledger({ ...identity, ...other }, 1).settled('k', 'X')).toBeUndefined();
		},
	);

	const MINUTE = 60_000;
	const HOUR = 60 * MINUTE;
	const another = (now: number): Ledger => new Ledger({ ...identity, executionId: `at ${now}` }, now);

	it.each([
		['Retry On Fail is off', { retryOnFail: false }, true],
		['Retry On Fail was never set', {}, true],
		['nothing looks failed', { retryOnFail: true }, false],
	])('lets a run go once it is settled, when %s', (_, node, looksFailed) => {
		const ledger = new Ledger(identity, 0);
		ledger.settle('k', accepted);
		expect(textsRemembered()).toBe(1);
		ledger.close(node, looksFailed, 1);
		expect(textsRemembered()).toBe(0);
	});

	it('keeps a run that n8n will try again, for some minutes after its end', () => {
		const ledger = new Ledger(identity, 0);
		ledger.settle('k', accepted);
		// However long the try took.
		ledger.close({ retryOnFail: true }, true, 3 * HOUR);
		another(3 * HOUR + 4 * MINUTE);
		expect(new Ledger(identity, 3 * HOUR + 4 * MINUTE).settled('k', 'X')).toBe(accepted);
		new Ledger(identity, 3 * HOUR).close({ retryOnFail: true }, true, 3 * HOUR);
		another(3 * HOUR + 6 * MINUTE);
		expect(new Ledger(identity, 3 * HOUR + 6 * MINUTE).settled('k', 'X')).toBeUndefined();
	});

	it('keeps a run that is under way, however many others come and go', () => {
		new Ledger(identity, 0).settle('k', accepted);
		for (let n = 1; n < 20; n++) another(n * HOUR).close({}, false, n * HOUR);
		expect(new Ledger(identity, 20 * HOUR).settled('k', 'X')).toBe(accepted);
	});

	it('holds no memory of 100,000 texts that are settled', () => {
		const heap = (): number => {
			for (let n = 0; n < 3; n++) globalThis.gc?.();
			return process.memoryUsage().heapUsed;
		};
		const before = heap();
		const ledger = new Ledger(identity, 0);
		for (let n = 0; n < 100_000; n++) {
			const key = textKey(n, `+7916${String(n).padStart(7, '0')}`, 'smsRu', 'ACME', `Hello ${n}`, '{}');
			ledger.begin(key);
			ledger.settle(key, { ...accepted, messageId: `${n}` } as Outcome);
		}
		expect(textsRemembered()).toBe(100_000);
		ledger.close({ retryOnFail: true }, false, 1);
		expect(textsRemembered()).toBe(0);
		// With --expose-gc; without it the count above has to do.
		if (globalThis.gc !== undefined) expect(heap() - before).toBeLessThan(15_000_000);
	});

	it('tells texts apart by row, recipient and content', () => {
		const keys = [
			textKey(0, '+1', 'a', 'b'),
			textKey(1, '+1', 'a', 'b'),
			textKey(0, '+2', 'a', 'b'),
			textKey(0, '+1', 'ab', ''),
			textKey(0, '+1', 'a', 'c'),
		];
		expect(new Set(keys).size).toBe(keys.length);
		expect(textKey(0, '+1', 'a')).toBe(textKey(0, '+1', 'a'));
	});
});

describe('redaction', () => {
	it('blanks a secret in every spelling that it may come back in', () => {
		const secret = 'p&ss w"rd/é+1';
		const { text, data } = createRedactor([secret], [['user-key', secret]]);
		for (const spelled of [
			secret,
			encodeURIComponent(secret),
			new URLSearchParams({ s: secret }).toString().slice(2),
			JSON.stringify(secret).slice(1, -1),
			JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
			Buffer.from(secret).toString('base64'),
			Buffer.from(`user-key:${secret}`).toString('base64'),
			'p&amp;ss w&quot;rd/é+1',
			'p&amp;ss w\\&quot;rd/é+1',
		]) {
			expect(text(`before ${spelled} after`)).toBe('before *** after');
		}
		expect(data({ [secret]: [1, { deep: `x${secret}` }, null, true] })).toEqual({
			'***': [1, { deep: 'x***' }, null, true],
		});
	});

	it('looks at each value of a large reply once', () => {
		let reads = 0;
		const row = (n: number): object =>
			new Proxy(
				{ id: n, text: `x${n}` },
				{
					get: (target, key, self): unknown => {
						reads++;
						return Reflect.get(target, key, self);
					},
				},
			);
		const { data } = createRedactor(Array.from({ length: 20 }, (_, n) => `secret-${n}`));
		const cost = (rows: number): number => {
			reads = 0;
			data(Array.from({ length: rows }, (_, n) => row(n)));
			return reads;
		};
		const small = cost(1000);
		expect(small).toBeGreaterThan(1000);
		expect(cost(10_000)).toBeLessThan(11 * small);
	});

	it('leaves other text alone, whatever the secrets are', () => {
		fc.assert(
			fc.property(fc.array(fc.string()), fc.string(), (secrets, value) => {
				const redacted = createRedactor(secrets).text(value);
				for (const secret of secrets)
					if (secret.length >= 4)
						expect(redacted.replaceAll('***', '')).not.toContain(secret.trim() === '' ? '\0' : secret);
			}),
		);
		expect(createRedactor(['7', '']).text('7 of 77')).toBe('7 of 77');
		expect(createRedactor(['7']).data({ a: 7, b: '7', c: 70 })).toEqual({ a: '***', b: '***', c: 70 });
		expect(createRedactor([]).text('anything')).toBe('anything');
	});
});

describe('a base URL', () => {
	it.each([
		['https://smsc.ru', 'https://smsc.ru'],
		['https://smsc.ru/', 'https://smsc.ru'],
		[' https://example.com/sub/ ', 'https://example.com/sub'],
		['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
		['http://localhost:1', 'http://localhost:1'],
		['http://[::1]:1', 'http://[::1]:1'],
	])('%s is fine', (baseUrl, url) => {
		expect(readBaseUrl({ baseUrl })).toEqual({ ok: true, url });
		expect(readBaseUrl({ baseUrl: 'custom', customBaseUrl: baseUrl })).toEqual({ ok: true, url });
	});

	it.each([
		'http://smsc.ru',
		'http://127.0.0.1.example.com',
		'http://localhost.example.com',
		'ftp://smsc.ru',
		'smsc.ru',
		'',
		'https://user:pass@smsc.ru',
		'https://smsc.ru/?a=1',
		'https://smsc.ru/#x',
		undefined,
		7,
	])('%s is refused', (baseUrl) => {
		expect(readBaseUrl({ baseUrl })).toMatchObject({
			ok: false,
			reason: expect.stringContaining('The address in the credential'),
		});
	});
});

describe('wire readers', () => {
	it('never throw, whatever comes', () => {
		fc.assert(
			fc.property(fc.anything(), fc.string(), (value, key) => {
				for (const read of [asRecord, asText, asNumber]) expect(() => read(value)).not.toThrow();
				expect(() => pick(asRecord(value), key)).not.toThrow();
			}),
		);
		fc.assert(fc.property(fc.string(), (text) => expect(() => parseJson(text)).not.toThrow()));
		fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(typeof decodeBody(bytes)).toBe('string')));
	});

	/** What the text would be to JSON.parse if long integers outside strings were quoted. */
	const numberText = fc.oneof(
		fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
		fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
		fc
			.tuple(fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.bigInt({ min: 0n, max: 10n ** 25n }))
			.map((n) => n.join('.')),
		fc.constantFrom('2.84E-14', '0.036000000000000004', '1e21', '-0', '1E+400', '-1234567890123456.5'),
	);
	const blanks = fc.constantFrom('', ' ', '\n\t', ' \r\n ');
	const text = fc.oneof(
		fc.fullUnicodeString(),
		fc.string16bits(),
		fc.constantFrom(
			'__proto__',
			'constructor',
			': 12345678901234567890',
			'\\" -12345678901234567890, "',
			'\u0000',
			'😀',
		),
	);
	/** JSON texts, each with what we promise to make of it. */
	const { json } = fc.letrec<{ json: readonly [string, unknown] }>((tie) => ({
		json: fc.oneof(
			{ maxDepth: 4, withCrossShrink: true },
			fc.oneof(
				numberText.map((n): readonly [string, unknown] => [n, /^-?\d{16,}$/.test(n) ? n : Number(n)]),
				text.map((t): readonly [string, unknown] => [JSON.stringify(t), t]),
				fc.constantFrom<readonly [string, unknown]>(['true', true], ['false', false], ['null', null]),
			),
			fc
				.array(fc.tuple(tie('json'), blanks), { maxLength: 4 })
				.map((items): readonly [string, unknown] => [
					`[${items.map(([[source], blank]) => `${blank}${source}${blank}`).join(',')}]`,
					items.map(([[, value]]) => value),
				]),
			fc
				.uniqueArray(fc.tuple(text, tie('json'), blanks), { maxLength: 4, selector: ([key]) => key })
				.map((entries): readonly [string, unknown] => [
					`{${entries.map(([key, [source], blank]) => `${blank}${JSON.stringify(key)}${blank}:${source}`).join(',')}}`,
					Object.fromEntries(entries.map(([key, [, value]]) => [key, value])),
				]),
		),
	}));

	it('reads JSON like JSON.parse, but for long integers', () => {
		fc.assert(
			fc.property(json, ([source, value]) => {
				const read = /^[[{"\d-]/.test(source) ? value : undefined;
				expect([source, isDeepStrictEqual(parseJson(source), read)]).toEqual([source, true]);
			}),
			{ numRuns: 3000 },
		);
	});

	it('reads what JSON.parse reads and nothing else, long integers or not', () => {
		fc.assert(
			fc.property(
				json,
				fc.nat(),
				fc.constantFrom('', ',', '"', ']', '}', '\\', '0', '.', '\t', 'x', ' '),
				(made, at, put) => {
					// A long integer in front makes sure that the other reader is asked.
					const source = `[12345678901234567890,${made[0]}]`;
					const place = at % (source.length + 1);
					const broken = source.slice(0, place) + put + source.slice(place + (put === '' ? 1 : 0));
					let valid = true;
					try {
						JSON.parse(broken);
					} catch {
						valid = false;
					}
					expect([broken, parseJson(broken) !== undefined]).toEqual([
						broken,
						valid && /^[[{"\d-]/.test(broken.trim()),
					]);
				},
			),
			{ numRuns: 3000 },
		);
	});

	it.each([
		['{"id":12345678901234567890}', { id: '12345678901234567890' }],
		['{"id": -12345678901234567}', { id: '-12345678901234567' }],
		['[\n1234567890123456]', ['1234567890123456']],
		['1234567890123456', '1234567890123456'],
		['{"n":123456789012345}', { n: 123456789012345 }],
		['{"s":"12345678901234567890"}', { s: '12345678901234567890' }],
		['{"text":"a \\"12345678901234567890\\" b"}', { text: 'a "12345678901234567890" b' }],
		// PHP before 7.1 and with serialize_precision = 17.
		['{"cost":0.036000000000000004}', { cost: 0.036000000000000004 }],
		[
			'[{"id":12345678901234567890,"cost":0.036000000000000004}]',
			[{ id: '12345678901234567890', cost: 0.036 + 4e-18 }],
		],
		[
			'{"f":1234567890.1234567,"g":12345678901234567.5}',
			{ f: 1234567890.1234567, g: Number('12345678901234567.5') },
		],
		['{"balance":2.84E-14}', { balance: 2.84e-14 }],
		[
			'{"id":12345678901234567890,"balance":2.84E-14,"e":1e3}',
			{ id: '12345678901234567890', balance: 2.84e-14, e: 1000 },
		],
		// The last of equal keys, as JSON.parse has it.
		['{"id":1,"id":12345678901234567890}', { id: '12345678901234567890' }],
		['{"id":12345678901234567890,"a":{"x":1},"a":2,"a":[3]}', { id: '12345678901234567890', a: [3] }],
		['{"id":12345678901234567890', undefined],
		['{"id":12345678901234567890}}', undefined],
		['{"id":012345678901234567890}', undefined],
		['12345678901234567890 OK', undefined],
		['accepted:12345678901234567890', undefined],
	])('reads %s', (source, value) => {
		expect(parseJson(source)).toStrictEqual(value);
	});

	it.each<[string, string, unknown]>([
		['a digit run', `{"id":${'7'.repeat(9_000_000)}}`, 'object'],
		['a digit run alone', '7'.repeat(9_000_000), 'string'],
		['a fraction', `{"id":0.${'7'.repeat(9_000_000)}}`, 'object'],
		['a digit run that never ends', `{"id":${'7'.repeat(9_000_000)}`, 'undefined'],
		['a text', `{"id":12345678901234567890,"s":"${'a'.repeat(9_000_000)}"}`, 'object'],
		['a text that never ends', `{"id":12345678901234567890,"s":"${'a'.repeat(9_000_000)}`, 'undefined'],
		['a text of back-slashes', `{"id":12345678901234567890,"s":"${'\\'.repeat(9_000_000)}`, 'undefined'],
		['short digit runs', '123456789012345 '.repeat(500_000), 'undefined'],
		['blanks', `[12345678901234567890${' '.repeat(9_000_000)}`, 'undefined'],
	])('gets to the end of 9 MB: %s', (_, source, type) => {
		expect(typeof parseJson(source)).toBe(type);
	});

	it.each([
		['', '['],
		['', '{"a":'],
		['12345678901234567890,', '['],
	])('leaves alone what is nested deeper than anybody could walk: %j, %j', (first, open) => {
		const close = open === '[' ? ']' : '}';
		const nested = (depth: number): string => `[${first}${open.repeat(depth)}1${close.repeat(depth)}]`;
		expect(parseJson(nested(100_000))).toBeUndefined();
		expect(parseJson(`[${first}${open.repeat(100_000)}`)).toBeUndefined();
		expect(parseJson(nested(201))).toBeUndefined();
		expect(parseJson(nested(100))).toBeDefined();
	});

	it('keeps __proto__ from a reply where it can do no harm', () => {
		const record = asRecord(parseJson('{"__proto__":{"id":1},"constructor":5}'));
		expect(pick(record, 'id')).toBeUndefined();
		expect(pick(record, 'toString')).toBeUndefined();
		expect(({} as Record<string, unknown>).id).toBeUndefined();
	});

	it.each([
		['3.50', 3.5],
		['-7', -7],
		[' 1 ', 1],
		[2, 2],
		['', null],
		['1,5', null],
		['1e3', 1000],
		// A spent balance, as PHP prints it.
		['2.84E-14', 2.84e-14],
		['-1.5e+2', -150],
		['0.036000000000000004', 0.036000000000000004],
		['1e', null],
		['e5', null],
		['1e400', null],
		['1e9999', null],
		['0x10', null],
		[Number.NaN, null],
		[null, null],
		['9'.repeat(400), null],
	])('reads %j as the number %j', (value, expected) => {
		expect(asNumber(value)).toBe(expected);
	});

	it('decodes windows-1251 where the bytes are no UTF-8', () => {
		expect(decodeBody(Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]))).toBe('Привет');
		expect(decodeBody(Buffer.from('Привет'))).toBe('Привет');
	});

	it('decodes in the character set of the place, where the bytes are no UTF-8', () => {
		expect(decodeBody(Buffer.from('Sí, mañana', 'latin1'), 'windows-1252')).toBe('Sí, mañana');
		expect(decodeBody(Buffer.from('Sí, mañana'), 'windows-1252')).toBe('Sí, mañana');
	});

	it('has all of windows-1252, which Node does not', () => {
		const bytes = Buffer.from([0x80, 0x93, 0x61, 0x94, 0x85, 0xe9]);
		expect(decodeBody(bytes, 'windows-1252')).toBe('€“a”…é');
		expect(decodeAs('text/plain; charset=latin1', bytes, 'windows-1251')).toBe('€“a”…é');
		for (let byte = 0xa0; byte <= 0xff; byte++)
			expect(decodeBody(Buffer.from([byte]), 'windows-1252')).toBe(String.fromCharCode(byte));
	});

	it.each([
		['text/plain; charset=iso-8859-1', Buffer.from('mañana', 'latin1'), 'mañana'],
		['text/plain;charset="KOI8-R"', Buffer.from([0xb3, 0xd6]), 'Ёж'],
		// UTF-8 by name, and not by its bytes.
		['text/plain; charset=utf-8', Buffer.from('mañana', 'latin1'), 'mañana'],
		['text/plain; charset=klingon', Buffer.from('mañana', 'latin1'), 'mañana'],
		['text/plain; charset=', Buffer.from('mañana'), 'mañana'],
		['', Buffer.from('mañana'), 'mañana'],
	])('decodes as %j says, if that fits', (contentType, bytes, expected) => {
		expect(decodeAs(contentType, bytes, 'windows-1252')).toBe(expected);
	});

	it('encodes a text in a character set, or says that it cannot', () => {
		expect(encodeText('Ёж', 'windows-1251')).toEqual(Uint8Array.from([0xa8, 0xe6]));
		expect(encodeText('Ёж', 'koi8-r')).toEqual(Uint8Array.from([0xb3, 0xd6]));
		expect(encodeText('👍', 'windows-1251')).toBeNull();
	});

	it('writes a form as a browser would', () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })),
				(fields) => {
					expect(encodeForm(fields)).toBe(new URLSearchParams(fields).toString());
				},
			),
		);
		expect(encodeForm({ a: Uint8Array.from([0, 0x41, 0xff, 0x2b]) })).toBe('a=%00A%FF%2B');
	});
});

describe('what the request helper throws', () => {
	const wrapped = (inner: object): object =>
		Object.assign(new Error('outer'), { cause: Object.assign(new Error('axios'), inner) });

	it.each<[string, object, string]>([
		['refused', { code: 'ECONNREFUSED', syscall: 'connect' }, 'unreachable'],
		['no such host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'unreachable'],
		['DNS down', { code: 'EAI_AGAIN' }, 'unreachable'],
		['a connect that timed out', { code: 'ETIMEDOUT', syscall: 'connect' }, 'unreachable'],
		['a bad certificate', { code: 'CERT_HAS_EXPIRED' }, 'unreachable'],
		[
			'TLS that was interrupted',
			{
				code: 'ECONNRESET',
				message: 'Client network socket disconnected before secure TLS connection was established',
			},
			'unreachable',
		],
		['reset', { code: 'ECONNRESET' }, 'lost'],
		['timeout', { code: 'ECONNABORTED' }, 'lost'],
		['a read that timed out', { code: 'ETIMEDOUT', syscall: 'read' }, 'lost'],
		['stopped', { code: 'ERR_CANCELED' }, 'cancelled'],
		['something else', {}, 'lost'],
	])('%s', (_, inner, kind) => {
		expect(readFault(wrapped(inner)).kind).toBe(kind);
		expect(readFault(inner).kind).toBe(kind);
	});

	it.each([
		['refused', { httpCode: 'ECONNREFUSED', messages: ['connect ECONNREFUSED 127.0.0.1:9'] }, 'unreachable'],
		[
			'no such host',
			{ httpCode: 'ENOTFOUND', messages: ['getaddrinfo ENOTFOUND no-such-host.invalid'] },
			'unreachable',
		],
		[
			'reset while connecting',
			{ httpCode: 'ECONNRESET', messages: ['connect ECONNRESET 127.0.0.1:9'] },
			'unreachable',
		],
		['reset', { httpCode: 'ECONNRESET', messages: ['socket hang up'] }, 'lost'],
		['timeout', { httpCode: 'ECONNABORTED', messages: ['timeout of 400ms exceeded'] }, 'lost'],
		['an HTTP status', { httpCode: '500', messages: ['500 - x'] }, 'lost'],
	])('as n8n 1.123 has it: %s', (_, inner, kind) => {
		expect(readFault(Object.assign(new Error('friendly words'), inner)).kind).toBe(kind);
	});

	it.each([undefined, null, 'text', 5])('may be %j', (thrown) => {
		expect(readFault(thrown)).toMatchObject({ kind: 'lost', code: null });
	});
});
