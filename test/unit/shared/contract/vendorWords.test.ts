/** A gateway's own sentence, where its reply is in no layout of its own: shown, short and harmless. */
import fc from 'fast-check';
import { heldBack, outcomeOfStatus } from '../../../../nodes/shared/requests/textFailures';
import { queryFailureOf } from '../../../../nodes/shared/requests/queryFailures';
import { createRedactor } from '../../../../nodes/shared/requests/redaction';
import { oneLine, sentenceOf } from '../../../../nodes/shared/contract/vendorWords';
import { reply } from '../../../support/messages';

const ADDRESS = 'https://example.com';
const told = (body: string | object, status: number) => outcomeOfStatus(reply(body, status), 'X', ADDRESS);
const asked = (body: string | object, status: number) => queryFailureOf(reply(body, status), 'X', ADDRESS);

const SENTENCE = 'Sender name is not approved';

it.each<[string, string | object]>([
	['message', { message: SENTENCE }],
	['message beside a code', { code: 17, status: 'error', message: SENTENCE }],
	[
		'message before the words of the status',
		{ error: 'Unprocessable Entity', message: SENTENCE, statusCode: 422 },
	],
	['errors behind the words of the status', { message: 'Bad Request', errors: { from: SENTENCE } }],
	['error', { error: SENTENCE }],
	['error as an object', { error: { code: 'E17', message: SENTENCE } }],
	['error_message', { error: true, error_message: SENTENCE }],
	['errors as a list', { errors: [SENTENCE, 'another'] }],
	['errors by field and rule', { errors: { shortcode: { approved: SENTENCE } } }],
	['errors as a list of objects', { errors: [{ field: 'from', detail: SENTENCE }] }],
	['detail', { type: 'about:blank', title: 'Unprocessable', detail: SENTENCE }],
	['description', { ok: false, description: SENTENCE }],
	['deeper', { result: { failed: [{ id: 1, Message: SENTENCE }] } }],
	['plain text', SENTENCE],
	['text in quotes', `"${SENTENCE}"`],
	['text with line breaks', `  Sender name\r\n\tis not\u0000\u001b approved \n`],
])('a 422 with the sentence as %s shows it', (_, body) => {
	expect(told(body, 422)).toEqual({
		accepted: false,
		origin: 'gateway',
		kind: 'invalid_parameter',
		code: 'HTTP 422',
		message: 'X refused this text (HTTP 422): "Sender name is not approved". It was not sent.',
		hint: 'Fix what it describes, then send this row again.',
		retry: 'after_fix',
	});
	expect(asked(body, 422)).toMatchObject({
		kind: 'invalid_parameter',
		code: 'HTTP 422',
		message: 'X refused this request (HTTP 422): "Sender name is not approved".',
		retry: 'after_fix',
	});
});

it.each<[string, string | object]>([
	['a web page', '<html><head><title>Wrong request</title></head><body>Sender name is wrong</body></html>'],
	['nothing', ''],
	['the words of the status', 'Bad Request'],
	['those as JSON', { statusCode: 400, message: 'Bad Request' }],
	['those with the number', '400 - Bad Request'],
	['a code alone', { error: 17, errors: [1, 2], message: '' }],
	['a text of other things', { hello: 'world' }],
	['a long text', 'word '.repeat(1000)],
])('a 400 with %s says that the address may be wrong', (_, body) => {
	expect(told(body, 400)).toMatchObject({
		accepted: false,
		kind: 'invalid_parameter',
		message: `${ADDRESS} does not answer like X (HTTP 400). The text was not sent.`,
		hint: 'Check the address in the credential.',
		fatal: false,
	});
	expect(asked(body, 400)).toMatchObject({ message: `${ADDRESS} does not answer like X (HTTP 400).` });
});

