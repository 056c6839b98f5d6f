import type { Refused } from '../../contract/outcome';
import { refusedAt } from '../places';
import type { Check } from './check';

/** An option's value that cannot be used. */
export const optionValues: Check = {
	ofMessages: ({ place }) => {
		if (place === null) return ({ options }) => options.problem;
		// One refusal for all rows with the same options: it is about the node, and n8n shows it as such.
		const known = new WeakMap<Refused, Refused>();
		return ({ options: { problem } }) => {
			if (problem === null) return null;
			const refusal = known.get(problem) ?? refusedAt(place, problem);
			known.set(problem, refusal);
			return refusal;
		};
	},
};
