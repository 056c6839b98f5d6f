/** How every question to AlphaSMS's text interface is asked and answered. Source: the vendor's HTTP pages. */
import type { CodeWords } from '../../shared/codes';
import { noAnswerOfCode } from '../../shared/codes';
import type { GatewayReply, GatewayRequest } from '../../shared/gateway';
import type { NoAnswer } from '../../shared/outcome';
import { OTHER_SENTENCE, wordsOfSentence } from '../codes';
import { NAME, errorsIn, readPairs } from '../send';

export function alphaSmsRequest(
	command: string,
	fields: Readonly<Record<string, string>> = {},
): GatewayRequest {
	// Without `version` old installations speak another dialect.
	const body = { kind: 'form', fields: { version: 'http', command, ...fields } } as const;
	return { method: 'POST', path: '/api/http.php', body };
}

type Pairs = ReadonlyMap<string, readonly string[]>;

/** The pairs of a reply, what it refuses with, or null when it is not in this layout. */
export function readText({
	text,
}: GatewayReply): { readonly pairs: Pairs } | { readonly failure: NoAnswer } | null {
	const pairs = readPairs(text);
	if (pairs.size === 0 || !/^\s*[a-z_]+:/.test(text)) return null;
	const sentence = errorsIn(pairs);
	return sentence === null ? { pairs } : { failure: noAnswerOfSentence(sentence) };
}

/** A sentence that nobody has written down; those that are known speak for themselves. */
const OTHER_REFUSAL: CodeWords = { ...OTHER_SENTENCE, message: 'AlphaSMS refused this request' };

export function noAnswerOfSentence(sentence: string): NoAnswer {
	const { code, words, isKnown } = wordsOfSentence(sentence);
	return noAnswerOfCode(NAME, code, isKnown ? words : OTHER_REFUSAL, isKnown ? null : sentence);
}
