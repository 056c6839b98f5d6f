/**
 * The Test button of every credential, by n8n's own rules: each kind of answer, what n8n shows for it, and that what was
 * asked is what sending will use.
 */
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator } from '../../../simulators/server';
import type { GatewayId } from '../../../simulators';
import type { SimulatedRequest, Simulator } from '../../../simulators/simulator';
import { subjects } from '../../conformance/subjects';
import { testCredential } from '../../support/credentialTester';
import { runNode } from '../../support/engine';

interface Answer {
	readonly status?: number;
	readonly body: string;
	readonly headers?: Readonly<Record<string, string>>;
}

const json = (value: unknown, status = 200): Answer => ({
	status,
	body: JSON.stringify(value),
	headers: { 'content-type': 'application/json' },
});
const text = (body: string, status = 200): Answer => ({
	status,
	body,
	headers: { 'content-type': 'text/plain; charset=utf-8' },
});
const html = (status: number): Answer => ({
	status,
	body: '<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>',
	headers: { 'content-type': 'text/html' },
});

/** The way in which a credential signs in, where there are two. */
const WAYS: Partial<Record<GatewayId, readonly string[]>> = {
	smsc: ['login', 'apiKey'],
	smsRu: ['apiId', 'login'],
	alphaSms: ['apiKey', 'login'],
};

/** What vendors answer to this question when all is well, from their pages; the value of a key is its way to sign in. */
const RIGHT: Readonly<Record<GatewayId, Readonly<Record<string, readonly Answer[]>>>> = {
	smsc: {
		any: [
			json({ balance: '100.50', currency: 'RUR' }),
			json({ balance: '0.00' }),
			json({ balance: '-5.20' }),
		],
	},
	smsRu: { any: [json({ status: 'OK', status_code: 100 })] },
	alphaSms: {
		login: [
			text('balance:31.168300000000002'),
			text('balance:0'),
			// What the node's own Get Balance reads.
			text('\r\nbalance:12.5'),
		],
		apiKey: [json({ success: true, data: [{ success: true, data: { amount: 31.1683, currency: 'UAH' } }] })],
	},
	advantaSms: {
		any: [
			json({ 'response-code': 200, credit: '545.00', 'partner-id': '1' }),
			json({ 'response-code': 200, credit: '12,345.00', 'partner-id': '1' }),
			json({ 'response-code': 200, credit: 0, 'partner-id': '1' }),
		],
	},
	voipCommunications: { any: [json({ user: { user_id: '1042' }, endpoint: {} })] },
};

/** The vendor's own words for a key that it does not take. */
const WRONG_KEY: Readonly<Record<GatewayId, Readonly<Record<string, readonly Answer[]>>>> = {
	smsc: { any: [json({ error: 'authorise error', error_code: 2 })] },
	smsRu: {
		any: [200, 300, 301].map((code) => json({ status: 'ERROR', status_code: code, status_text: 'x' })),
	},
	alphaSms: {
		login: [
			text('errors:Wrong login/password'),
			text('errors:Access denied'),
			text('errors:Доступ запрещен'),
			// Seen without the word in front, too; the second begins like a balance.
			text('Доступ запрещен'),
			text('blocked by administrator'),
		],
		apiKey: [json({ success: false, error: 'Access denied' })],
	},
	advantaSms: {
		any: [
			json({ 'response-code': 1006, 'response-description': 'Invalid credentials' }),
			json({ 'response-code': '1006', 'response-description': 'Invalid credentials' }),
			json({ 'respose-code': 1006, 'response-description': 'Invalid credentials' }),
			json({ 'response-code': 1006, 'response-description': 'Invalid credentials' }, 401),
			// In a list, as its brands put it.
			json({ responses: [{ 'response-code': 1006, 'response-description': 'Invalid credentials' }] }),
			json({ responses: [{ 'respose-code': 1006, 'response-description': 'Invalid credentials' }] }),
			...[4091, 4092, 4093].map((code) => json({ 'response-code': code })),
		],
	},
	voipCommunications: {
		any: [
			json({ status: false, error: 'Invalid api credentials' }, 401),
			json({ error: true, error_message: 'Invalid api credentials' }),
		],
	},
};

