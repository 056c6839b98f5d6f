import { crc32 } from 'node:zlib';

import { memoryOf } from '../memory';
import type { SimulatedReply, World } from '../simulator';
import {
	countWithinMinute,
	messagesOf,
	money,
	PRICE_PER_PART,
	type Account,
	type StoredMessage,
} from './account';
import { check } from './check';
import { incomingOf } from './incoming';
import type { Parameters } from './parameters';
import { placeOf, readPhone, splitPhones } from './recipients';
import { recordReply, recordsReply, type Fields } from './records';
import { errorReply, TOO_OFTEN, type Layout } from './replies';
import { currentOf, moscow, unix } from './state';
import { shownOf } from './status';

const HOUR_MS = 3_600_000;
const MOSCOW_OFFSET_MS = 3 * HOUR_MS;
/** SMSC pages on incoming messages and on the history. */
const MAX_HOURS = 168;
const MAX_ANSWERS = 10_000;
const MAX_MESSAGES = 1000;
const MAX_MONTHS = 6;

const GET_ACTIONS = ['get_answers', 'get_messages', 'get_stat', 'get_price'] as const;

const NO_RECORDS = ['записи не найдены', 'no records'] as const;
const NO_NUMBER = ['информация не найдена', 'not found'] as const;

/** A count from 1 to the limit, which is the default as well; null when it is none. */
function countOf(parameters: Parameters, name: string, limit: number): number | null {
	const value = parameters.text(name) ?? '';
	if (value === '') return limit;
	return /^\d{1,9}$/.test(value) && Number(value) >= 1 && Number(value) <= limit ? Number(value) : null;
}

/** `get_answers=1`: texts that came in, the oldest first. */
function answers(parameters: Parameters, layout: Layout, world: World): SimulatedReply {
	const hours = countOf(parameters, 'hour', MAX_HOURS);
	const count = countOf(parameters, 'cnt', MAX_ANSWERS);
	const afterId = parameters.text('after_id') ?? '';
	if (hours === null || count === null || !/^\d{0,12}$/.test(afterId)) return errorReply(layout, '1');
	const to = parameters.text('to_phone') ?? '';
	const earliest = world.now().getTime() - hours * HOUR_MS;
	const rows = incomingOf(world)
		.filter((one) => one.at.getTime() >= earliest && (to === '' || one.to === to))
		.filter((one) => afterId === '' || one.id > Number(afterId))
		.slice(0, count)
		.map(
			({ id, at, phone, text, to: number }): Fields => ({
				id,
				received: moscow(at),
				phone,
				message: text,
				to_phone: number,
				sent: moscow(at),
			}),
		);
	return recordsReply(layout, rows);
}

/** `dd.mm.yyyy`, a day in Moscow. */
function dayOf(value: string): number | null {
	const [, day = '', month = '', year = ''] = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(value) ?? [];
	const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
	if (Number.isNaN(at.getTime()) || at.getUTCDate() !== Number(day)) return null;
	return at.getTime() - MOSCOW_OFFSET_MS;
}

function history(message: StoredMessage, world: World): Fields {
	const current = currentOf(message, world);
	const { mccmnc, country, operator, region } = placeOf(message.phone);
	return {
		status: Number(current.status),
		last_date: moscow(current.changedAt),
		last_timestamp: unix(current.changedAt),
		flag: message.type ?? 0,
		...(current.error === '' ? {} : { err: Number(current.error) }),
		...shownOf(message, current),
		mccmnc,
		country,
		operator,
		region,
		...(message.type === null ? {} : { type: message.type }),
		id: message.id,
		int_id: message.intId,
		sms_cnt: message.parts,
		format: message.type ?? 0,
		crc: crc32(message.text),
	};
}

/**
 * `get_messages=1`: what was sent, the newest first; `prev_id` is the `int_id` of the last one of the page before. Which
 * days are meant when none are named is not published: here those of the last six months.
 */
function messages(parameters: Parameters, layout: Layout, world: World): SimulatedReply {
	const count = countOf(parameters, 'cnt', MAX_MESSAGES);
	const previous = parameters.text('prev_id') ?? '';
	const format = parameters.text('format') ?? '';
	const now = world.now();
	const oldest = new Date(now);
	oldest.setUTCMonth(oldest.getUTCMonth() - MAX_MONTHS);
	const [first, last] = [parameters.text('start') ?? '', parameters.text('end') ?? ''];
	const start = first === '' ? oldest.getTime() : dayOf(first);
	const end = last === '' ? now.getTime() : dayOf(last);
	if (count === null || start === null || end === null || start > end + 24 * HOUR_MS) {
		return errorReply(layout, '1');
	}
	if (!/^\d{0,12}$/.test(previous) || !['', '0', '8'].includes(format)) return errorReply(layout, '1');
	// The day before the limit belongs to it in part.
	if (start < oldest.getTime() - 24 * HOUR_MS) return errorReply(layout, '1');

	const phones = splitPhones(parameters.text('phone') ?? '').map((phone) => readPhone(phone).digits ?? phone);
	const email = parameters.text('email') ?? '';
	const rows = [...messagesOf(world).values()]
		.filter(({ acceptedAt }) => {
			const at = acceptedAt.getTime();
			return at >= start && (last === '' || at < end + 24 * HOUR_MS);
		})
		.filter(({ phone }) => phones.length === 0 || phones.includes(phone))
		.filter(({ phone }) => email === '' || phone === email)
		.filter(({ type }) => format === '' || (type === 8) === (format === '8'))
		.filter(({ intId }) => previous === '' || intId < Number(previous))
		.sort((a, b) => b.intId - a.intId)
		.slice(0, count)
		.map((message) => history(message, world));
	// "Error 3: no records": an empty list has no other form.
	return rows.length === 0 ? errorReply(layout, '3', undefined, NO_RECORDS) : recordsReply(layout, rows);
}

