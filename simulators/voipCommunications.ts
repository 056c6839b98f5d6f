import { randomBytes } from 'node:crypto';

import { countParts } from './parts';
import type { GatewaySimulation, SimulatedReply, SimulatedRequest, World } from './simulator';
import { createCaller } from './voipCommunications/callbacks';
import { formOf } from './voipCommunications/form';
import { chat, logSent, smsId, summary, wallClock } from './voipCommunications/log';

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

interface Account {
	readonly apiKey: string;
	readonly apiPassword: string;
	readonly ownedNumbers: readonly string[];
	readonly replyForm: 'object' | 'array';
	readonly sentStatus: string;
}

interface Charge {
	/** Milliseconds. */
	readonly at: number;
	readonly amount: number;
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

/** The vendor's sample: "sale": 0.01, here for each part. */
const PRICE_PER_PART = 0.01;

/** The vendor's apps know the sender of bulk messages by this number. */
const BULK_NUMBER = '18772234078';

const SUCCESS = 200;
const FAILED = 'FAILED';
const INVALID_DESTINATION = 400;

/** The vendor publishes no list of codes for a row, nor its sentences. */
const ROW_SENTENCES: Readonly<Record<string, string>> = {
	[SUCCESS]: 'SENT',
	[INVALID_DESTINATION]: 'Invalid destination number',
	'402': 'Not enough balance',
};

/** Enough of them for a row to look like the sample's "country": "US". */
const COUNTRIES: ReadonlyArray<readonly [prefix: string, country: string]> = [
	['1', 'US'],
	['254', 'KE'],
	['33', 'FR'],
	['34', 'ES'],
	['380', 'UA'],
	['44', 'GB'],
	['49', 'DE'],
	['52', 'MX'],
	['7', 'RU'],
];

const countryOf = (number: string): string =>
	COUNTRIES.find(([prefix]) => number.startsWith(prefix))?.[1] ?? '';

const json = (
	status: number,
	body: unknown,
	headers: Readonly<Record<string, string>> = {},
): SimulatedReply => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
	body: JSON.stringify(body),
});

/** What both of the vendor's apps look for in every reply, HTTP 200 included. */
const fail = (sentence: string): SimulatedReply => json(200, { error: true, error_message: sentence });

