/** How every query to AlphaSMS's text interface is made and read. Source: the vendor's HTTP pages. */
import type { QueryAnswer } from '../../shared/contract/operation';
import { messageQueries } from '../../shared/contract/operation';
import type { GatewayReply, GatewayRequest } from '../../shared/contract/request';
import type { QueryFailure } from '../../shared/contract/outcome';
import { messageIdField } from '../../shared/panel/operationFields';
import { codeInStatus, queryFailureOfSentences } from '../codes';
import type { Pairs } from '../reply';
import { readPairs } from '../reply';

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
}: GatewayReply): { readonly pairs: Pairs } | { readonly failure: QueryFailure } | null {
	const pairs = readPairs(text);
	if (pairs.size === 0 || !/^\s*[a-z_]+:/.test(text)) return null;
	const sentences = pairs.get('errors');
	return sentences === undefined ? { pairs } : { failure: queryFailureOfSentences(sentences) };
}

/** What `read` makes of a reply that does not refuse; null where it misses what every such reply has. */
export function readAlphaSms(
	reply: GatewayReply,
	read: (pairs: Pairs) => QueryAnswer | null,
): readonly QueryAnswer[] | null {
	const text = readText(reply);
	const answer = text === null || 'failure' in text ? text : read(text.pairs);
	return answer === null ? null : [answer];
}

/** The status that a reply tells; null when it tells none. Its code is missing in the page's table, not in its sample. */
export function statusIn(pairs: Pairs): { readonly code: string | null } | null {
	const code = pairs.get('code')?.[0] ?? '';
	if (code !== '') return { code };
	const status = pairs.get('status')?.[0];
	return status === undefined ? null : { code: codeInStatus(status) };
}

export const alphaSmsMessageIds = messageQueries(/^\d{1,20}$/);

export const alphaSmsIdField = { ...messageIdField, placeholder: 'e.g. 84523377' };