/** Refusals in the gateway's own words that are neither: it is the right address, and perhaps the right key. */
const OTHER_TROUBLE: Readonly<Record<GatewayId, readonly Answer[]>> = {
	// 1: a parameter is missing (an empty password), 4: the IP address is blocked, 9: asked too often.
	smsc: [1, 4, 9].map((code) => json({ error: 'x', error_code: code })),
	// 220: "service temporarily unavailable", 302: the account is not confirmed.
	smsRu: [
		json({ status: 'ERROR', status_code: 220, status_text: 'x' }),
		json({ status: 'OK', status_code: 302 }),
	],
	alphaSms: [],
	// 4090: "internal error, please try again after 5 minutes".
	advantaSms: [json({ 'response-code': 4090, 'response-description': 'Internal error occurred' })],
	voipCommunications: [json({ error: true, error_message: 'Account suspended' })],
};

const foreign = (gateway: GatewayId): Array<readonly [string, Answer]> =>
	Object.entries(RIGHT)
		.filter(([other]) => other !== gateway)
		.flatMap(([other, ways]) =>
			Object.values(ways)
				.flat()
				.map((answer) => [`${other} when all is well: ${answer.body}`, answer] as const),
		);

const NOT_THE_GATEWAY: ReadonlyArray<readonly [string, Answer]> = [
	...[200, 404, 500, 502].map((status) => [`HTML with ${status}`, html(status)] as const),
	['nothing', { body: '' }],
	['blanks', text(' \n')],
	['null', { body: 'null', headers: { 'content-type': 'application/json' } }],
	['an empty list', json([])],
	['an empty object', json({})],
	['a list of nothing', json([null])],
	['a number', json(7)],
	['a text', json('OK')],
	['a word', text('OK')],
	['half of an answer', { body: '{"bal', headers: { 'content-type': 'application/json' } }],
	['a redirect', { status: 302, body: '', headers: { location: 'http://127.0.0.1:9/elsewhere' } }],
	['a redirect of the other kind', { status: 307, body: '', headers: { location: 'http://127.0.0.1:9/x' } }],
];

interface Asked {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
}

const ways = subjects
	.filter(({ credentials }) => credentials === undefined)
	.flatMap((subject) =>
		(WAYS[subject.gateway] ?? [null]).map((way) => ({
			subject,
			way,
			name: `${subject.gateway}${way === null ? '' : ` by ${way}`}`,
		})),
	);

