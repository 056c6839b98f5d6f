/** The options that gateways have in common, as fields. */
import type { INodeProperties } from 'n8n-workflow';
import type { CommonOption } from '../contract/options';
import { COMMON_OPTION_LABELS } from '../contract/options';

/** A gateway's node shows those that its gateway can do. */
export const commonOptionFields: Record<CommonOption, INodeProperties> = {
	flash: {
		displayName: COMMON_OPTION_LABELS.flash,
		name: 'flash',
		type: 'boolean',
		default: false,
		description: 'Whether to show the text on the screen at once, without storing it on the phone',
	},
	sendAt: {
		displayName: COMMON_OPTION_LABELS.sendAt,
		name: 'sendAt',
		type: 'dateTime',
		default: '',
		description:
			"Date and time to send at, in the workflow's time zone unless it names one. An expression may also give 22.11.2026 10:00, or 10:00 for today or tomorrow. Leave empty to send now.",
	},
	testMode: {
		displayName: COMMON_OPTION_LABELS.testMode,
		name: 'testMode',
		type: 'boolean',
		default: false,
		description: 'Whether the gateway only simulates sending. Nothing arrives and nothing is charged.',
	},
	transliterate: {
		displayName: COMMON_OPTION_LABELS.transliterate,
		name: 'transliterate',
		type: 'boolean',
		default: false,
		description:
			'Whether the gateway writes Cyrillic in Latin letters, so that the text needs fewer segments',
	},
	ttl: {
		displayName: COMMON_OPTION_LABELS.ttl,
		name: 'ttl',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1440 },
		default: 1440,
		description: 'How long the operator tries to deliver, from 1 to 1440 minutes',
	},
	wapPushUrl: {
		displayName: COMMON_OPTION_LABELS.wapPushUrl,
		name: 'wapPushUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/offer',
		description:
			'Link to send as a WAP push message, with the message as its title. Few phones still show them.',
	},
};
