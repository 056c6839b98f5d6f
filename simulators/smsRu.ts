import { randomBytes, randomInt } from 'node:crypto';

import type { GatewaySimulation, SimulatedReply, SimulatedRequest, World } from './simulator';
import { numbersToday, refuseCredentials, type Account } from './smsRu/account';
import { createCaller, manageCallbacks, stateOf } from './smsRu/callbacks';
import { addCheck, callWithCode, checkStatus } from './smsRu/calls';
import { failReply, okReply } from './smsRu/replies';
import { readParameters } from './smsRu/request';
import { cost, send } from './smsRu/send';
import { status } from './smsRu/status';
import { manageStopList } from './smsRu/stoplist';

export interface SmsRuOptions {
	/**
	 * Approved sender names. Default: every name of up to 11 Latin letters, digits and marks. An empty list is an account
	 * without a sender: every recipient is refused with 221.
	 */
	readonly senders?: readonly string[];
	/** How often one text may go to one number within a minute (231). Default: the limit is off. */
	readonly sameTextLimitPerMinute?: number;
	/** Distinct numbers a day (206). Default: 10000. */
	readonly dailyLimit?: number;
	/** Private addresses that are visitors' own all the same: code 507, "Вы можете добавить его (или подсеть) в исключения". */
	readonly privateAddresses?: readonly string[];
}

const FREE_PER_DAY = 5;

function answer(request: SimulatedRequest, account: Account, world: World): SimulatedReply {
	const parameters = readParameters(request);
	const isJson = parameters.get('json') === '1';
	if (world.orders.requestCode !== null) return failReply(isJson, world.orders.requestCode);
	if (!['GET', 'POST'].includes(request.method)) return failReply(isJson, '211');
	const refusal = refuseCredentials(parameters, account);
	if (refusal !== null) return failReply(isJson, refusal);
	if (!parameters.readable) return failReply(isJson, '212');

	switch (request.path) {
		case '/sms/send':
			return send(parameters, isJson, account, world);
		case '/sms/cost':
			return cost(parameters, isJson, account, world);
		case '/sms/status':
			return status(parameters, isJson, world);
		case '/my/balance':
			return okReply(isJson, [['balance', world.balance]], [world.balance]);
		case '/my/limit': {
			// Recorded traffic: a string and a number.
			const [limit, used] = [String(account.dailyLimit), numbersToday(world).size];
			return okReply(
				isJson,
				[
					['total_limit', limit],
					['used_today', used],
				],
				[limit, used],
			);
		}
		case '/my/free':
			// Free texts to the account's own number: this account never uses one, which recorded traffic shows as null.
			return okReply(
				isJson,
				[
					['total_free', FREE_PER_DAY],
					['used_today', null],
				],
				[FREE_PER_DAY, ''],
			);
		case '/my/senders': {
			const senders = account.senders ?? [account.defaultSender];
			// Recorded traffic: the key is missing when there is none.
			return okReply(isJson, senders.length === 0 ? [] : [['senders', senders]], senders);
		}
		case '/auth/check':
			return okReply(isJson, [], []);
		case '/stoplist/add':
			return manageStopList('add', parameters, isJson, world);
		case '/stoplist/del':
			return manageStopList('del', parameters, isJson, world);
		case '/stoplist/get':
			return manageStopList('get', parameters, isJson, world);
		case '/callback/add':
			return manageCallbacks('add', parameters, isJson, world);
		case '/callback/del':
			return manageCallbacks('del', parameters, isJson, world);
		case '/callback/get':
			return manageCallbacks('get', parameters, isJson, world);
		case '/callcheck/add':
			return addCheck(parameters, isJson, world);
		case '/callcheck/status':
			return checkStatus(parameters, isJson, world);
		case '/code/call':
			return callWithCode(parameters, account, world);
		default:
			return failReply(isJson, '211');
	}
}

/** SMS.RU, from the vendor's page "Отправить СМС сообщение HTTP запросом" and recorded traffic. */
export function createSmsRu(options: SmsRuOptions = {}): GatewaySimulation {
	const account: Account = {
		apiId: randomBytes(16)
			.toString('hex')
			.toUpperCase()
			.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
		login: `7925${randomInt(1_000_000, 9_999_999)}`,
		password: randomBytes(9).toString('hex'),
		senders: options.senders ?? null,
		defaultSender: options.senders?.[0] ?? 'MySender',
		sameTextLimitPerMinute: options.sameTextLimitPerMinute ?? null,
		dailyLimit: options.dailyLimit ?? 10_000,
		privateAddresses: options.privateAddresses ?? [],
	};
	return {
		gateway: 'smsRu',
		displayName: 'SMS.RU',
		credentials: {
			authentication: 'apiId',
			apiId: account.apiId,
			login: account.login,
			password: account.password,
		},
		secrets: [account.apiId, account.password],
		basePath: '',
		// One text costs 3.50: the first one leaves the 4122.56 of the page's sample.
		startingBalance: 4126.06,
		sends: (request) => request.path === '/sms/send' && readParameters(request).get('test') !== '1',
		handle: (request, world) => answer(request, account, world),
		stateOf,
		caller: createCaller(account),
	};
}
