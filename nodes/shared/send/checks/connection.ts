import type { Refused } from '../../contract/outcome';
import type { Check } from './check';

/** A credential that is missing or cannot be used, of a backup gateway too. In a preview, only prices need it. */
export const connection: Check = {
	ofMessages: (run) => {
		const legs = run.isPreview ? [] : [run, ...run.later];
		const [problem] = legs.flatMap((leg): Refused[] => {
			const { problem: found } = leg.connection ?? { problem: null };
			return found === null ? [] : [found];
		});
		return () => problem ?? null;
	},
};