describe.each(ways.map((one) => [one.name, one] as const))('%s', (_, { subject, way }) => {
	const type = subject.credentialType;
	const sign = way === null ? {} : { authentication: way };
	const told = (table: Readonly<Record<string, readonly Answer[]>>): readonly Answer[] =>
		table.any ?? table[way ?? ''] ?? [];

	/** What n8n shows when this comes back, and what it had asked. */
	async function press(
		answer: Answer,
		credential: Readonly<Record<string, string>>,
	): Promise<{ ok: boolean; message: string; asked: readonly Asked[] }> {
		const asked: Asked[] = [];
		const server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const { method = '', url = '', headers } = request;
				asked.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
				response.writeHead(answer.status ?? 200, answer.headers ?? {}).end(answer.body);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		const verdict = await testCredential(type, { ...credential, ...sign, baseUrl });
		await new Promise<void>((resolve) => {
			server.close(() => resolve());
			server.closeAllConnections();
		});
		// Whatever it says, it has asked: without that it would say nothing of this answer.
		expect(asked.length).toBeGreaterThan(0);
		return { ...verdict, asked };
	}

	const some = subject.simulation().credentials;

	it('has answers to try', () => {
		expect(told(RIGHT[subject.gateway]).length).toBeGreaterThan(0);
		expect(told(WRONG_KEY[subject.gateway]).length).toBeGreaterThan(0);
	});

	it.each(told(RIGHT[subject.gateway]).map((answer) => [answer.body, answer] as const))(
		'is fine with %s',
		async (_body, answer) => {
			expect(await press(answer, some)).toMatchObject({ ok: true });
		},
	);

	it.each(told(WRONG_KEY[subject.gateway]).map((answer) => [answer.body, answer] as const))(
		'tells a wrong key from a wrong address: %s',
		async (_body, answer) => {
			const { ok, message } = await press(answer, some);
			expect({ ok, message }).toEqual({
				ok: false,
				message: expect.stringMatching(/(?:does not|do not|did not) accept|refuse/),
			});
			expect(message).not.toContain('Base URL');
		},
	);

	const trouble = OTHER_TROUBLE[subject.gateway];
	if (trouble.length > 0)
		it.each(trouble.map((answer) => [answer.body, answer] as const))(
			'fails with %s, and does not send people to the address',
			async (_body, answer) => {
				const { ok, message } = await press(answer, some);
				expect(ok).toBe(false);
				expect(message).not.toContain('Base URL');
			},
		);

	it.each([...NOT_THE_GATEWAY, ...foreign(subject.gateway)])(
		'does not take %s for its gateway',
		async (_name, answer) => {
			const { ok, message } = await press(answer, some);
			expect(ok).toBe(false);
			// n8n's own words for a status (Not Found, Bad Gateway) are those of an address, too.
			if ((answer.status ?? 200) < 400) expect(message).toContain('Base URL');
		},
	);

	it('shows no secret, whatever comes back', async () => {
		const secrets = Object.values(some);
		for (const answer of [
			json({ error: secrets.join(' ') }),
			text(secrets.join('\n')),
			json({ x: secrets }, 500),
		]) {
			const { message } = await press(answer, some);
			for (const secret of secrets) expect(message).not.toContain(secret);
		}
	});

	it('does not reach a server that does not answer there', async () => {
		const { ok, message } = await testCredential(type, { ...some, ...sign, baseUrl: 'http://127.0.0.1:9' });
		expect(ok).toBe(false);
		expect(message).not.toBe('');
	});

	it.each(['http://gateway.example', 'gateway.example', 'https://user:word@gateway.example'])(
		'sends no key to %s',
		async (baseUrl) => {
			const { ok, message } = await testCredential(type, { ...some, ...sign, baseUrl });
			expect(ok).toBe(false);
			expect(message).toContain('Base URL');
		},
	);

	describe('against the simulated gateway', () => {
		let simulator: Simulator;
		let seen: SimulatedRequest[];
		beforeAll(async () => {
			simulator = await startSimulator(subject.simulation());
		});
		beforeEach(() => {
			simulator.reset();
			seen = [];
			const matches = (request: SimulatedRequest): boolean => {
				seen.push(request);
				return false;
			};
			simulator.fault({ at: 'before', how: 'reset', matches });
		});
		afterAll(async () => await simulator.close());

		const press = async (changed: Readonly<Record<string, string>> = {}): ReturnType<typeof testCredential> =>
			await testCredential(type, { ...simulator.credentials, ...sign, ...changed });

		it('is fine with the right key', async () => {
			expect(await press()).toMatchObject({ ok: true });
			expect(simulator.texts).toEqual([]);
		});

		/** What a request has of the credential, and where: fields of its body, and what signs it in its header. */
		function carriedBy(request: SimulatedRequest | undefined): Record<string, unknown> {
			if (request === undefined) throw new Error('Nothing was asked');
			const { form, json: body, headers } = request;
			const fields = form === null ? ((body ?? {}) as Record<string, unknown>) : Object.fromEntries(form);
			const values = new Set(Object.values(simulator.credentials));
			const own = Object.entries(fields).filter(([, value]) => values.has(String(value)));
			const [, basic = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
			return { ...Object.fromEntries(own), basic: Buffer.from(basic, 'base64').toString('utf8') };
		}

		it('says so when the key is wrong', async () => {
			await press();
			const carried = Object.values(carriedBy(seen[0])).join(' ');
			const secrets = Object.entries(simulator.credentials).filter(([, value]) =>
				simulator.secrets.includes(value),
			);
			// Of two ways to sign in, the other's key does not matter.
			const used = secrets.filter(([, value]) => carried.includes(value)).map(([name]) => name);
			expect(used.length).toBeGreaterThan(0);
			for (const [name] of secrets) {
				const { ok, message } = await press({ [name]: 'not-the-key' });
				expect({ name, ok }).toEqual({ name, ok: !used.includes(name) });
				expect(message).not.toContain('Base URL');
			}
		});

		it('asks with what sending will use, and of the same address', async () => {
			await press();
			const [asked] = seen;
			seen.length = 0;
			const { success } = await runNode({
				node: subject.gateway,
				credentials: { [type]: { ...simulator.credentials, ...sign } },
				onError: 'continueErrorOutput',
				rows: [{}],
				parameters: { ...subject.parameters, to: subject.number(0), message: 'Hello' },
			});
			expect(success).toHaveLength(1);
			const [sent] = seen;
			const { shortcode, ...signed } = carriedBy(sent);
			// The default sender is no part of signing in; a question may or may not carry it.
			const { shortcode: alsoAsked = shortcode, ...askedWith } = carriedBy(asked);
			expect(alsoAsked).toEqual(shortcode);
			expect(askedWith).toEqual(signed);
			expect(Object.values(signed).filter((value) => value !== '').length).toBeGreaterThan(0);
			expect(asked?.rawQuery).toBe('');
			// AlphaSMS has two interfaces, and a site may lack one: the other's answer would say nothing.
			if (subject.gateway === 'alphaSms') expect(asked?.path).toBe(sent?.path);
		});
	});
});
