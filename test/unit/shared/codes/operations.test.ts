/** Send Code and Check Code in n8n's own engine, through every gateway, with n8n's table of marks. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { GATEWAY_IDS, gateways } from '../../../../nodes/SendSms/gateways';
import { forgetFrontiers } from '../../../../nodes/shared/codes/claims';
import { forgetTries } from '../../../../nodes/shared/codes/tries';
import { digest } from '../../../../nodes/shared/contract/digest';
import { forgetMarks } from '../../../../nodes/shared/journal/n8nMarks';
import { forgetEverything } from '../../../../nodes/shared/send/ledger';
import { clock } from '../../../../nodes/shared/time/clock';
import type { GatewayId } from '../../../../simulators';
import { startGateways } from '../../../../simulators';
import type { Simulator } from '../../../../simulators/simulator';
import { facts } from '../../../facts';
import { realTime } from '../../../support/clock';
import type { RunOptions, RunResult } from '../../../support/engine';
import { executionContext } from '../../../support/executionContext';
import { runNode } from '../../../support/engine';
import type { ProcessedData } from '../../../support/marks';
import { freshProcessedData } from '../../../support/marks';
import { misfits, schemaFor } from '../../../support/outputSchemas';

let simulators: Record<GatewayId, Simulator>;
let marks: ProcessedData;
let now: number;

/** A new process on the same database. */
function restart(): void {
	forgetTries();
	forgetFrontiers();
	forgetMarks();
	forgetEverything();
}

beforeAll(async () => void (simulators = await startGateways()));
beforeEach(async () => {
	for (const simulator of Object.values(simulators)) simulator.reset();
	restart();
	marks = await freshProcessedData();
	now = Date.UTC(2026, 10, 25, 9);
	clock.now = () => now;
	clock.sleep = async (milliseconds) => {
		now += milliseconds;
		await Promise.resolve();
	};
});
afterAll(async () => {
	realTime();
	await Promise.all(Object.values(simulators).map((simulator) => simulator.close()));
});

const HOUR = 3_600_000;

interface Changes extends Partial<Omit<RunOptions, 'parameters'>> {
	readonly id?: GatewayId;
	readonly parameters?: INodeParameters;
}

async function sendCode({ id = 'smsRu', node = id, parameters, ...more }: Changes = {}): Promise<RunResult> {
	return await runNode({
		node,
		credentials: { [gateways[id].credential.type]: simulators[id].credentials },
		parameters: {
			gateway: id,
			...facts[id].parameters,
			resource: 'oneTimeCode',
			operation: 'send',
			to: facts[id].number(1),
			message: '{code} is your ACME code.',
			...parameters,
		},
		...more,
	});
}

async function checkCode({ id = 'smsRu', node = id, parameters, ...more }: Changes = {}): Promise<RunResult> {
	return await runNode({
		node,
		credentials: { [gateways[id].credential.type]: simulators[id].credentials },
		parameters: {
			gateway: id,
			resource: 'oneTimeCode',
			operation: 'check',
			codeId: '={{ $json.codeId }}',
			code: '={{ $json.code }}',
			...parameters,
		},
		...more,
	});
}

const texts = (id: GatewayId = 'smsRu'): string[] => simulators[id].texts.map(({ text }) => text);
const codeIn = (text = ''): string => /\d{4,8}/.exec(text)?.[0] ?? 'no code';
const itemsOf = ({ success }: RunResult): IDataObject[] => success.map(({ json }) => json);
const errorsOf = ({ failed }: RunResult): IDataObject[] =>
	failed.map(({ json }) => json.error as IDataObject);
const wrong = (code: string, by = 1): string =>
	String((Number(code) + by) % 10 ** code.length).padStart(code.length, '0');

const stateOf = async (codeId: unknown, code: string, more: Changes = {}): Promise<unknown> =>
	itemsOf(await checkCode({ rows: [{ codeId: String(codeId), code }], ...more }))[0]?.state;

/** Everything that n8n would store, and everything that the node wrote into n8n's table. */
const everything = ({ run }: RunResult): string =>
	JSON.stringify(run.data) + JSON.stringify([...marks.entries.values()]);

