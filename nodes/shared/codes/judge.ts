/** Whether a code is right, in the order that tells a stranger nothing: a try is taken before anything is compared. */
import type { CodeState } from '../contract/oneTimeCode';
import { readTyped } from './code';
import type { CodeKey } from './key';
import type { Token } from './token';
import { readToken } from './token';
import type { Tries } from './tries';

export interface CodeVerdict {
	readonly state: CodeState;
	/** E.164; null where the token is not one of ours. */
	readonly to: string | null;
	/** Null where no try was taken. */
	readonly triesLeft: number | null;
}

/** @throws when the try cannot be written down: nothing was compared */
export async function judge(
	key: CodeKey,
	{ codeId, typed }: { readonly codeId: string; readonly typed: unknown },
	tries: Tries,
	now: number,
): Promise<CodeVerdict> {
	const token = readToken(key, codeId);
	if (token === null) return { state: 'invalid', to: null, triesLeft: null };
	const { to } = token;
	if (now >= token.expiresAt) return { state: 'expired', to, triesLeft: null };
	const code = readTyped(typed, token.digits);
	// What has not the shape of a code cannot be right: a slip of the finger costs no try.
	if (code === null) return { state: 'wrong', to, triesLeft: null };
	const triesLeft = await tries.take(token);
	if (triesLeft === null) return { state: 'locked', to, triesLeft: 0 };
	return { state: await compare(token, code, tries), to, triesLeft };
}

async function compare(token: Token, code: string, tries: Tries): Promise<CodeState> {
	if (!token.isCode(code)) return 'wrong';
	return (await tries.use(token)) ? 'confirmed' : 'used';
}
