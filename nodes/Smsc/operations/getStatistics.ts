/** SMSC: what a period has cost. Source: https://smscentre.com/api/http/get_data/statistic/ */
import { asNumber, asText, pick } from '../../shared/contract/json';
import { defineOperation } from '../../shared/contract/operation';
import { roubles } from '../moscow';
import { readList, smscRequest } from './call';
import { dayField, moscowDay, readPeriod } from './period';

interface StatisticsAsk {
	readonly [key: string]: string;
}

export const getStatistics = defineOperation<StatisticsAsk>({
	resource: 'account',
	operation: 'getStatistics',
	name: 'Get Statistics',
	action: 'Get statistics of the account',
	description: 'Get how many messages were sent in a period, and what they cost',
	keys: ['messages', 'cost', 'currency', 'paidIn', 'login'],
	fields: [
		dayField('First Day', 'start', 'First day of the period. Leave empty for today.'),
		dayField('Last Day', 'end', 'Last day of the period. Leave empty for today.'),
	],
	queriesIn({ fields }) {
		const today = moscowDay(fields.context.now);
		// "start" is required.
		return [{ start: today, end: today, ...readPeriod(fields, 'First Day', 'Last Day') }];
	},
	build: ([query]) => smscRequest('get', { get_stat: '1', ...query, mycur: '1' }),
	// The vendor's "credit" is what was spent, and its "debit" what came in.
	read: (reply, queries) =>
		readList(reply, queries, 'cnt', (found) => ({
			rows: found.map((row) => ({
				messages: asNumber(pick(row, 'cnt')),
				cost: asNumber(pick(row, 'credit')),
				currency: roubles(asText(pick(row, 'currency'))),
				paidIn: asNumber(pick(row, 'debit')),
				login: asText(pick(row, 'login')),
			})),
		})),
});
