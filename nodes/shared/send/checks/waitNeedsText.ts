import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import type { Check } from './check';

/** A link cannot be opened in a call, and an email or bytes have no place for it. */
export const waitNeedsText: Check = {
	ofMessages:
		({ wait, sender }) =>
		({ message: { options, measure } }) => {
			if (wait === null) return null;
			if (sender.isTextMessage(options) && measure.encoding !== 'binary') return null;
			return refuseInput(
				'invalid_parameter',
				`'Send and Wait for Response' sends a link, and this is not a text message. ${NOTHING_SENT}`,
				'Send it as a text message, or choose the operation Send.',
			);
		},
};