describe.each(GATEWAY_IDS)('%s', (id) => {
	it.each([id, 'sendSms'])('sends a code and knows it again, in the node %s', async (node) => {
		const sent = await sendCode({ id, node });
		expect(sent.error).toBeNull();
		const [text = ''] = texts(id);
		expect(texts(id)).toEqual([expect.stringMatching(/^\d{6} is your ACME code\.$/)]);
		const code = codeIn(text);
		const [item] = itemsOf(sent);
		expect(item).toMatchObject({ to: facts[id].number(1), accepted: true, segments: 1, gateway: id });
		expect(item?.expiresAt).toBe(new Date(now + 5 * 60_000).toISOString());
		expect(misfits(item, schemaFor(node, 'v1.0.0/oneTimeCode/send.json'))).toEqual([]);

		const checked = await checkCode({
			id,
			node,
			rows: [
				{ codeId: item?.codeId, code: wrong(code) },
				{ codeId: item?.codeId, code },
				{ codeId: item?.codeId, code },
			] as IDataObject[],
		});
		expect(itemsOf(checked)).toEqual([
			{ to: facts[id].number(1), confirmed: false, state: 'wrong', triesLeft: 2, gateway: id },
			{ to: facts[id].number(1), confirmed: true, state: 'confirmed', triesLeft: 1, gateway: id },
			{ to: facts[id].number(1), confirmed: false, state: 'used', triesLeft: 0, gateway: id },
		]);
		for (const one of itemsOf(checked))
			expect(misfits(one, schemaFor(node, 'v1.0.0/oneTimeCode/check.json'))).toEqual([]);
		// Nobody was asked but n8n's database.
		expect(simulators[id].requests).toHaveLength(1);
	});

	it('shows the code to nobody but the phone', async () => {
		const sent = await sendCode({ id, parameters: { options: { includeRaw: true } } });
		const [text = ''] = texts(id);
		const shown = everything(sent);
		expect(shown).toContain(String(itemsOf(sent)[0]?.codeId));
		expect(shown).not.toContain(codeIn(text));
		expect(shown).not.toContain('raw');
		// Nor a hash that a million guesses would find.
		const to = facts[id].number(1);
		for (const guess of [digest(to, text), digest(text), digest(codeIn(text))])
			expect(shown).not.toContain(guess.slice(0, 16));
	});

	it('keeps the code out of what the gateway says, which quotes the text', async () => {
		let code = '';
		simulators[id].fault({
			at: 'before',
			how: 'reply',
			get reply() {
				const body = simulators[id].requests.at(-1)?.body.toString('utf8') ?? '';
				code = /(\d{6})(?: |%20|\+)is/.exec(decodeURIComponent(body.replace(/\+/g, ' ')))?.[1] ?? '';
				return { status: 400, headers: {}, body: `Bad text: ${code} is your ACME code.` };
			},
			times: Infinity,
		});
		for (const onError of ['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'] as const) {
			now += HOUR;
			const result = await sendCode({ id, onError });
			expect(code).toMatch(/^\d{6}$/);
			expect(everything(result)).not.toContain(code);
			expect(`${result.error?.message} ${result.error?.description}`).not.toContain(code);
		}
	});

	it('gives a code whose text may be out, and confirms it', async () => {
		simulators[id].fault({ at: 'after', how: 'reset', times: Infinity });
		for (const onError of ['stopWorkflow', 'continueErrorOutput', 'continueRegularOutput'] as const) {
			now += HOUR;
			const sent = await sendCode({ id, onError });
			expect([sent.error, sent.failed]).toEqual([null, []]);
			const [item] = itemsOf(sent);
			// SMSC can be asked, and was reached.
			if (item?.accepted !== true) {
				expect(item).toMatchObject({ status: 'unknown', accepted: null, hint: expect.any(String) });
				expect(item).not.toHaveProperty('error');
				expect(misfits(item, schemaFor(id, 'v1.0.0/oneTimeCode/send.json'))).toEqual([]);
			}
			expect(await stateOf(item?.codeId, codeIn(texts(id).at(-1)), { id })).toBe('confirmed');
		}
	});
});

