import {
	codeOf,
	wordOf,
	type Caller,
	type DeliveryState,
	type MessageState,
	type OutgoingCall,
	type VendorState,
} from '../callbacks';
import type { AcceptedText, World } from '../simulator';
import { messagesByClientIdOf, messagesOf, report, statusOf } from './account';

const CODES: Readonly<Partial<Record<DeliveryState, VendorState>>> = {
	queued: { code: '0' },
	sending: { code: '1' },
	sent: { code: '2' },
	delivered: { code: '3' },
	read: { code: '116' },
	undelivered: { code: '96' },
	rejected: { code: '95' },
	cancelled: { code: '10' },
};

export function stateOf(text: AcceptedText, world: World): MessageState | null {
	const message = messagesOf(world).get(text.messageId);
	if (message === undefined) return null;
	const { code } = statusOf(message, world);
	const waits = code === '0' && message.startsAt > world.now().getTime();
	return { state: waits ? 'scheduled' : wordOf(code, CODES), code, error: '' };
}

/** The `hook` that came with a message; null where none did. */
function hookOf(id: string, world: World): string | null {
	const named = [...messagesByClientIdOf(world).values()].find(({ message }) => message.id === id);
	return named?.hook ?? null;
}

/**
 * A report changes the status that AlphaSMS tells, and calls the `hook` of the message. With what, no page says: here it
 * is nothing at all, which is the least that it can be. Nor is the address of the account described; nobody calls it.
 */
export const caller: Caller<World> = {
	confirms: (status) => status === 200,
	attempts: 1,
	report({ messageIds, state }, { settings: { method } }, world) {
		const { code } = codeOf(state, CODES, 'AlphaSMS');
		return messageIds.flatMap((id): OutgoingCall[] => {
			const message = messagesOf(world).get(id);
			if (message === undefined) throw new Error(`AlphaSMS has no message ${id}`);
			report(message, code, world);
			const url = hookOf(id, world);
			return url === null ? [] : [{ method, url, headers: {}, body: '' }];
		});
	},
};
