/** The credential's Test button against every kind of answer, through n8n's own request. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlphaSmsApi } from '../../../credentials/AlphaSmsApi.credentials';
import { testCredential } from '../../support/credentialTester';

interface Asked {
	readonly path: string;
	readonly contentType: string;
	readonly body: string;
}

const asked: Asked[] = [];
let answer: { status: number; body: string | Buffer } = { status: 200, body: '' };
let server: Server;
let baseUrl = '';

beforeAll(async () => {
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const contentType = request.headers['content-type'] ?? '';
			asked.push({ path: request.url ?? '', contentType, body: Buffer.concat(chunks).toString() });
			response.writeHead(answer.status, { 'content-type': 'text/html; charset=utf-8' });
			response.end(answer.body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
});

const { test: alphaSmsTest } = new AlphaSmsApi();

/** What the Test button says; null when it is content. */
async function test(
	authentication: string,
	body: string | Buffer | object,
	status = 200,
): Promise<string | null> {
	asked.length = 0;
	answer = { status, body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) };
	const data = { authentication, apiKey: ' key ', login: 'me', password: 'pass', baseUrl, customBaseUrl: '' };
	const { ok, message } = await testCredential('alphaSmsApi', data);
	expect(asked).toHaveLength(1);
	return ok ? null : message;
}

const REFUSED = /does not accept/;
const ELSEWHERE = /'Site'/;
const HTML = '<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>';
type Case = readonly [name: string, body: string | Buffer | object, status?: number];
const named = (cases: readonly Case[]): Array<{ name: string; body: Case[1]; status: number }> =>
	cases.map(([name, body, status = 200]) => ({ name, body, status }));

const OTHERS: readonly Case[] = [
	['SMSC', { error: 'authorise error', error_code: 2 }],
	['SMSC, a balance', { balance: '100.00', currency: 'RUR' }],
	['SMS.RU', { status: 'ERROR', status_code: 200, status_text: 'wrong api_id' }],
	['SMS.RU, content', { status: 'OK', status_code: 100 }],
	['Advanta', { 'response-code': 1006, 'response-description': 'Invalid credentials' }],
	['Advanta, a balance', { 'response-code': 200, credit: '100.00', 'partner-id': '1' }],
	['Advanta, a text', { responses: [{ 'respose-code': 200 }] }],
	['VoIP Communications', { user: { id: 5 } }],
	['VoIP Communications, refusing', { error: { code: 401, message: 'Unauthorized' } }],
	['a framework', { message: 'Not Found' }],
	['another framework', { detail: 'Not Found' }],
	['a third', { code: 404, errors: ['Not Found'] }],
];

describe('with an API key', () => {
	const balance = (amount: unknown): object => ({
		success: true,
		data: [{ success: true, data: { amount, currency: 'UAH' } }],
	});

	it('asks the interface that texts go to', async () => {
		await test('apiKey', balance(31.1683));
		expect(asked).toEqual([
			{ path: '/api/json.php', contentType: 'application/json', body: expect.any(String) as string },
		]);
		expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ auth: 'key', data: [{ type: 'balance' }] });
	});

	it.each([31.1683, 0, -12.5, 2.84e-14, '31.168300000000002', '1 234.50'])(
		'a balance of %j',
		async (amount) => {
			expect(await test('apiKey', balance(amount))).toBeNull();
		},
	);

	it.each([
		JSON.stringify({ success: 1, data: [{ success: 1, data: { amount: 1 } }] }),
		JSON.stringify(balance(31.1683), null, 4),
		`\n${JSON.stringify(balance(0))}\n`,
		JSON.stringify(balance(0)).replace(/[:,]/g, '$& '),
		`\uFEFF${JSON.stringify(balance(0))}`,
	])('in another layout: %s', async (body) => {
		expect(await test('apiKey', body)).toBeNull();
	});

	it.each([
		JSON.stringify({ success: false, error: 'Access denied' }, null, 4),
		JSON.stringify({ success: true, data: [{ success: false, error: 'Access denied' }] }, null, 4),
	])('a wrong key in another layout: %s', async (body) => {
		expect(await test('apiKey', body)).toMatch(REFUSED);
	});

	it.each(
		named([
			['as on the page', { success: false, error: 'Access denied' }],
			['in other words', { success: false, error: 'Доступ запрещён' }],
			['as a number', { success: 0, error: 'blocked by administrator' }],
			['as a number, shortly', { success: 0, error: 'x' }],
			['with HTTP 403', { success: false, error: 'Access denied' }, 403],
			['for the question alone', { success: true, data: [{ success: false, error: 'Access denied' }] }],
		]),
	)('a wrong key: $name', async ({ body, status }) => {
		expect(await test('apiKey', body, status)).toMatch(REFUSED);
	});

	it.each(
		named([
			['a site without this interface', HTML, 404],
			['HTML', HTML],
			['nothing', ''],
			['nothing with HTTP 500', '', 500],
			['a number', '100'],
			['null', 'null'],
			['an empty object', '{}'],
			['an empty list', '[]'],
			['success alone', { success: true }],
			['no rows', { success: true, data: [] }],
			...OTHERS,
		]),
	)('$name', async ({ body, status }) => {
		expect(await test('apiKey', body, status)).toMatch(ELSEWHERE);
	});
});

