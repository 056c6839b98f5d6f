/**
 * The Test button of every credential, by n8n's own rules: each kind of answer, what n8n shows for it, and that what was
 * asked is what sending will use.
 */
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GATEWAY_IDS, gateways, type GatewayId } from '../../../nodes/SendSms/gateways';
import { SIMULATIONS } from '../../../simulators';
import { startSimulator } from '../../../simulators/server';
import type { SimulatedRequest, Simulator } from '../../../simulators/simulator';
import { facts } from '../../facts';
import type { Answer } from '../../facts/facts';
import { json, text } from '../../facts/words';
import { credentialTypeOf } from '../../support/credentials';
import { testCredential } from '../../support/credentialTester';
import { runNode } from '../../support/engine';

const html = (status: number): Answer => ({
	status,
	body: '<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>',
	headers: { 'content-type': 'text/html' },
});

const foreign = (gateway: GatewayId): Array<readonly [string, Answer]> =>
	GATEWAY_IDS.filter((other) => other !== gateway).flatMap((other) =>
		Object.values(facts[other].credential.right)
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

const ways = GATEWAY_IDS.flatMap((id) =>
	(facts[id].credential.ways ?? [null]).map(
		(way) => [`${id}${way === null ? '' : ` by ${way}`}`, id, way] as const,
	),
);

/** How a credential calls the field with the gateway's address. */
const ADDRESS_FIELD = /'(?:Site|Provider|Environment)'/;

describe.each(ways)('%s', (_, id, way) => {
	const type = gateways[id].credential.type;
	const { credential: known, interfaces, number, parameters } = facts[id];
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

	const some = SIMULATIONS[id]().credentials;

	it('has answers to try', () => {
		expect(told(known.right).length).toBeGreaterThan(0);
		expect(told(known.wrongKey).length).toBeGreaterThan(0);
	});

	it.each(told(known.right).map((answer) => [answer.body, answer] as const))(
		'is fine with %s',
		async (_body, answer) => {
			expect(await press(answer, some)).toMatchObject({ ok: true });
		},
	);

	it.each(told(known.wrongKey).map((answer) => [answer.body, answer] as const))(
		'tells a wrong key from a wrong address: %s',
		async (_body, answer) => {
			const { ok, message } = await press(answer, some);
			expect({ ok, message }).toEqual({
				ok: false,
				message: expect.stringMatching(/(?:does not|do not|did not) accept|refuse/),
			});
			expect(message).not.toMatch(ADDRESS_FIELD);
		},
	);

	const trouble = known.otherTrouble;
	if (trouble.length > 0)
		it.each(trouble.map((answer) => [answer.body, answer] as const))(
			'fails with %s, and does not send people to the address',
			async (_body, answer) => {
				const { ok, message } = await press(answer, some);
				expect(ok).toBe(false);
				expect(message).not.toMatch(ADDRESS_FIELD);
			},
		);

	it.each([...NOT_THE_GATEWAY, ...foreign(id)])('does not take %s for its gateway', async (_name, answer) => {
		const { ok, message } = await press(answer, some);
		expect(ok).toBe(false);
		// n8n's own words for a status (Not Found, Bad Gateway) are those of an address, too.
		if ((answer.status ?? 200) < 400) expect(message).toMatch(ADDRESS_FIELD);
	});

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
			expect(message).toContain('The address in the credential');
		},
	);

	describe('against the simulated gateway', () => {
		let simulator: Simulator;
		let seen: SimulatedRequest[];
		beforeAll(async () => {
			simulator = await startSimulator(SIMULATIONS[id]());
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

		/** What a request has of the credential: fields of its body or address, and what signs it in its headers. */
		function carriedBy(request: SimulatedRequest | undefined): Record<string, unknown> {
			if (request === undefined) throw new Error('Nothing was asked');
			const { form, json: body, headers, query } = request;
			const content = form === null ? ((body ?? {}) as Record<string, unknown>) : Object.fromEntries(form);
			const fields = { ...headers, ...Object.fromEntries(query), ...content };
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
				expect(message).not.toMatch(ADDRESS_FIELD);
			}
		});

		it('asks with what sending will use, and of the same address', async () => {
			await press();
			const [asked] = seen;
			seen.length = 0;
			const { success } = await runNode({
				node: id,
				credentials: { [type]: { ...simulator.credentials, ...sign } },
				onError: 'continueErrorOutput',
				rows: [{}],
				parameters: { ...parameters, to: number(0), message: 'Hello' },
			});
			expect(success).toHaveLength(1);
			const [sent] = seen;
			const { shortcode, ...signed } = carriedBy(sent);
			// The default sender is no part of signing in; a question may or may not carry it.
			const { shortcode: alsoAsked = shortcode, ...askedWith } = carriedBy(asked);
			expect(alsoAsked).toEqual(shortcode);
			expect(askedWith).toEqual(signed);
			expect(Object.values(signed).filter((value) => value !== '').length).toBeGreaterThan(0);
			const inAddress = gateways[id].credential.fields.flatMap((field) =>
				!field.secret && field.query !== undefined
					? [[field.query, simulator.credentials[field.name]] as const]
					: [],
			);
			expect(Object.fromEntries(asked?.query ?? [])).toEqual(Object.fromEntries(inAddress));
			// Of two interfaces a site may lack one: the other's answer would say nothing.
			if (interfaces.length > 1) expect(asked?.path).toBe(sent?.path);
		});
	});
});

it.each(GATEWAY_IDS)('%s: signs by a method, since a property gives every node "Custom API Call"', (id) => {
	const type = credentialTypeOf(gateways[id].credential.type);
	expect(typeof type.authenticate).toBe('function');
	expect(Object.keys(type)).not.toContain('authenticate');
});
