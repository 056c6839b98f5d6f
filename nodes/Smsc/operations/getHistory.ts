/** SMSC: what was sent. Source: https://smscentre.com/api/http/get_data/, sent messages. */
import { asText, pick } from '../../shared/contract/json';
import { NUMBER_LABEL } from '../../shared/contract/fields';
import { defineOperation } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import { recipientOf } from '../recipients';
import { readList, smscRequest } from './call';
import { rowKeys, statusOfRow } from './messageRow';
import { dayField, readPeriod } from './period';

/** `cnt`: rows a request brings at most. */
const MOST_ROWS = 1000;

/** `format` of the vendor's page. */
const FORMATS = { sms: '0', email: '8' } as const;
const EMAIL_ADDRESS = /^[^\s@,;]{1,64}@[^\s@,;]{1,255}$/;

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
		dayField(
			'Sent After',
			'start',
			'First day, at most six months ago. Without it, SMSC decides how far to look back.',
		),
		dayField('Sent Before', 'end', 'Last day'),
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			options: [
				{ name: 'All', value: 'all' },
				{ name: 'Emails', value: 'email' },
				{ name: 'Texts', value: 'sms' },
			],
			default: 'all',
			description: 'What to look for',
		},
		{
			displayName: 'Email Address',
			name: 'email',
			type: 'string',
			default: '',
			displayOptions: { show: { kind: ['email'] } },
			placeholder: 'e.g. name@example.com',
			description: 'Address the emails went to. Leave empty for all.',
		},
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
		const kind = fields.choice('kind', 'Kind', ['all', 'email', 'sms'] as const) ?? 'all';
		const email =
			kind === 'email'
				? fields.text('email', 'Email Address', EMAIL_ADDRESS, 'Use an email address, or leave it empty')
				: undefined;
		const phone = numbers('to', NUMBER_LABEL).map((number) => number.slice(1));
		return [
			{
				...(phone.length === 0 ? {} : { phone: phone.join(',') }),
				...readPeriod(fields, 'Sent After', 'Sent Before'),
				...(kind === 'all' ? {} : { format: FORMATS[kind] }),
				...(email === undefined ? {} : { email }),
			},
		];
	},
	build([query], cursor, limit) {
		const cnt = String(Math.min(limit ?? MOST_ROWS, MOST_ROWS));
		const page = cursor === null ? {} : { prev_id: cursor };
		return smscRequest('get', { get_messages: '1', ...query, cnt, ...page });
	},
	read: (reply, queries) =>
		readList(reply, queries, 'status', (found) => ({
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
