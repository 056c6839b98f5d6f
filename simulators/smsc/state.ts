import type { VendorState } from '../callbacks';
import { memoryOf } from '../memory';
import type { World } from '../simulator';
import { messageKey, type StoredMessage } from './account';

/**
 * SMSC's page on error codes in the status: 220, the operator's queue is full and SMSC keeps trying by itself; 241, not all
 * parts were taken; 245, no final status came within a day. They come with status 20, and yet they are not the end: here
 * the message arrives after all.
 */
const NOT_FINAL: ReadonlySet<string> = new Set(['220', '241', '245']);
const AFTER_ALL_MS = 600_000;

/** How long a message is with SMSC, and then with the operator, before it is on the phone. */
const HANDED_OVER_MS = 500;
const DELIVERED_MS = 3000;

export const STATUS_NAMES: Readonly<Record<string, string>> = {
	'-3': 'Сообщение не найдено',
	'-2': 'Остановлено',
	'-1': 'Ожидает отправки',
	'0': 'Передано оператору',
	'1': 'Доставлено',
	'2': 'Прочитано',
	'3': 'Просрочено',
	'4': 'Нажата ссылка',
	'20': 'Невозможно доставить',
	'22': 'Неверный номер',
	'23': 'Запрещено',
	'24': 'Недостаточно средств',
	'25': 'Недоступный номер',
};

export interface Current {
	readonly status: string;
	readonly error: string;
	readonly changedAt: Date;
}

/** What a report has said of a message: that is how it stays. */
const reportedOf = (world: World): Map<string, Current> =>
	memoryOf(world, 'reported', () => new Map<string, Current>());

export function setCurrent(message: StoredMessage, { code, error = '' }: VendorState, world: World): Current {
	const current: Current = { status: code, error, changedAt: world.now() };
	reportedOf(world).set(messageKey(message.id, message.phone), current);
	return current;
}

export function currentOf(message: StoredMessage, world: World): Current {
	const reported = reportedOf(world).get(messageKey(message.id, message.phone));
	if (reported !== undefined) return reported;
	const now = world.now();
	const leavesAt = (message.scheduledFor ?? message.acceptedAt).getTime();
	const after = (ms: number): Date => new Date(leavesAt + ms);
	const { outcome } = message;
	// Refusals are known at once, other outcomes when the operator has had the message.
	if (outcome !== null && Number(outcome.status) >= 22) return { ...outcome, changedAt: message.acceptedAt };
	const age = now.getTime() - leavesAt;
	if (age < HANDED_OVER_MS) return { status: '-1', error: '', changedAt: message.acceptedAt };
	if (age < DELIVERED_MS) return { status: '0', error: '', changedAt: after(HANDED_OVER_MS) };
	if (outcome?.status === '20' && NOT_FINAL.has(outcome.error) && age >= AFTER_ALL_MS) {
		return { status: '1', error: '', changedAt: after(AFTER_ALL_MS) };
	}
	return { ...(outcome ?? { status: '1', error: '' }), changedAt: after(DELIVERED_MS) };
}

/** Dates are Moscow time: DD.MM.YYYY hh:mm:ss. */
export function moscow(at: Date): string {
	const local = new Date(at.getTime() + 3 * 3_600_000).toISOString();
	return `${local.slice(8, 10)}.${local.slice(5, 7)}.${local.slice(0, 4)} ${local.slice(11, 19)}`;
}

export const unix = (at: Date): number => Math.floor(at.getTime() / 1000);
