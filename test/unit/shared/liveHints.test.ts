/** What n8n's editor shows before a run: its conditions, evaluated as it does, against the counter that decides in a run. */
import type { INode, INodeParameters, INodeType, NodeHint } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import fc from 'fast-check';
import { loadPhoneTools } from '../../../nodes/shared/phone/tools';
import { isGsm7 } from '../../../nodes/shared/segments/gsm7';
import { suggestReplacement } from '../../../nodes/shared/segments/replacements';
import { measureSegments } from '../../../nodes/shared/segments/segments';
import { runNode } from '../../support/engine';
import { listed } from '../../support/listed';

const types = listed<INodeType>('nodes', ({ description }) => description.name);

/** As `getNodeHints` of the editor (2.41): the condition has to be a boolean, and one that throws shows nothing. */
function shownOf(name: string, parameters: INodeParameters, row = {}): NodeHint[] {
	const node: INode = { id: 'n', name: 'SMS', type: 'n', typeVersion: 1, position: [0, 0], parameters: {} };
	const type = { description: { properties: [] } } as unknown as INodeType;
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	node.parameters = { resource: 'message', operation: 'send', options: {}, ...parameters };
	return (types[name]?.description.hints ?? []).filter(({ displayCondition = '' }) => {
		const input = [{ json: row }];
		const shown = workflow.expression.getParameterValue(
			displayCondition,
			null,
			0,
			0,
			node.name,
			input,
			'manual',
			{},
		);
		expect([displayCondition.slice(0, 80), typeof shown]).toEqual([displayCondition.slice(0, 80), 'boolean']);
		return shown === true;
	});
}
const about = (name: string, parameters: INodeParameters, row = {}): string[] =>
	shownOf(name, parameters, row).map(({ message }) => message.slice(0, 36));

const CHEAPER = 'This text takes more segments than n';
const UNICODE = 'This text takes more than one segmen';
const NOTHING = 'Nothing will be sent: Test Gateway o';
const TEST_MODE = 'Nothing will be sent: "Test Mode" is';

const senders = Object.keys(types).filter((name) => !name.endsWith('Trigger'));

it.each(senders)('%s says what a long text in Cyrillic, and one with curly quotes, takes', (name) => {
	expect(about(name, { message: 'я'.repeat(70) })).toEqual([]);
	expect(about(name, { message: 'я'.repeat(71) })).toEqual([UNICODE]);
	expect(about(name, { message: `It’s ${'a'.repeat(65)}` })).toEqual([]);
	expect(about(name, { message: `It’s ${'a'.repeat(66)}` })).toEqual([CHEAPER]);
	expect(about(name, { message: 'a'.repeat(1000) })).toEqual([]);
	expect(about(name, { message: 'я'.repeat(71), operation: 'preview' })).toEqual([]);
	expect(about(name, { message: 'я'.repeat(71), options: { transliterate: true } })).toEqual([]);
	const transliterate = '={{ $json.latin }}';
	expect(about(name, { message: 'я'.repeat(71), options: { transliterate } }, { latin: true })).toEqual([]);
});

it('reads the message of the first row, as n8n evaluates it', () => {
	const message = '=Hello {{ $json.name }}';
	expect(about('sendSms', { message }, { name: 'я'.repeat(71) })).toEqual([UNICODE]);
	expect(about('sendSms', { message }, { name: 'Ann' })).toEqual([]);
	expect(about('sendSms', { message: '={{ $json.none }}' }, { name: 'Ann' })).toEqual([]);
	expect(about('sendSms', {})).toEqual([]);
});

