/** What a person answered. */
import { asRecord } from '../contract/json';
import type { JsonRecord } from '../contract/request';
import type { PendingQuestion, Question } from './pendingQuestion';

export type Answer = { readonly approved: boolean } | { readonly text: string };

/** The form's field, and the values of its buttons. */
export const FIELD = 'answer';
export const APPROVE = 'approve';
export const DECLINE = 'decline';

/** As long as a text in five hundred segments; nobody types more on a phone. */
export const LONGEST_ANSWER = 5_000;

/** Null where the body has no answer to this question. */
export function readAnswer(body: unknown, question: Question): Answer | null {
	const value = asRecord(body)?.[FIELD];
	if (typeof value !== 'string') return null;
	switch (question.kind) {
		case 'freeText': {
			const text = value.replace(/\r\n?/g, '\n').trim().slice(0, LONGEST_ANSWER);
			return text === '' ? null : { text };
		}
		case 'approval':
			if (value === APPROVE) return { approved: true };
			return value === DECLINE && question.decline !== null ? { approved: false } : null;
	}
}

/** The words of the button that was pressed, or what was typed. */
export function answerShown(answer: Answer, question: Question): string {
	if ('text' in answer) return answer.text;
	if (question.kind === 'freeText') return '';
	return answer.approved ? question.approve : (question.decline ?? '');
}

/** What later nodes get: as n8n's own nodes give it, and whom and what it is about. @param now in epoch milliseconds */
export function answerJson(
	{ to, gateway, messageId }: Pick<PendingQuestion, 'to' | 'gateway' | 'messageId'>,
	answer: Answer,
	now: number,
): JsonRecord {
	return { data: { ...answer, respondedAt: new Date(now).toISOString() }, to, gateway, messageId };
}
