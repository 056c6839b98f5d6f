/** What AlphaSMS would refuse in a message, found before it costs anything. */
import type { BaseOptions, Message } from '../../shared/contract/message';
import type { ErrorKind, Refused } from '../../shared/contract/outcome';
import { NOTHING_SENT, refuseInput } from '../../shared/contract/outcome';
import type { Sender } from '../../shared/contract/sender';
import type { AlphaSmsOptions } from '../options';
import type { Kind } from './kinds';
import { ABOUT, mayBeSms } from './kinds';
import { labelOf } from './fields';
import { asksForJson } from './read';

/** Null when there is nothing to refuse. */
type MessageCheck = (message: Message<AlphaSmsOptions>) => Refused | null;

function refuse(kind: ErrorKind, message: string, fix: string): Refused {
	return refuseInput(kind, `${message} ${NOTHING_SENT}`, fix);
}

const SMS_SENDER = /^(?:[A-Za-z0-9._-]{1,11}|\+?\d{1,15})$/;
const SMS_SENDER_FIX =
	'with a name that AlphaSMS has approved for you: up to 11 Latin letters, digits, dots, dashes and underscores.';

const needsSender = (from: string, field: string, what: string): Refused | null =>
	from === ''
		? refuse('invalid_sender', `AlphaSMS needs a sender${what}.`, `Fill in '${field}' ${SMS_SENDER_FIX}`)
		: null;

const smsFrom: MessageCheck = ({ from, options }) => {
	const sender = options.smsFrom ?? from;
	const field = options.kind === 'sms' ? 'From' : labelOf('smsFrom');
	if (SMS_SENDER.test(sender)) return null;
	if (sender === '') return needsSender(sender, 'From', '');
	return refuse(
		'invalid_sender',
		`"${sender}" cannot be used as a sender${options.kind === 'sms' ? '' : ' of the SMS'} on AlphaSMS.`,
		`Fill in '${field}' ${SMS_SENDER_FIX}`,
	);
};

/** Names of Viber and RCS senders have no rule in the vendor's pages. */
const richFrom: MessageCheck = ({ from, options }) => {
	const named: ReadonlyArray<readonly [string, string]> = [
		['From', from],
		[labelOf('viberFrom'), options.viberFrom ?? from],
	];
	for (const [field, sender] of named) {
		if (sender === '') return needsSender(sender, 'From', '');
		if (/^[^\p{C}]{1,64}$/u.test(sender)) continue;
		return refuse(
			'invalid_sender',
			`"${sender.slice(0, 80)}" cannot be used as a sender on AlphaSMS.`,
			`Fill in '${field}' with the name that AlphaSMS has approved for you.`,
		);
	}
	return null;
};

const noFrom: MessageCheck = ({ from, options: { kind } }) =>
	from === ''
		? null
		: refuse(
				'invalid_sender',
				`AlphaSMS does not take a sender for "${ABOUT[kind].name}".`,
				"Leave 'From' empty: AlphaSMS sends these from its own account.",
			);

const oneKindOfPush: MessageCheck = ({ options: { flash, wapPushUrl } }) =>
	flash === true && wapPushUrl !== null
		? refuse(
				'invalid_parameter',
				'AlphaSMS sends either a flash message or a WAP push, not both at once.',
				"Remove 'Flash Message' or 'WAP Push Link' from the options.",
			)
		: null;

const flashLength: MessageCheck = ({ measure, options: { flash } }) =>
	flash === true && measure.segments > 1
		? refuse(
				'invalid_parameter',
				`On AlphaSMS, a flash message can have only one segment, and this text needs ${measure.segments}.`,
				"Shorten the text, or remove 'Flash Message' from the options.",
			)
		: null;

/** An empty text message is refused for every gateway alike. */
const hasText: MessageCheck = ({ text, options: { kind, picture } }) =>
	text.trim() !== '' || (kind === 'viber' && picture !== null)
		? null
		: refuse('invalid_parameter', 'The text is empty.', "Fill in 'Message' for this row.");