it('says that nothing will be sent', () => {
	expect(about('sendSms', { gateway: 'test' })).toEqual([NOTHING]);
	expect(about('sendSms', { gateway: 'test', operation: 'preview' })).toEqual([]);
	expect(about('sendSms', { gateway: 'smsRu' })).toEqual([]);
	const options = { testMode: true };
	expect(about('sendSms', { gateway: 'smsRu', options })).toEqual([TEST_MODE]);
	expect(about('smsRu', { options })).toEqual([TEST_MODE]);
	expect(about('smsRu', { options: { testMode: false } })).toEqual([]);
	// Nobody knows before the run.
	expect(about('smsRu', { options: { testMode: '={{ $json.try }}' } }, { try: true })).toEqual([]);
	// Others refuse the option by name.
	expect(about('sendSms', { gateway: 'smsc', options })).toEqual([]);
	expect(about('smsc', { options })).toEqual([]);
});

describe('what executing the node would do', () => {
	const PRESS: ReadonlyArray<readonly [choice: string, words: string]> = [
		['preview', 'Executing this step sends nothing: i'],
		['send', 'Executing this step sends for real, '],
		['sendAgain', 'Executing this step sends for real, '],
		['oneNumber', 'Executing this step sends the texts '],
	];

	it.each(senders)('%s says it, from the moment it is added', (name) => {
		const field = types[name]?.description.properties.find((one) => one.name === 'inTestRuns');
		const values = (field?.options ?? []).flatMap((one) => ('value' in one ? [one.value] : []));
		expect([...values].sort()).toEqual(PRESS.map(([choice]) => choice).sort());
		expect(about(name, { inTestRuns: String(field?.default) })).toEqual([PRESS[1]?.[1]]);
		for (const [inTestRuns, words] of PRESS) {
			expect(about(name, { inTestRuns })).toEqual([words]);
			expect(about(name, { inTestRuns, operation: 'preview' })).toEqual([]);
			expect(about(name, { inTestRuns, operation: 'getStatus' })).toEqual([]);
		}
	});

	it('is left to the Test Gateway and to Test Mode where those send nothing', () => {
		expect(about('sendSms', { gateway: 'test', inTestRuns: 'send' })).toEqual([NOTHING]);
		expect(about('smsRu', { inTestRuns: 'send', options: { testMode: true } })).toEqual([TEST_MODE]);
		expect(about('smsc', { inTestRuns: 'send', options: { testMode: true } })).toEqual([PRESS[1]?.[1]]);
	});
});

describe('what a run would refuse', () => {
	const TYPED = 'To or Message has a field in double ';
	const NO_CODE = 'This number has no country code, and';
	const PAST = 'Send At is in the past, so nothing w';
	const refused = async (parameters: INodeParameters): Promise<boolean> => {
		const { failed } = await runNode({
			node: 'sendSms',
			credentials: {},
			rows: [{ name: 'Ann' }],
			parameters: { gateway: 'test', to: '+79161234567', message: 'Hello', ...parameters },
			onError: 'continueErrorOutput',
		});
		return failed.length > 0;
	};

	it.each<readonly [INodeParameters, string | null]>([
		[{ message: 'Hello {{ $json.name }}' }, TYPED],
		[{ message: 'Hello {{$now}}' }, TYPED],
		[{ to: '{{ $json.phone }}' }, TYPED],
		[{ message: '=Hello {{ $json.name }}' }, null],
		[{ message: 'Hello {{ $json.name }}', options: { sendBracesAsTyped: true } }, null],
		[{ to: '0712 345 678', defaultCountry: 'none' }, NO_CODE],
		[{ to: '8 (916) 123-45-67', defaultCountry: 'none' }, NO_CODE],
		[{ to: '+254712345678', defaultCountry: 'none' }, null],
		[{ to: '79161234567', defaultCountry: 'none' }, null],
		[{ to: '0712 345 678', defaultCountry: 'KE' }, null],
		[{ options: { sendAt: '2020-01-31T09:00:00' } }, PAST],
		[{ options: { sendAt: '2090-01-31T09:00:00' } }, null],
		[{ options: {} }, null],
	])('%j', async (parameters, words) => {
		expect(about('smsRu', parameters, { name: 'Ann' })).toEqual(words === null ? [] : [words]);
		expect(await refused(parameters)).toBe(words !== null);
	});

	it('is not said of a column that has the country, nor of what nobody knows before the run', () => {
		const to = '0712345678';
		const options = { defaultCountryField: 'country' };
		expect(about('smsRu', { to, defaultCountry: 'none', options })).toEqual([]);
		const sendAt = '={{ $json.at }}';
		expect(about('smsRu', { options: { sendAt } }, { at: '2020-01-31T09:00:00' })).toEqual([]);
	});

	it('a number is called one without a code only where the reader says so', async () => {
		const { read } = await loadPhoneTools();
		let seen = 0;
		const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 5, maxLength: 13 });
		const typed = fc.tuple(
			fc.constantFrom('', '0', '07', '89', '00', '+'),
			digits,
			fc.constantFrom('', ' ', '-'),
		);
		fc.assert(
			fc.property(typed, ([start, rest, gap]) => {
				const to = `${start}${gap}${rest.join('')}`;
				const said = about('smsRu', { to, defaultCountry: 'none' }).includes(NO_CODE);
				if (!said) return;
				seen++;
				expect([to, read(to, '').map(({ outcome }) => outcome)]).toEqual([to, ['invalid']]);
			}),
			{ numRuns: 1000 },
		);
		expect(seen).toBeGreaterThan(50);
	});
});

