/**
 * SMSC's options, put together. Each file beside this one holds a subject: the fields people see, and how they become
 * parameters of the vendor's "Sending an SMS" page, https://smsc.ru/api/http/send/sms/.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { Charset } from '../../shared/contract/charset';
import type { FieldReader } from '../../shared/contract/fields';
import type { BaseOptions } from '../../shared/contract/message';
import type { CommonOption } from '../../shared/contract/options';
import type { BinaryOptions } from './binary';
import { binaryMessageFields, readBinary } from './binary';
import { callFields, readCall, voiceField } from './call';
import { charsetFields, readCharset } from './charset';
import type { FileOptions } from './files';
import { fileFields, readFiles } from './files';
import type { KindOptions } from './kind';
import { messageKindField, readKind, subjectField, telegramBotField } from './kind';
import type { LimitOptions } from './limits';
import { limitFields, readLimits } from './limits';
import { linkFields, readLinks } from './links';
import { listFields, readListMode } from './list';
import { messageIdFields, readMessageId } from './messageId';
import { originFields, readOrigin } from './origin';
import type { Parameters } from './parameter';
import type { ReplyOptions } from './reply';
import { protocolReplyFields, readReplyOptions, replyFields } from './reply';
import type { ScheduleOptions } from './schedule';
import { rawScheduleFields, readSchedule, scheduleFields } from './schedule';
import { readTransliteration, transliterationFields } from './transliteration';

export interface SmscOptions
	extends BaseOptions,
		KindOptions,
		FileOptions,
		ScheduleOptions,
		BinaryOptions,
		LimitOptions,
		ReplyOptions {
	/** Parameters that go out as they are. */
	readonly parameters: Parameters;
	/** The person's own id for the message; null for one of ours. */
	readonly messageId: string | null;
	readonly charset: Charset;
}

/** Fields beside the message itself. */
export const smscMessageFields: INodeProperties[] = [
	messageKindField,
	subjectField,
	telegramBotField,
	voiceField,
];

/** The options that only SMSC has; the panel sorts them. */
export const smscOptionFields: INodeProperties[] = [
	...callFields,
	...fileFields,
	...transliterationFields,
	...linkFields,
	...scheduleFields,
	...rawScheduleFields,
	...binaryMessageFields,
	...limitFields,
	...originFields,
	...listFields,
	...replyFields,
	...protocolReplyFields,
	...messageIdFields,
	...charsetFields,
];

/** What is of use only to somebody who has read the vendor's protocol. */
export const smscExpertOptions: ReadonlySet<string> = new Set(
	[
		...binaryMessageFields,
		...charsetFields,
		...listFields,
		...originFields,
		...protocolReplyFields,
		...rawScheduleFields,
	].map(({ name }) => name),
);

export const smscCommonOptions: ReadonlySet<CommonOption> = new Set<CommonOption>([
	'flash',
	'sendAt',
	'transliterate',
	'ttl',
	'wapPushUrl',
]);

/** Reads and checks everything. The order of reading is that of problems, the order of `parameters` that on the wire. */
export function readSmscOptions(fields: FieldReader): SmscOptions {
	const kind = readKind(fields);
	const call = readCall(fields, kind.kind);
	const files = readFiles(fields, kind.kind);
	const transliteration = readTransliteration(fields);
	const links = readLinks(fields);
	const schedule = readSchedule(fields);
	const binary = readBinary(fields, kind.kind);
	const limits = readLimits(fields);
	const origin = readOrigin(fields);
	const list = readListMode(fields);
	const reply = readReplyOptions(fields);
	return {
		...kind,
		...files,
		...schedule,
		...binary,
		...limits,
		...reply,
		messageId: readMessageId(fields),
		charset: readCharset(fields),
		testMode: false,
		parameters: {
			...kind.parameters,
			...call,
			...files.parameters,
			...transliteration,
			...links,
			...schedule.parameters,
			...binary.parameters,
			...limits.parameters,
			...origin,
			...list,
			...reply.parameters,
		},
	};
}
