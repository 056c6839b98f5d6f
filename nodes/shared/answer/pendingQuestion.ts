/**
 * A question while n8n waits for its answer. It is kept in the node's context, which n8n (1.123 and 2.41) saves with the
 * execution: of what `execute()` returns, nothing is left when the answer comes.
 */
import { asRecord } from '../contract/json';
import type { Language } from './words';
import { LANGUAGES } from './words';

/** One button, or two. */
export interface Approval {
	readonly kind: 'approval';
	readonly approve: string;
	/** Null: there is one button. */
	readonly decline: string | null;
}

export interface FreeText {
	readonly kind: 'freeText';
	readonly submit: string;
}

export type Question = Approval | FreeText;

export interface PendingQuestion {
	readonly question: Question;
	/** The text without its link. */
	readonly message: string;
	readonly language: Language;
	/** Which run of the node asks: in a loop it asks again, and the link of an earlier run must not answer. */
	readonly run: number;
	/** Epoch milliseconds; null when n8n waits as long as it takes. */
	readonly deadline: number | null;
	readonly to: string;
	readonly gateway: string;
	readonly messageId: string | null;
}

const KEY = 'question';

/** What a node's context holds. To, gateway and ID by themselves, so that later nodes can use them. */
export function nodeContextOf(pending: PendingQuestion): Readonly<Record<string, string | null>> {
	const { to, gateway, messageId } = pending;
	return { to, gateway, messageId, [KEY]: JSON.stringify(pending) };
}

/** n8n gives a webhook no other way to its node's context. */
export function expressionFor(nodeName: string): string {
	// Braces would end the expression.
	const name = JSON.stringify(nodeName).replace(/[{}]/g, (brace) =>
		brace === '{' ? String.raw`\u007b` : String.raw`\u007d`,
	);
	return `{{ $node[${name}].context[${JSON.stringify(KEY)}] }}`;
}

/** Null for whatever is no question of ours. */
export function readPendingQuestion(kept: unknown): PendingQuestion | null {
	if (typeof kept !== 'string') return null;
	let parsed: unknown;
	try {
		parsed = JSON.parse(kept);
	} catch {
		return null;
	}
	const record = asRecord(parsed);
	if (record === null) return null;
	const question = readQuestion(record.question);
	const language = LANGUAGES.find((one) => one === record.language);
	const { message, run, deadline, to, gateway, messageId } = record;
	if (question === null || language === undefined) return null;
	if (typeof message !== 'string' || typeof to !== 'string' || typeof gateway !== 'string') return null;
	if (typeof run !== 'number' || (deadline !== null && typeof deadline !== 'number')) return null;
	if (messageId !== null && typeof messageId !== 'string') return null;
	return { question, message, language, run, deadline, to, gateway, messageId };
}

function readQuestion(value: unknown): Question | null {
	const record = asRecord(value);
	if (record === null) return null;
	const { kind, approve, decline, submit } = record;
	if (kind === 'freeText' && typeof submit === 'string') return { kind, submit };
	if (kind !== 'approval' || typeof approve !== 'string') return null;
	return decline === null || typeof decline === 'string' ? { kind, approve, decline } : null;
}

const RUN = 'q';

/** What a link says besides the execution and the node; n8n signs it. */
export function linkParameters(run: number): Record<string, string> {
	return run === 0 ? {} : { [RUN]: String(run) };
}

export function isLinkOf({ run }: PendingQuestion, query: Readonly<Record<string, unknown>>): boolean {
	return (query[RUN] ?? '0') === String(run);
}
