/** The panel of a first text: what is in sight, in the order in which people look for it, and what is set apart. */
import type { INode, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { offered } from '../../nodes/SendSms/gateways';
import type { Gateway } from '../../nodes/shared/contract/gateway';
import { COMMON_OPTIONS, COMMON_OPTION_LABELS } from '../../nodes/shared/contract/options';
import { listed } from '../support/listed';

const types = listed<INodeType>('nodes', ({ description }) => description.name);
const senders = Object.keys(types).filter((name) => !name.endsWith('Trigger'));

class Panel {
	private readonly description: INodeType['description'];
	private readonly node: INode;
	/** As n8n keeps and runs them: without what the panel hides. */
	readonly values: INodeParameters;

	constructor(name: string, parameters: INodeParameters = {}) {
		const type = types[name];
		if (type === undefined) throw new Error(`There is no node ${name}`);
		this.description = type.description;
		this.node = { id: 'n', name: 'SMS', type: name, typeVersion: 1, position: [0, 0], parameters };
		this.values =
			NodeHelpers.getNodeParameters(
				this.description.properties,
				parameters,
				true,
				false,
				this.node,
				this.description,
			) ?? {};
	}

	get fields(): readonly INodeProperties[] {
		return this.description.properties.filter(
			(field) =>
				field.type !== 'hidden' &&
				NodeHelpers.displayParameter(this.values, field, this.node, this.description),
		);
	}

	get labels(): readonly string[] {
		return this.fields.map(({ displayName }) => displayName);
	}

	optionsIn(group: string): readonly INodeProperties[] {
		const field = this.fields.find(({ displayName }) => displayName === group);
		return (field?.options ?? []) as INodeProperties[];
	}
}

const BASICS = [
	'Resource',
	'Operation',
	'To',
	'Message',
	'From',
	'Default Country',
	'In Test Runs',
	'Options',
];

it('Send SMS begins with all that a first text needs; the rest comes behind Options', () => {
	expect(new Panel('sendSms').labels).toEqual([
		'Gateway',
		'Credential',
		...BASICS,
		'Limits',
		'Backup Gateway',
		'Routes',
	]);
	expect(new Panel('sendSms', { gateway: 'smsc', backupGateway: 'smsRu' }).labels.slice(-6)).toEqual([
		'Backup Gateway',
		'From (Backup)',
		'Second Backup Gateway',
		'Leave Out Options the Backup Lacks',
		'Routes',
		'Gateway Order',
	]);
});

it.each(senders.filter((name) => name !== 'sendSms'))('%s does, too', (name) => {
	const labels = new Panel(name).labels.filter((label) => label !== 'Message Type');
	const rest = labels.slice(BASICS.length);
	expect(labels.slice(0, BASICS.length)).toEqual(BASICS);
	expect(rest[0]).toBe('Limits');
	expect([[], ['Expert Options']]).toContainEqual(rest.slice(1));
});

describe("a protocol's own terms", () => {
	it.each([
		[
			'smsc',
			[
				'Binary Message',
				'Captcha Code',
				'Character Set',
				'Data Coding Scheme (DCS)',
				'Details per Number',
				'List Invalid Numbers',
				'Multi-Line List Mode',
				'Partner ID',
				'Protocol ID (PID)',
				'Response Format',
				'Send Time (Raw)',
				'User IP',
			],
		],
		['smsRu', ['Partner ID', 'Response Format']],
		['alphaSms', ['Protocol Version']],
		['advantaSms', ['Pass Type']],
		['voipCommunications', []],
		['africasTalking', []],
		['sendSms', []],
	])('of %s are set apart', (name, expected) => {
		const panel = new Panel(name);
		expect(panel.optionsIn('Expert Options').map(({ displayName }) => displayName)).toEqual(expected);
		const plain = panel.optionsIn('Options').map(({ displayName }) => displayName);
		expect(plain).toEqual(expect.arrayContaining(['Include Raw Reply', 'Send Braces as Typed']));
		expect(plain.filter((label) => expected.includes(label))).toEqual([]);
	});
});

describe('Send SMS', () => {
	const withAccount = offered.filter(({ credential }) => credential !== null);
	const namedIn = (about: string): string[] =>
		withAccount.map(({ displayName }) => displayName).filter((name) => about.includes(name));
	const named = (isOwner: (gateway: Gateway) => boolean): string[] =>
		withAccount.filter(isOwner).map(({ displayName }) => displayName);

	/** Its label and description tell exactly who has it: those that do, or, of all but a few, those that do not. */
	function expectOwners(
		field: INodeProperties | undefined,
		label: string,
		has: (gateway: Gateway) => boolean,
	): void {
		const { displayName = '', description = '' } = field ?? {};
		const [, only] = / Only for (.*)\.$/.exec(description) ?? [];
		const [, lacking] = / Not for (.*)\.$/.exec(description) ?? [];
		const isFew = named(has).length <= withAccount.length / 2;
		expect([only === undefined, lacking === undefined]).toEqual([!isFew, isFew]);
		expect(namedIn(only ?? lacking ?? '')).toEqual(named((one) => has(one) === isFew));
		const labelled = `${label} · ${named(has).join(', ')}`;
		// n8n's panel cuts off longer ones; the description tells it in any case.
		expect(displayName).toBe(isFew && labelled.length <= 28 ? labelled : label);
	}

	it.each(COMMON_OPTIONS)('says which gateways have %s', (option) => {
		const field = new Panel('sendSms').optionsIn('Options').find(({ name }) => name === option);
		expectOwners(field, COMMON_OPTION_LABELS[option], ({ texts }) => texts.commonOptions.has(option));
	});

	it('says which gateways tell prices', () => {
		const { fields } = new Panel('sendSms', { operation: 'preview' });
		const field = fields.find(({ name }) => name === 'includePrice');
		const tellers = offered.filter(({ credential, prices }) => credential !== null && prices !== null);
		expect(tellers.length).toBeGreaterThan(1);
		for (const { displayName } of tellers) expect(field?.description).toContain(displayName);
		expect(field?.description).not.toContain('Advanta');
	});

	/** n8n drops what a panel hides: the run would send for real, or at once, without a word. */
	it.each(offered.map(({ id }) => id))(
		'keeps its options when %s is chosen, to refuse what it lacks',
		(id) => {
			const set = { testMode: true, sendAt: '2030-01-01T10:00:00', flash: true, transliterate: true };
			expect(new Panel('sendSms', { gateway: id, options: set }).values.options).toEqual(set);
		},
	);
});
