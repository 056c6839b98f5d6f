import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { withFormFields, withSafeUrl } from '../nodes/shared/authentication';

export class AlphaSmsApi implements ICredentialType {
	name = 'alphaSmsApi';

	displayName = 'AlphaSMS API';

	icon: Icon = { light: 'file:../icons/alphaSms.svg', dark: 'file:../icons/alphaSms.dark.svg' };

	documentationUrl = 'https://docs.alphasms.net/';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'options',
			options: [
				{ name: 'Alphasms.net (International)', value: 'https://alphasms.net' },
				{ name: 'Alphasms.ua (Ukraine)', value: 'https://alphasms.ua' },
				{ name: 'Custom', value: 'custom' },
				{ name: 'Portal.interconnect.solutions', value: 'https://portal.interconnect.solutions' },
				{ name: 'Smsukraine.com.ua', value: 'https://smsukraine.com.ua' },
			],
			default: 'https://alphasms.ua',
			description: 'Where your account is',
		},
		{
			displayName: 'Custom Base URL',
			name: 'customBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://sms.example.com',
			displayOptions: { show: { baseUrl: ['custom'] } },
		},
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
		return withFormFields(
			withSafeUrl(credentials, requestOptions),
			// The vendor's table says `pass`, its examples and most programs say `password`.
			authentication === 'login' ? { login, pass: password, password } : { key: apiKey },
		);
	}

	/** The reply is plain text. n8n can compare its characters: `balance:…`, `errors:…`, or the `<` of a web page. */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: '={{$credentials.baseUrl === "custom" ? $credentials.customBaseUrl : $credentials.baseUrl}}',
			url: '/api/http.php',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: { version: 'http', command: 'balance' },
			encoding: 'text',
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 20_000,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: '0',
					value: 'e',
					message:
						'AlphaSMS does not accept this API key, login or password. The API may also be switched off, or limited to IP addresses, in your account.',
				},
			},
			...[
				undefined,
				'<',
				'{',
				'[',
				'\n',
				'\r',
				'\t',
				' ',
				'N',
				'n',
				'O',
				'o',
				'F',
				'f',
				'I',
				'i',
				'A',
				'a',
			].map(
				(
					value,
				): { type: 'responseSuccessBody'; properties: { key: string; value: unknown; message: string } } => ({
					type: 'responseSuccessBody',
					properties: {
						key: '0',
						value,
						message: "This address does not answer like AlphaSMS. Check 'Base URL'.",
					},
				}),
			),
		],
	};
}
