import type { Accepted } from '../contract/outcome';
import { MESSAGE_STATUSES } from '../contract/outcome';
import type { JsonRecord } from '../contract/request';
import { queryUntilFinal } from '../operations/run';
import type { Result } from './result';
import type { Run } from './start';

/** What came of that which was accepted, for as long as the person wants to wait. */
export async function waitForAnswers(
	{ context, gateway, billed }: Run,
	results: readonly Result[],
): Promise<void> {
	const followUp = billed?.followUp ?? null;
	if (followUp === null) return;
	const sent = results.flatMap((result) => {
		const { outcome, to } = result;
		return outcome?.accepted === true && outcome.messageId !== null
			? [{ result, outcome, query: followUp.query(outcome.messageId, to) }]
			: [];
	});
	const queries = sent.map(({ query }) => query);
	const answers = await queryUntilFinal(context, gateway, followUp.operation, queries);
	for (const [index, { result, outcome }] of sent.entries()) {
		const answer = answers[index] ?? null;
		if (answer !== null) result.outcome = withAnswer(outcome, answer, result.to);
	}
}

function withAnswer(outcome: Accepted, answer: JsonRecord, to: string): Accepted {
	const { status, final, reason, cost, currency, ...details } = answer;
	const newStatus = MESSAGE_STATUSES.find((one) => one === status) ?? 'unknown';
	return {
		...outcome,
		status: newStatus === 'unknown' ? outcome.status : newStatus,
		cost: typeof cost === 'number' ? cost : outcome.cost,
		...(typeof currency === 'string' ? { currency } : {}),
		details: {
			...outcome.details,
			...details,
			final: final === true,
			reason: reason ?? null,
			// The gateway may write the number in another way.
			to,
		},
	};
}
