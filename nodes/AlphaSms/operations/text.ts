/** How every question to AlphaSMS's text interface is asked and answered. Source: the vendor's HTTP pages. */
import type { GatewayReply, GatewayRequest } from '../../shared/contract/request';
import type { NoAnswer } from '../../shared/contract/outcome';
import { noAnswerOfSentences } from '../codes';
import type { Pairs } from '../send';
import { NAME, readPairs } from '../send';

export function alphaSmsRequest(
	command: string,
	fields: Readonly<Record<string, string>> = {},
): GatewayRequest {
	// Without `version` old installations speak another dialect.
	const body = { kind: 'form', fields: { version: 'http', command, ...fields } } as const;
	return { method: 'POST', path: '/api/http.php', body };
}

/** The pairs of a reply, what it refuses with, or null when it is not in this layout. */
export function readText({
	text,
}: GatewayReply): { readonly pairs: Pairs } | { readonly failure: NoAnswer } | null {
	const pairs = readPairs(text);
	if (pairs.size === 0 || !/^\s*[a-z_]+:/.test(text)) return null;
	const sentences = pairs.get('errors');
	return sentences === undefined ? { pairs } : { failure: noAnswerOfSentences(NAME, sentences) };
}
