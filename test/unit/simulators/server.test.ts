import { startInbox } from '../../../simulators/inbox';
import { startSimulator } from '../../../simulators/server';
import type { GatewaySimulation, SimulatedRequest, Simulator } from '../../../simulators/simulator';

const SECRET = 'p+s/w rd&Ж"1';

/** A gateway that takes whatever comes by POST and tells what it saw. */
function echo(): GatewaySimulation {
	return {
		gateway: 'smsc',
		displayName: 'Echo <gateway>',
		credentials: { login: 'me', password: SECRET },
		secrets: [SECRET],
		basePath: '/base',
		startingBalance: 10,
		sends: (request) => request.method === 'POST',
		handle(request, world) {
			if (request.path === '/throws') throw new Error('broken simulation');
			if (request.method === 'POST') {
				world.balance -= 1;
				world.accept({
					to: '79990000001',
					from: 'Me',
					text: request.form?.get('text') ?? '<b>bold</b>',
					messageId: String(world.nextNumber()),
					parts: 1,
					scheduledFor: null,
					options: {},
				});
			}
			return {
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({
					query: [...request.query],
					rawQuery: request.rawQuery,
					form: request.form === null ? null : [...request.form],
					json: request.json ?? null,
					open: world.openRequests,
				}),
			};
		},
	};
}

let simulator: Simulator;
let origin: string;

beforeEach(async () => {
	simulator = await startSimulator(echo());
	origin = new URL(simulator.baseUrl).origin;
});
afterEach(() => simulator.close());

const post = (init: RequestInit = {}): Promise<Response> =>
	fetch(origin, { method: 'POST', body: 'x', ...init });
const seen = (index = 0) => {
	const request = simulator.requests[index];
	if (request === undefined) throw new Error(`no request ${index}`);
	return request;
};

async function failure(reply: Promise<Response>): Promise<string> {
	try {
		await (await reply).text();
	} catch (error) {
		const cause = (error as Error).cause as { code?: string } | undefined;
		return cause?.code ?? (error as Error).name;
	}
	return 'none';
}

describe('requests', () => {
	it('are read by content type and kept with their exact bytes', async () => {
		await post({ body: new URLSearchParams({ text: 'a b+c' }) });
		await post({ body: '{"a":[1]}', headers: { 'content-type': 'application/json; charset=utf-8' } });
		await post({ body: '{"a":', headers: { 'content-type': 'application/json' } });
		const reply = await fetch(`${origin}/path?q=%FF&q=2`, { headers: { 'X-One': 'two' } });

		expect(await reply.json()).toMatchObject({ rawQuery: 'q=%FF&q=2', form: null, json: null });
		expect(
			simulator.requests.map(({ number, method, url, status, accepted }) => [
				number,
				method,
				url,
				status,
				accepted,
			]),
		).toEqual([
			[1, 'POST', '/', 200, 1],
			[2, 'POST', '/', 200, 1],
			[3, 'POST', '/', 200, 1],
			[4, 'GET', '/path?q=%FF&q=2', 200, 0],
		]);
		expect(seen(0).body).toEqual(Buffer.from('text=a+b%2Bc'));
		expect(seen(3).headers['x-one']).toBe('two');
		expect(simulator.texts[0]).toMatchObject({ text: 'a b+c', request: 1, gateway: 'smsc', messageId: '1' });
		expect(simulator.balance).toBe(7);
	});

	it('of more than 8 MB are refused and not acted on', async () => {
		const body = Buffer.alloc(8 * 1024 * 1024 + 1, 97);
		const status = await post({ body }).then(
			(reply) => reply.status,
			() => 'broken while it was being sent',
		);
		expect([413, 'broken while it was being sent']).toContain(status);
		expect(simulator.texts).toHaveLength(0);
		expect(seen()).toMatchObject({ status: 413, accepted: 0 });
		expect((await post({ body: body.subarray(1) })).status).toBe(200);
	});

	it('do not hang when a simulation throws', async () => {
		expect((await fetch(`${origin}/throws`)).status).toBe(599);
	});

	it('are counted while they are open', async () => {
		await simulator.close();
		simulator = await startSimulator(echo(), { latencyMs: 300 });
		origin = new URL(simulator.baseUrl).origin;
		const ask = async () => ((await (await fetch(origin)).json()) as { open: number }).open;
		const counts = await Promise.all([ask(), ask(), ask()]);
		expect(counts.sort()).toEqual([1, 2, 3]);
		expect(await ask()).toBe(1);
	});
});

