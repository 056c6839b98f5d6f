import {
	codeOf,
	wordOf,
	type CallbackSettings,
	type Caller,
	type DeliveryState,
	type MessageState,
	type OutgoingCall,
	type VendorState,
} from '../callbacks';
import { memoryOf } from '../memory';
import type { AcceptedText, World } from '../simulator';
import { localTime } from './request';
import { messagesOf, respond, type Account, type StoredMessage } from './send';

/** How long a text stays in each state; the vendor promises nothing. */
const STEP_MS = 1000;

const CODES: Readonly<Partial<Record<DeliveryState, VendorState>>> = {
	queued: { code: 'Scheduled' },
	sent: { code: 'SentToNetwork' },
	delivered: { code: 'DeliveredToTerminal' },
	expired: { code: 'Expired' },
	undelivered: { code: 'DeliveryImpossible' },
	rejected: { code: 'SenderName Blacklisted' },
};

export interface Current {
	/** The word of the delivery report. */
	readonly description: string;
	/** Null while nothing is final. */
	readonly finishedAt: Date | null;
	readonly seconds: number;
}

const reportedOf = (world: World): Map<string, Current> =>
	memoryOf(world, 'reported', () => new Map<string, Current>());

const PENDING: ReadonlySet<string> = new Set(['Scheduled', 'SentToNetwork']);

export function currentOf(id: string, message: StoredMessage, world: World): Current {
	const reported = reportedOf(world).get(id);
	if (reported !== undefined) return reported;
	const step = Math.floor((world.now().getTime() - message.startsAt) / STEP_MS);
	if (step < 1) return { description: 'Scheduled', finishedAt: null, seconds: 0 };
	if (step === 1) return { description: 'SentToNetwork', finishedAt: null, seconds: 0 };
	const finishedAt = new Date(message.startsAt + 2 * STEP_MS);
	return { description: message.outcome, finishedAt, seconds: (2 * STEP_MS) / 1000 };
}

function report(id: string, description: string, world: World): Current {
	const now = world.now();
	const startsAt = messagesOf(world).get(id)?.startsAt ?? now.getTime();
	const current: Current = {
		description,
		finishedAt: PENDING.has(description) ? null : now,
		seconds: Math.max(0, (now.getTime() - startsAt) / 1000),
	};
	reportedOf(world).set(id, current);
	return current;
}

const jsonTo = (
	url: string,
	fields: Readonly<Record<string, string>>,
	{ jsonAsForm }: CallbackSettings,
): OutgoingCall => ({
	method: 'POST',
	url,
	headers: { 'content-type': jsonAsForm ? 'application/x-www-form-urlencoded' : 'application/json' },
	body: JSON.stringify(fields),
});

function queryTo(address: string, fields: Readonly<Record<string, string>>): OutgoingCall {
	const url = new URL(address);
	for (const [name, value] of Object.entries(fields)) url.searchParams.append(name, value);
	return { method: 'GET', url: url.href, headers: {}, body: '' };
}

export function stateOf(text: AcceptedText, world: World): MessageState | null {
	const message = messagesOf(world).get(text.messageId);
	if (message === undefined) return null;
	const { description } = currentOf(text.messageId, message, world);
	const waits = description === 'Scheduled' && message.startsAt > world.now().getTime();
	return { state: waits ? 'scheduled' : wordOf(description, CODES), code: description, error: '' };
}

/**
 * Delivery reports: Advanta's page on its callback URL; JSON, not signed, without the recipient. Incoming texts of a short
 * code: its "Shortcode API" page, GET or POST with JSON. Repeats are not published.
 */
export function createCaller(account: Account): Caller<World> {
	return {
		confirms: (status) => status === 200,
		attempts: 1,
		report({ messageIds, state, stranger }, desk, world) {
			const { code } = codeOf(state, CODES, 'Advanta SMS');
			const unknown = messageIds.find((id) => !messagesOf(world).has(id));
			if (unknown !== undefined && !stranger) throw new Error(`Advanta SMS has no message ${unknown}`);
			return messageIds.flatMap((id) => {
				const { description, seconds } = report(id, code, world);
				const fields = {
					description,
					messageid: id,
					timeTaken: `${Math.round(seconds)}s`,
					timestamp: localTime(world.now()),
				};
				return desk.reportUrls.map((url) => jsonTo(url, fields, desk.settings));
			});
		},
		receive({ from, to, text }, { settings, incomingUrls }) {
			const fields: Record<string, string> = settings.interactive
				? { shortcode: to, msisdn: from, message: text, partnerId: account.partnerId }
				: { shortcode: to, mobile: from, message: text };
			return incomingUrls.map((url) =>
				settings.method === 'GET' ? queryTo(url, fields) : jsonTo(url, fields, settings),
			);
		},
		// https://github.com/harrykerry/advanta-africa-apis, docs/shortcode-api: "an auto-response, which we will send to the user automatically
		// via your SMS account". Nothing says which answers are none, so an empty one alone is.
		answered({ from, to }, answer, { settings }, world) {
			if (settings.autoResponse && answer.trim() !== '') respond({ to: from, from: to, text: answer }, world);
		},
	};
}
