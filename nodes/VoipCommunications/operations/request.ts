/** How every query to VoIP Communications is made and read: the sentence decides, then the HTTP status. */
import { queryFailureOfCode } from '../../shared/contract/codes';
import { asRecord } from '../../shared/contract/json';
import type { QueryAnswer } from '../../shared/contract/operation';
import type { GatewayReply, GatewayRequest } from '../../shared/contract/request';
import type { ErrorKind, QueryFailure } from '../../shared/contract/outcome';
import { NAME, REQUEST_REFUSED, refusalOf, refusalOfSignIn } from '../codes';
import { codeOfRefusal, sentenceOfError } from '../reply';
import type { ReplyRow } from '../../shared/contract/replyRows';

export function voipCommunicationsRequest(
	path: string,
	fields: Readonly<Record<string, string>> = {},
): GatewayRequest {
	return { method: 'POST', path: `/api-v2/index.php/${path}`, body: { kind: 'form', fields } };
}

/** What `read` makes of a reply that does not refuse; null where it misses what every such reply has. */
export function readVoipCommunications(
	reply: GatewayReply,
	read: (json: ReplyRow | null) => QueryAnswer | null,
): readonly QueryAnswer[] | null {
	const json = asRecord(reply.json);
	const sentence = sentenceOfError(json);
	// A busy or broken gateway says so by its status: then the request is repeated.
	if (sentence !== null && (reply.status >= 500 || reply.status === 429)) return null;
	const answer = sentence === null ? read(json) : { failure: failureOf(sentence, reply.status) };
	return answer === null ? null : [answer];
}

/** The words about numbers, dates and texts in a refusal are guesses that hold for sending alone. */
const HELD_FOR_ALL: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
	'authentication',
	'insufficient_funds',
	'rate_limited',
]);

function failureOf(sentence: string, status: number): QueryFailure {
	const words = status === 401 ? refusalOfSignIn(sentence) : refusalOf(sentence);
	const known = words !== null && HELD_FOR_ALL.has(words.kind) ? words : REQUEST_REFUSED;
	return queryFailureOfCode(NAME, codeOfRefusal(sentence, status), known, sentence);
}

/** Pages are counted from 0 until one is empty. */
export function nextPage(entries: readonly unknown[], cursor: string | null): string | null {
	return entries.length === 0 ? null : String(Number(cursor ?? '0') + 1);
}
