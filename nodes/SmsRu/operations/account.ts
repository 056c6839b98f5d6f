/** SMS.RU: money, limits and senders. Types of the vendor's numbers vary (text, number, null). */
import type { Operation } from '../../shared/contract/operation';
import { asNumber, pick } from '../../shared/contract/json';
import { readSmsRu, smsRuRequest, textsOf } from './call';

const nothingToAsk = { fields: [], perRequest: 1, readAsks: () => [{}] } as const;

export const getBalance: Operation = {
	...nothingToAsk,
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get balance of the account',
	description: 'Get the money that is left on the account',
	build: () => smsRuRequest('/my/balance'),
	read: (reply, asks) =>
		readSmsRu(reply, asks, (json) => {
			const balance = asNumber(pick(json, 'balance'));
			return balance === null ? null : [{ rows: [{ balance, currency: 'RUB' }] }];
		}),
};

export const getLimit: Operation = {
	...nothingToAsk,
	resource: 'account',
	operation: 'getLimit',
	name: 'Get Daily Limit',
	action: 'Get daily limit of the account',
	description: 'Get how many different numbers may be texted today, and how many were',
	build: () => smsRuRequest('/my/limit'),
	read: (reply, asks) =>
		readSmsRu(reply, asks, (json) => [
			{
				rows: [
					{
						totalLimit: asNumber(pick(json, 'total_limit')),
						usedToday: asNumber(pick(json, 'used_today')) ?? 0,
					},
				],
			},
		]),
};

export const getFree: Operation = {
	...nothingToAsk,
	resource: 'account',
	operation: 'getFree',
	name: 'Get Free Messages',
	action: 'Get free messages of the account',
	description: 'Get how many free messages to your own number there are today',
	build: () => smsRuRequest('/my/free'),
	read: (reply, asks) =>
		readSmsRu(reply, asks, (json) => [
			{
				rows: [
					{
						totalFree: asNumber(pick(json, 'total_free')),
						usedToday: asNumber(pick(json, 'used_today')) ?? 0,
					},
				],
			},
		]),
};

export const getSenders: Operation = {
	...nothingToAsk,
	resource: 'sender',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many senders',
	description: 'Get the sender names that are approved for your account',
	returnsMany: true,
	build: () => smsRuRequest('/my/senders'),
	// Without any sender the key is missing.
	read: (reply, asks) =>
		readSmsRu(reply, asks, (json) => [{ rows: textsOf(json, 'senders').map((sender) => ({ sender })) }]),
};
