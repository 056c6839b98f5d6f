/** AlphaSMS's options for `/api/http.php`, `command=send`. */
import type { INodeProperties } from 'n8n-workflow';
import type { BaseOptions } from '../shared/contract/message';
import type { CommonOption } from '../shared/contract/options';
import type { FieldReader } from '../shared/contract/fields';
import { isoWithOffset, zoneOffsetMinutes } from '../shared/time/instants';

export interface AlphaSmsOptions extends BaseOptions {
	/** Selects the plain-text dialect; both values mean the same. The JSON interface has none. */
	readonly version: 'http' | 'https' | null;
	readonly wapPushUrl: string | null;
	readonly flash: boolean | null;
	/** ISO 8601 with an offset without colon, as the vendor writes it. */
	readonly askDate: string | null;
}

export const alphaSmsCommonOptions: ReadonlySet<CommonOption> = new Set<CommonOption>([
	'flash',
	'sendAt',
	'wapPushUrl',
]);

export function readAlphaSmsOptions(fields: FieldReader): AlphaSmsOptions {
	const sendAt = fields.futureInstant('sendAt', 'Send At');
	const { timezone } = fields.context;
	return {
		scheduledFor: sendAt ?? null,
		testMode: false,
		version: fields.choice('version', 'Protocol Version', ['http', 'https'] as const) ?? null,
		wapPushUrl: fields.webAddress('wapPushUrl', 'WAP Push Link', 100) ?? null,
		flash: fields.flag('flash', 'Flash Message') ?? null,
		askDate: sendAt === undefined ? null : isoWithOffset(sendAt, zoneOffsetMinutes(sendAt, timezone), ''),
	};
}

export const alphaSmsOptionFields: INodeProperties[] = [
	{
		displayName: 'Protocol Version',
		name: 'version',
		type: 'options',
		options: [
			{ name: 'HTTP', value: 'http' },
			{ name: 'HTTPS', value: 'https' },
		],
		default: 'http',
		description:
			"Value of the version parameter of AlphaSMS's HTTP interface. Both mean the same; the request itself always goes to the site of the credential. With this option, texts go one by one through that interface, even with an API key.",
	},
];
