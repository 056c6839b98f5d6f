import { backupMessages } from '../backupMessages';
import type { Check } from './check';

/** What a backup gateway could not do with any text is told while nothing has been sent, not in the middle of a run. */
export const backups: Check = {
	ofMessages: ({ later }) => {
		const readers = later.map(backupMessages);
		return (draft) => {
			for (const read of readers) {
				const there = read(draft);
				if (there?.isOfNode === true) return there.problem;
			}
			return null;
		};
	},
};
