/** What is asked when a request leaves: a run may take hours, and its texts may not go out at every hour. */
import type { BaseOptions, Batch, Message } from '../contract/message';
import type { Outcome } from '../contract/outcome';
import type { Sender } from '../contract/sender';
import { clock } from '../time/clock';
import type { Admission, Delivery } from './deliver';
import type { Draft } from './messages';
import type { RunJournal } from './runJournal';
import type { Leg } from './start';

export class Departures {
	private readonly late = new Set<Message>();

	constructor(
		private readonly parcels: ReadonlyMap<Message, Pick<Draft, 'problemAt'>>,
		private readonly journal: RunJournal | null,
	) {}

	/** @param batches those that will come, in their order, and to whom */
	open(
		batches: readonly Batch[],
		leg: Leg,
		sender: Sender,
	): Pick<Delivery<BaseOptions>, 'admit' | 'mayBeSentAlready' | 'mayRepeat'> {
		const admit = this.journal?.open(batches, leg, sender) ?? null;
		return {
			admit: async (batch) => this.withoutLate(admit === null ? wholly(batch) : await admit(batch)),
			mayBeSentAlready: this.journal?.book.isRetry === true,
			mayRepeat: ({ messages }) => messages.every((message) => this.problemOf(message) === null),
		};
	}

	/** It was not admitted, and no other gateway may have it. */
	keepsBack(message: Message): boolean {
		return this.late.has(message) || this.journal?.keepsBack(message) === true;
	}

	private withoutLate({ mine, kept, ...others }: Admission<BaseOptions>): Admission<BaseOptions> {
		const late = mine.flatMap((message): Array<readonly [Message, Outcome]> => {
			const problem = this.problemOf(message);
			return problem === null ? [] : [[message, problem]];
		});
		for (const [message] of late) this.late.add(message);
		return { ...others, mine: mine.filter((message) => !this.late.has(message)), kept: [...kept, ...late] };
	}

	private problemOf(message: Message): Outcome | null {
		return this.parcels.get(message)?.problemAt(clock.now()) ?? null;
	}
}

const wholly = ({ messages }: Batch): Admission<BaseOptions> => {
	return { mine: messages, kept: [], reference: null, doubts: [], takeBack: () => undefined };
};
