import { decodeText, urlEncodedPairs } from '../encoding';
import { countParts } from '../parts';
import type { SimulatedReply, SimulatedRequest, World } from '../simulator';
import {
	CURRENCY,
	isSender,
	messagesOf,
	nextTurn,
	orderedRefusal,
	PRICE_PER_PART,
	readRecipient,
	remove,
	STATUSES,
	statusOf,
	take,
	type Account,
} from './account';
import { fromOldDialect, phpFloat, toOldDialect, type Pairs, type Parameters } from './php';

export type Layout = 'oneLine' | 'lines';

export interface Style {
	/** Null: in turns. */
	readonly layout: Layout | null;
	readonly statusHasCode: boolean;
}

/** Sentences that the gateway and its clients are known to use. */
const SAYS = {
	auth: 'Wrong login/password',
	command: 'Unknown command',
	money: 'Not enough money',
	recipient: 'Please enter valid receiver phone number',
	text: 'Please enter SMS text',
	sender: 'Sender phone should contains only english letters, digits, dot, underscore, dash',
	notFound: 'SMS not found',
} as const;

/** No sentence is published for these: they are refused all the same, because the page tells what the values are. */
const OWN_WORDS = {
	date: 'Please enter valid date',
	flash: 'Please enter valid flash value',
	flashLength: 'Flash SMS is too long',
	wap: 'Please enter valid WAP-push link',
	viber: 'Viber is not available',
} as const;

const WAP_LIMIT = 100;

const errors = (...sentences: readonly string[]): Pairs =>
	sentences.map((sentence) => ['errors', sentence] as const);

const text = (parameters: Parameters, name: string): string => parameters.get(name) ?? '';

/** AlphaSMS send page: "parameters are transmitted by GET or POST method". A name given twice: PHP keeps the last. */
function readParameters(request: SimulatedRequest): Parameters {
	const raw = request.method === 'GET' ? request.rawQuery : request.form === null ? '' : request.body;
	return new Map(
		urlEncodedPairs(raw).map(([name, value]) => [name.toString('utf8'), decodeText(value, 'utf-8')]),
	);
}

const isPlain = (parameters: Parameters): boolean => ['http', 'https'].includes(text(parameters, 'version'));

/** The key wins over login and password. The page's table says `pass`, its own examples say `password`. */
function isKnown(parameters: Parameters, account: Account): boolean {
	const key = text(parameters, 'key');
	if (key !== '') return key === account.apiKey;
	const password = text(parameters, 'pass') || text(parameters, 'password');
	return text(parameters, 'login') === account.login && password === account.password;
}

/**
 * AlphaSMS send page, `ask_date`: "ISO-8601 format: 2024-08-15T15:52:01+0200", the only form that the vendor shows. A `+`
 * that was not escaped has become a blank. Null when it is no such date.
 */
function readAskDate(value: string): Date | null {
	const match = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)([+-])(\d\d)(\d\d)$/.exec(value);
	if (match === null) return null;
	const [, day, hours, minutes, seconds, sign, zoneHours, zoneMinutes] = match;
	const midnight = new Date(`${day}T00:00:00Z`);
	if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return null;
	if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
	if (Number(zoneHours) > 14 || Number(zoneMinutes) > 59) return null;
	const offset = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes));
	const sinceMidnight = (Number(hours) * 60 + Number(minutes) - offset) * 60 + Number(seconds);
	return new Date(midnight.getTime() + sinceMidnight * 1000);
}

