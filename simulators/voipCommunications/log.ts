import type { IncomingText } from '../callbacks';
import { memoryOf } from '../memory';
import type { SimulatedReply, SimulatedRequest, World } from '../simulator';
import { formOf } from './form';
import { json } from './replies';

/** A text of a conversation, in either direction, in the names of the vendor's own apps. */
export interface LogEntry {
	readonly sms_id: string;
	readonly sms_inout: 'IN' | 'OUT';
	readonly sms_status: string;
	readonly sms_status_date: string;
	readonly sms_type: string;
	/** The account's number. */
	readonly sms_internal: string;
	readonly sms_external: string;
	readonly sms_country: string;
	/** A string: the apps multiply it by 1. */
	readonly sms_sale: string;
	readonly sms_msg: string;
}

/** How many rows a page has is not published: the apps ask on until one is empty. */
const PAGE_SIZE = 20;

const logOf = (world: World): LogEntry[] => memoryOf(world, 'log', (): LogEntry[] => []);

/** `2019-10-01 00:00:00` of the page's sample, in the account's zone: UTC. */
export const wallClock = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');

/** "2017559ea27008c6b7122900621": a year, thirteen hexadecimal places of time as PHP's uniqid() makes them, a number. */
export function smsId(world: World): string {
	const now = world.now();
	const micros = (now.getTime() % 1000) * 1000;
	const unique = Math.floor(now.getTime() / 1000).toString(16) + micros.toString(16).padStart(5, '0');
	const numbers = memoryOf(world, 'smsIds', () => ({ last: 7_122_900_620 }));
	numbers.last += 1;
	return `${now.getUTCFullYear()}${unique.padStart(13, '0')}${numbers.last}`;
}

export const logSent = (entry: LogEntry, world: World): void => void logOf(world).push(entry);

export function logReceived({ from, to, text }: IncomingText, country: string, world: World): void {
	logOf(world).push({
		sms_id: smsId(world),
		sms_inout: 'IN',
		// The only word for a status that is published is for texts that go out.
		sms_status: '',
		sms_status_date: wallClock(world.now()),
		sms_type: '2WAYSMS',
		sms_internal: to,
		sms_external: from,
		sms_country: country,
		sms_sale: '0',
		sms_msg: text,
	});
}

function pageOf(form: ReadonlyMap<string, string>, rows: readonly LogEntry[]): readonly LogEntry[] {
	const page = form.get('page') ?? '';
	const number = /^\d{1,6}$/.test(page) ? Number(page) : 0;
	return rows.slice(number * PAGE_SIZE, (number + 1) * PAGE_SIZE);
}

const newestFirst = (world: World): LogEntry[] => [...logOf(world)].reverse();

/** `sms/summary`, not documented but called by the vendor's apps: the last text of each conversation, the newest first. */
export function summary(request: SimulatedRequest, world: World): SimulatedReply {
	const last = new Map<string, LogEntry>();
	for (const entry of newestFirst(world)) {
		const conversation = `${entry.sms_internal} ${entry.sms_external}`;
		if (!last.has(conversation)) last.set(conversation, entry);
	}
	return json(200, { summary: pageOf(formOf(request), [...last.values()]) });
}

/** `sms/chat`, as little documented: one conversation, the newest text first. */
export function chat(request: SimulatedRequest, world: World): SimulatedReply {
	const form = formOf(request);
	const rows = newestFirst(world).filter(
		(entry) => entry.sms_internal === form.get('internal') && entry.sms_external === form.get('external'),
	);
	return json(200, { chat: pageOf(form, rows) });
}