describe('with login and password', () => {
	it('asks the interface that texts go to', async () => {
		await test('login', 'balance:31.17');
		expect(asked.map(({ path, contentType }) => [path, contentType])).toEqual([
			['/api/http.php', expect.stringMatching(/^application\/x-www-form-urlencoded/)],
		]);
		expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
			version: 'http',
			command: 'balance',
			login: 'me',
			pass: 'pass',
			password: 'pass',
		});
	});

	it.each([
		'balance:31.168300000000002',
		'balance:2.8421709430404E-14',
		'balance:-12.5\n',
		'balance:0',
		'\r\nbalance: 100 \r\n',
		'\n balance:1',
		'\uFEFFbalance:100',
	])('%j', async (body) => {
		expect(await test('login', body)).toBeNull();
	});

	it.each([
		'errors:Wrong login/password',
		'errors:Доступ запрещён',
		'errors:blocked by administrator',
		// Without the word in front.
		'Доступ запрещён',
		'blocked by administrator',
		'black list: this account',
		'\r\nerrors:Wrong login/password\r\n',
		'\nerrors:Wrong login/password',
	])('%j', async (body) => {
		expect(await test('login', body)).toMatch(REFUSED);
		expect(await test('login', body, 403)).toMatch(REFUSED);
	});

	it.each(
		named([
			['nothing', ''],
			['nothing with HTTP 500', '', 500],
			['HTML', HTML],
			['HTML with HTTP 404', HTML, 404],
			['HTML behind a line break', `\n${HTML}`],
			['a sentence that begins like a balance', 'banned'],
			['another with HTTP 400', 'bad request', 400],
			['a balance cut off', 'balance:'],
			['a number alone', '100'],
			['OK', 'OK'],
			['one letter', 'b'],
			...OTHERS,
		]),
	)('$name', async ({ body, status }) => {
		expect(await test('login', body, status)).toMatch(ELSEWHERE);
	});
});

describe('with an API key for the text interface', () => {
	it('asks the interface that texts go to', async () => {
		expect(await test('apiKeyText', 'balance:31.17')).toBeNull();
		expect(asked.map(({ path }) => path)).toEqual(['/api/http.php']);
		expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
			version: 'http',
			command: 'balance',
			key: 'key',
		});
	});

	it('is what the test with the other one points to on a site without JSON', async () => {
		expect(await test('apiKey', HTML, 404)).toMatch(/set 'Authentication' to API Key \(Text Interface\)/);
	});
});

it('a redirect takes no key along', async () => {
	for (const authentication of ['apiKey', 'apiKeyText', 'login'])
		expect(await test(authentication, '', 302)).toMatch(ELSEWHERE);
});

it('has few rules: n8n sends all of them to every browser', () => {
	expect(alphaSmsTest.rules?.length).toBeLessThanOrEqual(150);
	expect(JSON.stringify(alphaSmsTest).length).toBeLessThanOrEqual(20_000);
});
