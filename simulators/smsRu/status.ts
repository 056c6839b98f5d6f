import { memoryOf } from '../memory';
import type { SimulatedReply, World } from '../simulator';
import { messagesOf, type StoredMessage } from './account';
import { codeText } from './codes';
import { errorEntry, failReply, object, okReply } from './replies';
import type { Parameters } from './request';

/** "до 100 штук за один запрос" */
const MAX_IDS = 100;
/** Delivery is imitated by the time since a message left. */
const SENT_MS = 500;
const DELIVERED_MS = 3000;

/** What a report has said of a message: that is how it stays. */
const reportedOf = (world: World): Map<string, string> =>
	memoryOf(world, 'reported', () => new Map<string, string>());

export function setCurrentCode(message: StoredMessage, code: string, world: World): void {
	reportedOf(world).set(message.id, code);
}

export function currentCode(message: StoredMessage, world: World): string {
	const reported = reportedOf(world).get(message.id);
	if (reported !== undefined) return reported;
	const age = world.now().getTime() - (message.scheduledFor ?? message.acceptedAt).getTime();
	if (age < SENT_MS) return '100';
	return age < DELIVERED_MS ? '102' : message.outcome;
}

/** `/sms/status`. An entry's `status` is OK for every message that is known, also for one that failed. */
export function status(parameters: Parameters, isJson: boolean, world: World): SimulatedReply {
	// `id` is the older name of `sms_id`.
	const ids = (parameters.get('sms_id') ?? parameters.get('id') ?? '').split(',').map((id) => id.trim());
	const asked = [...new Set(ids.filter((id) => id !== ''))];
	if (asked.length > MAX_IDS) return failReply(isJson, '213');
	const found = asked.map((id) => {
		const message = messagesOf(world).get(id);
		if (message === undefined) return { id, code: '-1', entry: errorEntry('-1') };
		const code = currentCode(message, world);
		const entry = object(
			['status', 'OK'],
			['status_code', Number(code)],
			['cost', message.cost],
			['status_text', codeText(code)],
		);
		return { id, code, entry };
	});
	return okReply(
		isJson,
		[
			['sms', object(...found.map(({ id, entry }) => [id, entry] as const))],
			['balance', world.balance],
		],
		found.map(({ code }) => code),
	);
}
