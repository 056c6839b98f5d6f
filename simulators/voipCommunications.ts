import { randomBytes } from 'node:crypto';

import type { GatewaySimulation, SimulatedReply, SimulatedRequest, World } from './simulator';
import type { Account } from './voipCommunications/account';
import { createCaller } from './voipCommunications/callbacks';
import { settle } from './voipCommunications/charges';
import { chat, summary } from './voipCommunications/log';
import { fail, json } from './voipCommunications/replies';
import { send } from './voipCommunications/send';

/** A number of the account, from the vendor's sample: SMS-enabled, for 2-way messages. */
export const OWNED_NUMBER = '17134567890';

export interface VoipCommunicationsOptions {
	/** Numbers that belong to the account and are SMS-enabled. Default: OWNED_NUMBER alone. */
	readonly ownedNumbers?: readonly string[];
	/**
	 * The page's sample is an object, its text says "a JSON array with the log of each SMS processed". Default: the object.
	 */
	readonly replyForm?: 'object' | 'array';
	/** The status of a text that leaves at once: the page has a sample of a scheduled one only. Default: SCHEDULED. */
	readonly sentStatus?: string;
}

const SEND = '/api-v2/index.php/sms/send';
const USER = '/api-v2/index.php/cms/user';
const SUMMARY = '/api-v2/index.php/sms/summary';
const CHAT = '/api-v2/index.php/sms/chat';
const METHODS: Readonly<Record<string, 'GET' | 'POST'>> = {
	[SEND]: 'POST',
	[USER]: 'GET',
	[SUMMARY]: 'POST',
	[CHAT]: 'POST',
};

function isKnown(request: SimulatedRequest, account: Account): boolean {
	const token = /^basic +([A-Za-z0-9+/=]+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
	if (token === undefined) return false;
	return Buffer.from(token, 'base64').toString('utf8') === `${account.apiKey}:${account.apiPassword}`;
}

/** Undocumented, but called by the vendor's own apps. It gives the API password away: whoever calls it must not. */
function user(account: Account): SimulatedReply {
	return json(200, {
		user: {
			user_id: '1042',
			user_email: 'account@example.com',
			user_api_key: account.apiKey,
			user_api_pwd: account.apiPassword,
			user_timezone: 'UTC',
			user_balance_warning: '5.00',
		},
		endpoint: {},
	});
}

function answer(request: SimulatedRequest, account: Account, world: World): SimulatedReply {
	const { requestCode } = world.orders;
	if (requestCode !== null) return fail(requestCode);
	const method = Object.hasOwn(METHODS, request.path) ? METHODS[request.path] : undefined;
	if (method === undefined) return json(404, { status: false, error: 'Unknown method' });
	if (!isKnown(request, account)) {
		// "401: Invalid api credentials" is what the page calls it. `api-v2/index.php` is the path of a CodeIgniter REST server
		// (https://github.com/chriskacerguis/codeigniter-restserver), whose body for it this is.
		return json(
			401,
			{ status: false, error: 'Not authorized' },
			{ 'www-authenticate': 'Basic realm="REST API"' },
		);
	}
	if (request.method !== method) return json(405, { status: false, error: 'Unknown method' });
	settle(world);
	switch (request.path) {
		case SEND:
			return send(request, account, world);
		case SUMMARY:
			return summary(request, world);
		case CHAT:
			return chat(request, world);
		default:
			return user(account);
	}
}

/**
 * VoIP Communications, from the vendor's page on sms/send; the form of its refusals and cms/user are those that its own
 * apps read. The zone of dates without an offset is that of the account: UTC here.
 *
 * An order for a recipient is the code of its row, after which its sentence may follow: "400", "403 Destination blocked".
 * After 200 comes the word of the row's status: "200 SENT", "200 FAILED".
 */
export function createVoipCommunications(options: VoipCommunicationsOptions = {}): GatewaySimulation {
	const account: Account = {
		apiKey: randomBytes(12).toString('hex'),
		apiPassword: randomBytes(12).toString('hex'),
		ownedNumbers: options.ownedNumbers ?? [OWNED_NUMBER],
		replyForm: options.replyForm ?? 'object',
		sentStatus: options.sentStatus ?? 'SCHEDULED',
	};
	return {
		gateway: 'voipCommunications',
		displayName: 'VoIP Communications',
		credentials: { apiKey: account.apiKey, apiPassword: account.apiPassword },
		secrets: [account.apiKey, account.apiPassword],
		basePath: '',
		startingBalance: 100,
		sends: (request) => request.path === SEND && request.method === 'POST',
		handle: (request, world) => answer(request, account, world),
		caller: createCaller(account.ownedNumbers),
	};
}
