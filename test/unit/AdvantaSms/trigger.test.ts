/** Advanta's trigger as n8n calls it: what it answers, what it starts, and whom it believes. */
import { Readable } from 'node:stream';
import type { IDataObject, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { AdvantaSmsTrigger } from '../../../nodes/AdvantaSms/AdvantaSmsTrigger.node';
import { hurry, realTime } from '../../support/clock';

beforeAll(() => hurry(50));
afterAll(() => realTime());

interface Called {
	/** HTTP status and body of the answer. */
	readonly status: number;
	readonly answer: string;
	readonly items: readonly IDataObject[];
	/** Bodies of the requests to the gateway. */
	readonly asked: readonly unknown[];
}

let workflows = 0;

/** What the gateway says to getdlr, one after the other; the last one from then on. `null`: no connection. */
type Dlr = readonly [status: number, body: string | object] | null;

function triggerOf(parameters: Readonly<Record<string, unknown>> = {}, ...dlr: readonly Dlr[]) {
	const id = `workflow ${++workflows}`;
	let asking = 0;
	return async (body: string | object, query = ''): Promise<Called> => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const asked: unknown[] = [];
		let status = 200;
		let answer: string | null = null;
		const response = {
			statusCode: 200,
			status(code: number) {
				status = code;
				return response;
			},
			setHeader: () => response,
			end(said: string) {
				answer = said;
			},
			once: () => response,
		};
		const context = {
			getRequestObject: () => ({
				originalUrl: `/webhook/x${query}`,
				headers: { 'content-type': 'application/json' },
				rawBody: Buffer.from(text),
			}),
			getResponseObject: () => response,
			getNodeParameter: (name: string, fallback: unknown) =>
				parameters[name] ?? (name === 'events' ? ['status', 'reply'] : fallback),
			getWorkflow: () => ({ id }),
			getNode: () => ({ id: 'node', name: 'Trigger', type: 'advantaSmsTrigger' }),
			getMode: () => 'trigger',
			getCredentials: async () => ({ baseUrl: 'https://sms.example', apiKey: 'key', partnerId: '1' }),
			helpers: {
				async httpRequestWithAuthentication(_: string, request: IHttpRequestOptions) {
					asked.push(request.body);
					const told = dlr[Math.min(asking++, dlr.length - 1)] ?? null;
					if (told === null) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
					const said = typeof told[1] === 'string' ? told[1] : JSON.stringify(told[1]);
					return { statusCode: told[0], headers: {}, body: Readable.from([Buffer.from(said)]) };
				},
			},
			logger: { error: () => undefined },
		} as unknown as IWebhookFunctions;
		const result = await new AdvantaSmsTrigger().webhook.call(context);
		const items = (result.workflowData ?? []).flat().map(({ json }) => json);
		return { status, answer: answer ?? String(result.webhookResponse), items, asked };
	};
}

const REPORT = { description: 'DeliveredToTerminal', messageid: '1889191', timestamp: '2025-09-12 10:16:10' };
const JOIN = '?shortcode=12345&mobile=254712345678&message=JOIN';

describe('the answer', () => {
	it('to a message is empty: the vendor may send it on as a text, at the cost of the account', async () => {
		const { status, answer, items } = await triggerOf()('', JOIN);
		expect([status, answer]).toEqual([200, '']);
		expect(items).toMatchObject([{ event: 'reply', from: '+254712345678', to: '12345', text: 'JOIN' }]);
	});

	it('to a message is the text that the person typed for it, and nothing else is', async () => {
		const call = triggerOf({ 'options.replyText': 'Thank you' });
		expect(await call('', JOIN)).toMatchObject({ status: 200, answer: 'Thank you' });
		expect(await call(REPORT)).toMatchObject({ status: 200, answer: 'OK' });
		expect(await call({ hello: 'world' })).toMatchObject({ status: 200, answer: '', items: [] });
	});

	it('to a report is OK, to what nobody has documented nothing: it may be a message', async () => {
		const { answer, items } = await triggerOf()(REPORT);
		expect(answer).toBe('OK');
		expect(items).toMatchObject([{ event: 'status', status: 'delivered', messageId: '1889191' }]);
		expect(await triggerOf()('{"text":"Hi","sender":"254712345678"}')).toMatchObject({
			answer: '',
			items: [],
		});
	});
});

const dlr = (word: string | null, more: object = {}): Dlr => [
	200,
	{
		'response-code': 200,
		'message-id': '1889191',
		'delivery-status': 32,
		'delivery-description': word,
		...more,
	},
];
const NO_DLR: Dlr = [404, { 'response-code': 1009, 'response-description': 'No dlr' }];

