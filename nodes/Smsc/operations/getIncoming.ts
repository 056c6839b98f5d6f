/** SMSC: what came in. Source: https://smscentre.com/api/http/get_data/, incoming messages. */
import { asText, pick } from '../../shared/contract/json';
import { defineOperation } from '../../shared/contract/operation';
import { moscowTime } from '../moscow';
import { recipientOf } from '../recipients';
import { readList, smscRequest } from './call';

/** `cnt`: rows a request brings at most. */
const MOST_ROWS = 10_000;

interface IncomingAsk {
	readonly [key: string]: string;
}

export const getIncoming = defineOperation<IncomingAsk>({
	resource: 'incoming',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many incoming messages',
	description: 'Get the replies and messages that people sent you',
	keys: ['to', 'messageId', 'from', 'text', 'occurredAt'],
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
			description: 'Only messages that came after the one with this messageId',
		},
	],
	returnsMany: true,
	queriesIn({ fields }) {
		const hour = fields.integer('hours', 'Received in the Last (Hours)', 1, 168) ?? 24;
		const after = fields.text(
			'afterId',
			'After ID',
			/^\d{1,20}$/,
			'Use the messageId of an incoming message',
		);
		return [{ hour: String(hour), ...(after === undefined ? {} : { after_id: after }) }];
	},
	build([query], cursor, limit) {
		const cnt = String(Math.min(limit ?? MOST_ROWS, MOST_ROWS));
		const page = cursor === null ? {} : { after_id: cursor };
		return smscRequest('get', { get_answers: '1', ...query, ...page, cnt });
	},
	read: (reply, queries) =>
		readList(reply, queries, 'phone', (found) => ({
			rows: found.map((row) => ({
				messageId: asText(pick(row, 'id')),
				from: recipientOf(asText(pick(row, 'phone'))),
				to: recipientOf(asText(pick(row, 'to_phone'))),
				text: asText(pick(row, 'message')) ?? '',
				occurredAt: moscowTime(asText(pick(row, 'received'))),
			})),
			next: found.length < MOST_ROWS ? null : asText(pick(found.at(-1) ?? null, 'id')),
		})),
});
