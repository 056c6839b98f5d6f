/**
 * VoIP Communications: the message log. The vendor's documentation does not have it; its own apps use it, and it may
 * change without notice. Only the fields named here are handed on, so that nothing else of the account leaves.
 */
import { noAnswerOfCode } from '../../shared/contract/codes';
import type { JsonRecord } from '../../shared/contract/request';
import type { Operation } from '../../shared/contract/operation';
import type { ErrorKind, NoAnswer } from '../../shared/contract/outcome';
import { asNumber, asRecord, asText, pick } from '../../shared/contract/json';
import { REQUEST_REFUSED, refusalOf, refusalOfSignIn } from '../codes';
import { NAME, sentenceOfError } from '../send';

function rowOf(entry: Readonly<Record<string, unknown>>): JsonRecord {
	const text = (key: string): string | null => asText(pick(entry, key));
	const isIncoming = text('sms_inout') === 'IN';
	const own = text('sms_internal');
	const other = text('sms_external');
	return {
		messageId: text('sms_id'),
		direction: isIncoming ? 'in' : 'out',
		from: isIncoming ? other : own,
		to: isIncoming ? own : other,
		text: text('sms_msg'),
		status: text('sms_status'),
		statusDate: text('sms_status_date'),
		price: asNumber(pick(entry, 'sms_sale')),
	};
}

/** The words about numbers, dates and texts in a refusal are guesses that hold for sending alone. */
const HELD_FOR_ALL: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
	'authentication',
	'insufficient_funds',
	'rate_limited',
]);

function failureOf(sentence: string, status: number): NoAnswer {
	const words = status === 401 ? refusalOfSignIn(sentence) : refusalOf(sentence);
	const known = words !== null && HELD_FOR_ALL.has(words.kind) ? words : REQUEST_REFUSED;
	const code = status === 200 ? sentence.slice(0, 100) : `HTTP ${status}`;
	return noAnswerOfCode(NAME, code, known, sentence);
}

const getLog: Operation = {
	resource: 'message',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many messages of the log',
	description:
		'Get the log of sent and received messages. The vendor does not document this request: it may stop working.',
	fields: [],
	returnsMany: true,
	perRequest: 1,
	readAsks: () => [{}],
	build: (_, cursor) => ({
		method: 'POST',
		path: '/api-v2/index.php/sms/summary',
		body: { kind: 'form', fields: { page: cursor ?? '0' } },
	}),
	read(reply, _, cursor) {
		const json = asRecord(reply.json);
		const sentence = sentenceOfError(json);
		// A gateway that is busy or broken says so by its status: then the same is asked again.
		if (sentence !== null && (reply.status >= 500 || reply.status === 429)) return null;
		if (sentence !== null) return [{ failure: failureOf(sentence, reply.status) }];
		const entries = pick(json, 'summary');
		if (!Array.isArray(entries)) return null;
		const rows = entries.flatMap((entry: unknown) => {
			const record = asRecord(entry);
			return record === null ? [] : [rowOf(record)];
		});
		// Pages are counted from 0 until one is empty.
		return [{ rows, next: entries.length === 0 ? null : String(Number(cursor ?? '0') + 1) }];
	},
};

export const voipCommunicationsOperations: readonly Operation[] = [getLog];
