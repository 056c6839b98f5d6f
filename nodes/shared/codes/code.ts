/** The code itself: made, put into a text, and read as a person types it. */
import { toPlainText } from '../phone/unicode';
import type { CodeKey } from './key';

/** What a code belongs to: one execution of one node, and one person. Equal in every try of a run, and in a Retry of it. */
export interface CodeOrigin {
	readonly workflowId: string;
	readonly nodeId: string;
	/** What n8n hands on from an execution to a Retry of it, or the execution's id. */
	readonly execution: string;
	readonly runIndex: number;
	/** E.164. */
	readonly to: string;
}

/** Names a code without telling anything about it. */
export function codeId(key: CodeKey, { workflowId, nodeId, execution, runIndex, to }: CodeOrigin): string {
	return key.sign('id', workflowId, nodeId, execution, runIndex, to).toString('base64url').slice(0, 22);
}

/** Each number of so many digits is as likely as any other: of 256 bits, what is left over counts for nothing. */
export function makeCode(key: CodeKey, id: string, digits: number): string {
	const wide = BigInt(`0x${key.sign('digits', id, digits).toString('hex')}`);
	return String(wide % BigInt(10 ** digits)).padStart(digits, '0');
}

const PLACE = /\{\s*code\s*\}/gi;

/** As it is typed, with nothing in the place of the code. */
export function withoutPlace(text: string): string {
	return text.replace(PLACE, '');
}

/** Null where the text has no place for the code. */
export function putCode(text: string, code: string, website: string | null): string | null {
	const filled = text.replace(PLACE, code);
	if (filled === text) return null;
	// Browsers and phones that fill a code in by themselves read the last line: https://wicg.github.io/sms-one-time-codes/
	return website === null ? filled : `${filled.trimEnd()}\n\n@${website} #${code}`;
}

/** A code as a person types it, in any script and with blanks or dashes; null for what can be no code. */
export function readTyped(typed: unknown, digits: number): string | null {
	if (typeof typed === 'number') {
		// A form's number field drops the zeros in front.
		return Number.isSafeInteger(typed) && typed >= 0
			? ofLength(String(typed).padStart(digits, '0'), digits)
			: null;
	}
	if (typeof typed !== 'string' || typed.length > 100) return null;
	return ofLength(toPlainText(typed).text.replace(/[\s.-]/g, ''), digits);
}

function ofLength(code: string, digits: number): string | null {
	return code.length === digits && /^\d+$/.test(code) ? code : null;
}
