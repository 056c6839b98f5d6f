import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { withFormFields, withSafeUrl } from '../nodes/shared/authentication';
import { baseUrlFields, failsWhen, testRequest } from '../nodes/shared/credentialFields';

/** SMS.RU's `api_id` is a full key to the account, although its name says "ID": it is masked like a password. */
const hidden = { password: true };

export class SmsRuApi implements ICredentialType {
	name = 'smsRuApi';

	displayName = 'SMS.RU API';

	icon: Icon = { light: 'file:../icons/smsRu.svg', dark: 'file:../icons/smsRu.dark.svg' };

	documentationUrl = 'https://sms.ru/api';

	properties: INodeProperties[] = [
		...baseUrlFields([{ name: 'Sms.ru', value: 'https://sms.ru' }], 'https://sms.ru'),
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API ID', value: 'apiId' },
				{ name: 'Login and Password', value: 'login' },
			],
			default: 'apiId',
		},
		{
			displayName: 'API ID',
			name: 'apiId',
			type: 'string',
			typeOptions: hidden,
			default: '',
			displayOptions: { show: { authentication: ['apiId'] } },
			description: 'The api_id from the main page of your SMS.RU account',
		},
		{
			displayName: 'Login',
			name: 'login',
			type: 'string',
			default: '',
			displayOptions: { show: { authentication: ['login'] } },
			description: 'The phone number you sign in with',
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
		const { authentication, apiId, login, password } = credentials;
		return withFormFields(
			withSafeUrl(credentials, requestOptions),
			authentication === 'login' ? { login, password } : { api_id: apiId },
		);
	}

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			...testRequest,
			url: '/auth/check',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: { json: '1' },
		},
		rules: [
			failsWhen(
				'status_code',
				302,
				'SMS.RU knows this account, and it has not been confirmed yet. Sign in at SMS.RU and confirm it.',
			),
			failsWhen('status', 'ERROR', 'SMS.RU does not accept this API ID, login or password.'),
			failsWhen('status_code', undefined, "This address does not answer like SMS.RU. Check 'Base URL'."),
		],
	};
}
