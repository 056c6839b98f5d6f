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

/** Every other way to begin than the `b` of `balance:` and the `e` of `errors:`; undefined is the empty reply. */
const NOT_A_BALANCE = [
	undefined,
	...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter(
		(character) => !/[be]/.test(character),
	),
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
		// The JSON interface knows the key only.
		if (request.url.endsWith('/api/json.php')) return withJsonFields(request, { auth: apiKey }, {});
		return withFormFields(
			request,
			// The vendor's table says `pass`, its examples and most programs say `password`.
			authentication === 'login' ? { login, pass: password, password } : { key: apiKey },
		);
	}

	/** The reply is plain text. n8n can compare its first character. */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			...testRequest,
			url: '/api/http.php',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: { version: 'http', command: 'balance' },
			encoding: 'text',
		},
		rules: [
			failsWhen(
				'0',
				'e',
				'AlphaSMS does not accept this API key, login or password. The API may also be switched off, or limited to IP addresses, in your account.',
			),
			...NOT_A_BALANCE.map((character) =>
				failsWhen('0', character, "This address does not answer like AlphaSMS. Check 'Base URL'."),
			),
		],
	};
}
