import { keyOf } from '../record';
import type { Check } from './check';

/** What an earlier try of this run (n8n's Retry On Fail) has settled, or was sending when it was cut off. */
export const earlierTries: Check = {
	ofMessages: (run) => (draft) => run.ledger?.settled(keyOf(run, draft), run.gateway.displayName) ?? null,
};