describe('Test Gateway', () => {
	const test = { node: 'sendSms', credentials: {} };

	it('has codes that everybody knows, and says so', async () => {
		const sent = await sendCode({ ...test, parameters: { gateway: 'test', to: '+12025550100' } });
		const [item] = itemsOf(sent);
		expect(item).toMatchObject({ accepted: true, testMode: true, gateway: 'test' });
		const hints = (sent.run.data.resultData.runData.SMS?.[0]?.hints ?? []).map(({ message }) => message);
		expect(hints.join()).toContain('The code is made of the first digits of 12345678.');
		const row = { codeId: String(item?.codeId), code: '123456' };
		const checked = await checkCode({ ...test, parameters: { gateway: 'test' }, rows: [row] });
		expect(itemsOf(checked)).toMatchObject([{ state: 'confirmed', testMode: true }]);
		// Of no use where texts are sent.
		expect(await stateOf(item?.codeId, '123456')).toBe('invalid');
	});

	it('gives a code where the answer is lost', async () => {
		const sent = await sendCode({ ...test, parameters: { gateway: 'test', to: '+12025550130' } });
		expect(itemsOf(sent)).toMatchObject([{ accepted: null, testMode: true, codeId: expect.any(String) }]);
	});
});

it('a sentence of the gateway is shown without the code', async () => {
	simulators.smsRu.fault({
		at: 'before',
		how: 'reply',
		get reply() {
			const body = simulators.smsRu.requests.at(-1)?.body.toString('utf8') ?? '';
			const text = [...new URLSearchParams(body).values()].find((value) => value.includes('ACME')) ?? '';
			const json = { status: 'ERROR', status_code: 9999, status_text: `Not allowed: ${text}` };
			return { status: 200, headers: {}, body: JSON.stringify(json) };
		},
	});
	// A code of SMS.RU that nobody knows: the text may be out.
	const [item] = itemsOf(await sendCode());
	expect(item?.accepted).toBeNull();
	expect(item?.reason).toContain('Not allowed: *** is your ACME code.');
});

describe('a code', () => {
	it('is each number’s own, in one run', async () => {
		const to = [1, 2, 3].map(facts.smsRu.number).join(', ');
		const sent = itemsOf(await sendCode({ parameters: { to } }));
		expect(new Set(texts().map(codeIn)).size).toBe(3);
		for (const [index, { to: number, codeId }] of sent.entries()) {
			expect(number).toBe(facts.smsRu.number(index + 1));
			expect(await stateOf(codeId, codeIn(texts()[(index + 1) % 3]))).toBe('wrong');
			expect(await stateOf(codeId, codeIn(texts()[index]))).toBe('confirmed');
		}
	});

	it('is one, where two rows have the same number', async () => {
		const sent = await sendCode({ rows: [{}, {}], onError: 'continueErrorOutput' });
		expect(texts()).toHaveLength(1);
		expect(errorsOf(sent)).toMatchObject([{ kind: 'duplicate' }]);
	});

	it('is as the settings want it, and its segments are those of the text that is sent', async () => {
		const parameters = {
			message: `${'x'.repeat(140)} {code}`,
			codeSettings: { digits: 8, minutesValid: 10, tries: 1, website: 'https://Example.com/' },
		};
		const [item] = itemsOf(await sendCode({ parameters }));
		const code = codeIn(texts()[0]);
		expect(texts()).toEqual([`${'x'.repeat(140)} ${code}\n\n@example.com #${code}`]);
		expect(code).toMatch(/^\d{8}$/);
		expect(item).toMatchObject({ segments: 2, expiresAt: new Date(now + 600_000).toISOString() });
		expect(await stateOf(item?.codeId, wrong(code))).toBe('wrong');
		expect(await stateOf(item?.codeId, code)).toBe('locked');
	});

	it('expires', async () => {
		const [item] = itemsOf(await sendCode());
		now += 5 * 60_000;
		expect(await stateOf(item?.codeId, codeIn(texts()[0]))).toBe('expired');
	});

	it('is known after a restart, and stays used', async () => {
		const [item] = itemsOf(await sendCode());
		restart();
		expect(await stateOf(item?.codeId, codeIn(texts()[0]))).toBe('confirmed');
		restart();
		expect(await stateOf(item?.codeId, codeIn(texts()[0]))).toBe('used');
	});

	it('of another account is none', async () => {
		const [item] = itemsOf(await sendCode());
		const credentials = { smsRuApi: { ...simulators.smsRu.credentials, apiId: 'another' } };
		expect(await stateOf(item?.codeId, codeIn(texts()[0]), { credentials })).toBe('invalid');
	});

	it.each<[string, INodeParameters, string]>([
		['no place', { message: 'Your code is 1234' }, 'The text has no place for the code. Nothing was sent.'],
		['another placeholder', { message: '{{ $json.name }}, {code}' }, "'Message' has {{ $json.name }} in it"],
		['five hundred digits', { codeSettings: { digits: 500 } }, '\'Digits\' is "500"'],
		['three digits', { codeSettings: { digits: 3 } }, '\'Digits\' is "3"'],
		['a website that is none', { codeSettings: { website: 'a page' } }, "'Website for Autofill' is"],
		['a number that is none', { to: 'call office' }, 'Cannot send to "call office"'],
	])('is not sent with %s', async (_, parameters, sentence) => {
		const result = await sendCode({ parameters });
		expect(result.error?.message).toContain(sentence);
		expect(simulators.smsRu.requests).toEqual([]);
	});

	it('may stand in a text with dragged fields, whatever the columns are called', async () => {
		const rows = [{ name: 'Ann', code: 'discount' }];
		await sendCode({ rows, parameters: { message: '=Hi {{ $json.name }}, {code} is your code' } });
		expect(texts()).toEqual([expect.stringMatching(/^Hi Ann, \d{6} is your code$/)]);
	});

	it('is not sent to a group', async () => {
		const result = await sendCode({ id: 'smsc', parameters: { to: 'C1234' } });
		expect(result.error).not.toBeNull();
		expect(simulators.smsc.requests).toEqual([]);
	});
});

