/** `voice` and `param`: how a voice call speaks and tries. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import type { Kind } from './kind';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

const VOICES = ['m', 'm2', 'm3', 'm4', 'w', 'w2', 'w3', 'w4'] as const;

/** Beside the message itself. */
export const voiceField: INodeProperties = {
	displayName: 'Voice',
	name: 'voice',
	type: 'options',
	options: [
		{ name: 'Man 1', value: 'm' },
		{ name: 'Man 2', value: 'm2' },
		{ name: 'Man 3', value: 'm3' },
		{ name: 'Man 4', value: 'm4' },
		{ name: 'Woman 1', value: 'w' },
		{ name: 'Woman 2', value: 'w2' },
		{ name: 'Woman 3', value: 'w3' },
		{ name: 'Woman 4', value: 'w4' },
	],
	default: 'm4',
	displayOptions: { show: { messageKind: ['call'] } },
	description: 'Who reads the text',
};

const forCalls = { show: { '/messageKind': ['call'] } };

export const callFields: INodeProperties[] = [
	{
		displayName: 'Call Attempts',
		name: 'callAttempts',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 9 },
		default: 8,
		displayOptions: forCalls,
		description: 'How often to call when nobody answers',
	},
	{
		displayName: 'Call Retry Interval (Seconds)',
		name: 'callInterval',
		type: 'number',
		typeOptions: { minValue: 10, maxValue: 3600 },
		default: 60,
		displayOptions: forCalls,
		description: 'Pause between two attempts, from 10 to 3600 seconds',
	},
	{
		displayName: 'Call Ringing Time (Seconds)',
		name: 'callRinging',
		type: 'number',
		typeOptions: { minValue: 10, maxValue: 35 },
		default: 25,
		displayOptions: forCalls,
		description: 'How long to let it ring, from 10 to 35 seconds',
	},
	{
		displayName: 'Voice Language',
		name: 'voiceLanguage',
		type: 'string',
		default: '',
		placeholder: 'e.g. en',
		displayOptions: forCalls,
		description: 'Two-letter code of the language of the text, where it is not Russian',
	},
];

export function readCall(fields: FieldReader, kind: Kind): Parameters {
	if (kind !== 'call') return {};
	const voice = fields.choice('voice', 'Voice', VOICES);
	const languageFix = 'Use a two-letter code, e.g. en';
	const language = fields.text('voiceLanguage', 'Voice Language', /^[a-z]{2}$/i, languageFix);
	// The vendor names m4 as its default; a language needs a voice before it.
	const speaker = language === undefined ? voice : `${voice ?? 'm4'},${language.toLowerCase()}`;
	const ringing = fields.integer('callRinging', 'Call Ringing Time (Seconds)', 10, 35);
	const interval = fields.integer('callInterval', 'Call Retry Interval (Seconds)', 10, 3600);
	const attempts = fields.integer('callAttempts', 'Call Attempts', 1, 9);
	const isSet = [ringing, interval, attempts].some((one) => one !== undefined);
	// All three travel in one parameter; those left out are sent as the fields' own defaults.
	const param = isSet ? [ringing ?? 25, interval ?? 60, attempts ?? 8].join(',') : undefined;
	return { ...parameter('voice', speaker), ...parameter('param', param) };
}
