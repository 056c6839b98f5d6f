/** The gateways that a text may go through, in the order in which they are asked, and the text as it is meant for each. */
import type { BackupMessage } from './backupMessages';
import { backupMessages } from './backupMessages';
import type { Draft } from './messages';
import type { Leg, Run } from './start';
import { runOf } from './start';

export interface Stop {
	readonly leg: Leg;
	/** Null for what this gateway does not know, such as a group of another's address book. */
	readonly read: (draft: Draft) => Meant | null;
}

type Meant = Pick<BackupMessage, 'message' | 'problem'>;

/** Never empty. */
export type Itinerary = (draft: Draft) => readonly Stop[];

/** As listed in the panel. */
export function asListed(run: Run): Itinerary {
	const known = new Map<Run, readonly Stop[]>();
	return (draft) => {
		const its = runOf(run, draft);
		const stops = known.get(its) ?? stopsOf(its);
		known.set(its, stops);
		return stops;
	};
}

function stopsOf(run: Run): readonly Stop[] {
	const first: Stop = { leg: run, read: ({ message }) => ({ message, problem: null }) };
	return [first, ...run.later.map((leg): Stop => ({ leg, read: backupMessages(leg) }))];
}