describe('a run that n8n makes again', () => {
	it('after a failed first row, sends nobody a second code, and its codes are right', async () => {
		const rows = [{ to: facts.smsRu.number(1) }, { to: facts.smsRu.number(2) }];
		simulators.smsRu.orders.recipientCodes.set(facts.smsRu.number(1).slice(1), '220');
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
			now += 24 * HOUR;
			const before = simulators.smsRu.texts.length;
			const requests = simulators.smsRu.requests.length;
			const sent = await sendCode({ rows, onError, maxTries: 3, parameters: { to: '={{ $json.to }}' } });
			// The first row was tried again: there was a second try.
			expect(simulators.smsRu.requests.length - requests).toBeGreaterThan(1);
			expect(simulators.smsRu.texts.length - before).toBe(1);
			const good = itemsOf(sent).find(({ accepted }) => accepted === true);
			expect(await stateOf(good?.codeId, codeIn(texts().at(-1)))).toBe('confirmed');
		}
	});

	it('sends the same code where the gateway was busy at first, in spite of the wait and the limits', async () => {
		const codeSettings = { waitSeconds: 3600, perNumber: 1, perDay: 1 };
		const seen: string[] = [];
		simulators.smsRu.fault({
			at: 'before',
			how: 'reply',
			reply: { status: 429, headers: {}, body: 'busy' },
			times: 4,
			matches: ({ form }) => {
				seen.push(codeIn([...(form?.values() ?? [])].find((value) => value.includes('ACME'))));
				return true;
			},
		});
		const sent = await sendCode({ maxTries: 5, parameters: { codeSettings } });
		expect(sent.error).toBeNull();
		expect(seen.length).toBeGreaterThan(3);
		expect(new Set(seen).size).toBe(1);
		expect(texts()).toHaveLength(1);
		expect(await stateOf(itemsOf(sent)[0]?.codeId, seen[0] ?? '')).toBe('confirmed');
		const again = await sendCode({ parameters: { codeSettings } });
		expect(again.error?.message).toContain('The last code for +7');
	});

	it('after a crash, with Retry: has the same code, and sends it to nobody who has it', async () => {
		const context = executionContext(now);
		const to = [1, 2].map(facts.smsRu.number).join(', ');
		await sendCode({ parameters: { to }, execution: { mode: 'webhook', context } });
		const before = texts();
		restart();
		now += 120_000;
		const again = itemsOf(await sendCode({ parameters: { to }, execution: { mode: 'retry', context } }));
		expect(again).toMatchObject([
			{ accepted: true, alreadySent: true },
			{ accepted: true, alreadySent: true },
		]);
		expect(texts()).toEqual(before);
		for (const [index, { codeId }] of again.entries())
			expect(await stateOf(codeId, codeIn(before[index]))).toBe('confirmed');
	});

	it('that checks: a code that was confirmed in the first try is not used in the second', async () => {
		const [item] = itemsOf(await sendCode());
		const code = codeIn(texts()[0]);
		const rows = [
			{ codeId: '', code },
			{ codeId: String(item?.codeId), code: wrong(code) },
			{ codeId: String(item?.codeId), code },
		];
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
			const checked = await checkCode({ rows, onError, maxTries: 3 });
			const states = itemsOf(checked).flatMap(({ state }) => state ?? []);
			expect(states).toEqual(
				onError === 'continueErrorOutput' ? ['wrong', 'confirmed'] : ['locked', 'locked'],
			);
			if (onError === 'continueErrorOutput') {
				// It was run three times, and one try each was taken.
				expect(await stateOf(item?.codeId, code)).toBe('used');
			}
		}
	});
});