function isKnown(request: SimulatedRequest, account: Account): boolean {
	const token = /^basic +([A-Za-z0-9+/=]+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
	if (token === undefined) return false;
	return Buffer.from(token, 'base64').toString('utf8') === `${account.apiKey}:${account.apiPassword}`;
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;

function chargesOf(world: World): Charge[] {
	if (!world.memory.has('charges')) world.memory.set('charges', []);
	return world.memory.get('charges') as Charge[];
}

/** "For messages scheduled to be delivered later, the charge will be applied just at the moment of the message be sent." */
function settle(world: World): void {
	const now = world.now().getTime();
	const charges = chargesOf(world);
	for (const charge of charges) if (charge.at <= now) world.balance = cents(world.balance - charge.amount);
	world.memory.set(
		'charges',
		charges.filter((charge) => charge.at > now),
	);
}

const DATE = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * "YYYY-MM-DD HH:MM or any valid date format": here that and ISO 8601, because not everybody reads the others alike.
 * Without an offset it is the account's time. An offset's `+` that came as a blank belongs to no date. Null: no date.
 */
function readDate(value: string): Date | null {
	const match = DATE.exec(value);
	if (match === null) return null;
	const [, day = '', clock = '00:00', seconds = ':00', zone = ''] = match;
	const midnight = new Date(`${day}T00:00:00Z`);
	if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return null;
	const at = new Date(`${day}T${clock}${seconds}${zone.replace(/^([+-]..):?(..)$/, '$1:$2') || 'Z'}`);
	return Number.isNaN(at.getTime()) ? null : at;
}

/** An order for a row: its code, and after a blank the sentence when it is another than the code's own. */
function readOrder(order: string): { readonly code: number; readonly sentence: string } {
	const [, code = '', sentence = ''] = /^(\d{1,6})(?:\s+(.+))?$/s.exec(order) ?? [];
	if (code === '') return { code: INVALID_DESTINATION, sentence: order };
	return { code: Number(code), sentence: sentence || (ROW_SENTENCES[code] ?? 'Message could not be sent') };
}

function send(request: SimulatedRequest, account: Account, world: World): SimulatedReply {
	const form = formOf(request);
	const field = (name: string): string => form.get(name) ?? '';
	const [from, to, msg, date] = [field('from'), field('to'), field('msg'), field('delivery_date')];
	if (to === '') return fail('Parameter to is required');
	if (msg === '') return fail('Parameter msg is required');
	if (from !== '' && !account.ownedNumbers.includes(from)) {
		return fail('From number does not belong to you or is not SMS enabled');
	}
	const now = world.now();
	const at = date === '' ? now : readDate(date);
	if (at === null) return fail('Invalid delivery_date');

	const parts = countParts(msg);
	const sale = cents(parts * PRICE_PER_PART);
	const isLater = at.getTime() > now.getTime();
	const rows = to.split(',').map((number) => {
		// Digits with the country code first: no country code begins with 0.
		if (!/^[1-9]\d{6,14}$/.test(number)) return { number, refusal: readOrder(String(INVALID_DESTINATION)) };
		const order = world.orders.recipientCodes.get(number);
		return { number, refusal: order === undefined ? null : readOrder(order) };
	});
	const isSent = ({ refusal }: (typeof rows)[number]): boolean =>
		refusal === null || (refusal.code === SUCCESS && refusal.sentence !== FAILED);
	const due = isLater ? 0 : cents(rows.filter(isSent).length * sale);
	// Nothing is published about money that runs out in the middle of a list: the list is refused as one.
	if (due > world.balance) return fail('Not enough balance');
	world.balance = cents(world.balance - due);

	const type = from === '' ? 'BULKSMS' : '2WAYSMS';
	const sendLog = rows.map(({ number, refusal }) => {
		const country = countryOf(number);
		const sender = from || BULK_NUMBER;
		const row = { from: sender, to: number, country, msg, delivery_date: wallClock(at) };
		const log = (id: string, status: string, cost: number): void => {
			const entry = {
				sms_id: id,
				sms_inout: 'OUT',
				sms_status: status,
				sms_status_date: wallClock(now),
				sms_type: type,
				sms_internal: sender,
				sms_external: number,
				sms_country: country,
				sms_sale: String(cost),
				sms_msg: msg,
			} as const;
			logSent(entry, world);
		};
		const isCode200 = refusal?.code === SUCCESS;
		if (refusal !== null && !isCode200) {
			const { code, sentence } = refusal;
			return { code, code_desc: sentence, ...row, sale: 0, type, status: 'ERROR', smsid: '' };
		}
		const smsid = smsId(world);
		const status = refusal?.sentence ?? (isLater ? 'SCHEDULED' : account.sentStatus);
		// Code 200 with a word for a failure: the text has its row in the log and its id, and goes nowhere.
		const failed = status === FAILED;
		if (failed) {
			log(smsid, status, 0);
			return { code: SUCCESS, code_desc: '', ...row, sale: 0, type, status, smsid };
		}
		if (isLater) chargesOf(world).push({ at: at.getTime(), amount: sale });
		world.accept({
			to: number,
			from: sender,
			text: msg,
			messageId: smsid,
			parts,
			scheduledFor: isLater ? at.toISOString() : null,
			options: { type, ...(date === '' ? {} : { delivery_date: date }) },
		});
		log(smsid, status, sale);
		return { code: SUCCESS, code_desc: '', ...row, sale, type, status, smsid };
	});
	return json(200, account.replyForm === 'array' ? sendLog : { send_log: sendLog });
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
		caller: createCaller(account.ownedNumbers, countryOf),
	};
}
