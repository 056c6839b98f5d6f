/**
 * What n8n shows in the output pane before a run. Its texts are fixed, and the editor evaluates the conditions again at
 * every change in the panel (1.123, 2.41). They are made from the tables of the counter, and never say more than it does.
 */
import type { NodeHint } from 'n8n-workflow';
import { NO_COUNTRY } from '../contract/countries';
import type { Gateway } from '../contract/gateway';
import type { TestRunChoice } from '../contract/testRuns';
import type { OptionCollection } from '../contract/options';
import { OPTION_COLLECTIONS, PAST_TOLERANCE_MS } from '../contract/options';
import { REPEAT_MINUTES, TEST_RUN_CHOICES, TEST_RUN_FIELDS, TEST_RUN_LABELS } from '../contract/testRuns';
import { GSM7_BASIC, GSM7_EXTENSION } from '../segments/gsm7';
import { typographic } from '../segments/replacements';
import { CODE_UNITS_ALONE, SEPTETS_ALONE, codeUnitsInPart, septetsInPart } from '../segments/segments';

interface Pretence {
	readonly condition: string;
	readonly message: string;
}

/** As JavaScript that n8n evaluates. */
interface LiveHintConditions {
	/** Nothing is going to be sent: each with what n8n shows then. */
	readonly pretends: readonly Pretence[];
	readonly isText: string;
}

const LABEL = TEST_RUN_FIELDS.choice.label;

const SENDS =
	'/^(message[.]send(AndWait)?|oneTimeCode[.]send)$/.test($parameter["resource"] + "." + $parameter["operation"])';

/**
 * As it is saved: n8n evaluates no expression within a collection here, so one of those is a text. A collection that nobody
 * has opened is empty, or missing in workflows from elsewhere.
 */
export function savedOption(name: string, collection: OptionCollection = OPTION_COLLECTIONS.options): string {
	return `($parameter["${collection}"] || {})[${JSON.stringify(name)}]`;
}

