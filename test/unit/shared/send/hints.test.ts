/** What a run says beside its results, through the Test Gateway. */
import { ExecuteContext } from 'n8n-core';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RunOptions } from '../../../support/engine';
import { runNode } from '../../../support/engine';

const TEST = /^Nothing was sent/;
const hints = async (
	texts: readonly string[],
	parameters: INodeParameters = {},
	more: Partial<RunOptions> = {},
): Promise<string[]> => {
	const rows = texts.map((text, n): IDataObject => ({ text, to: `+7916100000${n}` }));
	const { run } = await runNode({
		node: 'sendSms',
		credentials: {},
		rows,
		parameters: { gateway: 'test', to: '={{ $json.to }}', message: '={{ $json.text }}', ...parameters },
		...more,
	});
	const told = run.data.resultData.runData.SMS?.[0]?.hints ?? [];
	return told.map(({ message }) => message).filter((message) => !TEST.test(message));
};
const preview = { operation: 'preview' };

it('says nothing of a plain text', async () => {
	expect(await hints(['Hello'])).toEqual([]);
	expect(await hints(['Hello'], preview)).toEqual([]);
});

it('adds up several', async () => {
	expect(await hints(['Hello', 'я'.repeat(150)])).toEqual(['Accepted: 2 texts, 4 segments, 0.2 XTS.']);
	expect(await hints(['Hello', 'я'.repeat(150)], preview)).toEqual([
		'Would be sent: 2 texts, 4 segments, 1 GSM-7 + 1 UCS-2.',
	]);
	expect(await hints(['Hello', 'я'.repeat(150)], { ...preview, includePrice: true })).toEqual([
		'Would be sent: 2 texts, 4 segments, 0.2 XTS, 1 GSM-7 + 1 UCS-2.',
	]);
});

describe('characters that cost a segment', () => {
	const curly = `It’s “ready”. ${'x'.repeat(80)}`;

	it('are named, with what to write', async () => {
		expect(await hints([curly])).toEqual([
			'This text takes 1 segment more than needed, because of characters that only Unicode has. Replace ’ by \', “ by ", ” by ".',
		]);
		const [first] = await hints([curly, 'Hello', curly], preview);
		expect(first).toMatch(/^2 of 3 texts take 2 segments more than needed/);
	});

	it('are left alone where they cost nothing, or nothing says the same', async () => {
		expect(await hints(['It’s ready'])).toEqual([]);
		expect(await hints([`${curly} Привет`])).toEqual([]);
		expect(await hints([`${curly} 🎁`])).toEqual([]);
	});

	it('that nobody sees have a name', async () => {
		expect(await hints([`Hello\u200b${'x'.repeat(80)}`])).toEqual([
			expect.stringContaining('Replace the invisible character U+200B by nothing.'),
		]);
	});

	it('of a text that was not sent are no news', async () => {
		expect(await hints([curly], { limits: { maxSegments: 1 } }, { onError: 'continueErrorOutput' })).toEqual(
			[],
		);
	});
});

it('an n8n that knows no hints loses no result', async () => {
	const add = jest.spyOn(ExecuteContext.prototype, 'addExecutionHints').mockImplementation(() => {
		throw new TypeError('this.addExecutionHints is not a function');
	});
	const { success, error } = await runNode({
		node: 'sendSms',
		credentials: {},
		parameters: { gateway: 'test', to: '+79161000001, +79161000002', message: 'Hello' },
	});
	expect(add).toHaveBeenCalled();
	add.mockRestore();
	expect([error, success.length]).toEqual([null, 2]);
});

it('no more than three, and first of all that nothing was sent', async () => {
	const { run } = await runNode({
		node: 'sendSms',
		credentials: {},
		rows: [{ to: '+79161000001' }, { to: '+79161000002' }],
		parameters: { gateway: 'test', to: '={{ $json.to }}', message: `It’s ${'x'.repeat(80)}` },
	});
	const told = run.data.resultData.runData.SMS?.[0]?.hints ?? [];
	expect(told).toHaveLength(3);
	expect(told[0]?.message).toMatch(TEST);
});

describe('failed rows', () => {
	const rows = [
		'+79161000001',
		'call office',
		'7.91612E+10',
		'ask Peter',
		'12',
		'+254712345678',
		'',
		'x',
		'',
	].map((to) => ({ to }));
	const told = async (
		some: readonly IDataObject[],
		more: Partial<RunOptions> = {},
		parameters: INodeParameters = {},
	): Promise<string | undefined> => {
		const { run } = await runNode({
			node: 'sendSms',
			credentials: {},
			rows: some,
			parameters: { gateway: 'test', to: '={{ $json.to }}', message: 'Hello', ...parameters },
			...more,
		});
		const all = run.data.resultData.runData.SMS?.[0]?.hints ?? [];
		return all.map(({ message }) => message).find((message) => message.includes('an error'));
	};

	it('are counted by their reason, the most frequent first', async () => {
		const message = await told(rows);
		expect(message).toMatch(
			/^7 of 9 results have an error\. 3 × Cannot send to …: a phone number cannot contain letters\. 2 × This row has no phone number\. 1 × Cannot send to "7\.91612E\+10": .*1 × other reasons\. "hint" in each row says what to do\./,
		);
		expect(message).toMatch(/set On Error to "Continue \(using error output\)"/);
	});

	it('in a preview, too, and not where they leave by an output of their own', async () => {
		expect(await told(rows, { onError: 'continueErrorOutput' })).toBeUndefined();
		expect(await told(rows, {}, preview)).toMatch(/^7 of 9 results have an error\. 3 × /);
	});

	it('that were wanted are no news', async () => {
		const limits = { stopList: '+79161000001' };
		expect(await told([{ to: '+79161000001' }, { to: '+79161000002' }], {}, { limits })).toBeUndefined();
	});

	it('that differ in the number alone are one reason', async () => {
		const limits = { allowedCountries: ['RU'] };
		const some = ['+79161000001', '+254712345678', '+254712345679'].map((to) => ({ to }));
		expect(await told(some, {}, { limits })).toMatch(
			/^2 of 3 results have an error\. 2 × … belongs to Kenya, which 'Allowed Countries' does not allow\./,
		);
	});
});

it('a preview tells alphabets and countries where there are several', async () => {
	const { run } = await runNode({
		node: 'sendSms',
		credentials: {},
		rows: ['+79161000001', '+79161000002', '+254712345678'].map((to, n) => ({
			to,
			text: n === 0 ? 'Привет' : 'Hi',
		})),
		parameters: { gateway: 'test', to: '={{ $json.to }}', message: '={{ $json.text }}', ...preview },
	});
	const all = run.data.resultData.runData.SMS?.[0]?.hints ?? [];
	expect(all.map(({ message }) => message)).toEqual([
		'Would be sent: 3 texts, 3 segments, 2 GSM-7 + 1 UCS-2, 2 Russia + 1 Kenya.',
	]);
});
