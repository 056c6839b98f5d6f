/** SMS.RU's options: the fields people see, and how they become parameters of the vendor's "send SMS" page. */
import type { INodeProperties } from 'n8n-workflow';
import type { BaseOptions } from '../shared/contract/message';
import type { CommonOption } from '../shared/contract/options';
import type { FieldReader } from '../shared/contract/fields';

export interface SmsRuOptions extends BaseOptions {
	/** Parameters that go out as they are. */
	readonly parameters: Readonly<Record<string, string>>;
}

export const smsRuCommonOptions: ReadonlySet<CommonOption> = new Set<CommonOption>([
	'sendAt',
	'testMode',
	'transliterate',
	'ttl',
]);

/** SMS.RU counts in Moscow's time, which is three hours ahead of UTC all year. */
const MOSCOW_MS = 3 * 3_600_000;

/**
 * "Not more than 2 months from the request": how far ahead that is, 59 to 62 days. On days that the month has not, it
 * counts on into the next, as the gateway's PHP does.
 */
function twoMonthsFrom(now: number): number {
	const end = new Date(now + MOSCOW_MS);
	end.setUTCMonth(end.getUTCMonth() + 2);
	return end.getTime() - MOSCOW_MS - now;
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** Servers that listen on both write an IPv4 address as `::ffff:203.0.113.7`. */
const IP_ADDRESS = new RegExp(`^(?:(?:::ffff:)?${OCTET}(?:\\.${OCTET}){3}|[0-9a-f:]{2,45})$`, 'i');

/**
 * The visitor's address; undefined when there is none, or it is noted what is wrong with it. Addresses of private
 * networks are the gateway's to judge: people may list theirs as exceptions there (code 507).
 */
export function readUserIp(fields: FieldReader): string | undefined {
	const ip = fields.text('ip', 'User IP', IP_ADDRESS, "Use the IP address of your website's visitor");
	return ip?.replace(/^::ffff:(?=\d+\.)/i, '');
}

export function readSmsRuOptions(fields: FieldReader): SmsRuOptions {
	const parameters: Record<string, string> = {};
	const ip = readUserIp(fields);
	if (ip !== undefined) parameters.ip = ip;
	const daytime = fields.flag('daytime', 'Daytime Only');
	if (daytime === true && fields.has('sendAt')) {
		fields.refuse(
			"Send At' and 'Daytime Only",
			'cannot be combined (SMS.RU would ignore the time)',
			'Use only one of them',
		);
	}
	const sendAt = fields.futureInstant('sendAt', 'Send At', twoMonthsFrom(fields.context.now));
	if (sendAt !== undefined) parameters.time = String(Math.floor(sendAt / 1000));
	const ttl = fields.integer('ttl', 'Time to Live (Minutes)', 1, 1440);
	if (ttl !== undefined) parameters.ttl = String(ttl);
	if (daytime === true) parameters.daytime = '1';
	if (fields.flag('transliterate', 'Transliterate') === true) parameters.translit = '1';
	const testMode = fields.flag('testMode', 'Test Mode') === true;
	if (testMode) parameters.test = '1';
	const partnerId = fields.text(
		'partnerId',
		'Partner ID',
		/^\d{1,12}$/,
		'Use the number that SMS.RU gave you',
	);
	if (partnerId !== undefined) parameters.partner_id = partnerId;
	if ((fields.choice('responseFormat', 'Response Format', ['json', 'text'] as const) ?? 'json') === 'json') {
		parameters.json = '1';
	}
	return { scheduledFor: sendAt ?? null, testMode, parameters };
}

export const userIpField: INodeProperties = {
	displayName: 'User IP',
	name: 'ip',
	type: 'string',
	default: '',
	placeholder: 'e.g. 203.0.113.7',
	description:
		'Public IP address of the visitor who caused this text, not of your server. SMS.RU uses it to stop abuse of your form. It accepts private addresses only if your SMS.RU settings list them as exceptions.',
};

export const smsRuOptionFields: INodeProperties[] = [
	{
		displayName: 'Daytime Only',
		name: 'daytime',
		type: 'boolean',
		default: false,
		description: "Whether texts that would arrive after 20:00 in the recipient's time zone wait until 10:00",
	},
	{
		displayName: 'Partner ID',
		name: 'partnerId',
		type: 'string',
		default: '',
		description: 'Your number in the SMS.RU partner program',
	},
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		options: [
			{ name: 'JSON', value: 'json' },
			{ name: 'Text', value: 'text', description: 'Without prices and explanations' },
		],
		default: 'json',
		description: 'Layout of the reply. Results look the same for both.',
	},
	userIpField,
];

/** What is of use only to somebody who has read the vendor's protocol. */
export const smsRuExpertOptions: ReadonlySet<string> = new Set(['partnerId', 'responseFormat']);

/** The vendor's warning, where the person sets it. */
export const smsRuDescriptions = {
	ttl: 'How long the operator tries to deliver, from 1 to 1440 minutes. With this option SMS.RU does not refund texts that are not delivered.',
	testMode:
		'Whether SMS.RU only simulates sending. Nothing arrives and nothing is charged; results are marked with testMode.',
};
