import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { withFormFields, withSafeUrl } from '../nodes/shared/requests/authentication';
import { baseUrlFields, failsWhen, testRequest } from '../nodes/shared/panel/credentialFields';

export class SmscApi implements ICredentialType {
	name = 'smscApi';

	displayName = 'SMSC API';

	icon: Icon = { light: 'file:../icons/smsc.svg', dark: 'file:../icons/smsc.dark.svg' };

	documentationUrl = 'https://smsc.ru/api/';

	properties: INodeProperties[] = [
		...baseUrlFields(
			[
				{ name: 'Smsc.kz', value: 'https://smsc.kz' },
				{ name: 'Smsc.ru', value: 'https://smsc.ru' },
				{ name: 'Smsc.ru (Back-Up)', value: 'https://www2.smsc.ru' },
				{ name: 'Smsc.ua', value: 'https://smsc.ua' },
				{ name: 'Smscentre.com', value: 'https://smscentre.com' },
			],
			'https://smsc.ru',
			'Where your account is. An account of one of these sites does not work on another.',
		),
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey' },
				{ name: 'Login and Password', value: 'login' },
			],
			default: 'login',
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
			description: 'Password of the account, or the one for the API that you set in your SMSC account',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['apiKey'] } },
			description: 'Key from the passwords page of your SMSC account',
		},
		{
			displayName: 'Callback Secret',
			name: 'callbackSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the SMSC Trigger only: the secret that you set for callbacks in your SMSC account. Leave it empty if you set none.',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authentication, login, password, apiKey } = credentials;
		return withFormFields(
			withSafeUrl(credentials, requestOptions),
			authentication === 'apiKey' ? { apikey: apiKey } : { login, psw: password },
		);
	}

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			...testRequest,
			url: '/sys/balance.php',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: { fmt: '3' },
		},
		rules: [
			failsWhen(
				'error_code',
				1,
				"SMSC found no login and password, and no API key. Fill in those of the chosen 'Authentication'.",
			),
			failsWhen(
				'error_code',
				2,
				'SMSC does not accept this login, password or API key. If your account lists allowed IP addresses, the one of this n8n has to be among them.',
			),
			failsWhen(
				'error_code',
				4,
				'SMSC has blocked this IP address for a while, after many requests it could not accept.',
			),
			failsWhen(
				'error_code',
				9,
				'SMSC tells the balance ten times a minute at most. Wait a minute and test again.',
			),
			failsWhen('balance', undefined, "This address does not answer like SMSC. Check 'Base URL'."),
		],
	};
}
