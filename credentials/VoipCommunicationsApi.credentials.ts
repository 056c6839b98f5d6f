import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { withSafeUrl } from '../nodes/shared/authentication';
import {
	baseUrlFields,
	failsWhen,
	failsWithStatus,
	mixedRules,
	testRequest,
} from '../nodes/shared/credentialFields';

const WRONG_HOST = "This address does not answer like VoIP Communications. Check 'Base URL'.";

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
	 * shown. The status tells a wrong key, so here it is an error, and n8n looks up the sentence for it.
	 */
	test: ICredentialTestRequest = {
		request: {
			method: 'GET',
			...testRequest,
			ignoreHttpStatusErrors: false,
			url: '/api-v2/index.php/cms/user',
		},
		rules: mixedRules([
			failsWithStatus(401, 'VoIP Communications does not accept this API key and password.'),
			...[301, 302, 307, 308, 403, 404, 405].map((status) => failsWithStatus(status, WRONG_HOST)),
			failsWhen('user', undefined, WRONG_HOST),
		]),
	};
}