describe('the next code', () => {
	it('has to wait, after a restart as well', async () => {
		await sendCode();
		restart();
		now += 59_000;
		const result = await sendCode({ onError: 'continueErrorOutput' });
		expect(errorsOf(result)).toMatchObject([{ kind: 'rate_limited', retry: 'later', accepted: false }]);
		now += 16_000;
		expect((await sendCode()).error).toBeNull();
		expect(texts()).toHaveLength(2);
	});

	it('is one of so many for a number and for a day', async () => {
		const parameters = { codeSettings: { waitSeconds: 0, perNumber: 2, perDay: 3 } };
		const messages: Array<string | undefined> = [];
		for (const n of [1, 1, 1, 2, 3]) {
			restart();
			const result = await sendCode({ parameters: { ...parameters, to: facts.smsRu.number(n) } });
			messages.push(result.error?.message);
		}
		expect(messages).toEqual([
			undefined,
			undefined,
			expect.stringContaining("was sent 2 codes today, and 'Codes per Number per Day' allows no more"),
			undefined,
			expect.stringContaining("This node has sent 3 codes today, and 'Codes per Day' allows no more"),
		]);
		expect(texts()).toHaveLength(3);
		now += 24 * HOUR;
		expect((await sendCode({ parameters })).error).toBeNull();
	});

	it('is kept back where nobody can say how many went out, save in a test run', async () => {
		marks.before = () => {
			throw new Error('no database');
		};
		const result = await sendCode();
		expect(result.error?.message).toBe(
			"n8n's database could not be asked how many codes went out today. Nothing was sent.",
		);
		expect(simulators.smsRu.requests).toEqual([]);
		const tested = await sendCode({
			execution: { mode: 'manual' },
			parameters: { inTestRuns: 'send' },
		});
		expect(itemsOf(tested)).toMatchObject([{ accepted: true }]);
		const [item] = itemsOf(tested);
		const code = codeIn(texts()[0]);
		const execution = { mode: 'manual' } as const;
		expect(await stateOf(item?.codeId, wrong(code), { execution })).toBe('wrong');
		expect(await stateOf(item?.codeId, code, { execution })).toBe('confirmed');
		expect(await stateOf(item?.codeId, code, { execution })).toBe('used');
	});
});

