import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { africasTalkingCredential } from '../nodes/AfricasTalking/credential';
import {
	credentialFields,
	failsByStatus,
	failsWithout,
	mixedRules,
	testRequest,
	wrongAddress,
} from '../nodes/shared/panel/credentialFields';
import { signedBy } from '../nodes/shared/requests/authentication';

const WRONG_KEY =
	"Africa's Talking does not accept this username and API key. The sandbox's username is sandbox, with an API key of its own. A new key takes a few minutes to work.";

const sign = signedBy(africasTalkingCredential);

export class AfricasTalkingApi implements ICredentialType {
	name = 'africasTalkingApi';

	displayName = "Africa's Talking API";

	icon: Icon = {
		light: 'file:../icons/africasTalking.svg',
		dark: 'file:../icons/africasTalking.dark.svg',
	};

	documentationUrl = 'https://developers.africastalking.com/docs/sms/overview';

	properties: INodeProperties[] = credentialFields(africasTalkingCredential);

	async authenticate(...request: Parameters<typeof sign>): ReturnType<typeof sign> {
		return await sign(...request);
	}

	/** A wrong key or username gets plain text: the status tells it, so here it is an error. */
	test: ICredentialTestRequest = {
		request: {
			method: 'GET',
			...testRequest,
			ignoreHttpStatusErrors: false,
			url: '/version1/user',
			headers: { Accept: 'application/json' },
		},
		rules: mixedRules([
			...failsByStatus("Africa's Talking", africasTalkingCredential, WRONG_KEY),
			// As recorded; a rule cannot look for the other spelling, `userData`, of the vendor's sample as well.
			...failsWithout('UserData.balance', wrongAddress("Africa's Talking", africasTalkingCredential)),
		]),
	};
}
