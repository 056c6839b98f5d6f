import { randomBytes, randomInt } from 'node:crypto';

import type { GatewaySimulation, SimulatedReply, SimulatedRequest, World } from './simulator';
import { numbersToday, refuseCredentials, type Account } from './smsRu/account';
import { createCaller, manageCallbacks, stateOf } from './smsRu/callbacks';
import { addCheck, callWithCode, checkStatus } from './smsRu/calls';
import { failReply, okReply } from './smsRu/replies';
import { readParameters, type Parameters } from './smsRu/request';
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

type Answer = (parameters: Parameters, isJson: boolean, account: Account, world: World) => SimulatedReply;

function limit(_parameters: Parameters, isJson: boolean, account: Account, world: World): SimulatedReply {
	// Recorded traffic: a string and a number.
	const [total, used] = [String(account.dailyLimit), numbersToday(world).size];
	return okReply(
		isJson,
		[
			['total_limit', total],
			['used_today', used],
		],
		[total, used],
	);
}

/** Free texts to the account's own number: this account never uses one, which recorded traffic shows as null. */
const free: Answer = (_parameters, isJson) =>
	okReply(
		isJson,
		[
			['total_free', FREE_PER_DAY],
			['used_today', null],
		],
		[FREE_PER_DAY, ''],
	);

const senders: Answer = (_parameters, isJson, account) => {
	const names = account.senders ?? [account.defaultSender];
	// Recorded traffic: the key is missing when there is none.
	return okReply(isJson, names.length === 0 ? [] : [['senders', names]], names);
};

const stopList =
	(action: 'add' | 'del' | 'get'): Answer =>
	(parameters, isJson, _account, world) =>
		manageStopList(action, parameters, isJson, world);

const callbacks =
	(action: 'add' | 'del' | 'get'): Answer =>
	(parameters, isJson, _account, world) =>
		manageCallbacks(action, parameters, isJson, world);

const ANSWERS: ReadonlyMap<string, Answer> = new Map<string, Answer>([
	['/sms/send', send],
	['/sms/cost', cost],
	['/sms/status', (parameters, isJson, _account, world) => status(parameters, isJson, world)],
	[
		'/my/balance',
		(_parameters, isJson, _account, { balance }) => okReply(isJson, [['balance', balance]], [balance]),
	],
	['/my/limit', limit],
	['/my/free', free],
	['/my/senders', senders],
	['/auth/check', (_parameters, isJson) => okReply(isJson, [], [])],
	['/stoplist/add', stopList('add')],
	['/stoplist/del', stopList('del')],
	['/stoplist/get', stopList('get')],
	['/callback/add', callbacks('add')],
	['/callback/del', callbacks('del')],
	['/callback/get', callbacks('get')],
	['/callcheck/add', (parameters, isJson, _account, world) => addCheck(parameters, isJson, world)],
	['/callcheck/status', (parameters, isJson, _account, world) => checkStatus(parameters, isJson, world)],
	['/code/call', (parameters, _isJson, account, world) => callWithCode(parameters, account, world)],
]);

function answer(request: SimulatedRequest, account: Account, world: World): SimulatedReply {
	const parameters = readParameters(request);
	const isJson = parameters.get('json') === '1';
	if (world.orders.requestCode !== null) return failReply(isJson, world.orders.requestCode);
	if (!['GET', 'POST'].includes(request.method)) return failReply(isJson, '211');
	const refusal = refuseCredentials(parameters, account);
	if (refusal !== null) return failReply(isJson, refusal);
	if (!parameters.readable) return failReply(isJson, '212');
	const answerOf = ANSWERS.get(request.path);
	return answerOf === undefined ? failReply(isJson, '211') : answerOf(parameters, isJson, account, world);
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
