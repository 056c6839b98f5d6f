import { isHeldTo, notSent } from '../rehearsal';
import type { Check } from './check';

/** With Send All to One Number, a text for many people is one text: to see it, nobody needs it twice. */
export const testNumberOnce: Check = {
	ofMessages: (run) => {
		const firsts = new Map<string, number>();
		return (draft) => {
			if (!isHeldTo(run, 'oneNumber', draft)) return null;
			const { message, identity, result } = draft;
			const key = JSON.stringify([message.from, message.text, identity]);
			const first = firsts.get(key);
			if (first === undefined) {
				firsts.set(key, result.row);
				return null;
			}
			const why = `Nothing was sent: in this test run, ${message.to} gets this text for row ${first + 1}.`;
			return notSent(run, draft, why, 'Active workflows send to each person.');
		};
	},
};
