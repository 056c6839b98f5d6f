import { startInbox, type Inbox } from '../../../simulators/inbox';
import { GATEWAY_IDS, type GatewayId, startGateways } from '../../../simulators';
import { startReceiver, type Receiver } from '../../../simulators/receiver';
import type { Simulator } from '../../../simulators/simulator';

type Fields = Readonly<Record<string, string>>;

const PHONE = '79255070602';
let gateways: Record<GatewayId, Simulator>;
let inbox: Inbox;
let receiver: Receiver;

beforeAll(async () => {
	[gateways, receiver] = await Promise.all([startGateways(), startReceiver()]);
	inbox = await startInbox(gateways);
});
beforeEach(() => {
	for (const id of GATEWAY_IDS) gateways[id].reset();
	receiver.forget();
});
afterAll(async () => {
	await Promise.all([inbox.close(), receiver.close(), ...Object.values(gateways).map((one) => one.close())]);
});

const page = async (path = '/'): Promise<string> => (await fetch(inbox.url + path)).text();
const press = (path: string, fields: Fields, origin = inbox.url): Promise<Response> =>
	fetch(inbox.url + path, {
		method: 'POST',
		body: new URLSearchParams(fields),
		headers: { origin },
		redirect: 'manual',
	});
/** What the buttons of the page would post, in their order. */
const buttonsOf = (body: string): Array<{ action: string; fields: Fields }> =>
	[...body.matchAll(/<form method="post" action="([^"]+)">(.*?)<button>/g)].map(
		([, action = '', inner = '']) => ({
			action,
			fields: Object.fromEntries(
				[...inner.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
					name,
					value,
				]),
			),
		}),
	);

async function sendThroughSmsc(): Promise<void> {
	const { login = '', password = '' } = gateways.smsc.credentials;
	const body = new URLSearchParams({ login, psw: password, phones: PHONE, mes: 'Hello', charset: 'utf-8' });
	await fetch(`${gateways.smsc.baseUrl}/sys/send.php`, { method: 'POST', body });
}

it('reports a delivery with the button beside the text', async () => {
	await sendThroughSmsc();
	expect(await page()).toContain('No address is set');
	const saved = await press('/address', {
		gateway: 'smsc',
		url: receiver.url,
		method: 'POST',
		secret: 'word',
	});
	expect([saved.status, saved.headers.get('location')]).toEqual([303, '/#smsc']);

	const before = await page();
	expect(before).toMatch(/<span class="state">queued<\/span> \(the gateway says -1\)/);
	expect(before).toContain(`Calls go to <code>${receiver.url}</code>`);
	const [first] = buttonsOf(before);
	expect(first).toEqual({
		action: '/report',
		fields: { gateway: 'smsc', id: '1234', to: PHONE, state: 'delivered' },
	});
	expect((await press('/report', first?.fields ?? {})).status).toBe(303);

	const form = new URLSearchParams(receiver.received[0]?.body.toString());
	expect(Object.fromEntries(form)).toMatchObject({ id: '1234', phone: PHONE, status: '1' });
	expect(form.get('md5')).toMatch(/^[0-9a-f]{32}$/);
	const after = await page();
	expect(after).toContain('<span class="state good">delivered</span> (the gateway says 1)');
	expect(after).toContain('<span class="good">yes</span>');
	expect(JSON.parse(await page('/texts.json'))).toMatchObject([{ to: PHONE, state: { state: 'delivered' } }]);

	receiver.answerWith({ status: 500, body: '<b>broken</b>' });
	await press('/report', { ...first?.fields, state: 'undelivered' });
	const failed = await page();
	expect(failed).toContain('<span class="state bad">undelivered</span> (the gateway says 20, reason 1)');
	expect(failed).toContain('&lt;b&gt;broken&lt;/b&gt;');
	expect(receiver.received).toHaveLength(2);
});

it('replies for the phone', async () => {
	await sendThroughSmsc();
	await press('/address', {
		gateway: 'smsc',
		url: `${receiver.url}?charset=utf-8`,
		method: 'GET',
		secret: '',
	});
	const link = /class="button" href="(\/reply\?[^"]+)"/.exec(await page())?.[1]?.replace(/&amp;/g, '&') ?? '';
	expect(link).toBe(`/reply?gateway=smsc&from=${PHONE}&to=SMSC.RU`);
	const typed = await page(link);
	expect(typed).toContain('<textarea name="text"');
	expect(typed).not.toContain('http-equiv="refresh"');
	const answer = await press('/reply', { gateway: 'smsc', from: PHONE, to: '7903', text: 'Да\r\nи нет' });
	expect(answer.status).toBe(303);
	const [call] = receiver.received;
	expect(call?.method).toBe('GET');
	expect(new URL(call?.url ?? '', receiver.url).searchParams.get('mes')).toBe('Да\nи нет');
	expect((await press('/reply', { gateway: 'smsc', from: PHONE, to: '7903', text: ' ' })).status).toBe(400);
});

it('offers what the gateway has, and says what it has not', async () => {
	const reply = await press('/reply', {
		gateway: 'voipCommunications',
		from: PHONE,
		to: '18772234078',
		text: 'x',
	});
	expect(reply.status).toBe(400);
	expect(await reply.text()).toContain('18772234078 is not a number of this account');
	const report = await press('/report', { gateway: 'alphaSms', id: '1', to: PHONE, state: 'delivered' });
	expect(await report.text()).toContain('AlphaSMS has no message 1');
	expect((await press('/report', { gateway: 'alphaSms', id: '1', state: 'lost' })).status).toBe(400);
	expect((await press('/report', { gateway: 'other' })).status).toBe(400);
	expect((await press('/other', {})).status).toBe(404);
	expect((await fetch(`${inbox.url}/reply?gateway=other`)).status).toBe(400);
	expect((await press('/reply', { gateway: 'smsc', text: 'x'.repeat(70_000) })).status).toBe(413);
});

it('sets an address on this computer, and takes it away again', async () => {
	const far = await press('/address', { gateway: 'smsc', url: 'https://example.com/hook' });
	expect(far.status).toBe(400);
	await press('/address', { gateway: 'advantaSms', url: receiver.url });
	expect(gateways.advantaSms.callbacks).toMatchObject({
		reportUrls: [receiver.url],
		incomingUrls: [receiver.url],
	});
	expect(await page('/address?gateway=advantaSms')).toContain(`value="${receiver.url}"`);
	await press('/address', { gateway: 'advantaSms', url: '' });
	expect(gateways.advantaSms.callbacks).toMatchObject({ reportUrls: [], incomingUrls: [] });
});

it('takes no orders from other sites', async () => {
	await sendThroughSmsc();
	const fields = { gateway: 'smsc', id: '1234', to: PHONE, state: 'delivered' };
	expect((await press('/report', fields, 'http://example.com')).status).toBe(403);
	const bare = await fetch(`${inbox.url}/report`, { method: 'POST', body: new URLSearchParams(fields) });
	expect(bare.status).toBe(403);
	expect(JSON.parse(await page('/texts.json'))).toMatchObject([{ state: { state: 'queued' } }]);
});

it('escapes what texts, answers and addresses contain', async () => {
	const evil = '"><script>x</script>';
	gateways.smsc.callTo(`http://127.0.0.1:1/${evil}`);
	await gateways.smsc.receive({ from: PHONE, to: evil, text: evil }, { attempts: 1 });
	for (const path of ['/', `/reply?gateway=smsc&from=${encodeURIComponent(evil)}`, '/address?gateway=smsc']) {
		expect(await page(path)).not.toContain('<script>');
	}
});
