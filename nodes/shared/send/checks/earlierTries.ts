import { keyOf } from '../record';
import type { Check } from './check';

/** What an earlier try of this run (n8n's Retry On Fail) has settled, or was sending when it was cut off. */
export const earlierTries: Check = {
	ofMessages:
		({ ledger, gateway }) =>
		(draft) =>
			ledger?.settled(keyOf(gateway, draft), gateway.displayName) ?? null,
};
