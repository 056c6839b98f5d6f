/** Send and Wait for Response up to the wait: what goes out, what n8n is told, and when it is not told to wait. */
import * as fc from 'fast-check';
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';
import type { PendingQuestion } from '../../../../nodes/shared/answer/pendingQuestion';
import { readPendingQuestion } from '../../../../nodes/shared/answer/pendingQuestion';
import { forgetMarks } from '../../../../nodes/shared/journal/n8nMarks';
import {
	readWaitSettings,
	withLink,
	withTool,
	withoutLink,
} from '../../../../nodes/shared/send/waitSettings';
import { forgetEverything } from '../../../../nodes/shared/send/ledger';
import { GATEWAY_IDS, gateways } from '../../../../nodes/SendSms/gateways';
import { startGateways, type GatewayId } from '../../../../simulators';
import type { SimulatedReply, Simulator } from '../../../../simulators/simulator';
import { facts } from '../../../facts';
import { hurry, realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { executionContext } from '../../../support/executionContext';
import { runNode } from '../../../support/engine';
import { freshProcessedData } from '../../../support/marks';
import { misfits, schemaFor } from '../../../support/outputSchemas';

let simulators: Record<GatewayId, Simulator>;
beforeAll(async () => {
	simulators = await startGateways();
});
beforeEach(async () => {
	for (const simulator of Object.values(simulators)) simulator.reset();
	forgetMarks();
	forgetEverything();
	await freshProcessedData();
});
afterEach(realTime);
afterAll(async () => {
	await Promise.all(Object.values(simulators).map((simulator) => simulator.close()));
});

const PHONE = '+79161234567';

async function ask(
	parameters: INodeParameters = {},
	more: Partial<RunOptions> = {},
	id: GatewayId = 'smsRu',
): Promise<RunResult> {
	return await runNode({
		node: id,
		credentials: { [gateways[id].credential.type]: simulators[id].credentials },
		parameters: { operation: 'sendAndWait', to: PHONE, message: 'Approve?', ...parameters },
		...more,
	});
}

const keptBy = ({ run }: RunResult): PendingQuestion | null => {
	const context = run.data.executionData?.contextData['node:SMS'] as Record<string, unknown> | undefined;
	return readPendingQuestion(context?.question);
};

const waits = ({ run }: RunResult): boolean => run.waitTill !== undefined && run.waitTill !== null;

describe.each(GATEWAY_IDS)('%s', (id) => {
	it.each([id, 'sendSms'])('%s sends the text with a link behind it, and waits', async (node) => {
		const { number, parameters } = facts[id];
		const to = number(1);
		const result = await ask({ gateway: id, ...parameters, to, message: 'Approve?  \n' }, { node }, id);
		expect(result.error).toBeNull();
		expect(result.run).toMatchObject({ status: 'waiting', waitTill: WAIT_INDEFINITELY });
		expect(simulators[id].texts.map(({ text }) => text)).toEqual([
			expect.stringMatching(
				/^Approve\?\nhttp:\/\/localhost\/webhook-waiting\/[0-9a-f-]{36}\/the-node\?signature=[0-9a-f]{64}$/,
			),
		]);
		expect(result.success).toMatchObject([{ json: { accepted: true, segments: 2 } }]);
		const sent = result.success[0]?.json ?? {};
		expect(keptBy(result)).toEqual({
			question: { kind: 'approval', approve: 'Approve', decline: null },
			message: 'Approve?',
			language: 'en',
			run: 0,
			deadline: null,
			to: sent.to,
			gateway: id,
			messageId: sent.messageId,
		});
		// A link is as good as the answer: whoever sees the execution should not have it.
		expect(JSON.stringify(result.run.data.resultData)).not.toContain('signature=');
	});
});

it('the schema is what an answer looks like', () => {
	const schema = schemaFor('smsRu', 'v1.0.0/message/sendAndWait.json');
	const about = { to: PHONE, gateway: 'smsRu', messageId: '1' };
	const respondedAt = new Date(0).toISOString();
	expect(misfits({ data: { approved: true, respondedAt }, ...about }, schema)).toEqual([]);
	expect(misfits({ data: { text: 'yes', respondedAt }, ...about }, schema)).toEqual([]);
	expect(misfits({ data: { answer: 1 } }, schema)).not.toEqual([]);
});

describe('what the page shows', () => {
	const options = { pageLanguage: 'ru' };

	it.each<[INodeParameters, PendingQuestion['question']]>([
		[{}, { kind: 'approval', approve: 'Approve', decline: null }],
		[
			{ approvalOptions: { values: { approvalType: 'double' } } },
			{ kind: 'approval', approve: 'Approve', decline: 'Decline' },
		],
		[
			{
				approvalOptions: {
					values: { approvalType: 'double', approveLabel: '=Yes, {{ $json.name }}', disapproveLabel: ' ' },
				},
				options,
			},
			{ kind: 'approval', approve: 'Yes, Ann', decline: 'Отклонить' },
		],
		[
			{ responseType: 'freeText', options: { ...options, submitLabel: '' } },
			{ kind: 'freeText', submit: 'Отправить' },
		],
		[
			{ responseType: 'freeText', options: { submitLabel: 'Go' } },
			{ kind: 'freeText', submit: 'Go' },
		],
	])('%j', async (parameters, question) => {
		expect(keptBy(await ask(parameters, { rows: [{ name: 'Ann' }] }))?.question).toEqual(question);
	});
});

describe('Limit Wait Time', () => {
	const limited = (values: INodeParameters) => ask({ options: { limitWaitTime: { values } } });

	it.each([
		['minutes', 60_000],
		['hours', 3_600_000],
		['days', 86_400_000],
	])('in %s', async (resumeUnit, ms) => {
		const before = Date.now();
		const result = await limited({ limitType: 'afterTimeInterval', resumeAmount: 2.5, resumeUnit });
		const until = result.run.waitTill?.getTime() ?? 0;
		expect(until - 2.5 * ms).toBeGreaterThanOrEqual(before);
		expect(until - 2.5 * ms).toBeLessThanOrEqual(Date.now());
		expect(keptBy(result)?.deadline).toBe(until);
	});

	it('at a time', async () => {
		const maxDateAndTime = '2099-01-31T09:00:00';
		const result = await limited({ limitType: 'atSpecifiedTime', maxDateAndTime });
		// In the workflow's zone.
		expect(result.run.waitTill?.toISOString()).toBe('2099-01-31T06:00:00.000Z');
	});

	it.each<[INodeParameters, RegExp]>([
		[{ limitType: 'afterTimeInterval', resumeAmount: 0, resumeUnit: 'hours' }, /Amount.*is "0"/],
		[{ limitType: 'afterTimeInterval', resumeAmount: '={{ $json.none }}' }, /Limit Wait Time' is empty/],
		[{ limitType: 'afterTimeInterval', resumeAmount: 5, resumeUnit: 'weeks' }, /Unit.*is "weeks"/],
		[{ limitType: 'atSpecifiedTime', maxDateAndTime: '' }, /Limit Wait Time' is empty/],
		[{ limitType: 'atSpecifiedTime', maxDateAndTime: '2020-01-31T09:00:00' }, /has passed/],
		[{ limitType: 'atSpecifiedTime', maxDateAndTime: 'soon' }, /not a valid date/],
	])('%j does not mean "for ever"', async (values, words) => {
		const result = await limited(values);
		expect(result.error?.message).toMatch(words);
		expect([waits(result), simulators.smsRu.requests.length]).toEqual([false, 0]);
	});
});

describe('nobody is asked, and nothing waits', () => {
	const several = [{ to: PHONE }, { to: '+79161234568' }];
	const cases: ReadonlyArray<readonly [string, INodeParameters, Partial<RunOptions>, RegExp]> = [
		['two rows', { to: '={{ $json.to }}' }, { rows: several }, /has 2 recipients/],
		['two rows with one number', {}, { rows: [{}, {}] }, /has 2 recipients/],
		['two numbers in a row', { to: `${PHONE}, +79161234568` }, {}, /has 2 recipients/],
		[
			'a good row behind a bad one',
			{ to: '={{ $json.to }}' },
			{ rows: [{ to: 'x' }, { to: PHONE }] },
			/has 2/,
		],
		['a bad number', { to: '+7916' }, {}, /too short/],
		['no words', { message: '={{ $json.text }}' }, { rows: [{ text: ' \n' }] }, /text is empty/],
		['somebody who wants no texts', { limits: { stopList: PHONE } }, {}, /Do Not Text/],
		['too many segments', { limits: { maxSegments: 1 } }, {}, /segments/],
		['an unknown language', { options: { pageLanguage: 'de' } }, {}, /Page Language/],
		[
			'a label that cannot be read',
			{
				approvalOptions: {
					values: { approveLabel: "={{ $('Nowhere').item.json.label }}" },
				},
			},
			{},
			/could not be read/,
		],
	];

	it.each(cases)('%s', async (_, parameters, more, words) => {
		const stopped = await ask(parameters, more);
		expect(stopped.error?.message).toMatch(words);
		const beside = await ask(parameters, { ...more, onError: 'continueErrorOutput' });
		const rows = more.rows?.length ?? 1;
		expect([beside.error, beside.success.length]).toEqual([null, 0]);
		expect(beside.failed.length).toBeGreaterThanOrEqual(rows);
		const among = await ask(parameters, { ...more, onError: 'continueRegularOutput' });
		expect(among.success[0]?.json).toMatchObject({ accepted: false, reason: expect.stringMatching(words) });
		for (const result of [stopped, beside, among])
			expect([waits(result), keptBy(result)]).toEqual([false, null]);
		expect(simulators.smsRu.requests).toHaveLength(0);
	});

	it('a call instead of a text', async () => {
		const result = await ask({ messageKind: 'call' }, {}, 'smsc');
		expect(result.error?.message).toMatch(/is not a text message/);
		expect(simulators.smsc.requests).toHaveLength(0);
	});

	it('the gateway refuses', async () => {
		simulators.smsRu.balance = 0;
		const result = await ask();
		expect(result.error).not.toBeNull();
		expect(waits(result)).toBe(false);
	});

	it('nobody knows whether the text went out: one request, however often n8n tries', async () => {
		hurry(100);
		simulators.smsRu.fault({ at: 'after', how: 'reset', times: Infinity });
		const result = await ask({}, { maxTries: 3 });
		expect(result.error?.description).toMatch(/Check your SMS\.RU account/);
		expect([waits(result), simulators.smsRu.texts.length]).toEqual([false, 1]);
	});
});

it('a text that may safely be tried again is, and then n8n waits', async () => {
	hurry(100);
	const busy = { status: 429, headers: {}, body: '' };
	// More often than one try of ours asks, so that n8n's own second try is needed.
	const asks = await requestsOfOneTry(busy);
	simulators.smsRu.reset();
	simulators.smsRu.fault({ at: 'before', how: 'reply', reply: busy, times: asks });
	const result = await ask({}, { maxTries: 3 });
	expect([waits(result), simulators.smsRu.texts.length]).toEqual([true, 1]);
	expect(simulators.smsRu.requests).toHaveLength(asks + 1);
});

async function requestsOfOneTry(reply: SimulatedReply): Promise<number> {
	simulators.smsRu.fault({ at: 'before', how: 'reply', reply, times: Infinity });
	expect(waits(await ask())).toBe(false);
	return simulators.smsRu.requests.length;
}

describe('a Retry of an execution that n8n died in', () => {
	const context = executionContext();
	const restart = (): void => {
		forgetMarks();
		forgetEverything();
	};

	it.each([
		// Of a single text, n8n's database knows at first that it was on its way.
		['at once', false, /was sending this text when it was interrupted/, /Check your SMS\.RU account/],
		['after another execution', true, /earlier run.*nobody waits for the answer/, /start a new execution/],
	])(
		'%s: texts nobody again, and does not wait for the answer to a link that is dead',
		async (_, isLater, message, description) => {
			const first = await ask({}, { execution: { mode: 'webhook', context } });
			expect(waits(first)).toBe(true);
			const other = { ...context, establishedAt: context.establishedAt + 1 };
			if (isLater) await ask({ to: '+79161234568' }, { execution: { mode: 'webhook', context: other } });
			restart();
			const retry = await ask({}, { execution: { mode: 'retry', context } });
			expect(simulators.smsRu.texts.filter(({ to }) => `+${to}` === PHONE)).toHaveLength(1);
			expect(waits(retry)).toBe(false);
			expect(retry.error?.message).toMatch(message);
			expect(retry.error?.description).toMatch(description);
		},
	);

	it('asks whom the first run could not ask', async () => {
		simulators.smsRu.balance = 0;
		expect(waits(await ask({}, { execution: { mode: 'webhook', context } }))).toBe(false);
		restart();
		simulators.smsRu.balance = 1000;
		expect(waits(await ask({}, { execution: { mode: 'retry', context } }))).toBe(true);
	});
});

describe('Preview', () => {
	const preview = (more: INodeParameters = {}) => ask({ operation: 'preview', includeLink: true, ...more });

	it.each(['Approve?', 'Подтвердите заказ', 'x'.repeat(200)])(
		'counts the link as sending does: %s',
		async (message) => {
			const [previewed] = (await preview({ message })).success;
			const [sent] = (await ask({ message })).success;
			expect(previewed?.json.segments).toBe(sent?.json.segments);
			expect(previewed?.json.encoding).toBe(sent?.json.encoding);
			expect(String(previewed?.json.text)).toHaveLength(simulators.smsRu.texts[0]?.text.length ?? 0);
		},
	);

	it('shows no link that works, and none where none is wanted', async () => {
		const [counted] = (await preview()).success;
		expect(counted?.json.text).toMatch(/^Approve\?\nhttp:\/\/localhost\/.*signature=0{64}$/);
		const [plain] = (await preview({ includeLink: false })).success;
		expect(plain?.json.text).toBe('Approve?');
		const rows = [{ to: PHONE }, { to: '+79161234568' }];
		const many = await ask({ operation: 'preview', includeLink: true, to: '={{ $json.to }}' }, { rows });
		expect(many.success).toHaveLength(2);
	});
});

it('a test run that sends nothing waits all the same, and shows the link', async () => {
	const execution = { mode: 'manual' as const };
	const result = await ask({ inTestRuns: 'preview' }, { execution });
	expect([waits(result), simulators.smsRu.requests.length]).toEqual([true, 0]);
	expect(result.success).toMatchObject([{ json: { text: expect.stringContaining('signature=') } }]);
	expect(keptBy(result)).toMatchObject({ message: 'Approve?', messageId: null });
	// Pressed again, it asks again: the link in the first text belongs to the first run.
	for (let press = 0; press < 2; press++)
		expect(waits(await ask({ inTestRuns: 'send' }, { execution }))).toBe(true);
	expect(simulators.smsRu.texts).toHaveLength(2);
	const own = { inTestRuns: 'oneNumber', testNumber: '+79160000009' };
	expect(keptBy(await ask(own, { execution }))?.to).toBe('+79160000009');
});

it('a backup gateway asks where the first one certainly did not', async () => {
	simulators.smsRu.balance = 0;
	const credentials = { smsRuApi: simulators.smsRu.credentials, smscApi: simulators.smsc.credentials };
	const backup = { gateway: 'smsRu', backupGateway: 'smsc' };
	const result = await ask(backup, { node: 'sendSms', credentials });
	expect([waits(result), simulators.smsc.texts.length]).toEqual([true, 1]);
	const [sent] = simulators.smsc.texts;
	expect(keptBy(result)).toMatchObject({ gateway: 'smsc', messageId: sent?.messageId, message: 'Approve?' });
	expect(sent?.text).toContain('signature=');
});

it('the link comes off a text as it was put on', () => {
	fc.assert(
		fc.property(fc.fullUnicodeString(), fc.webUrl(), (text, link) => {
			expect(withoutLink(withLink(text, link), link)).toBe(text.trim() === '' ? text : text.trimEnd());
			expect(withLink(text, null)).toBe(text);
			expect(withoutLink(text, null)).toBe(text);
		}),
	);
});

it.each([
	['n8n-nodes-sms-gateways.sendSmsTool', true],
	['n8n-nodes-sms-gateways.sendSmsHitlTool', false],
	['n8n-nodes-sms-gateways.sendSms', false],
])('%s as a tool that cannot wait: %s', (type, isRefused) => {
	const context = {
		getNode: () => ({ type }),
		getNodeParameter: (_: string, __: number, fallback: unknown) => fallback,
		getTimezone: () => 'UTC',
		evaluateExpression: (expression: string) =>
			expression === '{{ $tool.parameters }}' ? { amount: 40, to: 'Ann', why: { late: [true] } } : null,
		getWorkflowDataProxy: () => ({ $runIndex: 3 }),
		getSignedResumeUrl: (parameters: Record<string, string>) => `https://x/?${JSON.stringify(parameters)}`,
	} as unknown as IExecuteFunctions;
	const { problem, link, run, tool } = readWaitSettings(context, 'SMS.RU', 0);
	expect(problem?.message ?? null).toEqual(
		isRefused ? 'A tool of an AI agent cannot wait for an answer. Nothing was sent.' : null,
	);
	expect([link, run]).toEqual(['https://x/?{"q":"3"}', 3]);
	expect(tool).toBe(type.endsWith('HitlTool') ? 'amount: 40, to: Ann, why: {"late":[true]}' : null);
	// As n8n prints what is no text; what a model wrote stays as it is.
	expect(withTool('Run refund: [object Object]?', tool)).toBe(`Run refund: ${tool ?? '[object Object]'}?`);
	expect(withTool('[object Object]', 'cost: $& $1')).toBe('cost: $& $1');
});
