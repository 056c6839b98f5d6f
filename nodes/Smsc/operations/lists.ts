/** SMSC: what was sent and what came in. Source: the vendor's pages of `get.php`. */
import type { INodeProperties } from 'n8n-workflow';
import { numberField } from '../../shared/operationFields';
import type { JsonRecord, Operation } from '../../shared/operations';
import type { FieldReader } from '../../shared/options';
import { twoDigits, wallClock } from '../../shared/schedule';
import { asText, digitsOf, pick } from '../../shared/wire';
import { errorIn, rowsIn, smscRefusal, smscRequest } from './call';
import { statusOfRow } from './status';

const MOSCOW_MINUTES = 180;
/** `cnt`: rows a request brings at most. */
const MOST_MESSAGES = 1000;
const MOST_ANSWERS = 10_000;

/** `dd.mm.yyyy` in Moscow, as the vendor wants it. */
function readDay(fields: FieldReader, name: string, label: string): string | null {
	const instant = fields.instant(name, label);
	if (instant === undefined) return null;
	const { day, month, year } = wallClock(instant, MOSCOW_MINUTES);
	return `${twoDigits(day)}.${twoDigits(month)}.${year}`;
}

const day = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

interface HistoryAsk {
	readonly [key: string]: string;
}

/** Whom it went to or came from: a number in E.164; an address, a name or a short number as it is. */
function phoneOf(row: Readonly<Record<string, unknown>>): string | null {
	const told = asText(pick(row, 'phone'));
	return told !== null && /^\+?\d{7,15}$/.test(told) ? `+${digitsOf(told)}` : told;
}

export const getHistory: Operation<HistoryAsk> = {
	resource: 'message',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many text messages',
	description: 'Get the messages that were sent',
	fields: [
		numberField('Phone number to look for. Leave empty for all; separate several by comma.', false),
		day(
			'Sent After',
			'start',
			'First day, at most six months ago. Without it, SMSC decides how far to look back.',
		),
		day('Sent Before', 'end', 'Last day'),
	],
	returnsMany: true,
	simplified: [
		'messageId',
		'to',
		'from',
		'text',
		'status',
		'final',
		'reason',
		'cost',
		'segments',
		'occurredAt',
	],
	perRequest: 1,
	readAsks({ fields, numbers }) {
		const start = readDay(fields, 'start', 'Sent After');
		const end = readDay(fields, 'end', 'Sent Before');
		const phone = numbers('to', 'To').map((number) => number.slice(1));
		return [
			{
				...(phone.length === 0 ? {} : { phone: phone.join(',') }),
				...(start === null ? {} : { start }),
				...(end === null ? {} : { end }),
			},
		];
	},
	build([ask], cursor, limit) {
		const cnt = String(Math.min(limit ?? MOST_MESSAGES, MOST_MESSAGES));
		const page = cursor === null ? {} : { prev_id: cursor };
		return smscRequest('get', { get_messages: '1', ...ask, cnt, ...page });
	},
	read(reply) {
		const error = errorIn(reply);
		// 3: nothing was found.
		if (error?.code === '3') return [{ rows: [] }];
		if (error !== null) return [{ failure: smscRefusal(error) }];
		const found = rowsIn(reply, 'status');
		if (found === null) return null;
		const rows = found.flatMap((row): JsonRecord[] => {
			const told = statusOfRow(row, asText(pick(row, 'id')) ?? '', phoneOf(row), '2');
			return told === null ? [] : [told];
		});
		// The last row's own number is where the next page begins.
		return [{ rows, next: asText(pick(found.at(-1) ?? null, 'int_id')) }];
	},
};

interface IncomingAsk {
	readonly [key: string]: string;
}

export const getIncoming: Operation<IncomingAsk> = {
	resource: 'incoming',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many incoming messages',
	description: 'Get the replies and messages that people sent you',
	fields: [
		{
			displayName: 'Received in the Last (Hours)',
			name: 'hours',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 168 },
			default: 24,
			description: 'How far to look back, up to 168 hours',
		},
		{
			displayName: 'After ID',
			name: 'afterId',
			type: 'string',
			default: '',
			description: 'Only messages that came after the one with this ID',
		},
	],
	returnsMany: true,
	perRequest: 1,
	readAsks({ fields }) {
		const hour = fields.integer('hours', 'Received in the Last (Hours)', 1, 168) ?? 24;
		const after = fields.text('afterId', 'After ID', /^\d{1,20}$/, 'Use the ID of an incoming message');
		return [{ hour: String(hour), ...(after === undefined ? {} : { after_id: after }) }];
	},
	build([ask], cursor, limit) {
		const cnt = String(Math.min(limit ?? MOST_ANSWERS, MOST_ANSWERS));
		const page = cursor === null ? {} : { after_id: cursor };
		return smscRequest('get', { get_answers: '1', ...ask, ...page, cnt });
	},
	read(reply) {
		const error = errorIn(reply);
		if (error?.code === '3') return [{ rows: [] }];
		if (error !== null) return [{ failure: smscRefusal(error) }];
		const found = rowsIn(reply, 'phone');
		if (found === null) return null;
		const rows = found.map((row) => ({
			id: asText(pick(row, 'id')),
			from: phoneOf(row),
			to: asText(pick(row, 'to_phone')),
			text: asText(pick(row, 'message')) ?? '',
			receivedAt: moscowTime(asText(pick(row, 'received'))),
		}));
		return [{ rows, next: found.length < MOST_ANSWERS ? null : asText(pick(found.at(-1) ?? null, 'id')) }];
	},
};

/** `DD.MM.YYYY hh:mm:ss`, in Moscow, as ISO 8601; null for anything else. */
function moscowTime(text: string | null): string | null {
	const match = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text ?? '');
	if (match === null) return null;
	const [, date = '', month = '', year = '', time = ''] = match;
	const instant = new Date(`${year}-${month}-${date}T${time}+03:00`);
	return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
