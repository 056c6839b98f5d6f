import { countParts, transliterate } from '../parts';
import type { SimulatedReply, World } from '../simulator';
import { messagesOf, numbersToday, PRICE_PER_PART, sameTextTimes, type Account } from './account';
import { isDeliveryCode } from './codes';
import { isUsableIp } from './ip';
import { errorEntry, failReply, object, okReply, type OrderedMap } from './replies';
import { collapse, type Parameters } from './request';
import { isStopped } from './stoplist';

/** SMS.RU send page: "до 100 штук за один запрос"; the code for too many is 213. */
const MAX_NUMBERS = 100;
const MAX_PARTS = 8;
const HOUR_MS = 3_600_000;
const MOSCOW_OFFSET_MS = 3 * HOUR_MS;

/** "Если у получателя сейчас ночь (уже наступило время 20:00), то откладывает … до 10 часов утра." All are in Moscow. */
function nextDaytime(now: Date): Date | null {
	const local = new Date(now.getTime() + MOSCOW_OFFSET_MS);
	const hour = local.getUTCHours();
	if (hour >= 10 && hour < 20) return null;
	const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
	return new Date(midnight + (hour < 10 ? 10 : 34) * HOUR_MS - MOSCOW_OFFSET_MS);
}

/** "Должно быть не больше 2 месяцев с момента подачи запроса. Если время меньше текущего …, отправляется моментально." */
function scheduleOf(parameters: Parameters, now: Date): Date | null | 'bad' {
	if (parameters.get('daytime') === '1') return nextDaytime(now);
	const time = parameters.get('time') ?? '';
	if (time === '') return null;
	if (!/^\d{1,15}$/.test(time)) return 'bad';
	const at = new Date(Number(time) * 1000);
	if (at.getTime() <= now.getTime()) return null;
	const latest = new Date(now);
	latest.setUTCMonth(latest.getUTCMonth() + 2);
	// Two months after 31 December have no 31st: their last day is the end.
	if (latest.getUTCDate() !== now.getUTCDate()) latest.setUTCDate(0);
	return at.getTime() > latest.getTime() ? 'bad' : at;
}

/** "Срок жизни сообщения в минутах (от 1 до 1440)". The page names no code for a bad one; 208 is the nearest. */
function isLifetime(ttl: string): boolean {
	return ttl === '' || (/^\d{1,4}$/.test(ttl) && Number(ttl) >= 1 && Number(ttl) <= 1440);
}

function isApproved(from: string, account: Account): boolean {
	if (account.senders !== null) return account.senders.includes(from);
	return from.length <= 11 && /^[A-Za-z][A-Za-z0-9 ._-]*$/.test(from);
}

function messageId(world: World): string {
	// Year and week, then a counter: 202626-1000003.
	const now = world.now();
	const week = Math.ceil((now.getTime() - Date.UTC(now.getUTCFullYear(), 0, 1) + 1) / (7 * 24 * HOUR_MS));
	return `${now.getUTCFullYear()}${String(week).padStart(2, '0')}-${1_000_000 + world.nextNumber()}`;
}

function partsOf(text: string, parameters: Parameters): number {
	return countParts(parameters.get('translit') === '1' ? transliterate(text) : text);
}

const price = (parts: number): string => (parts * PRICE_PER_PART).toFixed(2);

/**
 * An order for a number is the code that it is answered with, or a delivery code (104) that the text comes to after it was
 * taken. The table's 104–108 and 150 may stand in an answer to sending as well: "=150" orders that.
 */
function answerOf(order: string): string | null {
	const [, code] = /^=(\d+)$/.exec(order) ?? [];
	if (code !== undefined) return code;
	return order === '100' || isDeliveryCode(order) ? null : order;
}

/** Why a text could not go to a number, whether it is sent or only priced. */
function refusalOf(
	digits: string | null,
	text: string | undefined,
	parameters: Parameters,
	account: Account,
	world: World,
): string | null {
	if (digits === null) return '202';
	const order = world.orders.recipientCodes.get(digits);
	const answer = order === undefined ? null : answerOf(order);
	if (answer !== null) return answer;
	if (isStopped(digits, world)) return '209';
	if (text === undefined || text === '') return '203';
	if (partsOf(text, parameters) > MAX_PARTS) return '205';
	if (account.senders?.length === 0) return '221';
	const from = parameters.get('from') ?? '';
	return from !== '' && !isApproved(from, account) ? '204' : null;
}

interface Outcome {
	readonly entry: OrderedMap;
	/** The plain form has an id or a code for each recipient. */
	readonly line: string;
}

const OPTIONS = ['ip', 'time', 'ttl', 'daytime', 'translit', 'partner_id'];

function refuse(code: string, world: World): Outcome {
	// Recorded traffic: an entry refused with 221 has an id all the same.
	const entry = code === '221' ? errorEntry(code, ['sms_id', messageId(world)]) : errorEntry(code);
	return { entry, line: code };
}