/**
 * `get_stat=1`: how many messages and how much money in a period. https://smscentre.com/api/http/get_data/statistic/: "<login> -
 * customer Login. <cnt> - number of messages. <credit> - debit. <debit> - credit. <currency> - three-character currency code":
 * what was spent, and what came in. "If omitted [end], data from the start date is returned." How it looks in JSON is not
 * shown; here as the other lists of this page do.
 */
function statistics(parameters: Parameters, layout: Layout, account: Account, world: World): SimulatedReply {
	const start = dayOf(parameters.text('start') ?? '');
	const last = parameters.text('end') ?? '';
	const end = last === '' ? start : dayOf(last);
	if (start === null || end === null || start > end) return errorReply(layout, '1');
	const found = [...messagesOf(world).values()].filter(({ acceptedAt }) => {
		const at = acceptedAt.getTime();
		return at >= start && at < end + 24 * HOUR_MS;
	});
	const spent = found.reduce((sum, { cost }) => sum + Number(cost), 0);
	const row = { login: account.login, cnt: found.length, credit: money(spent), debit: money(0) };
	return recordsReply(layout, [{ ...row, ...(parameters.text('mycur') === '1' ? { currency: 'RUR' } : {}) }]);
}

/**
 * `get_price=1`. https://smscentre.com/api/http/get_data/tariffs/: "<zone> - tariff zone. <name> - name of the tariff zone
 * (operator, country, etc..). <api> - the cost of SMS when sending via the API. <mass> … via your personal account. <mms> …
 * <hlr> … <call>".
 */
function prices(layout: Layout): SimulatedReply {
	const zone = { mass: money(PRICE_PER_PART), mms: money(6), hlr: '0.30', call: money(PRICE_PER_PART) };
	return recordsReply(layout, [
		{ zone: 1, name: 'МТС', api: money(PRICE_PER_PART), ...zone },
		{ zone: 2, name: 'Казахстан', api: '5.50', ...zone },
	]);
}

/** `/sys/get.php`. */
export function get(parameters: Parameters, account: Account, world: World): SimulatedReply {
	const { layout, refusal } = check(parameters, account, world);
	if (refusal !== null) return refusal;
	const asked = GET_ACTIONS.filter((action) => parameters.text(action) === '1');
	const [action] = asked;
	if (action === undefined || asked.length > 1) return errorReply(layout, '1');
	// "More than three identical requests a minute."
	if (!countWithinMinute(world, `get ${parameters.fingerprint}`, 3)) {
		return errorReply(layout, '9', undefined, TOO_OFTEN);
	}
	switch (action) {
		case 'get_answers':
			return answers(parameters, layout, world);
		case 'get_messages':
			return messages(parameters, layout, world);
		case 'get_stat':
			return statistics(parameters, layout, account, world);
		case 'get_price':
			return prices(layout);
	}
}

/** `/sys/info.php`: the operator of a number. An order for the number is the error code: 3 or 5. */
export function info(parameters: Parameters, account: Account, world: World): SimulatedReply {
	const { layout, refusal } = check(parameters, account, world);
	if (refusal !== null) return refusal;
	const phone = readPhone(parameters.text('phone') ?? '').digits;
	if (parameters.text('get_operator') !== '1' || phone === null) return errorReply(layout, '1');
	// "3 same or 100 any a minute".
	if (!countWithinMinute(world, `operator ${phone}`, 3) || !countWithinMinute(world, 'operator', 100)) {
		return errorReply(layout, '9', undefined, TOO_OFTEN);
	}
	const order = world.orders.recipientCodes.get(phone);
	if (order === '3' || order === '5') return errorReply(layout, order, undefined, NO_NUMBER);
	const { mccmnc, country, operator, region, tz } = placeOf(phone);
	if (mccmnc === '') return errorReply(layout, '3', undefined, NO_NUMBER);
	const [mcc, mnc] = [mccmnc.slice(0, 3), mccmnc.slice(3)];
	return recordReply(layout, { country, operator, region, mcc, mnc, tz });
}

/** `/sys/senders.php?get=1`: the names of the account. `all=1` adds more about each, of which no shape is known. */
export function senders(parameters: Parameters, account: Account, world: World): SimulatedReply {
	const { layout, refusal } = check(parameters, account, world);
	if (refusal !== null) return refusal;
	if (parameters.text('get') !== '1') return errorReply(layout, '1');
	const names = account.senders ?? [account.defaultSender];
	return recordsReply(
		layout,
		names.map((sender, index) => ({ id: index + 1, sender })),
	);
}

/** The number that SMSC's samples of incoming texts came to. */
const WAITING_NUMBER = '79037672215';

const waitersOf = (world: World): Set<string> => memoryOf(world, 'waiters', () => new Set<string>());

/** `/sys/wait_call.php`: the number that `phone` has to call. The call itself is told by callback alone. */
export function waitCall(parameters: Parameters, account: Account, world: World): SimulatedReply {
	const { layout, refusal } = check(parameters, account, world);
	if (refusal !== null) return refusal;
	const phone = readPhone(parameters.text('phone') ?? '').digits;
	if (phone === null) return errorReply(layout, '1');
	waitersOf(world).add(phone);
	return recordReply(layout, { phone: WAITING_NUMBER });
}

/** Whether a call of that number was waited for; it is not any more. */
export const answerCall = (phone: string, world: World): boolean => waitersOf(world).delete(phone);
