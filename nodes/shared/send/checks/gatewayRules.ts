import type { Check } from './check';

/** What this gateway would refuse in a text, a number or a sender. */
export const gatewayRules: Check = {
	ofMessages:
		({ sender }) =>
		({ message }) =>
			sender.checkMessage(message),
};