/** What is refused only when a text really goes out. */
function limitOf(digits: string, text: string, cost: number, account: Account, world: World): string | null {
	const today = numbersToday(world);
	if (!today.has(digits) && today.size >= account.dailyLimit) return '206';
	const limit = account.sameTextLimitPerMinute;
	if (limit !== null && sameTextTimes(world, digits, text).length >= limit) return '231';
	return cost > world.balance + 0.001 ? '201' : null;
}

const optionsOf = (parameters: Parameters): Readonly<Record<string, string>> =>
	Object.fromEntries(
		OPTIONS.flatMap((name) => {
			const value = parameters.get(name) ?? '';
			return value === '' ? [] : [[name, value]];
		}),
	);

function sendOne(
	digits: string | null,
	text: string | undefined,
	scheduledFor: Date | null,
	parameters: Parameters,
	account: Account,
	world: World,
): Outcome {
	const isTest = parameters.get('test') === '1';
	const refusal = refusalOf(digits, text, parameters, account, world);
	if (refusal !== null || digits === null || text === undefined) return refuse(refusal ?? '202', world);
	const parts = partsOf(text, parameters);
	const cost = parts * PRICE_PER_PART;
	const limit = isTest ? null : limitOf(digits, text, cost, account, world);
	if (limit !== null) return refuse(limit, world);

	const id = messageId(world);
	const charged = isTest ? '0.00' : price(parts);
	const order = world.orders.recipientCodes.get(digits);
	messagesOf(world).set(id, {
		id,
		acceptedAt: world.now(),
		scheduledFor,
		cost: charged,
		outcome: order !== undefined && isDeliveryCode(order) ? order : '103',
	});
	// test=1: "При этом само сообщение не отправляется и баланс не расходуется."
	if (!isTest) {
		numbersToday(world).add(digits);
		sameTextTimes(world, digits, text).push(world.now().getTime());
		world.balance = Math.round((world.balance - cost) * 100) / 100;
		world.accept({
			to: digits,
			from: parameters.get('from') || account.defaultSender,
			text,
			messageId: id,
			parts,
			scheduledFor: scheduledFor?.toISOString() ?? null,
			options: optionsOf(parameters),
		});
	}
	const entry = object(['status', 'OK'], ['status_code', 100], ['sms_id', id], ['cost', charged]);
	return { entry, line: id };
}

function refusalOfCount(recipients: number): string | null {
	if (recipients === 0) return '202';
	return recipients > MAX_NUMBERS ? '213' : null;
}

/** `/sms/send`. Every recipient has its own outcome; only what concerns the whole request fails it as a whole. */
export function send(
	parameters: Parameters,
	isJson: boolean,
	account: Account,
	world: World,
): SimulatedReply {
	const { recipients, isMap } = parameters;
	const tooFewOrMany = refusalOfCount(recipients.length);
	if (tooFewOrMany !== null) return failReply(isJson, tooFewOrMany);
	if (!isMap && (recipients[0]?.text ?? '') === '') return failReply(isJson, '203');
	const scheduledFor = scheduleOf(parameters, world.now());
	if (scheduledFor === 'bad' || !isLifetime(parameters.get('ttl') ?? '')) return failReply(isJson, '208');
	const ip = parameters.get('ip') ?? '';
	if (ip !== '' && !isUsableIp(ip, account.privateAddresses)) return failReply(isJson, '507');

	const outcomes = [...collapse(recipients)].map(
		([key, { digits, text }]) =>
			[key, sendOne(digits, text, scheduledFor, parameters, account, world)] as const,
	);
	return okReply(
		isJson,
		[
			['sms', object(...outcomes.map(([key, { entry }]) => [key, entry] as const))],
			['balance', world.balance],
		],
		[...outcomes.map(([, { line }]) => line), `balance=${world.balance}`],
	);
}

/** `/sms/cost`: without a text, the price of one SMS. */
export function cost(
	parameters: Parameters,
	isJson: boolean,
	account: Account,
	world: World,
): SimulatedReply {
	const { recipients, isMap } = parameters;
	const tooFewOrMany = refusalOfCount(recipients.length);
	if (tooFewOrMany !== null) return failReply(isJson, tooFewOrMany);
	let totalParts = 0;
	let priced = 0;
	const entries = [...collapse(recipients)].map(([key, { digits, text }]) => {
		const counted = isMap ? text : text || ' ';
		const refusal = refusalOf(digits, counted, parameters, account, world);
		if (refusal !== null) return [key, errorEntry(refusal)] as const;
		const parts = partsOf(counted ?? '', parameters);
		totalParts += parts;
		priced += 1;
		const entry = object(
			['status', 'OK'],
			['status_code', 100],
			['cost', parts * PRICE_PER_PART],
			['sms', parts],
		);
		return [key, entry] as const;
	});
	// Recorded traffic: the totals are absent when every number failed.
	const total = totalParts * PRICE_PER_PART;
	const totals =
		priced === 0
			? []
			: ([
					['total_cost', total],
					['total_sms', totalParts],
				] as const);
	return okReply(isJson, [['sms', object(...entries)], ...totals], [total, totalParts]);
}
