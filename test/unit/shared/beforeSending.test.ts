/**
 * What is settled before anything is sent: settings of the run, place-holders, the country, and that a preview tells
 * what sending would do.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { SendSms } from '../../../nodes/SendSms/SendSms.node';
import { GATEWAY_IDS, gateways } from '../../../nodes/SendSms/gateways';
import { COUNTRY_NAMES, NO_COUNTRY, countryOptions } from '../../../nodes/shared/contract/countries';
import { getCountries } from 'libphonenumber-js/max';
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import { createSmsRu } from '../../../simulators/smsRu';
import { createSmsc } from '../../../simulators/smsc';
import { facts } from '../../facts';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { freshProcessedData } from '../../support/marks';

const [ANN, BOB, EVE] = ['+79161000001', '+79161000002', '+79161000003'] as const;
const ROWS = [
	{ phone: ANN, name: 'Ann' },
	{ phone: BOB, name: 'Bob' },
	{ phone: EVE, name: 'Eve' },
];

let smsRu: Simulator;
let smsc: Simulator;
beforeAll(async () => {
	smsRu = await startSimulator(createSmsRu());
	smsc = await startSimulator(createSmsc());
});
beforeEach(() => {
	smsRu.reset();
	smsc.reset();
});
afterAll(async () => {
	await Promise.all([smsRu.close(), smsc.close()]);
});

const send = async (parameters: INodeParameters, more: Partial<RunOptions> = {}): Promise<RunResult> =>
	await runNode({
		node: 'smsRu',
		credentials: { smsRuApi: smsRu.credentials },
		rows: ROWS,
		parameters: { to: '={{ $json.phone }}', message: 'Hello', options: {}, ...parameters },
		onError: 'continueErrorOutput',
		...more,
	});
const errors = ({ failed }: RunResult): IDataObject[] => failed.map(({ json }) => json.error as IDataObject);
const messages = (result: RunResult): unknown[] => errors(result).map(({ message }) => message);

describe('settings of a run do not depend on a row', () => {
	/** An expression of n8n fails for the first row alone. */
	const FAILS = "={{ $itemIndex === 0 ? $('Nowhere').item.json.x : 'Hello ' + $json.name }}";

	it('Batch Size', async () => {
		const to = "={{ $itemIndex === 0 ? $('Nowhere').item.json.x : $json.phone }}";
		expect((await send({ to, options: { batchSize: 1 } })).success).toHaveLength(2);
		expect(smsRu.requests).toHaveLength(2);
		smsRu.reset();
		// Without it the two share one.
		expect((await send({ to, options: {} })).success).toHaveLength(2);
		expect(smsRu.requests).toHaveLength(1);
	});

	it('Timeout', async () => {
		smsRu.fault({ at: 'after', how: 'stall', times: Infinity });
		const start = Date.now();
		const result = await send({ message: FAILS, options: { timeout: 300 } });
		expect(Date.now() - start).toBeLessThan(20_000);
		expect(errors(result).map(({ accepted }) => accepted)).toEqual([false, null, null]);
	});

	it('Requests per Second', async () => {
		const start = Date.now();
		await send({ message: FAILS, options: { batchSize: 1, requestsPerSecond: 1 } });
		expect(smsRu.requests).toHaveLength(2);
		expect(Date.now() - start).toBeGreaterThanOrEqual(900);
	});

	it('Include Raw Reply', async () => {
		const { success } = await send({ message: FAILS, options: { includeRaw: true } });
		expect(success.map(({ json }) => 'raw' in json)).toEqual([true, true]);
	});

	it('Skip Duplicates of earlier runs', async () => {
		await freshProcessedData();
		const limits = { skipDuplicates: 'acrossRuns' };
		expect((await send({ message: FAILS, limits })).success).toHaveLength(2);
		const again = await send({ message: FAILS, limits });
		expect(errors(again).map(({ kind }) => kind)).toEqual(['invalid_parameter', 'duplicate', 'duplicate']);
		expect(smsRu.texts).toHaveLength(2);
	});

	it('another option that fails takes nothing away', async () => {
		const sendAt = "={{ $itemIndex === 0 ? $('Nowhere').item.json.x : '' }}";
		const { success } = await send({ options: { sendAt, includeRaw: true } });
		expect(success.map(({ json }) => 'raw' in json)).toEqual([true, true]);
	});

	it.each([
		['options', 'batchSize', 'Batch Size'],
		['options', 'timeout', 'Timeout (Milliseconds)'],
		['options', 'requestsPerSecond', 'Requests per Second'],
		['options', 'includeRaw', 'Include Raw Reply'],
		['limits', 'maxSegments', 'Max Segments'],
		['limits', 'skipDuplicates', 'Skip Duplicates'],
	])('%s.%s that itself cannot be read refuses the run by name', async (collection, name, label) => {
		for (const typed of ["={{ $itemIndex === 0 ? $('Nowhere').item.json.x : 1 }}", '={{ $json.nothing }}']) {
			const result = await send({ [collection]: { [name]: typed } });
			expect(result.success).toHaveLength(0);
			expect(messages(result)).toEqual(ROWS.map(() => expect.stringContaining(`'${label}'`)));
		}
		expect(smsRu.requests).toHaveLength(0);
	});
});

