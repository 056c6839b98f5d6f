/** A group in the gateway's address book gets a text as one recipient, and who is in it only the gateway knows. */
import type { Message } from '../contract/message';
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../contract/outcome';
import type { Sender } from '../contract/sender';

/** E-mails are no texts. */
export function isGroup({ isTextMessage }: Sender, { isNumber, options }: Message): boolean {
	return !isNumber && isTextMessage(options);
}

/** Null where it is none. @param limit as people see it */
export function refuseGroup(sender: Sender, message: Message, limit: string): Refused | null {
	if (!isGroup(sender, message)) return null;
	return refuseInput(
		'invalid_parameter',
		`'${limit}' cannot be enforced for "${message.to}": only the gateway knows who is in this group. ${NOTHING_SENT}`,
		`Send to the numbers themselves, or remove '${limit}'.`,
	);
}
