/** SMS.RU: what the account may still send today. Sources: https://sms.ru/api/limit and https://sms.ru/api/free */
import { asNumber, pick } from '../../shared/contract/json';
import { defineOperation } from '../../shared/contract/operation';
import { readSmsRu, smsRuRequest } from './request';

/** What is counted, on which of the vendor's pages, and under which key the most of it stands. */
const NUMBERS = { limit: 'numbersToday', path: '/my/limit', key: 'total_limit' } as const;
const FREE_TEXTS = { limit: 'freeTextsToday', path: '/my/free', key: 'total_free' } as const;

export const getLimits = defineOperation({
	resource: 'account',
	operation: 'getLimits',
	name: 'Get Limits',
	action: 'Get limits of the account',
	description:
		'Get how many different numbers you may still text today, and how many free texts to your own number are left',
	keys: ['limit', 'total', 'used', 'remaining'],
	build: (_, cursor) => smsRuRequest(cursor ?? NUMBERS.path),
	read: (reply, queries, cursor) =>
		readSmsRu(reply, queries, (json) => {
			const { limit, key } = cursor === FREE_TEXTS.path ? FREE_TEXTS : NUMBERS;
			const total = asNumber(pick(json, key));
			// Recorded: null where none was used.
			const used = asNumber(pick(json, 'used_today')) ?? 0;
			const remaining = total === null ? null : Math.max(0, total - used);
			const next = limit === NUMBERS.limit ? FREE_TEXTS.path : null;
			return [{ rows: [{ limit, total, used, remaining }], next }];
		}),
});
