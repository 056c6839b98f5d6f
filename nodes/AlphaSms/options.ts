/** AlphaSMS's options: those of `/api/http.php`, `command=send`, and those of the JSON interface. */
import type { INodeProperties } from 'n8n-workflow';
import type { BaseOptions } from '../shared/contract/message';
import type { CommonOption } from '../shared/contract/options';
import type { FieldReader } from '../shared/contract/fields';
import { isoWithOffset, zoneOffsetMinutes } from '../shared/time/instants';
import { alphaSmsKindOptions, alphaSmsMessageFields } from './channels/fields';
import { ABOUT } from './channels/kinds';
import type { ChannelOptions } from './channels/read';
import { asksForJson, readChannelOptions } from './channels/read';

export interface AlphaSmsOptions extends BaseOptions, ChannelOptions {
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
	'ttl',
	'wapPushUrl',
]);

/** The label of something that the text interface alone has; null where there is nothing. */
function asksForText(
	options: Pick<AlphaSmsOptions, 'askDate' | 'flash' | 'version' | 'wapPushUrl'>,
): string | null {
	if (options.askDate !== null) return 'Send At';
	if (options.flash === true) return 'Flash Message';
	if (options.version !== null) return 'Protocol Version';
	return options.wapPushUrl === null ? null : 'WAP Push Link';
}

/** Whether a text with these options can travel in JSON, which has no parameter for any of them. */
export const travelsInJson = (options: AlphaSmsOptions): boolean => asksForText(options) === null;

export function readAlphaSmsOptions(fields: FieldReader): AlphaSmsOptions {
	const sendAt = fields.futureInstant('sendAt', 'Send At');
	const { timezone } = fields.context;
	const options: AlphaSmsOptions = {
		scheduledFor: sendAt ?? null,
		testMode: false,
		version: fields.choice('version', 'Protocol Version', ['http', 'https'] as const) ?? null,
		wapPushUrl: fields.webAddress('wapPushUrl', 'WAP Push Link', 100) ?? null,
		flash: fields.flag('flash', 'Flash Message') ?? null,
		askDate: sendAt === undefined ? null : isoWithOffset(sendAt, zoneOffsetMinutes(sendAt, timezone), ''),
		...readChannelOptions(fields),
	};
	const [inText, inJson] = [asksForText(options), asksForJson(options)];
	if (inText !== null && inJson !== null) {
		const isKind = inJson === 'Message Type';
		const other = isKind ? `"${ABOUT[options.kind].name}"` : `'${inJson}'`;
		const fix = isKind ? 'Remove it from the options' : 'Remove one of them from the options';
		fields.refuse(inText, `cannot be combined with ${other} on AlphaSMS`, fix);
	}
	return options;
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
	...alphaSmsKindOptions,
];

/** What is of use only to somebody who has read the vendor's protocol. */
export const alphaSmsExpertOptions: ReadonlySet<string> = new Set(['version']);

export const alphaSmsOwnNames: ReadonlySet<string> = new Set(
	[...alphaSmsMessageFields, ...alphaSmsOptionFields].map(({ name }) => name),
);
