import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { withSafeUrl } from '../nodes/shared/authentication';
import { baseUrlFields, failsWhen, testRequest } from '../nodes/shared/credentialFields';

export class VoipCommunicationsApi implements ICredentialType {
	name = 'voipCommunicationsApi';

	displayName = 'VoIP Communications API';

	icon: Icon = {
		light: 'file:../icons/voipCommunications.svg',
		dark: 'file:../icons/voipCommunications.dark.svg',
	};

	documentationUrl = 'https://voip-communications.net/vcw/sms/sms-api/';

	properties: INodeProperties[] = [
		...baseUrlFields(
			[{ name: 'Voip-communications.net', value: 'https://voip-communications.net' }],
			'https://voip-communications.net',
		),
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
		{
			displayName: 'API Password',
			name: 'apiPassword',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const basic = Buffer.from(`${String(credentials.apiKey)}:${String(credentials.apiPassword)}`).toString(
			'base64',
		);
		const request = withSafeUrl(credentials, requestOptions);
		return { ...request, headers: { ...request.headers, Authorization: `Basic ${basic}` } };
	}

	/**
	 * The vendor's own app asks this address who it is; it is not in the documentation, and nothing of its answer is
	 * shown. A wrong key is answered with 401, which n8n shows as "Unauthorized".
	 */
	test: ICredentialTestRequest = {
		request: {
			method: 'GET',
			...testRequest,
			ignoreHttpStatusErrors: false,
			url: '/api-v2/index.php/cms/user',
		},
		rules: [
			failsWhen(
				'user',
				undefined,
				"This address does not answer like VoIP Communications. Check 'Base URL'.",
			),
		],
	};
}
