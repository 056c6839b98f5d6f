import type { Outcome, Refused } from '../../contract/outcome';
import type { Draft } from '../messages';
import type { Result } from '../result';
import type { Run } from '../start';

/**
 * What keeps a message from being sent: usually a refusal, or what is known of it already. `sharesWith` is an earlier
 * result whose outcome it shares. Null: nothing.
 */
export type Finding = Outcome | { readonly sharesWith: Result } | null;

export type Check =
	/** About the node or the whole sheet: refuses every row, also one that has a smaller problem of its own. */
	| { readonly ofRun: (run: Run, results: readonly Result[]) => Refused | null }
	/** About all texts that have passed the checks before, together: all of them go out, or none. */
	| { readonly ofOpen: (run: Run, open: readonly Draft[], results: readonly Result[]) => Refused | null }
	/** Called once for each run; what it returns is called for each message that has passed the checks before. */
	| { readonly ofMessages: (run: Run) => (draft: Draft) => Finding };