const MAX_VIBER_TEXT = 1000;
const MAX_VIBER_BUTTON = 19;
const lengthOf = (text: string): number => [...text].length;

/** The vendor's page "Viber" (HTTP) has the limits, its JSON pages which parts go together. */
const viberContent: MessageCheck = ({ text, options: { picture, button } }) => {
	const hasWords = text.trim() !== '';
	if (lengthOf(text) > MAX_VIBER_TEXT) {
		const what = `This text has ${lengthOf(text)} characters, and a Viber message can have ${MAX_VIBER_TEXT}.`;
		return refuse('invalid_parameter', what, 'Shorten the text.');
	}
	if (button !== null && lengthOf(button.text) > MAX_VIBER_BUTTON) {
		const what = `'${labelOf('buttonText')}' has ${lengthOf(button.text)} characters, and a Viber button can have ${MAX_VIBER_BUTTON}.`;
		return refuse('invalid_parameter', what, 'Shorten it.');
	}
	if (picture !== null && !isPicture(picture)) {
		const what = 'Viber shows pictures in .jpg, .jpeg, .png and .gif only.';
		return refuse('invalid_parameter', what, `Set '${labelOf('fileUrl')}' to such a picture.`);
	}
	if (picture !== null && hasWords !== (button !== null)) {
		return refuse(
			'invalid_parameter',
			'In Viber, a picture goes either alone or with both a text and a button.',
			hasWords
				? `Add '${labelOf('buttonText')}' and '${labelOf('buttonUrl')}', or remove '${labelOf('fileUrl')}'.`
				: "Fill in 'Message', or remove the button.",
		);
	}
	return null;
};

function isPicture(url: string): boolean {
	const [path = ''] = url.split(/[?#]/);
	return /\.(?:jpe?g|png|gif)$/i.test(path);
}

const isCode: MessageCheck = ({ text, options: { kind } }) =>
	/^\d{4,8}$/.test(text.trim())
		? null
		: refuse(
				'invalid_parameter',
				`The message of "${ABOUT[kind].name}" has to be the code alone: 4 to 8 digits.`,
				"Set 'Message' to the code, without any words.",
			);

const RCS = [hasText, richFrom];
const VIBER = [hasText, richFrom, viberContent];

/** In the order in which they apply. */
const CHECKS: Readonly<Record<Kind, readonly MessageCheck[]>> = {
	sms: [smsFrom, oneKindOfPush, flashLength],
	viber: VIBER,
	'viber+sms': [...VIBER, smsFrom],
	rcs: RCS,
	'rcs+sms': [...RCS, smsFrom],
	'rcs+viber+sms': [...VIBER, smsFrom],
	telegram: [noFrom, isCode],
	whatsapp: [noFrom, isCode],
	call: [noFrom, hasText],
};

export function checkAlphaSmsMessage(message: Message<AlphaSmsOptions>): Refused | null {
	for (const check of CHECKS[message.options.kind]) {
		const refusal = check(message);
		if (refusal !== null) return refusal;
	}
	return null;
}

function needsKey(asked: string, isOption: boolean): Refused {
	return refuse(
		'authentication',
		`AlphaSMS needs an API key and its JSON interface for ${asked}, and this credential does not use them.`,
		`In the credential, set 'Authentication' to API Key${isOption ? `, or remove ${asked} from the options` : ''}.`,
	);
}

/** A login reaches the text interface alone. */
export function refuseWithoutKey(options: AlphaSmsOptions): Refused | null {
	const label = asksForJson(options);
	if (label === null) return null;
	const isKind = label === 'Message Type';
	return needsKey(isKind ? `"${ABOUT[options.kind].name}"` : `'${label}'`, !isKind);
}

/** The same for what the JSON interface alone does. */
export function withoutKey<O extends BaseOptions>(sender: Sender<O>, name: string): Sender<O> {
	return { ...sender, checkMessage: () => needsKey(`"${name}"`, false) };
}

/** What may go out as an SMS is charged and limited as one. */
export const isTextMessage = ({ kind }: AlphaSmsOptions): boolean => mayBeSms(kind);