describe.each([404, 405])('a %d', (status) => {
	it.each<[string | object]>([
		['Not Found'],
		['404 page not found'],
		[{ message: 'Not Found' }],
		[{ message: 'The route sms/send could not be found.' }],
		[{ message: 'The POST method is not supported for route sms/send.' }],
		['Cannot POST /sms/send'],
		[{ error: 'The requested URL /sms was not found on this server.' }],
		[SENTENCE],
		['<h1>404</h1>'],
		[''],
	])('of any web server stops the run: %j', (body) => {
		expect(told(body, status)).toMatchObject({ fatal: true, hint: 'Check the address in the credential.' });
	});

	it("with the gateway's own sentence does not", () => {
		const outcome = told({ error: { message: 'No such sender' } }, status);
		expect(outcome).toMatchObject({ kind: 'invalid_parameter' });
		expect(outcome).toHaveProperty(
			'message',
			`X refused this text (HTTP ${status}): "No such sender". It was not sent.`,
		);
		expect(outcome).not.toHaveProperty('fatal');
	});
});

it.each([401, 403])('a %d stays a refused credential, and tells why', (status) => {
	const body = { error: 'IP 192.0.2.1 is not on the list' };
	expect(told(body, status)).toMatchObject({
		accepted: false,
		kind: 'authentication',
		message: `X at ${ADDRESS} refused the credential (HTTP ${status}). Nothing was sent. X says: "IP 192.0.2.1 is not on the list"`,
		fatal: true,
	});
	expect(asked(body, status)).toMatchObject({
		kind: 'authentication',
		message: `X at ${ADDRESS} refused the credential (HTTP ${status}). X says: "IP 192.0.2.1 is not on the list"`,
		fatal: true,
	});
	expect(told('', status)).toHaveProperty(
		'message',
		`X at ${ADDRESS} refused the credential (HTTP ${status}). Nothing was sent.`,
	);
});

it.each([200, 302, 408, 500, 503])('a %d stays unclear, whatever it says', (status) => {
	expect(told({ error: SENTENCE }, status)).toMatchObject({ accepted: null, retry: 'check_first' });
});

it('a 429 may be repeated, whatever it says', () => {
	expect(told({ error: 'Slow down, please' }, 429)).toMatchObject({ accepted: false, retryable: true });
});

describe('hostile words', () => {
	it('are short, on one line and without control characters', () => {
		const text = fc.oneof(
			fc.fullUnicodeString(),
			fc.string16bits(),
			fc.constantFrom('\u202e', '\u0000', '\u001b[31m', 'a b '.repeat(500)),
		);
		fc.assert(
			fc.property(
				fc.oneof(text, fc.jsonValue(), fc.record({ error: text }), fc.record({ errors: fc.array(text) })),
				fc.constantFrom(400, 401, 404, 422, 429),
				(body, status) => {
					const { message } = told(body as string | object, status) as { message: string };
					expect(message.length).toBeLessThan(400);
					expect(message).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
					expect(asked(body as string | object, status).message.length).toBeLessThan(400);
				},
			),
			{ numRuns: 1000 },
		);
	});

	it('are looked for in a part of a large reply only', () => {
		let reads = 0;
		const counted = (value: object): object =>
			new Proxy(value, {
				get: (target, key, self): unknown => {
					reads++;
					return Reflect.get(target, key, self);
				},
			});
		const rows = counted(Array.from({ length: 100_000 }, () => counted({ a: [counted({ b: {} })] })));
		expect(sentenceOf({ status: 400, headers: {}, text: '', json: rows })).toBeNull();
		expect(reads).toBeLessThan(20_000);
		const nested = JSON.parse(`${'{"error":'.repeat(1000)}"deep"${'}'.repeat(1000)}`) as object;
		expect(sentenceOf({ status: 400, headers: {}, text: '', json: nested })).toBeNull();
	});

	it('that echo a secret at the end of what is shown are not cut in the middle of it', () => {
		const secret = 'k3y-0123456789abcdef0123456789abcdef';
		const { text } = createRedactor([secret]);
		for (let length = 150; length < 220; length++) {
			const words = 'no '.repeat(70).slice(0, length);
			const { message } = told({ error: `${words} ${secret} is wrong` }, 400) as { message: string };
			expect(text(message)).not.toContain(secret.slice(0, 4));
		}
		expect(oneLine('x'.repeat(5000))).toBe('');
	});
});

it('a run that is held back tells what was met first', () => {
	const first = told({ error: 'IP is not allowed' }, 403);
	expect(
		'fatal' in first && first.accepted === false
			? heldBack(first as Parameters<typeof heldBack>[0]).message
			: '',
	).toContain('X says: "IP is not allowed"');
});