function isLink(value: string): boolean {
	if (value.length > WAP_LIMIT || !/^https?:\/\//i.test(value)) return false;
	return URL.canParse(value);
}

function send(parameters: Parameters, world: World): Pairs {
	const [from, message] = [text(parameters, 'from'), text(parameters, 'message')];
	const to = readRecipient(text(parameters, 'to'));
	const given = (name: string): string | undefined => text(parameters, name) || undefined;
	const [wap, flash, askDate] = [given('wap'), given('flash'), given('ask_date')];
	const scheduledFor = askDate === undefined ? null : readAskDate(askDate);

	const wrong: string[] = [];
	if (!isSender(from)) wrong.push(SAYS.sender);
	if (to === null) wrong.push(SAYS.recipient);
	// A text that is not UTF-8 has been read as none: "Message text in UTF8 encoding".
	if (message.trim() === '') wrong.push(SAYS.text);
	if (wap !== undefined && !isLink(wap)) wrong.push(OWN_WORDS.wap);
	if (flash !== undefined && !['0', '1'].includes(flash)) wrong.push(OWN_WORDS.flash);
	// The vendor's panel: a flash message has one part only.
	if (flash === '1' && countParts(message) > 1) wrong.push(OWN_WORDS.flashLength);
	if (askDate !== undefined && scheduledFor === null) wrong.push(OWN_WORDS.date);
	// Sent as plain SMS it would be something else than what was asked for.
	if (!['', '0', 'false'].includes(text(parameters, 'viber'))) wrong.push(OWN_WORDS.viber);
	if (to === null || wrong.length > 0) return errors(...wrong);

	const refusal = orderedRefusal(world, to);
	if (refusal !== null) return errors(refusal);
	const taken = take(world, {
		to,
		from,
		text: message,
		scheduledFor,
		options: {
			...(wap === undefined ? {} : { wap }),
			...(flash === undefined ? {} : { flash }),
			...(askDate === undefined ? {} : { ask_date: askDate }),
		},
	});
	if (taken === null) return errors(SAYS.money);
	return [
		['id', taken.id],
		['sms_count', String(taken.parts)],
	];
}

/** Ukraine's winter time, as in recorded traffic. */
const TWO_HOURS_MS = 2 * 3_600_000;

function receive(parameters: Parameters, world: World, layout: Layout, hasCode: boolean): Pairs {
	const message = messagesOf(world).get(text(parameters, 'id'));
	if (message === undefined) return errors(SAYS.notFound);
	const { code, since } = statusOf(message, world);
	const local = new Date(since.getTime() + TWO_HOURS_MS).toISOString();
	// The page shows a date with slashes, recorded traffic an instant with an offset.
	const time = layout === 'oneLine' ? local.slice(0, 10).replace(/-/g, '/') : `${local.slice(0, 19)}+0200`;
	return [
		['status', STATUSES[code]?.label ?? ''],
		...(hasCode ? ([['code', code]] as const) : []),
		['status_time', time],
	];
}

function removeMessage(parameters: Parameters, world: World): Pairs {
	const message = messagesOf(world).get(text(parameters, 'id'));
	if (message === undefined) return errors(SAYS.notFound);
	remove(message, world);
	const { code } = statusOf(message, world);
	return [
		['status', STATUSES[code]?.label ?? ''],
		['code', code],
	];
}

function execute(
	parameters: Parameters,
	account: Account,
	world: World,
	layout: Layout,
	hasCode: boolean,
): Pairs {
	if (world.orders.requestCode !== null) return errors(world.orders.requestCode);
	if (!isKnown(parameters, account)) return errors(SAYS.auth);
	switch (parameters.get('command')) {
		case 'send':
			return send(parameters, world);
		case 'receive':
			return receive(parameters, world, layout, hasCode);
		case 'delete':
			return removeMessage(parameters, world);
		case 'balance':
			// Its sample is 31.168300000000002: the number as it is, never rounded.
			return [['balance', phpFloat(world.balance)]];
		case 'price':
			if (readRecipient(text(parameters, 'to')) === null) return errors(SAYS.recipient);
			return [
				['price', String(PRICE_PER_PART)],
				['currency', CURRENCY],
			];
		default:
			return errors(SAYS.command);
	}
}

export function couldSend(request: SimulatedRequest): boolean {
	if (!['GET', 'POST'].includes(request.method)) return false;
	const parameters = readParameters(request);
	const read = isPlain(parameters) ? parameters : fromOldDialect(parameters);
	return read.get('command') === 'send';
}

/** `/api/http.php`. */
export function answerText(
	request: SimulatedRequest,
	account: Account,
	world: World,
	style: Style,
): SimulatedReply {
	const headers = { 'content-type': 'text/plain; charset=utf-8' };
	if (!['GET', 'POST'].includes(request.method)) return { status: 405, headers, body: '' };
	const layout = style.layout ?? (nextTurn(world) % 2 === 1 ? 'oneLine' : 'lines');
	const parameters = readParameters(request);
	// `version` is required: it selects the plain dialect. Without it the gateway speaks to its oldest clients.
	if (!isPlain(parameters)) {
		const pairs = execute(fromOldDialect(parameters), account, world, layout, style.statusHasCode);
		return { status: 200, headers, body: toOldDialect(pairs) };
	}
	const pairs = execute(parameters, account, world, layout, style.statusHasCode);
	const body = pairs.map(([key, value]) => `${key}:${value}`).join(layout === 'oneLine' ? ' ' : '\n');
	return { status: 200, headers, body };
}