describe('place-holders that nobody fills in', () => {
	it.each<[string, INodeParameters, RegExp]>([
		['Message, fixed', { message: 'Hello {{ $json.name }}' }, /^'Message' has/],
		['Message, a column in braces', { message: 'Hello {name}' }, /^'Message' has/],
		['Message, a bare name', { message: '=Hello {{ name }}' }, /"name".*Nothing was sent|in 'Message'/],
		['From', { from: '{{ $json.sender }}' }, /^'From' has/],
		['To', { to: '{{ $json.phone }}' }, /^'To' has/],
		['To, a bare name', { to: '={{ phone }}' }, /in 'To'/],
		['an option', { options: { sendAt: '={{ tomorrow }}' } }, /in 'Send At'/],
	])('%s: refused for every row', async (_, parameters, sentence) => {
		// A row with a problem of its own as well: the node's comes first.
		const result = await send(parameters, { rows: [...ROWS, { phone: 'call office', name: 'X' }] });
		expect(result.success).toHaveLength(0);
		expect(messages(result)).toEqual([0, 1, 2, 3].map(() => expect.stringMatching(sentence)));
		expect(messages(result)[0]).toMatch(/Nothing was sent\.$/);
		expect(smsRu.requests).toHaveLength(0);
	});

	it('tells the whole run in one sentence when it stops', async () => {
		const { error } = await send({ message: 'Hello {name}' }, { onError: 'stopWorkflow' });
		expect(error?.message).toMatch(/^'Message' has \{name\}/);
		expect(error?.description).toMatch(/Expression.*Send Braces as Typed/);
	});

	it('go out with Send Braces as Typed, and from a cell without it', async () => {
		const options = { sendBracesAsTyped: true };
		expect((await send({ message: 'Code {name}', options })).success).toHaveLength(3);
		const rows = [{ phone: ANN, name: '{name} {{ $json.name }}' }];
		expect((await send({ message: '={{ $json.name }}' }, { rows })).success).toHaveLength(1);
		expect(smsRu.texts.map(({ text }) => text)).toEqual([
			...ROWS.map(() => 'Code {name}'),
			'{name} {{ $json.name }}',
		]);
	});

	it('Send Braces as Typed is not for numbers and senders', async () => {
		const options = { sendBracesAsTyped: true };
		const result = await send({ from: '{{ $json.name }}', message: '{name}', options });
		expect(result.success).toHaveLength(0);
		expect(smsRu.requests).toHaveLength(0);
	});
});

