import { memoryOf } from '../memory';
import type { SimulatedReply, World } from '../simulator';
import type { Account } from './account';
import { isUsableIp } from './ip';
import { failReply, jsonReply, object, okReply } from './replies';
import { normalisePhone, type Parameters } from './request';

/** A number that is to be confirmed by a call from it. */
interface CallCheck {
	readonly id: string;
	readonly phone: string;
	readonly startedAt: number;
	/** 400 waiting, 401 confirmed, 402 out of time. */
	code: '400' | '401' | '402';
}

const CHECK_TEXTS: Readonly<Record<CallCheck['code'], string>> = {
	'400': 'Номер пока не подтвержден',
	'401': 'Номер подтвержден',
	'402': 'Истекло время, отведенное для проверки номера, либо неправильный check_id',
};

/** The number that is called is good for five minutes. */
const WAIT_MS = 5 * 60_000;
/** `"cost":0.4` of the vendor's sample for a call that tells a code. */
const CALL_PRICE = 0.4;
/** Code 508: "принято запросов на звонки - 11, лимит - 10". */
const MAX_CALLS = 10;
const CALLS_WITHIN_MS = 5 * 60_000;
const CALL_PHONE = '78005008275';
const CALL_PHONE_PRETTY = '+7 (800) 500-8275';

const checksOf = (world: World): Map<string, CallCheck> =>
	memoryOf(world, 'checks', () => new Map<string, CallCheck>());

const callTimesOf = (world: World): readonly number[] =>
	memoryOf(world, 'callTimes', (): readonly number[] => []);

/** `YYYYWW-N`, as message ids are: "201737-542". */
function callId(world: World): string {
	const now = world.now();
	const week = Math.ceil(((now.getTime() - Date.UTC(now.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
	const calls = memoryOf(world, 'calls', () => ({ count: 541 }));
	calls.count += 1;
	return `${now.getUTCFullYear()}${String(week).padStart(2, '0')}-${calls.count}`;
}

/** The newest check of that number that still waits gets its end; null when there is none. */
export function finishCheck(phone: string, confirmed: boolean, world: World): CallCheck | null {
	const check = [...checksOf(world).values()].reverse().find((one) => {
		expire(one, world);
		return one.phone === phone && one.code === '400';
	});
	if (check === undefined) return null;
	check.code = confirmed ? '401' : '402';
	return check;
}

function expire(check: CallCheck, world: World): void {
	if (check.code === '400' && world.now().getTime() - check.startedAt > WAIT_MS) check.code = '402';
}

/** `/callcheck/add`: the number that has to be called from `phone`. */
export function addCheck(parameters: Parameters, isJson: boolean, world: World): SimulatedReply {
	const phone = normalisePhone(parameters.get('phone') ?? '');
	if (phone === null) return failReply(isJson, '202');
	const order = world.orders.recipientCodes.get(phone);
	if (order !== undefined) return failReply(isJson, order);
	const check: CallCheck = { id: callId(world), phone, startedAt: world.now().getTime(), code: '400' };
	checksOf(world).set(check.id, check);
	return okReply(
		isJson,
		[
			['check_id', check.id],
			['call_phone', CALL_PHONE],
			['call_phone_pretty', CALL_PHONE_PRETTY],
			['call_phone_html', `<a href="callto:${CALL_PHONE}">${CALL_PHONE_PRETTY}</a>`],
		],
		[check.id, CALL_PHONE],
	);
}

/** `/callcheck/status`. An id that nobody knows is told in the words for one whose time is over. */
export function checkStatus(parameters: Parameters, isJson: boolean, world: World): SimulatedReply {
	const check = checksOf(world).get(parameters.get('check_id') ?? '');
	if (check !== undefined) expire(check, world);
	const code = check?.code ?? '402';
	return okReply(
		isJson,
		[
			['check_status', code],
			['check_status_text', CHECK_TEXTS[code]],
		],
		[code],
	);
}

/** `/code/call`: calls the number; the last four digits of the caller are the code. The page has JSON with or without `json=1`. */
export function callWithCode(parameters: Parameters, account: Account, world: World): SimulatedReply {
	const phone = normalisePhone(parameters.get('phone') ?? '');
	if (phone === null) return failReply(true, '202');
	const order = world.orders.recipientCodes.get(phone);
	if (order !== undefined) return failReply(true, order);
	// -1: no end user, the code is asked for by hand.
	const ip = parameters.get('ip') ?? '';
	if (ip !== '' && ip !== '-1' && !isUsableIp(ip, account.privateAddresses)) return failReply(true, '507');
	if (CALL_PRICE > world.balance) return failReply(true, '201');
	const now = world.now().getTime();
	const recent = callTimesOf(world).filter((at) => now - at < CALLS_WITHIN_MS);
	if (recent.length >= MAX_CALLS) return failReply(true, '508');
	world.memory.set('callTimes', [...recent, now]);
	const id = callId(world);
	world.balance = Math.round((world.balance - CALL_PRICE) * 100) / 100;
	// The sample's 1435 first, and then one with a zero in front, which a client must not lose.
	const count = Number(id.split('-')[1]) - 542;
	const code = String((1435 + count * 8999) % 10_000).padStart(4, '0');
	return jsonReply(
		object(
			['status', 'OK'],
			['code', code],
			['call_id', id],
			['cost', CALL_PRICE],
			['balance', world.balance],
		),
	);
}
