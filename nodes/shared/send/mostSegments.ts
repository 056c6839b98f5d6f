import { backupMessages } from './backupMessages';
import type { Draft } from './messages';
import type { Run } from './start';

export interface MostSegments {
	readonly segments: number;
	/** The gateway at which it takes so many; null where it takes no fewer at the first. */
	readonly at: string | null;
}

/** A backup may count otherwise than the first gateway: a text that this one transliterates goes out there as it is. */
export function mostSegments({ later }: Run, draft: Draft): MostSegments {
	let most: MostSegments = { segments: draft.message.measure.segments, at: null };
	for (const leg of later) {
		const there = backupMessages(leg)(draft);
		if (there === null || there.problem !== null) continue;
		const { segments } = there.message.measure;
		if (segments > most.segments) most = { segments, at: leg.gateway.displayName };
	}
	return most;
}