it('says nothing of segments where SMSC sends something else', () => {
	const message = 'я'.repeat(71);
	expect(about('smsc', { message, messageKind: 'sms', expertOptions: { binary: 0 } })).toEqual([UNICODE]);
	expect(about('smsc', { message, messageKind: 'email' })).toEqual([]);
	expect(about('smsc', { message, expertOptions: { binary: 2 } })).toEqual([]);
	expect(about('smsc', { message, expertOptions: { binary: '={{ 0 }}' } })).toEqual([]);
});

it('goes before a run, stands beside the results, and is short', () => {
	for (const name of senders) {
		const hints = types[name]?.description.hints ?? [];
		expect(hints.length).toBeGreaterThanOrEqual(2);
		for (const hint of hints) {
			expect(hint).toMatchObject({ location: 'outputPane', whenToDisplay: 'beforeExecution' });
			// It is sent to every browser, and evaluated at every change in the panel.
			expect((hint.displayCondition ?? '').length).toBeLessThan(2050);
		}
	}
});

/** The counter's own words on the same text. */
function counted(text: string): { readonly segments: number; readonly asGsm: number | null } {
	const replaced = Array.from(text, (one) => (isGsm7(one) ? one : suggestReplacement(one)));
	const isPlain = replaced.every((one) => one !== null);
	const asGsm = isPlain ? measureSegments(replaced.join('')).segments : null;
	return { segments: measureSegments(text).segments, asGsm };
}

it('never says more than the counter', () => {
	const typographic = 'ab c€[~\\n’“”–…•→×₽™©\u00a0\u200b{}';
	const text = fc
		.constantFrom(typographic, `${typographic}яéł😀`, 'abc defg€[')
		.chain((alphabet) =>
			fc.tuple(
				fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 120, size: 'max' }),
				fc.array(fc.constantFrom(...'abc defg€'), { maxLength: 200, size: 'max' }),
			),
		)
		.map(([some, more]) => [...some, ...more].join(''));
	const seen = { cheaper: 0, unicode: 0, none: 0 };
	fc.assert(
		fc.property(text, (message) => {
			const { segments, asGsm } = counted(message);
			const isUnicode = !isGsm7(message) && segments > 1;
			const [said, ...more] = about('smsRu', { message });
			expect(more).toEqual([]);
			expect(said !== undefined).toBe(isUnicode);
			if (said === CHEAPER) expect(asGsm).toBeLessThan(segments);
			seen[said === CHEAPER ? 'cheaper' : said === undefined ? 'none' : 'unicode']++;
		}),
		{ numRuns: 300 },
	);
	for (const times of Object.values(seen)) expect(times).toBeGreaterThan(10);
});
