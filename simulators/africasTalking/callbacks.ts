import { createHash } from 'node:crypto';

import { codeOf, wordOf, type Caller, type MessageState, type OutgoingCall } from '../callbacks';
import { memoryOf } from '../memory';
import type { AcceptedText, World } from '../simulator';
import { inboxOf, type Account } from './account';
import { hasReason, networkOf, REPORT_STATES } from './codes';

interface Reported {
	readonly code: string;
	readonly error: string;
}

const reportedOf = (world: World): Map<string, Reported> =>
	memoryOf(world, 'reported', () => new Map<string, Reported>());

/** "These requests are sent as a POST request to the URL provided, as application/x-www-form-urlencoded." */
const form = (url: string, fields: Readonly<Record<string, string>>): OutgoingCall => ({
	method: 'POST',
	url,
	headers: { 'content-type': 'application/x-www-form-urlencoded' },
	body: new URLSearchParams(fields).toString(),
});

/** What the outbox of the vendor's dashboard shows: the API has no method for it. */
export function stateOf({ messageId }: AcceptedText, world: World): MessageState {
	const { code, error } = reportedOf(world).get(messageId) ?? { code: 'Sent', error: '' };
	return { state: wordOf(code, REPORT_STATES), code, error };
}

/** "2017-05-03 06:04:45", as recorded traffic has it; the zone is not published. */
const plainTime = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');

const uuid = (text: string): string =>
	createHash('sha256')
		.update(text)
		.digest('hex')
		.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** A subscriber opts out of a sender: a third address in the vendor's dashboard, for `simulator.callback(...)`. */
export const optOut = (url: string, senderId: string, digits: string): OutgoingCall =>
	form(url, { senderId, phoneNumber: `+${digits}` });

/** https://developers.africastalking.com/docs/sms/notifications. Neither signatures nor repeats are published. */
export function createCaller({ sandbox, senders }: Account): Caller<World> {
	return {
		confirms: (status) => status === 200,
		attempts: 1,
		report({ messageIds, state, to, stranger }, { reportUrls }, world) {
			const { code, error } = codeOf(state, REPORT_STATES, "Africa's Talking");
			const textOf = (id: string): AcceptedText | undefined =>
				world.texts.find((text) => text.messageId === id);
			const unknown = messageIds.find((id) => textOf(id) === undefined);
			if (unknown !== undefined && !stranger) throw new Error(`Africa's Talking has no message ${unknown}`);
			const reason = hasReason(code) ? (error ?? 'DeliveryFailure') : '';
			return messageIds.flatMap((id) => {
				const digits = textOf(id)?.to ?? to ?? '254711000000';
				reportedOf(world).set(id, { code, error: reason });
				// The order of the fields is that of recorded traffic.
				const fields = {
					phoneNumber: `+${digits}`,
					...(reason === '' ? {} : { failureReason: reason }),
					retryCount: '0',
					id,
					status: code,
					networkCode: networkOf(digits, sandbox),
				};
				return reportUrls.map((url) => form(url, fields));
			});
		},
		receive({ from, to, text }, { incomingUrls }, world) {
			if (!senders.includes(to)) throw new Error(`${to} is not a short code of this account`);
			const number = world.nextNumber();
			const linkId = String(3_090_445_075_800_000 + number).padStart(20, '0');
			const now = world.now();
			// The page on fetching: another id, and the time in ISO 8601.
			inboxOf(world).push({
				linkId,
				text,
				to,
				id: 15_070 + number,
				date: now.toISOString(),
				from: `+${from}`,
			});
			const fields = {
				linkId,
				text,
				to,
				id: uuid(`incoming ${number}`),
				date: plainTime(now),
				from: `+${from}`,
				cost: 'KES 0.0000',
				networkCode: networkOf(from, sandbox),
			};
			return incomingUrls.map((url) => form(url, fields));
		},
	};
}
