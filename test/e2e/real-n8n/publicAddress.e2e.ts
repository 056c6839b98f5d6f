/** A real n8n behind a proxy, known to the world by another address: the link in a text leads through it to the page, and back. */
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { lineUnderTest } from './lines';
import type { Stage } from './stage';
import { fresh, rowsNode, setStage, smsNode, workflowOf } from './stage';
import { freePort } from './ports';
import { afterAnswer, press } from './examples/answers';
import type { Execution } from './executions';

/** What a proxy says of the address that was called. */
type Passed = 'host' | 'forwarded' | 'nothing';

let stage: Stage;
let proxy: Server;
let publicUrl: string;
let passed: Passed = 'host';

/** As nginx and its like: the call goes on to n8n on loopback. */
function headersOf(incoming: IncomingHttpHeaders, inner: URL): IncomingHttpHeaders {
	const forwarded = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'http' };
	switch (passed) {
		case 'host':
			return { ...incoming, ...forwarded };
		case 'forwarded':
			return { ...incoming, ...forwarded, 'x-forwarded-host': incoming.host, host: inner.host };
		case 'nothing':
			return { ...incoming, ...forwarded, host: inner.host };
	}
}

beforeAll(async () => {
	const port = await freePort();
	publicUrl = `http://localhost:${port}`;
	// 1.x reads the first, 2.x the second.
	const env = { WEBHOOK_URL: `${publicUrl}/`, N8N_WEBHOOK_URL: `${publicUrl}/`, N8N_PROXY_HOPS: '1' };
	stage = await setStage((line) => void process.stderr.write(`${line}\n`), env);
	const inner = new URL(stage.n8n.url);
	proxy = createServer((incoming, outgoing) => {
		const { method, url: path } = incoming;
		const { hostname, port: innerPort } = inner;
		const options = { hostname, port: innerPort, method, path, headers: headersOf(incoming.headers, inner) };
		const onward = request(options, (response) => {
			outgoing.writeHead(response.statusCode ?? 502, response.headers);
			response.pipe(outgoing);
		});
		onward.on('error', () => outgoing.writeHead(502).end());
		incoming.pipe(onward);
	});
	await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
});
afterAll(async () => {
	await stage?.close();
	proxy?.closeAllConnections();
	await new Promise((resolve) => (proxy === undefined ? resolve(null) : proxy.close(resolve)));
});

const THANKS = 'Thank you. Your answer has been received.';

async function ask(): Promise<{ execution: Execution; link: string }> {
	const simulator = fresh(stage.gateways.smsRu);
	const parameters = { operation: 'sendAndWait', to: '={{ $json.phone }}', message: 'Approve?' };
	const workflow = workflowOf(
		'public address',
		rowsNode([{ phone: '+79161234567' }]),
		smsNode('smsRu', stage, 'smsRu', parameters),
	);
	const execution = await stage.n8n.runWorkflow(await stage.n8n.createWorkflow(workflow));
	expect(execution.status).toBe('waiting');
	return { execution, link: simulator.texts[0]?.text.split('\n').at(-1) ?? '' };
}

const signsHost = lineUnderTest() === '1.123';

it.each([
	['Host passed on', 'host', true],
	['X-Forwarded-Host in its place', 'forwarded', true],
	['neither', 'nothing', !signsHost],
] as const)('%s', async (_, kind, works) => {
	passed = kind;
	const { execution, link } = await ask();
	expect(link).toMatch(
		new RegExp(`^${publicUrl}/webhook-waiting/${execution.id}/[^/?]+\\?signature=[0-9a-f]{64}$`),
	);
	// Whoever has another link gets nowhere, whatever the proxy passes on.
	const forged = await press(
		link.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
		'approve',
	);
	expect(forged.asked + forged.thanks).not.toMatch(/Approve\?|Thank you/);

	const { asked, thanks } = await press(link, 'approve');
	expect([asked.includes('<p class="asked" dir="auto">Approve?</p>'), thanks.includes(THANKS)]).toEqual([
		works,
		works,
	]);
	if (!works) return;
	const end = await afterAnswer(stage.n8n, execution);
	expect(stage.n8n.nodeItems(end, 'Sent').flat(2)).toMatchObject([{ json: { data: { approved: true } } }]);
});
