/** A row of a table of codes, by what the person may do about it: what it is, what happened, how to get unstuck. */
import type { CodeMeaning } from '../shared/contract/codes';
import type { ErrorKind, RetryAdvice } from '../shared/contract/outcome';

const row =
	(retry: RetryAdvice) =>
	(kind: ErrorKind, message: string, hint: string): CodeMeaning => ({ kind, message, hint, retry });

export const never = row('never');
export const later = row('later');
export const afterFix = row('after_fix');

/** Not the last word: the message may have gone out, or may still. */
export function perhapsSent(kind: ErrorKind, message: string, hint: string): CodeMeaning {
	return { ...row('check_first')(kind, message, hint), mayBeAccepted: true };
}

/** Every further request of the run would meet the same. */
export function stopping(words: CodeMeaning): CodeMeaning {
	return { ...words, fatal: true };
}
