import type {
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { alphaSmsCredential } from '../nodes/AlphaSms/credential';
import { signedBy } from '../nodes/shared/requests/authentication';
import {
	baseUrlFields,
	credentialFields,
	failsWhen,
	testRequest,
} from '../nodes/shared/panel/credentialFields';

const REFUSED =
	'AlphaSMS does not accept this API key, login or password. The API may also be switched off, or limited to IP addresses, in your account.';
const WRONG_HOST = "This address does not answer like AlphaSMS. Check 'Base URL'.";
const NO_BALANCE =
	"AlphaSMS does not accept this credential, or this is another address. Check 'Base URL', and whether your account may use the API.";

type Rule = ReturnType<typeof failsWhen>;

const bytesOf = (characters: string): number[] => [...Buffer.from(characters, 'latin1')];
const bytesFrom = (first: number, last: number): number[] =>
	Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Fails when one of these characters stands at one of these bytes. */
const failsWithAny = (characters: string, first: number, last: number, message: string): Rule[] =>
	bytesFrom(first, last).flatMap((position) =>
		bytesOf(characters).map((byte) => failsWhen(String(position), byte, message)),
	);

/** A balance may have blanks, line breaks or a byte order mark (EF BB BF) before it, as the node takes it. */
const BLANKS = '\t\n\r ';
/** What `balance:` and `{"success":` may have at their first bytes, so shifted. */
const BEGINNINGS: ReadonlyArray<readonly number[]> = [
	`b{${BLANKS}\xef`,
	`ab{"${BLANKS}\xbb`,
	`labs{"${BLANKS}\xbf`,
	`alabsu{"${BLANKS}`,
].map(bytesOf);

/** A sentence may come without `errors:` in front: in Cyrillic (UTF-8 or windows-1251), or in small letters. */
const isSentence = (byte: number, position: number): boolean =>
	position === 0 ? byte >= 0xc0 : position === 1 && byte >= 0x61 && byte <= 0x7a;

/**
 * n8n compares one value of the reply with ===, and the reply is text with a login and JSON with a key. What a rule asks
 * of the one would fail the other, so both are read as bytes: `balance:31.17`, `errors:…`,
 * `{"success":true,"data":[{"success":true,"data":{"amount":31.17…` and `{"success":false…`.
 */
const rules: readonly Rule[] = [
	...bytesFrom(0, 'balance:'.length).map((length) => failsWhen('length', length, WRONG_HOST)),
	...failsWithAny('e', 0, 1, REFUSED),
	...failsWithAny('e', 2, 3, NO_BALANCE),
	...BEGINNINGS.flatMap((expected, position) =>
		// Behind the first byte, what no text begins with need not be named.
		(position === 0 ? bytesFrom(0, 0xff) : [...bytesFrom(0x21, 0x7e), ...bytesFrom(0xc0, 0xff)])
			.filter((byte) => byte !== 0x65 && !expected.includes(byte))
			.map((byte) => {
				const otherwise = position < 2 ? WRONG_HOST : NO_BALANCE;
				return failsWhen(String(position), byte, isSentence(byte, position) ? REFUSED : otherwise);
			}),
	),
	// `false`: nothing else in these replies has an f. And `{"success":0,"error":`.
	...failsWithAny('f', 4, 100, REFUSED),
	...failsWithAny('o', 17, 17, REFUSED),
	// `{"balance":"`, of SMSC.
	...failsWithAny('"', 11, 11, WRONG_HOST),
	// An object or a list that ends before it comes to an amount.
	...failsWithAny('}]', 4, 27, WRONG_HOST),
];

/** The JSON interface knows the key only: a test with login and password asks the text interface instead. */
function byItsInterface(
	request: IHttpRequestOptions,
	{ authentication }: Readonly<Record<string, unknown>>,
): IHttpRequestOptions {
	if (authentication !== 'login' || !request.url.endsWith('/api/json.php')) return request;
	return {
		...request,
		url: '/api/http.php',
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: { version: 'http', command: 'balance' },
	};
}

export class AlphaSmsApi implements ICredentialType {
	name = 'alphaSmsApi';

	displayName = 'AlphaSMS API';

	icon: Icon = { light: 'file:../icons/alphaSms.svg', dark: 'file:../icons/alphaSms.dark.svg' };

	documentationUrl = 'https://docs.alphasms.net/';

	properties: INodeProperties[] = [
		...baseUrlFields(
			[
				{ name: 'Alphasms.net (International)', value: 'https://alphasms.net' },
				{ name: 'Alphasms.ua (Ukraine)', value: 'https://alphasms.ua' },
				{ name: 'Portal.interconnect.solutions', value: 'https://portal.interconnect.solutions' },
				{ name: 'Smsukraine.com.ua', value: 'https://smsukraine.com.ua' },
			],
			'https://alphasms.ua',
			'Where your account is',
		),
		...credentialFields(alphaSmsCredential),
	];

	authenticate = signedBy(alphaSmsCredential, byItsInterface);

	/** Asks the interface that sending uses with a key. With a login, `authenticate` turns it to the other one. */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			...testRequest,
			url: '/api/json.php',
			headers: { 'Content-Type': 'application/json' },
			body: { data: [{ type: 'balance' }] },
			encoding: 'arraybuffer',
		},
		rules: [...rules],
	};
}