/** For a class of characters in a regular expression; braces would begin or end n8n's expression. */
function inClass(characters: string): string {
	const escaped = (character: string): string =>
		`\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
	return characters.replace(/[^\p{L}\p{N}]/gu, escaped);
}

/** Replaces what takes other than one septet by as many characters as it takes septets. */
function septetsOf(text: string): string {
	const byWidth = new Map<number, string>([[2, GSM7_EXTENSION]]);
	for (const [character, replacement] of typographic()) {
		const width = [...replacement].reduce((sum, one) => sum + (GSM7_EXTENSION.includes(one) ? 2 : 1), 0);
		if (width !== 1) byWidth.set(width, `${byWidth.get(width) ?? ''}${character}`);
	}
	const replaced = [...byWidth].map(
		([width, characters]) => `.replace(/[${inClass(characters)}]/g, "${'x'.repeat(width)}")`,
	);
	return `${text}${replaced.join('')}.length`;
}

const gsm = inClass(GSM7_BASIC + GSM7_EXTENSION);
const plain = `${gsm}${inClass(
	typographic()
		.map(([character]) => character)
		.join(''),
)}`;

const isLongUnicode = `text.length > ${CODE_UNITS_ALONE} && /[^${gsm}]/.test(text)`;

/** A segment may end one septet early, before a character that takes two: counted as if each did. */
const fewerAsGsm = `((septets) => septets <= ${SEPTETS_ALONE} || Math.ceil(septets / ${septetsInPart() - 1}) < Math.ceil(text.length / ${codeUnitsInPart()}))(${septetsOf('text')})`;

const isCheaper = `!/[^${plain}]/.test(text) && ${fewerAsGsm}`;

function ofMessage(about: string): string {
	return `((text) => ${about})(String($parameter["message"] || ""))`;
}

function hint(message: string, type: 'info' | 'warning', conditions: readonly string[]): NodeHint {
	const displayCondition = `={{ ${[SENDS, ...conditions].map((one) => `(${one})`).join(' && ')} }}`;
	return { message, type, displayCondition, location: 'outputPane', whenToDisplay: 'beforeExecution' };
}

function testModes(gateways: readonly Gateway[], chosen: string | null): Pretence[] {
	return gateways
		.filter(({ credential, texts }) => credential !== null && texts.commonOptions.has('testMode'))
		.map(({ id, displayName }) => ({
			condition: `${chosen === null ? '' : `${chosen} === ${JSON.stringify(id)} && `}${savedOption('testMode')} === true`,
			message: `Nothing will be sent: "Test Mode" is on, and ${displayName} only simulates sending. To send texts, remove it from the options.`,
		}));
}

/** Of a gateway's own node. `isText`: whether the message is a text of segments, where it can be something else. */
export function gatewayHints(gateway: Gateway, isText = 'true'): NodeHint[] {
	return liveHints({ pretends: testModes([gateway], null), isText });
}

/** Of the node that can choose between gateways. */
export function chosenGatewayHints(gateways: readonly Gateway[]): NodeHint[] {
	const chosen = '$parameter["gateway"]';
	const local = gateways
		.filter(({ credential }) => credential === null)
		.map(({ id, displayName }) => ({
			condition: `${chosen} === ${JSON.stringify(id)}`,
			message: `Nothing will be sent: ${displayName} only shows what would happen. To send texts, choose another gateway in "Gateway".`,
		}));
	return liveHints({ pretends: [...local, ...testModes(gateways, chosen)], isText: 'true' });
}

/** What a press of Execute does. */
const PRESSES: Readonly<Record<TestRunChoice, string>> = {
	preview: `Executing this step sends nothing: in test runs, it only shows what would be sent. To send from the editor, set "${LABEL}" to "${TEST_RUN_LABELS.send}". Active workflows always send.`,
	send: `Executing this step sends for real, to everybody in the input, and you are charged. To try without sending, set "${LABEL}" to "${TEST_RUN_LABELS.preview}". The same text to the same number goes out once in ${REPEAT_MINUTES} minutes.`,
	sendAgain:
		'Executing this step sends for real, to everybody in the input, and you are charged each time. Executing a later step can send them again.',
	oneNumber:
		'Executing this step sends the texts of all rows to your own number, and you are charged. Active workflows send to the people in the rows.',
};

function pressHints(pretends: readonly Pretence[]): NodeHint[] {
	const isReal = pretends.map(({ condition }) => `!(${condition})`);
	return TEST_RUN_CHOICES.map((choice) =>
		hint(PRESSES[choice], choice === 'preview' ? 'info' : 'warning', [
			`$parameter["${TEST_RUN_FIELDS.choice.name}"] === "${choice}"`,
			...isReal,
		]),
	);
}

/** Two opening braces, which would begin an expression of the condition itself; then `$json`, `$now` and the like. */
const TYPED_FIELD = '/\\u007b\\u007b\\s*\\$/';

/** Digits that begin as numbers do at home, and cannot be read without a country. */
const WITHOUT_CODE =
	'((digits, typed) => typed.indexOf("+") < 0 && (/^0[1-9]\\d{7,9}$/.test(digits) || /^89\\d{9}$/.test(digits)))(String($parameter["to"] || "").replace(/[^0-9]/g, ""), String($parameter["to"] || ""))';

/** What would be refused for all rows. Rows may differ, so the first one stands for them only where all are alike. */
function mistakeHints(): NodeHint[] {
	const fields = ['to', 'message'].map((name) => `String($parameter["${name}"] || "")`).join(' + " " + ');
	return [
		hint(
			'To or Message has a field in double braces that is typed as text: nothing would be filled in, so nothing is sent. Switch the field to Expression above it, or drag the column in again.',
			'warning',
			[`!${savedOption('sendBracesAsTyped')}`, `${TYPED_FIELD}.test(${fields})`],
		),
		hint(
			'This number has no country code, and Default Country is None, so it would be rejected. Choose a Default Country, or write the number with + and its country code.',
			'warning',
			[
				`$parameter["defaultCountry"] === "${NO_COUNTRY}"`,
				`!${savedOption('defaultCountryField')}`,
				WITHOUT_CODE,
			],
		),
		hint(
			'Send At is in the past, so nothing would be sent. Choose a later time, or remove Send At to send at once.',
			'warning',
			[
				`((at) => /^\\d{4}-\\d\\d-\\d\\dT/.test(at) && DateTime.fromISO(at).toMillis() < $now.toMillis() - ${PAST_TOLERANCE_MS})(String(${savedOption('sendAt')} || ""))`,
			],
		),
	];
}

function liveHints({ pretends, isText }: LiveHintConditions): NodeHint[] {
	const text = [isText, `!${savedOption('transliterate')}`];
	const each = codeUnitsInPart();
	return [
		...pretends.map(({ condition, message }) => hint(message, 'warning', [condition])),
		...pressHints(pretends),
		...mistakeHints(),
		hint(
			'This text takes more segments than needed, and each is charged: it has characters that only Unicode has, such as curly quotes (’ “ ”), long dashes (–) or special spaces. Type plain ones instead. The Preview operation names them.',
			'warning',
			[...text, ofMessage(`${isLongUnicode} && ${isCheaper}`)],
		),
		hint(
			`This text takes more than one segment, and each is charged: with Cyrillic, emoji or other characters outside the GSM alphabet, ${CODE_UNITS_ALONE} characters fit into one segment, or ${each} into each of several. The Preview operation shows how many it takes.`,
			'info',
			[...text, ofMessage(`${isLongUnicode} && !(${isCheaper})`)],
		),
	];
}