describe('a dragged field that no row has', () => {
	const told = (label: string, field: string, there = 'there are: phone, name'): string =>
		`${label} uses {{ ${field} }}, and no input row has it (${there}). Nothing was sent.`;

	it.each<[string, INodeParameters, string]>([
		['Message', { message: '=Hello {{ $json.nmae }}' }, told('Message', '$json.nmae')],
		['Message, in brackets', { message: '={{ $json["Nmae"].trim() }}' }, told('Message', '$json["Nmae"]')],
		[
			'Message, beside what n8n evaluates',
			{ message: '={{ $now.year }}: {{ $json.nmae }}' },
			told('Message', '$json.nmae'),
		],
		['To', { to: '={{ $json.fone }}' }, told('To', '$json.fone')],
		['From', { from: '={{ $json.sender }}' }, told('From', '$json.sender')],
		['Default Country', { defaultCountry: '={{ $json.country }}' }, told('Default Country', '$json.country')],
		['an option', { options: { sendAt: '={{ $json.when }}' } }, told('Send At', '$json.when')],
	])('%s: told for every row', async (_, parameters, sentence) => {
		for (const rows of [ROWS, ROWS.slice(0, 1), [...ROWS, { phone: 'call office', name: 'X' }]]) {
			const result = await send(parameters, { rows });
			expect(result.success).toHaveLength(0);
			expect(messages(result)).toEqual(rows.map(() => sentence));
		}
		expect(smsRu.requests).toHaveLength(0);
	});

	it('the run stops with one sentence, and what to do', async () => {
		const { error } = await send({ message: '=Hi {{ $json.nmae }}' }, { onError: 'stopWorkflow' });
		expect(error?.message).toBe(told('Message', '$json.nmae'));
		expect(error?.description).toBe(
			"Correct the name, or drag the field again. If it may be missing, write {{ $json.nmae ?? '' }}.",
		);
	});

	it('in an object, in a list and in empty rows: the names that are there', async () => {
		const rows = [
			{ phone: ANN, order: { id: 1 } },
			{ phone: BOB, order: { total: 5 }, list: ['a'] },
		];
		const first = async (field: string, them: IDataObject[] = rows): Promise<unknown> =>
			messages(await send({ to: ANN, message: `={{ ${field} }}` }, { rows: them }))[0];
		expect(await first('$json.order.nmae')).toBe(
			told('Message', '$json.order.nmae', 'in order there are: id, total'),
		);
		expect(await first('$json.list[1]')).toBe(
			told('Message', '$json.list[1]', 'there are: phone, order, list'),
		);
		expect(await first('$json.name', [{}])).toBe(told('Message', '$json.name', 'the rows are empty'));
		const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`c${n}`, n]));
		expect(await first('$json.name', [many])).toContain(
			'(there are: c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 …)',
		);
	});

	it.each([
		"=Hi{{ $json.nmae ?? '' }}",
		"=Hi{{ $json.nmae || '' }}",
		'=Hi{{ $json.nmae?.trim() }}',
		'=Hi{{ $json?.nmae }}',
	])('%s says that it may be missing', async (message) => {
		expect((await send({ message })).success).toHaveLength(3);
		expect(smsRu.texts.map(({ text }) => text)).toEqual(['Hi', 'Hi', 'Hi']);
	});

	it('a field that one row has, or that is null, is there', async () => {
		const rows = [{ phone: ANN }, { phone: BOB, name: 'Bob', sender: null }];
		const { success } = await send(
			{ message: '=Hi {{ $json.name }}', from: '={{ $json.sender }}' },
			{ rows },
		);
		expect(success).toHaveLength(2);
		expect(smsRu.texts.map(({ text }) => text)).toEqual(['Hi ', 'Hi Bob']);
	});

	it('a question: told without a word of sending, where the field is required', async () => {
		const ask = async (parameters: INodeParameters): Promise<RunResult> =>
			await send({ operation: 'getStatus', messageId: '={{ $json.messageId }}', ...parameters });
		expect(messages(await ask({}))).toEqual(
			ROWS.map(
				() => 'Message ID uses {{ $json.messageId }}, and no input row has it (there are: phone, name).',
			),
		);
		expect(smsRu.requests).toHaveLength(0);
		// It could have been asked.
		const rows = [{ messageId: '000000-10000000' }];
		await send({ operation: 'getStatus', messageId: '={{ $json.messageId }}' }, { rows });
		expect(smsRu.requests).not.toHaveLength(0);
	});
});

describe('a dragged field that holds other fields', () => {
	const rows = [
		{ phone: ANN, customer: 'Ann' },
		{ phone: BOB, customer: { name: 'Bob' } },
	];

	it('between other words: that row is told, the others are sent', async () => {
		for (const message of ['=Hello {{ $json.customer }}!', "={{ 'Hello ' + $json.customer }}!"]) {
			smsRu.reset();
			const result = await send({ message }, { rows });
			expect(smsRu.texts.map(({ text }) => text)).toEqual(['Hello Ann!']);
			expect(messages(result)).toEqual([
				'The text has [object Object] in it: the field that was dragged in holds other fields. Nothing was sent.',
			]);
		}
	});

	it('goes out where a person has typed the words', async () => {
		await send({ message: 'JavaScript prints [object Object]' }, { rows });
		expect(smsRu.texts).toHaveLength(2);
	});
});