describe('secrets', () => {
	it.each<[string, RequestInit]>([
		['a form', { body: new URLSearchParams({ psw: SECRET }) }],
		['percent escapes', { body: `psw=${encodeURIComponent(SECRET)}` }],
		['lower-case escapes', { body: `psw=${encodeURIComponent(SECRET).toLowerCase()}` }],
		['escapes of escapes', { body: `u=${encodeURIComponent(encodeURIComponent(SECRET))}` }],
		['JSON', { body: JSON.stringify({ psw: SECRET }) }],
		['JSON of PHP', { body: JSON.stringify({ psw: SECRET }).replace(/\//g, '\\/').replace(/Ж/g, '\\u0416') }],
		['plain text', { body: `<psw>${SECRET}</psw>` }],
		['base64', { body: `auth=${Buffer.from(`me:${SECRET}`).toString('base64')}` }],
		[
			'base64 in a form',
			{ body: new URLSearchParams({ auth: Buffer.from(`me:${SECRET}`).toString('base64') }) },
		],
	])('are hidden in %s', async (_, init) => {
		await post(init);
		expect(seen().shownBody).toContain('***');
		expect(seen().shownBody).not.toMatch(/rd|w%20|w\+r/);
		expect(seen().shownBody.length).toBeLessThan(25);
		expect(seen().body.length).toBeGreaterThan(12);
	});

	it('are hidden in the address and the headers', async () => {
		const basic = Buffer.from(`me:${SECRET}`).toString('base64');
		await fetch(`${origin}/?psw=${encodeURIComponent(SECRET)}&x=1`, {
			headers: { authorization: `Basic ${basic}`, 'x-key': encodeURIComponent(SECRET) },
		});
		await fetch(origin, { headers: { authorization: 'whatever' } });
		expect(seen().shownUrl).toBe('/?psw=***&x=1');
		expect(seen().headers).toMatchObject({ authorization: 'Basic ***', 'x-key': '***' });
		expect(seen(1).headers.authorization).toBe('***');
	});
});

describe('faults', () => {
	it('connect: breaks the connection before anything was read', async () => {
		simulator.fault({ at: 'connect', how: 'reset', times: 2 });
		expect(await failure(post())).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
		expect(await failure(post())).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
		expect((await post()).status).toBe(200);
		expect(simulator.brokenConnections).toBe(2);
		expect(simulator.requests).toHaveLength(1);
	});

	it('connect: hits a connection that was kept alive, too', async () => {
		await (await post()).text();
		simulator.fault({ at: 'connect', how: 'reset' });
		expect(await failure(post())).not.toBe('none');
		expect(simulator.texts).toHaveLength(1);
	});

	it.each(['before', 'after'] as const)('%s × reset: no reply', async (at) => {
		simulator.fault({ at, how: 'reset' });
		expect(await failure(post())).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
		expect(seen()).toMatchObject({ status: null, accepted: at === 'after' ? 1 : 0 });
		expect(seen().fault).toContain('reset');
		expect(simulator.texts).toHaveLength(at === 'after' ? 1 : 0);
	});

	it.each(['before', 'after'] as const)('%s × cut: half of the reply', async (at) => {
		simulator.fault({ at, how: 'cut' });
		const reply = await post();
		expect(reply.status).toBe(at === 'after' ? 200 : 503);
		await expect(reply.text()).rejects.toThrow();
		expect(simulator.texts).toHaveLength(at === 'after' ? 1 : 0);
	});

	it("status: the true body, the vendor's own sentence, under a status of another kind", async () => {
		simulator.fault({ at: 'after', how: 'status', status: 400 });
		const reply = await post();
		expect([reply.status, reply.headers.get('content-type')]).toEqual([400, 'application/json']);
		expect(await reply.json()).toMatchObject({ open: 1 });
		expect(seen()).toMatchObject({ status: 400, accepted: 1, fault: 'acted on; sent under another status' });
	});

	it.each(['before', 'after'] as const)('%s × stall: never answers', async (at) => {
		simulator.fault({ at, how: 'stall' });
		expect(await failure(post({ signal: AbortSignal.timeout(200) }))).toBe('TimeoutError');
		expect(seen()).toMatchObject({ status: null, accepted: at === 'after' ? 1 : 0 });
	});

	it('after × drip: the true reply, slowly', async () => {
		simulator.fault({ at: 'after', how: 'drip', everyMs: 10 });
		const startedAt = Date.now();
		expect(await (await post()).json()).toMatchObject({ rawQuery: '' });
		expect(Date.now() - startedAt).toBeGreaterThan(150);
		expect(simulator.texts).toHaveLength(1);
	});

	it.each(['before', 'after'] as const)('%s × reply: another reply', async (at) => {
		simulator.fault({ at, how: 'reply', reply: { status: 502, headers: { 'x-a': 'b' }, body: '<html>' } });
		const reply = await post();
		expect([reply.status, reply.headers.get('x-a'), await reply.text()]).toEqual([502, 'b', '<html>']);
		expect(seen()).toMatchObject({ status: 502, accepted: at === 'after' ? 1 : 0 });
	});

	it('after × mutate: the true JSON, changed', async () => {
		simulator.fault({
			at: 'after',
			how: 'mutate',
			mutate: (json) => ({ ...(json as object), json: 'changed' }),
		});
		expect(await (await post()).json()).toMatchObject({ json: 'changed', rawQuery: '' });
		expect(simulator.texts).toHaveLength(1);
	});

	it('after × truncate: half of the body as if it were whole', async () => {
		const whole = await (await post()).text();
		simulator.fault({ at: 'after', how: 'truncate' });
		expect(await (await post()).text()).toBe(whole.slice(0, Math.floor(whole.length / 2)));
	});

	it('hit the requests they are meant for, as often as they are meant to, in their order', async () => {
		const reply = (status: number) => ({ status, headers: {}, body: '' });
		simulator.fault({ at: 'before', how: 'reply', reply: reply(500), times: 2 });
		simulator.fault({ at: 'before', how: 'reply', reply: reply(501) });
		simulator.fault({
			at: 'before',
			how: 'reply',
			reply: reply(404),
			times: Infinity,
			matches: ({ path }: SimulatedRequest) => path === '/only',
		});
		const statuses: number[] = [];
		for (let index = 0; index < 4; index += 1) statuses.push((await post()).status);
		expect(statuses).toEqual([500, 500, 501, 200]);
		expect((await fetch(origin)).status).toBe(200);
		for (let index = 0; index < 3; index += 1) expect((await fetch(`${origin}/only`)).status).toBe(404);
	});

	it('that say too little are refused', () => {
		expect(() => simulator.fault({ at: 'after', how: 'reply' })).toThrow();
		expect(() => simulator.fault({ at: 'after', how: 'mutate' })).toThrow();
		expect(() => simulator.fault({ at: 'after', how: 'status' })).toThrow();
	});
});

describe('a simulator', () => {
	it('has its address in the credential', () => {
		expect(simulator.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/base$/);
		expect(simulator.credentials).toEqual({ login: 'me', password: SECRET, baseUrl: simulator.baseUrl });
	});

	it('forgets everything at a reset', async () => {
		await post();
		simulator.orders.requestCode = '2';
		simulator.orders.recipientCodes.set('79990000001', '22');
		simulator.fault({ at: 'after', how: 'stall', times: Infinity });
		const stalled = failure(post());
		while (simulator.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
		simulator.reset();
		expect(await stalled).not.toBe('none');
		expect(simulator).toMatchObject({ balance: 10, texts: [], requests: [], brokenConnections: 0 });
		expect(simulator.orders).toEqual({ requestCode: null, recipientCodes: new Map() });
		expect((await post()).status).toBe(200);
		expect(simulator.texts[0]?.messageId).toBe('1');
	});

	it('closes at once, whatever is open', async () => {
		await post();
		simulator.fault({ at: 'after', how: 'stall' });
		simulator.fault({ at: 'after', how: 'drip', everyMs: 60_000 });
		const open = [failure(post()), failure(post())];
		while (simulator.requests.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
		const startedAt = Date.now();
		await simulator.close();
		await simulator.close();
		expect(Date.now() - startedAt).toBeLessThan(500);
		expect(await Promise.all(open)).not.toContain('none');
	});

	it('reports a port in use', async () => {
		await expect(startSimulator(echo(), { port: Number(new URL(origin).port) })).rejects.toThrow(
			'EADDRINUSE',
		);
	});
});

describe('the inbox', () => {
	it('shows texts and requests, escaped and without secrets', async () => {
		const inbox = await startInbox({ smsc: simulator });
		try {
			expect(await (await fetch(inbox.url)).text()).toContain('No texts yet: run the workflow in n8n');
			await post({ body: JSON.stringify({ psw: SECRET, other: '<script>' }) });

			const reply = await fetch(inbox.url);
			const page = await reply.text();
			expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
			expect(page).toContain('Echo &lt;gateway&gt;');
			expect(page).toContain('&lt;b&gt;bold&lt;/b&gt;');
			expect(page).toContain(
				'{&quot;psw&quot;:&quot;***&quot;,&quot;other&quot;:&quot;&lt;script&gt;&quot;}',
			);
			expect(page).toContain('1 text, 1 request');
			expect(page).not.toMatch(/<script|<b>bold|src=|href="http/);

			const texts = (await (await fetch(`${inbox.url}/texts.json`)).json()) as unknown[];
			expect(texts).toMatchObject([{ to: '79990000001', text: '<b>bold</b>', gateway: 'smsc', request: 1 }]);
			const requests = (await (await fetch(`${inbox.url}/requests.json`)).json()) as unknown[];
			expect(requests).toMatchObject([{ body: '{"psw":"***","other":"<script>"}', url: '/', accepted: 1 }]);
			expect(JSON.stringify(requests)).not.toContain('w rd');
			expect((await fetch(`${inbox.url}/other`)).status).toBe(404);
			expect((await fetch(inbox.url, { method: 'PUT' })).status).toBe(405);
			expect((await fetch(inbox.url, { method: 'POST' })).status).toBe(403);
		} finally {
			await inbox.close();
		}
	});
});
