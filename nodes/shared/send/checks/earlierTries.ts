import { keyOf } from '../record';
import { hasTried } from '../result';
import { gatewayNames } from '../start';
import type { Check } from './check';

/** What an earlier try of this run (n8n's Retry On Fail) has settled, or was sending when it was cut off. */
export const earlierTries: Check = {
	ofMessages: (run) => {
		const { ledger } = run;
		if (ledger === null) return () => null;
		const names = gatewayNames(run);
		return (draft) => {
			const key = keyOf(run, draft);
			const known = ledger.settled(key, names);
			if (known === undefined) return null;
			hasTried(draft.result, ledger.triedBefore(key));
			return known;
		};
	},
};
