/** A call as n8n hands it on, and as its bytes are read. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { fieldText, parseCall, rawFields, readCall, readForm } from '../../../../nodes/shared/webhook/call';
import type { CallCharsets, WebhookCall } from '../../../../nodes/shared/webhook/call';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data; boundary=Ab';
const MOST_BYTES = 1_000_000;

function fieldsOf(call: WebhookCall | null): Record<string, string | null> | null {
	if (call === null) return null;
	return Object.fromEntries([...call.form.keys()].map((name) => [name, fieldText(call, name)]));
}

const decoded = (form: ReadonlyMap<string, Uint8Array>): Record<string, string> =>
	Object.fromEntries([...form].map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')]));

describe('a form', () => {
	it.each([
		['a=1&b=2', { a: '1', b: '2' }],
		['&&a=1&', { a: '1' }],
		['a', { a: '' }],
		['=1', { '': '1' }],
		['a=1&a=2', { a: '2' }],
		['%61=%31', { a: '1' }],
		['a+b=c+d', { 'a b': 'c d' }],
		['a=%2B%2b%26', { a: '++&' }],
		['a=%41%4', { a: 'A%4' }],
		['a=%41%', { a: 'A%' }],
		['a=%4g%g4%41', { a: '%4g%g4A' }],
		['a=%e4%E4', { a: '\u00e4\u00e4' }],
		['a=%00', { a: '\u0000' }],
		['a=b%%41', { a: 'b%A' }],
		['a=%41b12', { a: 'Ab12' }],
		['a=\u00e4', { a: '\u00e4' }],
		['a=\u00e4%41', { a: '\u00e4A' }],
	])('%j', (text, expected) => {
		expect(decoded(readForm(Buffer.from(text, 'latin1')))).toEqual(expected);
	});
});

describe('the parts of a call', () => {
	it('the body counts where the address has the same field', () => {
		expect(fieldsOf(parseCall('a=address&b=1', FORM, Buffer.from('a=body&c=2')))).toEqual({
			a: 'body',
			b: '1',
			c: '2',
		});
		const part = '--Ab\r\nContent-Disposition: form-data; name="a"\r\n\r\nbody\r\n--Ab--\r\n';
		const many = parseCall('a=address&b=1', MULTIPART, Buffer.from(part));
		expect(fieldsOf(many)).toEqual({ a: 'body', b: '1' });
		expect([many?.json, many?.body]).toEqual([null, undefined]);
	});

	it.each([FORM, 'Application/X-WWW-Form-URLencoded; charset=utf-8', ` ${FORM}`])(
		'a body under %j is a form',
		(type) => {
			expect(fieldsOf(parseCall('', type, Buffer.from('a=1')))).toEqual({ a: '1' });
		},
	);

	it.each(['text/plain', '', 'application/json'])('a body under %j is none', (type) => {
		const call = parseCall('', type, Buffer.from('a=1'));
		expect([fieldsOf(call), call?.json, call?.body]).toEqual([{}, null, undefined]);
	});

	it('is read up to a million bytes of body and of address, and not beyond', () => {
		const body = (length: number): Buffer => Buffer.from('a='.padEnd(length, 'x'));
		expect(parseCall('', FORM, body(MOST_BYTES))?.form.get('a')).toHaveLength(MOST_BYTES - 2);
		expect(parseCall('', FORM, body(MOST_BYTES + 1))).toBeNull();
		expect(parseCall('a='.padEnd(MOST_BYTES, 'x'), '', Buffer.alloc(0))?.form.get('a')).toHaveLength(
			MOST_BYTES - 2,
		);
		expect(parseCall('a='.padEnd(MOST_BYTES + 1, 'x'), '', Buffer.alloc(0))).toBeNull();
	});
});

describe('the fields handed on', () => {
	const call = parseCall(
		'a=address&secret=1&b=2',
		'application/json',
		Buffer.from('{"a": "body", "secret2": "x", "n": 7, "deep": {"x": [1]}, "none": null}'),
	);
	if (call === null) throw new Error('the call was not read');

	it('are all of the address and of a JSON body, which counts first', () => {
		expect(rawFields(call)).toEqual({
			a: 'body',
			secret: '1',
			b: '2',
			secret2: 'x',
			n: '7',
			deep: '{"x":[1]}',
			none: 'null',
		});
	});

	it('are without those that nobody is to see, wherever they stand', () => {
		expect(Object.keys(rawFields(call, ['secret', 'secret2', 'b']))).toEqual(['a', 'n', 'deep', 'none']);
	});

	it('can be changed like any other', () => {
		expect(Object.getOwnPropertyDescriptor(rawFields(call), 'b')).toEqual({
			value: '2',
			enumerable: true,
			writable: true,
			configurable: true,
		});
	});
});

it('a field is read in the character set that is asked for, else in that of the call', () => {
	const call = parseCall('a=%cf%f0', '', Buffer.alloc(0));
	if (call === null) throw new Error('the call was not read');
	expect(fieldText(call, 'a')).toBe('Пр');
	expect(fieldText(call, 'a', 'koi8-r')).toBe('оП');
	expect(fieldText(call, 'b', 'koi8-r')).toBeNull();
});

describe("n8n's request", () => {
	const read = async (
		request: Record<string, unknown>,
		charsets?: CallCharsets,
	): Promise<WebhookCall | null> =>
		await readCall(
			{ getRequestObject: () => ({ headers: {}, ...request }) } as unknown as IWebhookFunctions,
			charsets,
		);

	it.each([
		['the address as it came', { originalUrl: '/webhook/1?a=1', url: '/x?a=2' }, { a: '1' }],
		['the address that is left', { url: '/x?a=2' }, { a: '2' }],
		['no address', {}, {}],
		['an address without a question', { originalUrl: '/a=1&b=2' }, {}],
		['a question within a question', { originalUrl: '/?a=1?b=2' }, { a: '1?b=2' }],
		['a question at once', { originalUrl: '?a=1' }, { a: '1' }],
	])('%s', async (_, request, expected) => {
		expect(fieldsOf(await read(request))).toEqual(expected);
	});

	it('its bytes are asked for before they are read', async () => {
		const request: Record<string, unknown> = {
			headers: { 'content-type': FORM },
			readRawBody: async () => {
				await Promise.resolve();
				request.rawBody = Buffer.from('a=1');
			},
		};
		// One object: n8n puts the bytes beside the function that reads them.
		const call = await readCall({ getRequestObject: () => request } as unknown as IWebhookFunctions);
		expect(fieldsOf(call)).toEqual({ a: '1' });
	});

	it.each([undefined, null, 'a=1', { 0: 97 }])('bytes that are none (%j) are no body', async (rawBody) => {
		const call = await read({ headers: { 'content-type': FORM }, originalUrl: '/?b=2', rawBody });
		expect([fieldsOf(call), call?.json]).toEqual([{ b: '2' }, null]);
	});

	it('its character sets are those of the gateway', async () => {
		const request = { originalUrl: '/?a=%f1' };
		expect(fieldsOf(await read(request))).toEqual({ a: 'с' });
		const spanish = { fallback: 'windows-1252', trustsHeader: false } as const;
		expect(fieldsOf(await read(request, spanish))).toEqual({ a: 'ñ' });
	});

	describe('with a body of many parts that n8n has read', () => {
		const parts = (data: unknown, more: Record<string, unknown> = {}): Record<string, unknown> => ({
			headers: { 'content-type': MULTIPART },
			body: { data, files: {} },
			readRawBody: async () => await Promise.reject(new Error('stream is not readable')),
			...more,
		});

		it('gives its texts, of a name that comes twice the last, and those of the address behind them', async () => {
			const data = { a: 'ä', b: ['1', '2'], c: [], n: 7, o: { x: 1 }, list: ['1', 2] };
			expect(fieldsOf(await read(parts(data, { originalUrl: '/?a=address&z=1' })))).toEqual({
				a: 'ä',
				z: '1',
				b: '2',
			});
		});

		it('gives a thousand of them at most', async () => {
			const data = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`f${n}`, '1']));
			const call = await read(parts(data));
			expect(call?.form.size).toBe(1000);
			expect(call?.form.has('f999')).toBe(true);
		});

		it('has no JSON', async () => {
			const call = await read(parts({ a: '{"x": 1}' }));
			expect([call?.json, call?.body]).toEqual([null, undefined]);
		});

		it('is refused where the address is too long', async () => {
			expect(await read(parts({ a: '1' }, { originalUrl: '/?a='.padEnd(MOST_BYTES + 4, 'x') }))).toBeNull();
		});

		it('decodes the address as the gateway has it', async () => {
			const spanish = { fallback: 'windows-1252', trustsHeader: false } as const;
			const call = await read(parts({ b: '1' }, { originalUrl: '/?a=%f1' }), spanish);
			expect(fieldsOf(call)).toEqual({ a: 'ñ', b: '1' });
		});
	});

	it.each([
		['of many parts that n8n has not read', { 'content-type': MULTIPART }, {}],
		['of many parts in another shape', { 'content-type': MULTIPART }, { data: [] }],
		['of no body at all', { 'content-type': MULTIPART }, undefined],
		['of another kind', { 'content-type': FORM }, { data: { a: 'read by n8n' } }],
	])('a body %s is read from its bytes', async (_, headers, body) => {
		const isForm = headers['content-type'] === FORM;
		const bytes = isForm ? 'a=1' : '--Ab\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--Ab--';
		expect(fieldsOf(await read({ headers, body, rawBody: Buffer.from(bytes) }))).toEqual({ a: '1' });
	});
});
