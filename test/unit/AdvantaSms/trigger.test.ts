/** Advanta's trigger as n8n calls it: what it answers, what it starts, and whom it believes. */
import { AdvantaSmsTrigger } from '../../../nodes/AdvantaSms/AdvantaSmsTrigger.node';
import { hurry, realTime } from '../../support/clock';
import type { Said } from '../../support/triggerCalls';
import { triggerCalls } from '../../support/triggerCalls';

beforeAll(() => hurry(50));
afterAll(() => realTime());

/** @param dlr what the gateway says to getdlr */
function triggerOf(parameters: Readonly<Record<string, unknown>> = {}, ...dlr: readonly Said[]) {
	return triggerCalls({
		trigger: new AdvantaSmsTrigger(),
		credentials: { baseUrl: 'https://sms.example', apiKey: 'key', partnerId: '1' },
		parameters: { events: ['status', 'reply'], ...parameters },
		said: dlr,
	});
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

const dlr = (word: string | null, more: object = {}): Said => [
	200,
	{
		'response-code': 200,
		'message-id': '1889191',
		'delivery-status': 32,
		'delivery-description': word,
		...more,
	},
];
const NO_DLR: Said = [404, { 'response-code': 1009, 'response-description': 'No dlr' }];

describe('Confirm Reports', () => {
	/** The report's word, what getdlr says, and the status that comes through; `later`: the gateway is to call again. */
	it.each<[string, string, readonly Said[], string]>([
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
