/** The fields of Send Code and Check Code, the same on every node. */
import type { INodeProperties } from 'n8n-workflow';
import type { LimitName } from '../contract/options';
import { CODE_PLACE, CODE_RANGES, CODE_SETTING_LABELS } from '../contract/oneTimeCode';
import { OPTIONS, collection } from './collection';
import type { Home } from './defaultCountry';
import { defaultCountryFields } from './defaultCountry';
import { limitsField } from './limitFields';
import { messageFields } from './messageFields';
import { sendBracesField, timeoutField } from './runOptionFields';
import { testRunFields } from './testRunFields';

const onSend = { show: { resource: ['oneTimeCode'], operation: ['send'] } };
const onCheck = { show: { resource: ['oneTimeCode'], operation: ['check'] } };

const CODE_SETTINGS = { displayName: 'Code Settings', name: 'codeSettings', placeholder: 'Add Setting' };

/** A code is asked for by a person who waits, and each is another text. */
const WITHOUT: ReadonlySet<string> = new Set<LimitName>([
	'allowedHours',
	'onePerNumber',
	'rememberTexts',
	'skipDuplicates',
	'skipDuplicatesScope',
]);

const textField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 3 },
	displayOptions: onSend,
	default: `${CODE_PLACE} is your code. Do not share it with anyone.`,
	description: `The text to send. The code replaces ${CODE_PLACE}, and appears nowhere else: not in the results, and not in the execution.`,
};

function numberOf(name: keyof typeof CODE_RANGES, description: string): INodeProperties {
	const { min, max, usual } = CODE_RANGES[name];
	return {
		displayName: CODE_SETTING_LABELS[name],
		name,
		type: 'number',
		typeOptions: { minValue: min, maxValue: max },
		default: usual,
		description,
	};
}

const codeSettings: INodeProperties[] = [
	numberOf('perDay', 'Maximum codes this node sends per day, to all numbers together. 0 for no limit.'),
	numberOf('perNumber', 'Maximum codes sent to one number per day'),
	numberOf('digits', 'Length of the code, from 4 to 8 digits'),
	numberOf('tries', 'How many times a code can be entered. After that, even the right code is rejected.'),
	numberOf('minutesValid', 'How long the code is valid'),
	numberOf(
		'waitSeconds',
		'How long a number has to wait for its next code. May take a quarter longer. 0 for no wait.',
	),
	{
		displayName: CODE_SETTING_LABELS.website,
		name: 'website',
		type: 'string',
		default: '',
		placeholder: 'e.g. example.com',
		description:
			'Adds a last line such as @example.com #123456, so that phones can fill in the code on that website',
	},
];

function limits(): INodeProperties {
	const field = limitsField(onSend);
	const options = (field.options ?? []).filter(({ name }) => !WITHOUT.has(name));
	return { ...field, options };
}

export function codeFields(choice: { listsSenders: boolean; homes: readonly Home[] }): INodeProperties[] {
	const [to, from] = ['to', 'from'].map((wanted) =>
		messageFields(choice)
			.filter(({ name }) => name === wanted)
			.map((field) => ({ ...field, displayOptions: onSend })),
	);
	return [
		...(to ?? []),
		textField,
		...(from ?? []),
		...defaultCountryFields(choice.homes, onSend),
		...testRunFields(onSend),
		collection(CODE_SETTINGS, codeSettings, onSend),
		collection(OPTIONS, [sendBracesField, timeoutField], onSend),
		limits(),
		{
			displayName: 'Code ID',
			name: 'codeId',
			type: 'string',
			required: true,
			displayOptions: onCheck,
			default: '={{ $json.codeId }}',
			description: 'The codeId returned by Send Code. It does not reveal the code.',
		},
		{
			displayName: 'Code',
			name: 'code',
			type: 'string',
			required: true,
			displayOptions: onCheck,
			default: '',
			placeholder: 'e.g. 123456',
			description: 'What the person entered. Spaces and dashes are ignored.',
		},
	];
}
