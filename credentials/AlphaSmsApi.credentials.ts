import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { withFormFields, withJsonFields, withSafeUrl } from '../nodes/shared/authentication';
import { baseUrlFields, failsWhen, testRequest } from '../nodes/shared/credentialFields';

const REFUSED =
	'AlphaSMS does not accept this API key, login or password. The API may also be switched off, or limited to IP addresses, in your account.';
const WRONG_HOST = "This address does not answer like AlphaSMS. Check 'Base URL'.";
const NO_BALANCE =
	"AlphaSMS should tell the balance and says something else. Check 'Base URL', and whether your account may use the API.";

type Rule = ReturnType<typeof failsWhen>;

/**
 * The JSON interface. A rule fails on a value that is there, and cannot ask for one that is missing: that would fail every
 * text reply, which has no keys. So these name everything else that such an address is known to say. A value's
 * `constructor` tells its type.
 */
const jsonRules: Rule[] = [
	...['success', 'data[0].success'].flatMap((key) =>
		[false, 0, '0', 'false', '', null].map((value) => failsWhen(key, value, REFUSED)),
	),
	...[String, Number, Boolean].map((kind) => failsWhen('constructor', kind, WRONG_HOST)),
	...[null, ''].map((value) => failsWhen('data[0].data.amount', value, WRONG_HOST)),
	failsWhen('data', null, WRONG_HOST),
	failsWhen('data.length', 0, WRONG_HOST),
	failsWhen('data.constructor', Object, WRONG_HOST),
	failsWhen('data.constructor', String, WRONG_HOST),
	// Empty ones are none: AlphaSMS itself has `error`.
	...['error', 'errors', 'message', 'detail'].map((key) =>
		failsWhen(`${key}[0].constructor`, String, WRONG_HOST),
	),
	...['error', 'errors', 'user'].map((key) => failsWhen(`${key}.constructor`, Object, WRONG_HOST)),
	...['balance', 'credit', 'code', 'status', 'status_code', 'error_code', 'response-code', 'respose-code']
		.flatMap((key) => [String, Number].map((kind) => failsWhen(`["${key}"].constructor`, kind, WRONG_HOST)))
		.concat(failsWhen('responses.constructor', Array, WRONG_HOST)),
];

const bytesOf = (characters: string): number[] => [...Buffer.from(characters, 'latin1')];
/** A balance may have blanks, line breaks or a byte order mark (EF BB BF) before it, as the node takes it. */
const BLANKS = '\t\n\r ';
/** What `balance:` may have at its first bytes, so shifted. */
const BEGINNINGS = [`b${BLANKS}\xef`, `ab${BLANKS}\xbb`, `lab${BLANKS}\xbf`].map(bytesOf);
const E = 0x65;
const isMarkup = (byte: number): boolean => bytesOf('<{[').includes(byte);

/** The text interface, whose reply is read as bytes: `balance:` and something, or `errors:`. */
const textRules: Rule[] = [
	...Array.from({ length: 'balance:'.length + 1 }, (_, length) => failsWhen('length', length, WRONG_HOST)),
	...BEGINNINGS.flatMap((expected, position) => [
		failsWhen(String(position), E, REFUSED),
		...Array.from({ length: 256 }, (_, byte) => byte)
			.filter((byte) => byte !== E && !expected.includes(byte))
			.map((byte) => failsWhen(String(position), byte, isMarkup(byte) ? WRONG_HOST : NO_BALANCE)),
	]),
];

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
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey' },
				{ name: 'Login and Password', value: 'login' },
			],
			default: 'apiKey',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['apiKey'] } },
			description:
				'Key from the API settings of your account. It is shown in full only right after it was made.',
		},
		{
			displayName: 'Login',
			name: 'login',
			type: 'string',
			default: '',
			displayOptions: { show: { authentication: ['login'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['login'] } },
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authentication, apiKey, login, password } = credentials;
		const request = withSafeUrl(credentials, requestOptions);
		const isJson = request.url.endsWith('/api/json.php');
		// The JSON interface knows the key only. With a login, nothing but the test below asks it.
		if (isJson && authentication !== 'login') return withJsonFields(request, { auth: apiKey }, {});
		return withFormFields(
			isJson ? textTest(request) : request,
			// The vendor's table says `pass`, its examples and most programs say `password`.
			authentication === 'login' ? { login, pass: password, password } : { key: apiKey },
		);
	}

	/** Asks the interface that sending uses with a key. With a login, `authenticate` makes the other one of it. */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			...testRequest,
			url: '/api/json.php',
			headers: { 'Content-Type': 'application/json' },
			body: { data: [{ type: 'balance' }] },
		},
		rules: [...jsonRules, ...textRules],
	};
}

/** The test's question to the text interface. n8n compares single values: of text, that can be a byte. */
function textTest(request: IHttpRequestOptions): IHttpRequestOptions {
	return {
		...request,
		url: '/api/http.php',
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: { version: 'http', command: 'balance' },
		encoding: 'arraybuffer',
	};
}
