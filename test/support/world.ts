/** What a simulation lives in, without a server: for tests that ask it directly. */
import { emptySettings } from '../../simulators/callbacks';
import type { World } from '../../simulators/simulator';

export const emptyWorld = (now: number): World => ({
	orders: { requestCode: null, recipientCodes: new Map() },
	texts: [],
	balance: 100,
	openRequests: 1,
	now: () => new Date(now),
	accept: () => undefined,
	nextNumber: () => 1,
	callbacks: emptySettings(),
	memory: new Map(),
});