describe('a preview tells what sending would do', () => {
	const rows = [...ROWS, { phone: '8 916 100-00-01', name: 'Ann again' }, { phone: 'office', name: 'X' }];

	it('the same rows, duplicates left out of the bill', async () => {
		const previewed = await send({ operation: 'preview', includePrice: true }, { rows });
		expect(smsRu.texts).toHaveLength(0);
		const sent = await send({}, { rows });
		const told = ({ success, failed }: RunResult): unknown =>
			[success, failed].map((items) => items.map(({ json, pairedItem }) => [json.to, pairedItem]));
		expect(told(previewed)).toEqual(told(sent));
		expect(errors(previewed).map(({ kind }) => kind)).toEqual(errors(sent).map(({ kind }) => kind));
		const total = previewed.success.reduce((sum, { json }) => sum + Number(json.cost), 0);
		expect(total).toBeCloseTo(smsRu.texts.length * 3.5);
	});

	it('earlier runs of the same node, without remembering the preview', async () => {
		await freshProcessedData();
		const limits = { skipDuplicates: 'acrossRuns' };
		await send({ operation: 'preview', limits });
		expect((await send({ limits }, { rows: ROWS.slice(0, 1) })).success).toHaveLength(1);
		const previewed = await send({ operation: 'preview', limits });
		expect(errors(previewed)).toMatchObject([{ kind: 'duplicate', to: ANN }]);
		expect(previewed.success).toHaveLength(2);
	});

	it("the gateway's own checks, settings and place-holders too", async () => {
		for (const parameters of [
			{ message: 'Hello {name}' },
			{ options: { batchSize: 100_000 } },
			{ from: 'x'.repeat(60) },
			{ message: '  ' },
		]) {
			const sent = await send(parameters);
			const previewed = await send({ operation: 'preview', ...parameters });
			expect(sent.failed).toHaveLength(3);
			expect(messages(previewed)).toEqual(
				messages(sent).map((message) => String(message).replace(' Nothing was sent.', '')),
			);
			expect(JSON.stringify(errors(previewed))).not.toMatch(/was sent/);
		}
	});

	it('a land line in Nairobi is refused by both, with the same words', async () => {
		const run = async (operation: string): Promise<unknown> => {
			const { error } = await runNode({
				node: 'advantaSms',
				credentials: { advantaSmsApi: { baseUrl: 'http://127.0.0.1:9', apiKey: 'k', shortcode: 'S' } },
				parameters: { operation, to: '020 2222222', message: 'Hi', options: {} },
			});
			return error?.message.replace(' Nothing was sent.', '');
		};
		expect(await run('preview')).toBe('+254202222222 is a landline in Kenya, which cannot receive texts.');
		expect(await run('send')).toBe('+254202222222 is a landline in Kenya, which cannot receive texts.');
	});

	it('says nothing of sending when it stops', async () => {
		const { error } = await send(
			{ operation: 'preview', to: '={{ $json.name }}' },
			{ onError: 'stopWorkflow' },
		);
		expect(error?.message).toMatch(
			/^None of the 3 texts passed the preview\. The first: Cannot send to "Ann"/,
		);
		expect(`${error?.message} ${error?.description}`).not.toMatch(/was sent/);
	});
});

