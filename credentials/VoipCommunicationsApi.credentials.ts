import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { voipCommunicationsCredential } from '../nodes/VoipCommunications/credential';
import { signedBy } from '../nodes/shared/requests/authentication';
import {
	credentialFields,
	failsByStatus,
	failsWhen,
	mixedRules,
	testRequest,
	wrongAddress,
} from '../nodes/shared/panel/credentialFields';

const WRONG_KEY = 'VoIP Communications does not accept this API key and password, or has closed the account.';

const sign = signedBy(voipCommunicationsCredential);

export class VoipCommunicationsApi implements ICredentialType {
	name = 'voipCommunicationsApi';

	displayName = 'VoIP Communications API';

	icon: Icon = {
		light: 'file:../icons/voipCommunications.svg',
		dark: 'file:../icons/voipCommunications.dark.svg',
	};

	documentationUrl = 'https://voip-communications.net/vcw/sms/sms-api/';

	properties: INodeProperties[] = credentialFields(voipCommunicationsCredential);

	async authenticate(...request: Parameters<typeof sign>): ReturnType<typeof sign> {
		return await sign(...request);
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
			...failsByStatus('VoIP Communications', voipCommunicationsCredential, WRONG_KEY),
			// Refusals with HTTP 200: a flag with a sentence, as the vendor's apps read it, and its REST server's own layout.
			failsWhen('status', false, WRONG_KEY),
			failsWhen('error', true, WRONG_KEY),
			// Whatever the flag is: n8n looks a key up by its path (lodash's get), and every text has this one.
			failsWhen('error_message.constructor.name', 'String', WRONG_KEY),
			failsWhen('user', null, WRONG_KEY),
			failsWhen('user', false, WRONG_KEY),
			failsWhen('user', undefined, wrongAddress('VoIP Communications', voipCommunicationsCredential)),
		]),
	};
}
