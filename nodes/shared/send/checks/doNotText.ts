import { LIMIT_LABELS } from '../../contract/options';
import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import { refuseGroup } from '../groups';
import type { Check } from './check';

/** A person who wants no texts. */
export const doNotText: Check = {
	ofMessages: ({ stopList, sender }) => {
		if (stopList === null) return () => null;
		const { numbers } = stopList;
		const label = LIMIT_LABELS.stopList;
		return ({ message }) => {
			if (!numbers.has(message.to)) return refuseGroup(sender, message, label);
			return refuseInput(
				'blocked_recipient',
				`${message.to} is in '${label}'. ${NOTHING_SENT}`,
				'This person wants no texts. Remove the number from the list only if they agree.',
				'never',
			);
		};
	},
};
