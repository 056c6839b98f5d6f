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

/** SMS.RU's `api_id` is a full key to the account, although its name says "ID": it is masked like a password. */
const hidden = { password: true };

const WRONG_HOST = "This address does not answer like SMS.RU. Check 'Base URL'.";

/** The gateway writes a code as a number; its other numbers come as text as well. */
function failsWithCodes(codes: readonly string[], message: string): Array<ReturnType<typeof failsWhen>> {
	return codes.flatMap((code) =>
		[Number(code), code].map((value) => failsWhen('status_code', value, message)),
	);
}

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
			failsWhen('status_code', undefined, WRONG_HOST),
			failsWhen('status', undefined, WRONG_HOST),
			...failsWithCodes(
				['302'],
				'SMS.RU knows this account, and it has not been confirmed yet. Sign in at SMS.RU and confirm it.',
			),
			...failsWithCodes(['200', '300', '301'], 'SMS.RU does not accept this API ID, login or password.'),
			...failsWithCodes(['220', '500'], 'SMS.RU is not available at the moment. Try again later.'),
			...failsWithCodes(['210', '211'], WRONG_HOST),
			failsWhen(
				'status',
				'ERROR',
				'SMS.RU answered this test with an error. Check API ID, login and password, and sign in at SMS.RU to see whether your account is in order.',
			),
		],
	};
}
