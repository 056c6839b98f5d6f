/** SMSC: what was sent. Source: https://smscentre.com/api/http/get_data/, sent messages. */
import type { INodeProperties } from 'n8n-workflow';
import { asText, pick } from '../../shared/contract/json';
import { NUMBER_LABEL } from '../../shared/contract/fields';
import { defineOperation } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import type { WallClock } from '../../shared/time/instants';
import { twoDigits, wallClock, zoneOffsetMinutes } from '../../shared/time/instants';
import { MOSCOW_MINUTES } from '../moscow';
import { recipientOf } from '../recipients';
import { readList, smscRequest } from './call';
import { rowKeys, statusOfRow } from './messageRow';

/** `cnt`: rows a request brings at most. */
const MOST_ROWS = 1000;

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

export const getHistory = defineOperation<HistoryAsk>({
	resource: 'message',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many text messages',
	description: 'Get the messages that were sent',
	keys: rowKeys,
	fields: [
		numberField(
			'Phone number to look for. Leave empty for all; separate multiple values with commas.',
			false,
		),
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
	queriesIn({ fields, numbers }) {
		const { now, timezone } = fields.context;
		const start = fields.instant('start', 'Sent After');
		const end = fields.instant('end', 'Sent Before');
		const phone = numbers('to', NUMBER_LABEL).map((number) => number.slice(1));
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
		const cnt = String(Math.min(limit ?? MOST_ROWS, MOST_ROWS));
		const page = cursor === null ? {} : { prev_id: cursor };
		return smscRequest('get', { get_messages: '1', ...ask, cnt, ...page });
	},
	read: (reply, asks) =>
		readList(reply, asks, 'status', (found) => ({
			rows: found
				.map((row) => {
					const to = recipientOf(asText(pick(row, 'phone')));
					return statusOfRow(row, asText(pick(row, 'id')) ?? '', to, '2');
				})
				.filter((row) => row !== null),
			// The last row's own number is where the next page begins.
			next: asText(pick(found.at(-1) ?? null, 'int_id')),
		})),
});
