import { memoryOf } from '../memory';
import type { World } from '../simulator';
import type { Parameters } from './request';

/** One SMS.RU account. */
export interface Account {
	readonly apiId: string;
	readonly login: string;
	readonly password: string;
	/** Approved names; null: every name of Latin letters. An empty list is an account without a sender: code 221. */
	readonly senders: readonly string[] | null;
	/** Used when `from` is absent. */
	readonly defaultSender: string;
	/** Code 231 beyond it; null: the limit is off in the cabinet. */
	readonly sameTextLimitPerMinute: number | null;
	/** Distinct numbers a day; code 206 beyond it. */
	readonly dailyLimit: number;
	/** Good as `ip` although they are private. */
	readonly privateAddresses: readonly string[];
}

/** "3.50" of recorded traffic. */
export const PRICE_PER_PART = 3.5;

export interface StoredMessage {
	readonly id: string;
	readonly acceptedAt: Date;
	readonly scheduledFor: Date | null;
	readonly cost: string;
	/** What it comes to when the operator has had it. */
	readonly outcome: string;
}

export function messagesOf(world: World): Map<string, StoredMessage> {
	return memoryOf(world, 'messages', () => new Map<string, StoredMessage>());
}

/** The numbers written to today, by the calendar day in Moscow. */
export function numbersToday(world: World): Set<string> {
	const day = new Date(world.now().getTime() + 3 * 3_600_000).toISOString().slice(0, 10);
	return memoryOf(world, `numbers ${day}`, () => new Set<string>());
}

/** Times within the last minute at which this text went to this number. */
export function sameTextTimes(world: World, digits: string, text: string): number[] {
	const sent = memoryOf(world, 'sameTexts', () => new Map<string, number[]>());
	const key = `${digits} ${text}`;
	const now = world.now().getTime();
	const recent = (sent.get(key) ?? []).filter((at) => now - at < 60_000);
	sent.set(key, recent);
	return recent;
}

/** The refusal of credentials, or null. The vendor's own class sends `api_id=none` beside login and password. */
export function refuseCredentials(parameters: Parameters, account: Account): '200' | '301' | null {
	if (parameters.get('api_id') === account.apiId) return null;
	const [login, password] = [parameters.get('login'), parameters.get('password')];
	if (login === undefined || password === undefined) return '200';
	return login === account.login && password === account.password ? null : '301';
}
