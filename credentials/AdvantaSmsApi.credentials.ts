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
import { baseUrlFields, failsWhen, testRequest } from '../nodes/shared/credentialFields';

const WRONG_KEY =
	'The gateway does not accept this API Key and Partner ID. The App Key is another one and does not work here.';

export class AdvantaSmsApi implements ICredentialType {
	name = 'advantaSmsApi';

	displayName = 'Advanta SMS API';

	icon: Icon = { light: 'file:../icons/advantaSms.svg', dark: 'file:../icons/advantaSms.dark.svg' };

	documentationUrl = 'https://www.advantasms.com/bulksms-api';

	properties: INodeProperties[] = [
		...baseUrlFields(
			[
				{ name: 'Advanta Africa', value: 'https://quicksms.advantasms.com' },
				{ name: 'Blessed Texts', value: 'https://sms.blessedtexts.com' },
				{ name: 'Celcom Africa', value: 'https://isms.celcomafrica.com' },
				{ name: 'Celcom Africa (Older)', value: 'https://mysms.celcomafrica.com' },
				{ name: 'Imarabiz', value: 'https://sms.imarabiz.com' },
				{ name: 'Lancola Tech', value: 'https://sms.lancolatech.com' },
				{ name: 'Sunface Group', value: 'https://sms.sunfacegroup.co.ke' },
				{ name: 'TextSMS Kenya', value: 'https://sms.textsms.co.ke' },
			],
			'https://quicksms.advantasms.com',
			'The company where your account is',
		),
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
			...testRequest,
			url: '/api/services/getbalance',
			headers: { 'Content-Type': 'application/json' },
			body: { partnerID: '' },
		},
		rules: [
			...[1006, 4091, 4092, 4093]
				.flatMap((code) => [code, String(code)])
				.flatMap((code) => [
					failsWhen('response-code', code, WRONG_KEY),
					failsWhen('respose-code', code, WRONG_KEY),
				]),
			failsWhen(
				'credit',
				undefined,
				"This address does not answer like an Advanta SMS gateway. Check 'Base URL'.",
			),
		],
	};
}
