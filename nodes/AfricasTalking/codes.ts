/** Africa's Talking's codes and the words of its delivery reports. */
import type { CodeTable, CodeMeaning, StatusMeaning } from '../shared/contract/codes';
import { codeShape, entryOf } from '../shared/contract/codes';
import {
	blocked,
	inDoubt,
	money,
	noRoute,
	recipient,
	sender,
	undelivered,
	unknownMessage,
	wrongNumber,
} from '../shared/contract/codeShapes';
import type { MessageStatus } from '../shared/contract/outcome';

export const NAME = "Africa's Talking";

/** https://developers.africastalking.com/docs/sms/sending/bulk: Processed, Sent, Queued. The row's word is `Success`. */
export const ACCEPTED: Readonly<Record<string, MessageStatus>> = {
	'100': 'queued',
	'101': 'sent',
	'102': 'queued',
};

const tooLate = codeShape('blocked_recipient', 'later');
const rejected = codeShape('unknown', 'after_fix');

const held = codeShape('content_rejected', 'check_first', { mayBeAccepted: true });
const CHECK_FIRST =
	"Check your Africa's Talking account before you send this text again: it may have gone out.";

/** https://developers.africastalking.com/docs/sms/sending/bulk */
export const REFUSALS: CodeTable = {
	// Nothing says whether a text that is held leaves later.
	'401': held("Africa's Talking is holding this text for a risk check", CHECK_FIRST),
	'402': sender(
		"This sender ID is not registered for your Africa's Talking account",
		"Set 'From' to a sender ID or short code of your account, or leave it empty.",
	),
	'403': recipient("Africa's Talking does not accept this phone number", 'Check the number of this row.'),
	'404': recipient("Africa's Talking cannot send to this type of number", 'Use a mobile number.'),
	'405': money(
		"The balance of your Africa's Talking account is too low",
		'Top up the account, then send this row again.',
	),
	'406': blocked(
		'This person has opted out of messages from this sender, or of all promotional messages',
		'This person does not want to be texted.',
	),
	'407': noRoute(
		"Africa's Talking has no route to this phone number",
		"Ask Africa's Talking whether this country and network are open for your account.",
	),
	'409': tooLate(
		'Promotional messages to Nigeria are not delivered between 20:00 and 08:00',
		'Send this row again after 08:00 in Nigeria, or use a transactional sender ID.',
	),
	'500': inDoubt("Africa's Talking had an internal error", CHECK_FIRST),
	'501': inDoubt('The mobile network had an error', CHECK_FIRST),
	'502': rejected(
		'The mobile network rejected this text',
		"Ask Africa's Talking why, and change the text or the sender ID.",
	),
};

/** The word that stands beside a code in a reply. */
const CODE_BY_WORD: ReadonlyMap<string, string> = new Map([
	['riskhold', '401'],
	['invalidsenderid', '402'],
	['invalidphonenumber', '403'],
	['unsupportednumbertype', '404'],
	['insufficientbalance', '405'],
	['userinblacklist', '406'],
	['couldnotroute', '407'],
	['donotdisturbrejection', '409'],
	['internalservererror', '500'],
	['gatewayerror', '501'],
	['rejectedbygateway', '502'],
]);

/** The code that a word stands for: older replies, and those that refuse a whole request, have the word alone. */
export function codeOfWord(word: string): string | null {
	return CODE_BY_WORD.get(word.trim().toLowerCase()) ?? null;
}

const ANOTHER_WAY = 'Contact this person another way.';

/** https://developers.africastalking.com/docs/sms/notifications, "failureReason"; the spelling is the vendor's. */
const FAILURE_REASONS: CodeTable = {
	InsufficientCredit: undelivered('The person has too little airtime to pay for this message', ANOTHER_WAY),
	InvalidLinkId: unknownMessage('The message had an invalid linkId', ANOTHER_WAY),
	UserIsInactive: wrongNumber('This phone number is inactive', ANOTHER_WAY),
	UserInBlackList: blocked('This person has opted out', 'Send them no more messages.'),
	UserAccountSuspended: wrongNumber('The mobile network has suspended this number', ANOTHER_WAY),
	NotNetworkSubcriber: wrongNumber('This number does not belong to this mobile network', ANOTHER_WAY),
	UserNotSubscribedToProduct: blocked('This person has not subscribed to your product', ANOTHER_WAY),
	UserDoesNotExist: wrongNumber('This phone number does not exist', ANOTHER_WAY),
	DeliveryFailure: undelivered('The message could not be delivered', ANOTHER_WAY),
	DoNotDisturbRejection: blocked('Do Not Disturb blocked the message', ANOTHER_WAY),
};

const KEEP_WAITING =
	'Wait before you send the message again: the network may still deliver it, and a later report would say so.';

/** https://developers.africastalking.com/docs/sms/notifications, "status" */
const REPORTS: Readonly<Record<string, StatusMeaning>> = {
	Sent: ['sent', null],
	Submitted: ['sent', null],
	Buffered: ['sent', null],
	Success: ['delivered', null],
	Failed: ['undelivered', undelivered('The message could not be delivered', ANOTHER_WAY)],
	Rejected: ['rejected', undelivered('The mobile network rejected the message', ANOTHER_WAY)],
	// Not said to be final. As `sent` it would be no news after Sent, and a later Success replaces it all the same.
	AbsentSubscriber: [
		'undelivered',
		codeShape('temporary', 'check_first')('The phone is off or out of coverage', KEEP_WAITING),
	],
	// Not a matter of time, in spite of the word.
	Expired: [
		'rejected',
		codeShape('content_rejected', 'never')(
			'The mobile network discarded the message for its content or sender',
			ANOTHER_WAY,
		),
	],
};

/** Where a report says the message is, why it was not delivered, and the word for that. */
export function readReport(
	status: string,
	failureReason: string | null,
): readonly [MessageStatus, CodeMeaning | null, string] {
	const [known, usual] = entryOf(REPORTS, status) ?? (['unknown', null] as const);
	const reason = usual === null ? undefined : entryOf(FAILURE_REASONS, failureReason ?? '');
	return [known, reason ?? usual, usual === null ? status : (failureReason ?? status)];
}
