import type { PendingQuestion } from '../../nodes/shared/answer/pendingQuestion';

/** A question that waits for its answer, with two buttons. */
export const pendingQuestion = (more: Partial<PendingQuestion> = {}): PendingQuestion => ({
	question: { kind: 'approval', approve: 'Yes', decline: 'No' },
	message: 'Approve?',
	language: 'en',
	run: 0,
	deadline: null,
	to: '+79161234567',
	gateway: 'smsRu',
	messageId: '1',
	...more,
});
