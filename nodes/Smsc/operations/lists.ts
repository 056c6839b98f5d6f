/** SMSC: what was sent and what came in. Source: the vendor's pages of `get.php`. */
import type { INodeProperties } from 'n8n-workflow';
import { numberField } from '../../shared/panel/operationFields';
import type { JsonRecord } from '../../shared/contract/request';
import type { Operation } from '../../shared/contract/operation';
import type { WallClock } from '../../shared/time/instants';
import { twoDigits, wallClock, zoneOffsetMinutes } from '../../shared/time/instants';
import { asText, pick } from '../../shared/contract/json';
import { errorIn, rowsIn, smscRefusal, smscRequest } from './call';
import { MOSCOW_MINUTES, moscowTime, recipientTold } from '../told';
import { statusOfRow } from './status';

/** `cnt`: rows a request brings at most. */
const MOST_MESSAGES = 1000;
const MOST_ANSWERS = 10_000;

/** `dd.mm.yyyy`, as the vendor wants it. */
function dayShown({ day, month, year }: WallClock): string {
	return `${twoDigits(day)}.${twoDigits(month)}.${year}`;
}

/** The day in Moscow: SMSC's days are those of Moscow. */
function moscowDay(instant: number): string {
	return dayShown(wallClock(instant, MOSCOW_MINUTES));
}

/**
 * The last day in Moscow that a day can reach into: east of Moscow, its midnight is on the day before there, and most of it
 * would be missing.
 */
function lastMoscowDay(instant: number, timezone: string): string {
	const ahead = zoneOffsetMinutes(instant, timezone);
	return dayShown(wallClock(instant, Math.max(ahead, MOSCOW_MINUTES)));
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
		const { now, timezone } = fields.context;
		const start = fields.instant('start', 'Sent After');
		const end = fields.instant('end', 'Sent Before');
		const phone = numbers('to', 'To').map((number) => number.slice(1));
		return [
			{
				...(phone.length === 0 ? {} : { phone: phone.join(',') }),
				...(start === undefined ? {} : { start: moscowDay(start) }),
				...(end === undefined ? {} : { end: lastMoscowDay(end, timezone) }),
				// "If omitted, data from the start date is returned": https://smscentre.com/api/http/get_data/
				...(start === undefined || end !== undefined ? {} : { end: moscowDay(now) }),
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
			const told = statusOfRow(
				row,
				asText(pick(row, 'id')) ?? '',
				recipientTold(asText(pick(row, 'phone'))),
				'2',
			);
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
			from: recipientTold(asText(pick(row, 'phone'))),
			to: recipientTold(asText(pick(row, 'to_phone'))),
			text: asText(pick(row, 'message')) ?? '',
			receivedAt: moscowTime(asText(pick(row, 'received'))),
		}));
		return [{ rows, next: found.length < MOST_ANSWERS ? null : asText(pick(found.at(-1) ?? null, 'id')) }];
	},
};
