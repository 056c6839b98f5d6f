/** Texts that an earlier run may have sent before it broke off: the gateway is asked what became of them. */
import type { BaseOptions, Batch, Message } from '../contract/message';
import type { Accepted, Outcome } from '../contract/outcome';
import type { Sender } from '../contract/sender';
import { newReference } from './plan';
import type { Doubt } from './reconcile';
import { reconcile } from './reconcile';

export const ALREADY_SENT: Accepted = {
	accepted: true,
	messageId: null,
	status: 'unknown',
	cost: null,
	segments: null,
	details: { alreadySent: true },
};

export interface Doubted<O extends BaseOptions> {
	/** As the earlier run sent it. */
	readonly batch: Batch<O>;
	/** One for each message; those with `accepted: null` are asked about. */
	readonly outcomes: readonly Outcome[];
}

interface Resolved<O extends BaseOptions> {
	/** What the gateway has, and what nobody knows even now. */
	readonly settled: Doubted<O> | null;
	/** What certainly is not out. */
	readonly unsent: Batch<O> | null;
}

type Means<O extends BaseOptions> = Pick<Doubt<O>, 'gatewayName' | 'loop' | 'delivery'> & {
	readonly sender: Sender<O>;
};

/** Never rejects. */
export async function resolveDoubts<O extends BaseOptions>(
	{ batch, outcomes }: Doubted<O>,
	{ sender, ...means }: Means<O>,
): Promise<Resolved<O>> {
	const { reconciliation } = sender;
	const known =
		reconciliation === null ? outcomes : await reconcile({ ...means, reconciliation, batch, outcomes });
	const settled: Array<readonly [Message<O>, Outcome]> = [];
	const unsent: Array<Message<O>> = [];
	for (const [index, message] of batch.messages.entries()) {
		const [before, outcome] = [outcomes[index], known[index]];
		if (before?.accepted !== null || outcome === undefined) continue;
		if (isUnsent(outcome)) unsent.push(message);
		else settled.push([message, byEarlierRun(outcome)]);
	}
	const settledBatch = withMessages(
		batch,
		settled.map(([message]) => message),
	);
	return {
		settled:
			settledBatch === null ? null : { batch: settledBatch, outcomes: settled.map(([, outcome]) => outcome) },
		unsent: withMessages({ ...batch, reference: newReference() }, unsent),
	};
}

function isUnsent(outcome: Outcome): boolean {
	return outcome.accepted === false && outcome.quoted !== true && outcome.retry === 'later';
}

function byEarlierRun(outcome: Outcome): Outcome {
	return outcome.accepted === true
		? { ...outcome, details: { ...outcome.details, ...ALREADY_SENT.details } }
		: outcome;
}

/** Null where nobody is left. */
export function withMessages<O extends BaseOptions>(
	batch: Batch<O>,
	[first, ...others]: ReadonlyArray<Message<O>>,
): Batch<O> | null {
	return first === undefined ? null : { ...batch, messages: [first, ...others] };
}
