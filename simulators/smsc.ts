import { randomBytes } from 'node:crypto';

import type { GatewaySimulation, SimulatedReply, SimulatedRequest } from './simulator';
import type { Account } from './smsc/account';
import { caller, stateOf } from './smsc/callbacks';
import { phones } from './smsc/contacts';
import { get, info, senders, waitCall } from './smsc/data';
import { jsonParameters, urlParameters } from './smsc/parameters';
import { send } from './smsc/send';
import { balance, status } from './smsc/status';

export interface SmscOptions {
	/** The cabinet's switch "virtual sending": nothing leaves, cost 0, the delivery error is 200. */
	readonly virtualSending?: boolean;
	/** Registered sender names. Default: every well-formed name is registered. */
	readonly senders?: readonly string[];
	/**
	 * What error 9 takes for "identical requests" within a minute: equal parameters, the id among them (default), or the
	 * same numbers with the same text whatever else is asked for. Which of them SMSC means is not published.
	 */
	readonly repeats?: 'request' | 'text';
}

const SEND = '/sys/send.php';
const REST_SEND = '/rest/send/';

const notFound: SimulatedReply = {
	status: 404,
	headers: { 'content-type': 'text/html' },
	body: '<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>',
};

const notAllowed: SimulatedReply = {
	status: 405,
	headers: { 'content-type': 'text/html', allow: 'GET, POST' },
	body: '<html><head><title>405 Not Allowed</title></head><body><h1>405 Not Allowed</h1></body></html>',
};

function parametersOf(request: SimulatedRequest) {
	return request.path === REST_SEND ? jsonParameters(request) : urlParameters(request);
}

/** SMSC (smsc.ru and its sister hosts), from the vendor's page "Sending an SMS message" and recorded traffic. */
export function createSmsc(options: SmscOptions = {}): GatewaySimulation {
	const account: Account = {
		login: `user${randomBytes(4).toString('hex')}`,
		password: randomBytes(9).toString('hex'),
		apiKey: randomBytes(20).toString('hex'),
		virtualSending: options.virtualSending ?? false,
		senders: options.senders ?? null,
		defaultSender: 'SMSC.RU',
		repeats: options.repeats ?? 'request',
	};
	return {
		gateway: 'smsc',
		displayName: 'SMSC',
		credentials: {
			authentication: 'login',
			login: account.login,
			password: account.password,
			apiKey: account.apiKey,
		},
		secrets: [account.password, account.apiKey],
		basePath: '',
		startingBalance: 1000,
		sends: (request) =>
			(request.path === SEND || request.path === REST_SEND) && parametersOf(request).text('cost') !== '1',
		handle(request, world) {
			if (!['GET', 'POST'].includes(request.method)) return notAllowed;
			switch (request.path) {
				case SEND:
				case REST_SEND:
					return send(parametersOf(request), request.path === REST_SEND, account, world);
				case '/sys/status.php':
					return status(parametersOf(request), account, world);
				case '/sys/balance.php':
					return balance(parametersOf(request), account, world);
				case '/sys/get.php':
					return get(parametersOf(request), account, world);
				case '/sys/info.php':
					return info(parametersOf(request), account, world);
				case '/sys/senders.php':
					return senders(parametersOf(request), account, world);
				case '/sys/phones.php':
					return phones(parametersOf(request), account, world);
				case '/sys/wait_call.php':
					return waitCall(parametersOf(request), account, world);
				default:
					return notFound;
			}
		},
		stateOf,
		caller,
	};
}
