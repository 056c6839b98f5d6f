import { CODE_PLACE } from '../../contract/oneTimeCode';
import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import type { Check } from './check';

/** A text for a code that has no place for it. */
export const codePlace: Check = {
	ofMessages:
		() =>
		({ result: { issued } }) => {
			if (issued?.isInText !== false) return null;
			return refuseInput(
				'invalid_parameter',
				`The text has no place for the code. ${NOTHING_SENT}`,
				`Write ${CODE_PLACE} in 'Message', where the code should go.`,
			);
		},
};
