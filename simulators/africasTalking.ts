import { randomBytes, randomInt } from 'node:crypto';

import {
	balanceOf,
	DEFAULT_SENDER,
	inboxOf,
	SHORT_CODE,
	type Account,
	type AfricasTalkingOptions,
} from './africasTalking/account';
import { createCaller, stateOf } from './africasTalking/callbacks';
import {
	data,
	httpRefusal,
	malformed,
	missingParameter,
	noKey,
	notFound,
	wrongKey,
	wrongMethod,
} from './africasTalking/replies';
import { readBulk, readClassic, type Read } from './africasTalking/request';
import { refuseAll, send } from './africasTalking/send';
import type { GatewaySimulation, SimulatedReply, SimulatedRequest, World } from './simulator';

export { DEFAULT_SENDER, SHORT_CODE, type AfricasTalkingOptions } from './africasTalking/account';
export { optOut } from './africasTalking/callbacks';

const MESSAGING = '/version1/messaging';
const BULK = '/version1/messaging/bulk';
const USER = '/version1/user';

/** Whoever it is, the answer to a wrong key is that to a wrong username: both are looked at together. */
function refuseCredentials(
	{ headers }: SimulatedRequest,
	username: string,
	account: Account,
): SimulatedReply | null {
	const key = headers['apikey'] ?? '';
	if (key === '') return noKey();
	return key === account.apiKey && username === account.username ? null : wrongKey();
}

function sendBy(
	read: Read,
	request: SimulatedRequest,
	needsSender: boolean,
	account: Account,
	world: World,
): SimulatedReply {
	if ('refusal' in read) return read.refusal;
	const { requestCode } = world.orders;
	const refusal = refuseCredentials(request, read.order.username, account);
	if (refusal !== null) return refusal;
	if (requestCode !== null) return refuseAll(request, requestCode);
	return send(request, read.order, needsSender, account, world);
}

function fetchMessages(request: SimulatedRequest, account: Account, world: World): SimulatedReply {
	const username = request.query.get('username');
	if (username === null) return missingParameter('username');
	const refusal = refuseCredentials(request, username, account);
	if (refusal !== null) return refusal;
	const last = request.query.get('lastReceivedId') || '0';
	if (!/^\d{1,15}$/.test(last)) return malformed(`'${last}' is not a valid lastReceivedId`);
	const messages = inboxOf(world)
		.filter(({ id }) => id > Number(last))
		.map((message) => ({ ...message }));
	return data(request, 200, { SMSMessageData: { Messages: messages } });
}

function user(request: SimulatedRequest, account: Account, world: World): SimulatedReply {
	const username = request.query.get('username');
	if (username === null) return missingParameter('username');
	const refusal = refuseCredentials(request, username, account);
	if (refusal !== null) return refusal;
	return data(request, 200, { [account.userDataKey]: { balance: balanceOf(account, world) } });
}

function answer(request: SimulatedRequest, account: Account, world: World): SimulatedReply {
	const status = /^http:([45]\d\d)$/.exec(world.orders.requestCode ?? '')?.[1];
	if (status !== undefined) return httpRefusal(Number(status));
	const { method, path } = request;
	switch (path) {
		case MESSAGING:
			if (method === 'GET') return fetchMessages(request, account, world);
			if (method !== 'POST') return wrongMethod('GET, POST');
			return sendBy(readClassic(request), request, false, account, world);
		case BULK:
			// The page: "Sandbox: https://api.sandbox.africastalking.com/version1/messaging/bulk (coming soon)".
			if (account.sandbox) return notFound();
			if (method !== 'POST') return wrongMethod('POST');
			return sendBy(readBulk(request), request, true, account, world);
		case USER:
			return method === 'GET' ? user(request, account, world) : wrongMethod('GET');
		default:
			return notFound();
	}
}

/**
 * Africa's Talking, from its pages on sending, notifications, fetching and application data, and recorded traffic; see
 * docs/gateways/africas-talking.md.
 *
 * An order for a recipient is the code of its row ("406"), with "!" after it for a text that is sent all the same ("500!").
 * An order for a request is the code or the sentence that stands in `Message` above an empty list ("402", "InvalidRequest"),
 * or an HTTP status for whatever is asked ("http:401", "http:500").
 */
export function createAfricasTalking(options: AfricasTalkingOptions = {}): GatewaySimulation {
	const sandbox = options.sandbox ?? false;
	const account: Account = {
		username: sandbox ? 'sandbox' : `app${randomInt(100_000, 999_999)}`,
		apiKey: `atsk_${randomBytes(32).toString('hex')}`,
		senders: options.senders ?? [DEFAULT_SENDER, SHORT_CODE],
		currency: options.currency ?? 'KES',
		sandbox,
		parts: options.parts ?? 'message',
		duplicates: options.duplicates ?? 'send',
		userDataKey: options.userDataKey ?? 'UserData',
		optOutNotice: options.optOutNotice ?? '',
	};
	return {
		gateway: 'africasTalking',
		displayName: "Africa's Talking",
		credentials: { username: account.username, apiKey: account.apiKey },
		secrets: [account.apiKey],
		basePath: '',
		// One part costs 0.80 shillings: the first one leaves the 1785.50 of the page's sample.
		startingBalance: 1786.3,
		sends: ({ method, path }) => method === 'POST' && (path === MESSAGING || path === BULK),
		handle: (request, world) => answer(request, account, world),
		stateOf,
		caller: createCaller(account),
	};
}
