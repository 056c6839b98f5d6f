import {
	codeOf,
	wordOf,
	type Caller,
	type DeliveryState,
	type MessageState,
	type VendorState,
} from '../callbacks';
import type { AcceptedText, World } from '../simulator';
import { messagesOf, report, statusOf } from './account';

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

/**
 * AlphaSMS can call a `hook` and an address of the account, but says nowhere with what: a report changes the status that it
 * tells, and calls nobody.
 */
export const caller: Caller<World> = {
	confirms: (status) => status === 200,
	attempts: 1,
	report({ messageIds, state }, _desk, world) {
		const { code } = codeOf(state, CODES, 'AlphaSMS');
		for (const id of messageIds) {
			const message = messagesOf(world).get(id);
			if (message === undefined) throw new Error(`AlphaSMS has no message ${id}`);
			report(message, code, world);
		}
		return [];
	},
};
