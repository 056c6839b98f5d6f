import { refusedAt } from '../places';
import { senderFor } from '../start';
import type { Check } from './check';

/** What this gateway would refuse in a text, a number or a sender; with another way to sign in, that may be more. */
export const gatewayRules: Check = {
	ofMessages: (run) => {
		const sender = senderFor(run);
		const { place } = run;
		return ({ message }) => {
			const refusal = sender.checkMessage(message);
			return refusal !== null && place !== null ? refusedAt(place, refusal) : refusal;
		};
	},
};
