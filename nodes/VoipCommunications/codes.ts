/** VoIP Communications names no codes: a refusal is a sentence, and its words tell the kind. */
import type { CodeWords } from '../shared/codes';

/** Code of a row that was taken ("HTTP Response Codes" and the sample of the vendor's page). */
export const ACCEPTED_CODE = '200';

const refusal = (kind: CodeWords['kind'], message: string, hint: string, stopsRun = false): CodeWords => ({
	kind,
	message,
	hint,
	retry: 'after_fix',
	...(stopsRun ? { stopsRun } : {}),
});

/** Searched in this order. */
export const VOIP_SENTENCES: ReadonlyArray<readonly [pattern: RegExp, words: CodeWords]> = [
	[
		/balance|credit|funds|money/i,
		refusal(
			'insufficient_funds',
			'There is not enough money on your VoIP Communications account',
			'Top up the account, then send this row again.',
			true,
		),
	],
	[
		/credential|api key|unauthori[sz]ed|password/i,
		refusal(
			'authentication',
			'VoIP Communications does not accept this API Key and API Password',
			"Open the credential, check it and press 'Retry'.",
			true,
		),
	],
	[
		/\bfrom\b|sms enabled|belong|sender|source/i,
		refusal(
			'invalid_sender',
			'VoIP Communications does not accept this sender number',
			"Give 'From' a number of your account that can send texts, or leave it empty.",
		),
	],
	[
		/delivery.?date|\bdate\b|schedule/i,
		refusal(
			'invalid_parameter',
			'VoIP Communications does not accept the time to send at',
			"Check 'Send At' of this row.",
		),
	],
	[
		/destination|recipient|number|phone|\bto\b/i,
		refusal(
			'invalid_recipient',
			'VoIP Communications does not accept this phone number',
			'Check the number of this row.',
		),
	],
	[
		/message|\bmsg\b|text/i,
		refusal('content_rejected', 'VoIP Communications does not accept this text', 'Change the text.'),
	],
];

export const OTHER_REFUSAL: CodeWords = {
	kind: 'unknown',
	message: 'VoIP Communications did not take this text',
	hint: 'Read what the gateway says, and ask their support if it is not clear.',
	retry: 'after_fix',
};
