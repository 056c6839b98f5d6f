import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { advantaUrl } from '../nodes/AdvantaSms/hosts';
import { withJsonFields, withSafeUrl } from '../nodes/shared/authentication';

export class AdvantaSmsApi implements ICredentialType {
	name = 'advantaSmsApi';

	displayName = 'Advanta SMS API';

	icon: Icon = { light: 'file:../icons/advantaSms.svg', dark: 'file:../icons/advantaSms.dark.svg' };

	documentationUrl = 'https://www.advantasms.com/bulksms-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'options',
			options: [
				{ name: 'Advanta Africa', value: 'https://quicksms.advantasms.com' },
				{ name: 'Blessed Texts', value: 'https://sms.blessedtexts.com' },
				{ name: 'Celcom Africa', value: 'https://isms.celcomafrica.com' },
				{ name: 'Celcom Africa (Older)', value: 'https://mysms.celcomafrica.com' },
				{ name: 'Custom', value: 'custom' },
				{ name: 'Imarabiz', value: 'https://sms.imarabiz.com' },
				{ name: 'Lancola Tech', value: 'https://sms.lancolatech.com' },
				{ name: 'Sunface Group', value: 'https://sms.sunfacegroup.co.ke' },
				{ name: 'TextSMS Kenya', value: 'https://sms.textsms.co.ke' },
			],
			default: 'https://quicksms.advantasms.com',
			description: 'The company where your account is',
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
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The API key from your panel. The App Key does not work here.',
		},
		{
			displayName: 'Partner ID',
			name: 'partnerId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 12345',
		},
		{
			displayName: 'Shortcode',
			name: 'shortcode',
			type: 'string',
			default: '',
			placeholder: 'e.g. ACME',
			description: "Your sender ID, used where 'From' is empty. Capital and small letters count.",
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { apiKey, partnerId, shortcode } = credentials;
		const request = withSafeUrl(credentials, requestOptions);
		return withJsonFields(
			{ ...request, url: advantaUrl(request.url, request.baseURL) },
			{ apikey: apiKey, partnerID: partnerId },
			{ shortcode },
		);
	}

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: '={{$credentials.baseUrl === "custom" ? $credentials.customBaseUrl : $credentials.baseUrl}}',
			url: '/api/services/getbalance',
			headers: { 'Content-Type': 'application/json' },
			body: { partnerID: '' },
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 20_000,
		},
		rules: [
			...[1006, '1006', 4091, '4091', 4092, '4092', 4093, '4093'].flatMap((value) =>
				['response-code', 'respose-code'].map(
					(
						key,
					): {
						type: 'responseSuccessBody';
						properties: { key: string; value: unknown; message: string };
					} => ({
						type: 'responseSuccessBody',
						properties: {
							key,
							value,
							message:
								'The gateway does not accept this API Key and Partner ID. The App Key is another one and does not work here.',
						},
					}),
				),
			),
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'credit',
					value: undefined,
					message: "This address does not answer like an Advanta SMS gateway. Check 'Base URL'.",
				},
			},
		],
	};
}