describe('a test run in the editor', () => {
	const execution = { mode: 'manual' } as const;

	it('with Preview Only, sends no code, shows none, and uses none up', async () => {
		const codeSettings = { perNumber: 1 };
		for (let press = 0; press < 3; press++) {
			const parameters = { codeSettings, inTestRuns: 'preview' };
			const shown = await sendCode({ execution, parameters });
			const [item] = itemsOf(shown);
			expect(item).toMatchObject({ accepted: false, reason: expect.stringContaining('test run') });
			expect(JSON.stringify(item)).not.toMatch(/(?<![\d-])\d{6}(?!\d)|ACME/);
			expect(misfits(item, schemaFor('smsRu', 'v1.0.0/oneTimeCode/send.json'))).toEqual([]);
		}
		expect(simulators.smsRu.requests).toEqual([]);
		expect((await sendCode({ parameters: { codeSettings } })).success).toHaveLength(1);
		expect(texts()).toHaveLength(1);
	});

	it('sends the codes of all rows to the person who tries, and each is its row’s own', async () => {
		const mine = facts.smsRu.number(99);
		const rows = [{ to: facts.smsRu.number(1) }, { to: facts.smsRu.number(2) }];
		const parameters = { to: '={{ $json.to }}', inTestRuns: 'oneNumber', testNumber: mine };
		const sent = itemsOf(await sendCode({ execution, rows, parameters }));
		expect(simulators.smsRu.texts.map(({ to }) => `+${to}`)).toEqual([mine, mine]);
		for (const [index, { codeId }] of sent.entries())
			expect(await stateOf(codeId, codeIn(texts()[index]))).toBe('confirmed');
	});
});

describe('Check Code', () => {
	it.each(['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'] as const)(
		'answers the other rows where one cannot be read, with %s',
		async (onError) => {
			const [item] = itemsOf(await sendCode());
			const rows = [
				{ codeId: '', code: '1' },
				{ codeId: String(item?.codeId), code: codeIn(texts()[0]) },
			];
			const { success, failed, error } = await checkCode({ rows, onError });
			expect(error).toBeNull();
			expect(failed).toHaveLength(onError === 'continueErrorOutput' ? 1 : 0);
			expect(success.at(-1)).toMatchObject({ json: { state: 'confirmed' }, pairedItem: { item: 1 } });
			expect(success.length + failed.length).toBe(2);
		},
	);

	it('says what is missing', async () => {
		const empty = await checkCode({ rows: [{ codeId: '', code: '123456' }] });
		expect(empty.error?.message).toBe("'Code ID' is empty.");
		const none = await checkCode({ rows: [{ code: '123456' }] });
		expect(none.error?.message).toContain('Code ID uses {{ $json.codeId }}, and no input row has it');
		const nobody = await checkCode({ rows: [{ codeId: 'x', code: '123456' }], credentials: {} });
		expect(nobody.error?.message).toBe('No credential is selected for SMS.RU.');
	});

	it('does not look at a code where the try cannot be written down', async () => {
		const [item] = itemsOf(await sendCode());
		marks.before = () => {
			throw new Error('no database');
		};
		const row = { codeId: String(item?.codeId), code: codeIn(texts()[0]) };
		const failed = await checkCode({ rows: [row], onError: 'continueErrorOutput' });
		expect(errorsOf(failed)).toMatchObject([{ kind: 'temporary', retry: 'later' }]);
		marks.before = () => undefined;
		expect(await stateOf(row.codeId, row.code)).toBe('confirmed');
	});

	it.each([
		['rows of one run', 1],
		['runs at the same time', 10],
	])('lets none of a thousand guesses through: %s', async (_, runs) => {
		const [item] = itemsOf(await sendCode({ parameters: { codeSettings: { digits: 4 } } }));
		const code = codeIn(texts()[0]);
		const codeId = String(item?.codeId);
		const guesses = Array.from({ length: 1000 }, (_unused, n) => wrong(code, n + 1));
		// Behind the three that are looked at.
		guesses[10 * runs] = code;
		const results = await Promise.all(
			Array.from({ length: runs }, async (_unused, run) => {
				const rows = guesses
					.filter((_guess, n) => n % runs === run)
					.map((guess) => ({ codeId, code: guess }));
				return itemsOf(await checkCode({ rows }));
			}),
		);
		const states = results.flat().map(({ state }) => state);
		expect(states).toHaveLength(1000);
		expect(states.filter((state) => state === 'wrong')).toHaveLength(3);
		expect(states.filter((state) => state === 'locked')).toHaveLength(997);
		expect([...marks.entries.values()].flat().filter((mark) => mark.includes('|try '))).toHaveLength(3);
	});
});