describe('Confirm Reports', () => {
	/** The report's word, what getdlr says, and the status that comes through; `later`: the gateway is to call again. */
	it.each<[string, string, readonly Dlr[], string]>([
		['the same', 'DeliveredToTerminal', [dlr('DeliveredToTerminal')], 'delivered'],
		['the same in another spelling', 'delivered to terminal', [dlr('DELIVERED_TO_TERMINAL')], 'delivered'],
		['another word of the same status', 'DELIVRD', [dlr('DeliveredToTerminal')], 'delivered'],
		['the same word, which says nothing for sure', 'Unknown', [dlr('Unknown')], 'unknown'],
		['the same word, which nobody has documented', 'SomethingNew', [dlr('Something New')], 'unknown'],
		['further', 'SentToNetwork', [dlr('DeliveredToTerminal')], 'delivered'],
		['another end', 'AbsentSubscriber', [dlr('Rejected')], 'rejected'],
		['known, where the report has a word that nobody knows', 'SomethingNew', [dlr('SentToNetwork')], 'sent'],
		[
			'late by a moment',
			'DeliveredToTerminal',
			[dlr('SentToNetwork'), dlr('DeliveredToTerminal')],
			'delivered',
		],
		[
			'late by a moment, with no report before',
			'AbsentSubscriber',
			[NO_DLR, dlr('AbsentSubscriber')],
			'undelivered',
		],
		['not as far yet', 'DeliveredToTerminal', [dlr('Scheduled')], 'later'],
		['ended badly, and the report says delivered', 'DeliveredToTerminal', [dlr('Expired')], 'later'],
		['no report: late, or made up', 'DeliveredToTerminal', [NO_DLR], 'later'],
		['no report of a word that nobody knows', 'SomethingNew', [NO_DLR], 'later'],
		['another word that nobody knows', 'SomethingNew', [dlr('SomethingElse')], 'later'],
		['nothing', 'SomethingNew', [dlr(null)], 'later'],
		['a message that is not found', 'DeliveredToTerminal', [[200, { 'response-code': 4093 }]], 'later'],
		['a wrong key', 'DeliveredToTerminal', [[401, { 'response-code': 1006 }]], 'later'],
		['a fault of its own', 'DeliveredToTerminal', [[200, { 'response-code': 4090 }]], 'later'],
		['a web page', 'DeliveredToTerminal', [[502, '<html>']], 'later'],
		['no answer', 'DeliveredToTerminal', [null], 'later'],
	])('the gateway says %s', async (_, description, answers, comes) => {
		const call = triggerOf({ confirmReports: true }, ...answers);
		const { status, items, asked } = await call({ ...REPORT, description });
		expect(asked).toEqual(Array(asked.length).fill({ messageID: '1889191' }));
		expect(asked.length).toBeGreaterThan(0);
		if (comes === 'later') {
			expect([status, items]).toEqual([503, []]);
			return;
		}
		expect(status).toBe(200);
		expect(items).toHaveLength(1);
		expect(items[0]?.status).toBe(comes);
		expect(items[0]).toMatchObject({ event: 'status', messageId: '1889191', raw: { description } });
	});

	it("has the gateway's own reason where its word is another", async () => {
		const call = triggerOf({ confirmReports: true }, dlr('SenderName Blacklisted'));
		expect((await call({ ...REPORT, description: 'SentToNetwork' })).items).toMatchObject([
			{ status: 'undelivered', error: { kind: 'blocked_recipient', code: 'SenderName Blacklisted' } },
		]);
	});

	it('takes a true report when it comes again and the gateway knows by then', async () => {
		const call = triggerOf({ confirmReports: true }, NO_DLR, NO_DLR, dlr('DeliveredToTerminal'));
		expect(await call(REPORT)).toMatchObject({ status: 503, items: [] });
		expect(await call(REPORT)).toMatchObject({ status: 200, items: [{ status: 'delivered' }] });
	});

	it('asks nobody about what can be no ID, and about messages', async () => {
		const call = triggerOf({ confirmReports: true }, dlr('DeliveredToTerminal'));
		expect(await call({ ...REPORT, messageid: '../../x y' })).toMatchObject({
			status: 200,
			items: [],
			asked: [],
		});
		expect(await call('', JOIN)).toMatchObject({ status: 200, items: [{ event: 'reply' }], asked: [] });
		expect(await call(REPORT)).toMatchObject({ items: [{ status: 'delivered' }] });
	});

	it('believes a report unasked where it is off', async () => {
		expect(await triggerOf({}, NO_DLR)(REPORT)).toMatchObject({
			items: [{ status: 'delivered' }],
			asked: [],
		});
	});
});
