/** AlphaSMS's trigger as n8n calls it: nothing of a call is believed but the number in the address, and that is asked for. */
import fc from 'fast-check';
import { AlphaSmsTrigger } from '../../../nodes/AlphaSms/AlphaSmsTrigger.node';
import { alphaSmsGateway } from '../../../nodes/AlphaSms/gateway';
import { messageIdIn } from '../../../nodes/AlphaSms/webhook';
import { hurry, realTime } from '../../support/clock';
import { alone, bodyOf } from '../../support/messages';
import type { Called } from '../../support/triggerCalls';
import { triggerCalls } from '../../support/triggerCalls';

const byKey = alphaSmsGateway.textsFor?.('apiKey') ?? alphaSmsGateway.texts;

beforeAll(() => hurry(50));
afterAll(() => realTime());

const ID = '4503599627370497';
/** What AlphaSMS says, one after the other; the last one from then on. `null`: no connection. */
type Told = object | string | null;
const is = (status: string, id: string | number = Number(ID)): Told => ({
	success: true,
	data: [{ success: true, data: { id, type: 'sms', status } }],
});
const NOT_FOUND: Told = {
	success: true,
	data: [{ success: false, error: 'SMS not found', data: { id: Number(ID) } }],
};

function triggerOf(...told: readonly Told[]) {
	const call = triggerCalls({
		trigger: new AlphaSmsTrigger(),
		credentials: { baseUrl: 'https://sms.example', authentication: 'apiKey', apiKey: 'key' },
		parameters: { events: ['status'] },
		said: told.map((one) => (one === null ? null : ([200, one] as const))),
	});
	return async (query: string, body = ''): Promise<Called> => await call(body, query);
}

it('asks for the status of the message in the address, and starts with that', async () => {
	const { status, answer, items, asked } = await triggerOf(is('DELIVERED'))(`?order=A1&messageId=${ID}`);
	expect([status, answer]).toEqual([200, 'OK']);
	expect(asked).toEqual([{ data: [{ type: 'status', id: Number(ID) }] }]);
	expect(items).toEqual([
		{
			event: 'status',
			status: 'delivered',
			messageId: ID,
			from: null,
			to: null,
			text: null,
			reason: null,
			error: null,
			occurredAt: null,
			gateway: 'alphaSms',
			raw: { order: 'A1', messageId: ID },
		},
	]);
});

it('says why a message was not delivered, as Get Status does', async () => {
	const { items } = await triggerOf(is('UNDELIVERABLE'))(`?messageId=${ID}`);
	expect(items).toMatchObject([
		{
			status: 'undelivered',
			reason: expect.any(String),
			hint: expect.any(String),
			error: { code: 'UNDELIVERABLE', kind: expect.any(String), message: expect.any(String) },
		},
	]);
});

it('what a call says of itself counts for nothing, and is in raw', async () => {
	const body = JSON.stringify({ messageId: '4503599627370499', status: 'DELIVERED' });
	const { items, asked } = await triggerOf(is('ROUTING'))(`?messageId=${ID}`, body);
	expect(asked).toEqual([{ data: [{ type: 'status', id: Number(ID) }] }]);
	expect(items).toMatchObject([{ messageId: ID, status: 'sending', raw: { status: 'DELIVERED' } }]);
});

it('a call twice, or out of order, starts once', async () => {
	const call = triggerOf(is('DELIVERED'), is('DELIVERED'), is('ACCEPTED'), is('READ'));
	const started: number[] = [];
	for (let n = 0; n < 4; n++) started.push((await call(`?messageId=${ID}`)).items.length);
	expect(started).toEqual([1, 0, 0, 1]);
});

it.each(['', '?', '?messageId=', '?messageId=84523377', '?messageId=x', `?id=${ID}`, `?messageId=${ID}0`])(
	'asks nothing for the address %j',
	async (query) => {
		expect(await triggerOf(is('DELIVERED'))(query)).toEqual({
			status: 200,
			answer: '',
			items: [],
			asked: [],
		});
	},
);

it.each<readonly [string, readonly Told[]]>([
	['cannot be reached', [null]],
	['does not know the message', [NOT_FOUND]],
	['refuses the key', [{ success: false, error: 'Access denied' }]],
	['answers with a page', ['<html></html>']],
	['speaks of another message', [is('DELIVERED', 4503599627370499)]],
])('where AlphaSMS %s, it is asked once more, and then has to call again', async (_, told) => {
	const { status, items, asked } = await triggerOf(...told)(`?messageId=${ID}`);
	expect([status, items, asked.length]).toEqual([503, [], 2]);
	const again = await triggerOf(...told, is('DELIVERED'))(`?messageId=${ID}`);
	expect([again.status, again.items.length]).toEqual([200, 1]);
});

describe('the address', () => {
	it('is understood as Status URL makes it, whatever a person typed', () => {
		const parameters = fc.dictionary(fc.constantFrom('order', 'messageId', 'a b', '&', 'я'), fc.string());
		fc.assert(
			fc.property(parameters, fc.boolean(), (fields, hasFragment) => {
				const query = new URLSearchParams(fields).toString();
				const statusUrl = `https://n8n.example/webhook/x${query === '' ? '' : `?${query}`}${hasFragment ? '#part' : ''}`;
				const request = byKey.build(
					alone(byKey, { to: '+380971234567', from: 'ACME', options: { statusUrl } }),
				);
				const { data } = JSON.parse(bodyOf(request)) as { data: Array<{ id: number; hook: string }> };
				const [item] = data;
				const { search } = new URL(item?.hook ?? '');
				expect(messageIdIn(`/webhook/x${search}`)).toBe(String(item?.id));
			}),
		);
	});

	it('never breaks it', () => {
		fc.assert(
			fc.property(fc.fullUnicodeString(), (url) => {
				expect(messageIdIn(url) ?? ID).toMatch(/^\d{16}$/);
			}),
		);
	});
});