describe('sentences', () => {
	it('no credential is chosen', async () => {
		const result = await runNode({
			node: 'sendSms',
			credentials: {},
			rows: ROWS,
			parameters: { gateway: 'smsRu', to: '={{ $json.phone }}', message: 'Hi' },
		});
		expect(result.error?.message).toBe('No credential is selected for SMS.RU.');
		expect(result.error?.description).toMatch(/choose one/);
		const status = await runNode({
			node: 'sendSms',
			credentials: {},
			parameters: { gateway: 'smsRu', operation: 'getStatus', messageId: '000000-10000000' },
		});
		expect(status.error?.message).toBe('No credential is selected for SMS.RU.');
	});

	it('a name in To that no row has, in an expression that n8n evaluates', async () => {
		const to = '={{ $json.fone.replace("x", "") }}';
		const { error } = await send({ to }, { onError: 'stopWorkflow' });
		expect(error?.message).toBe(
			'\'To\' is empty in every row: the rows have no column "fone". Nothing was sent.',
		);
		expect(error?.description).toBe("Check the column's name in the expression. The rows have: phone, name.");
		expect(messages(await send({ to }, { rows: ROWS.slice(0, 1) }))).toEqual([
			'\'To\' is empty: this row has no column "fone". Nothing was sent.',
		]);
		expect(messages(await send({ to: ' ' }))[0]).toBe("'To' is empty. Nothing was sent.");
	});

	it('a list with a blank in every row is not taken for an empty To', async () => {
		const result = await send({ to: '={{ [$json.phone, $json.home] }}' });
		expect(result.success.map(({ json }) => json.to)).toEqual([ANN, BOB, EVE]);
		// The blank keeps its own result: nobody is left out without a word.
		expect(messages(result)).toEqual(ROWS.map(() => 'This row has no phone number.'));
		expect(smsRu.texts).toHaveLength(3);
	});

	it('a reason with a full stop inside is not cut', async () => {
		const [error] = errors(
			await send({ to: '758 000 0000', defaultCountry: 'LC' }, { rows: ROWS.slice(0, 1) }),
		);
		expect(error?.message).toMatch(
			/^Cannot send to "758 000 0000": no such phone number exists in St\. Lucia\.$/,
		);
		expect(error?.hint).toMatch(/^Check the digits/);
		const operation = await send(
			{ operation: 'preview', to: '758 000 0000', defaultCountry: 'LC' },
			{ rows: ROWS.slice(0, 1) },
		);
		expect(errors(operation)[0]).toMatchObject({ message: error?.message, hint: error?.hint });
	});

	it('an unknown gateway is refused, and sends through no other', async () => {
		const parameters = { gateway: 'nexmo', to: ANN, message: 'Hi' };
		const credentials = { smscApi: smsc.credentials };
		const result = await runNode({ node: 'sendSms', credentials, parameters });
		expect(result.error?.message).toBe('There is no gateway "nexmo". Nothing was sent.');
		const items = await runNode({
			node: 'sendSms',
			credentials,
			parameters,
			rows: ROWS,
			onError: 'continueErrorOutput',
		});
		expect([items.success.length, items.failed.length]).toEqual([0, 3]);
		expect(smsc.requests).toHaveLength(0);
		// It could have: the same with a gateway that exists.
		await runNode({ node: 'sendSms', credentials, parameters: { ...parameters, gateway: 'smsc' } });
		expect(smsc.texts).toHaveLength(1);
	});

	it('a question does not say that nothing was sent', async () => {
		const { error } = await runNode({
			node: 'smsc',
			credentials: { smscApi: smsc.credentials },
			parameters: { operation: 'getStatus', messageId: '1', to: 'office', options: {} },
		});
		expect(error?.message).toContain("'To'");
		expect(`${error?.message} ${error?.description}`).not.toContain('Nothing was sent');
	});

	it('an e-mail address that begins with + is no number', async () => {
		const { success, failed } = await runNode({
			node: 'smsc',
			credentials: { smscApi: smsc.credentials },
			parameters: {
				messageKind: 'email',
				subject: 'News',
				from: 'me@example.com',
				to: '+ann@example.com',
				message: 'Hello',
				options: {},
			},
			onError: 'continueErrorOutput',
		});
		expect(failed.map(({ json }) => json.error)).toEqual([]);
		expect(success[0]?.json.to).toBe('+ann@example.com');
		const body = new URLSearchParams(smsc.requests[0]?.body.toString());
		expect(JSON.stringify([...body])).toContain('+ann@example.com');
	});
});

describe('Default Country', () => {
	const { properties } = new SendSms().description;
	const node = { name: 'x', type: 'sendSms', typeVersion: 1, parameters: {} };
	const filled = (parameters: INodeParameters, withDefaults = true): INodeParameters | null =>
		NodeHelpers.getNodeParameters(properties, parameters, withDefaults, false, node, null);

	it.each(GATEWAY_IDS)('of %s is its home, in both nodes, and "none" stays none', async (gateway) => {
		const home = facts[gateway].homeCountry;
		expect(gateways[gateway].homeCountry).toBe(home);
		expect(filled({ gateway })).toMatchObject({ defaultCountry: home });
		expect(filled({ gateway, defaultCountry: 'none' }, false)).toMatchObject({ defaultCountry: 'none' });
		// As n8n's editor does at a change: what is a default is left out, the change made, and defaults filled in anew.
		const before = filled(filled({ gateway: 'smsc' }) ?? {}, false);
		expect(filled({ ...before, gateway })).toMatchObject({ defaultCountry: home });
	});

	it('lists what libphonenumber knows, None first, by name', () => {
		expect(Object.keys(COUNTRY_NAMES).sort()).toEqual([...getCountries()].sort());
		const [none, ...others] = countryOptions.map(({ name }) => name);
		expect([none, countryOptions[0]?.value]).toEqual(['None', NO_COUNTRY]);
		expect(others).toEqual([...others].sort((a, b) => a.localeCompare(b, 'en')));
		expect(new Set(others).size).toBe(others.length);
	});

	it('is used at once, can be switched off, and takes a code from an expression', async () => {
		const to = '8 916 100-00-01';
		const rows = [{ country: 'ru', number: to }];
		expect((await send({ to }, { rows })).success[0]?.json.to).toBe(ANN);
		expect(messages(await send({ to, defaultCountry: 'none' }, { rows }))).toEqual([
			`Cannot send to "${to}": the country of this number is unknown.`,
		]);
		const defaultCountry = '={{ $json.country }}';
		expect((await send({ to, defaultCountry, operation: 'preview' }, { rows })).success[0]?.json.to).toBe(
			ANN,
		);
	});
});
