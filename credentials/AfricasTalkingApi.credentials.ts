import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { africasTalkingCredential } from '../nodes/AfricasTalking/credential';
import {
	baseUrlFields,
	credentialFields,
	failsWhen,
	failsWithStatus,
	mixedRules,
	testRequest,
} from '../nodes/shared/panel/credentialFields';
import { signedBy } from '../nodes/shared/requests/authentication';

const WRONG_KEY =
	"Africa's Talking does not accept this username and API key. The sandbox's username is sandbox, with an API key of its own. A new key takes a few minutes to work.";
const WRONG_HOST = "This address does not answer like Africa's Talking. Check 'Environment'.";

const sign = signedBy(africasTalkingCredential);

export class AfricasTalkingApi implements ICredentialType {
	name = 'africasTalkingApi';

	displayName = "Africa's Talking API";

	icon: Icon = {
		light: 'file:../icons/africasTalking.svg',
		dark: 'file:../icons/africasTalking.dark.svg',
	};

	documentationUrl = 'https://developers.africastalking.com/docs/sms/overview';

	properties: INodeProperties[] = [
		...baseUrlFields(
			[
				{ name: 'Live', value: 'https://api.africastalking.com' },
				{ name: 'Sandbox', value: 'https://api.sandbox.africastalking.com' },
			],
			'https://api.africastalking.com',
			{ label: 'Environment' },
		),
		...credentialFields(africasTalkingCredential),
	];

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
			failsWithStatus(401, WRONG_KEY),
			failsWithStatus(403, "This address refused the request. Check API key, username and 'Environment'."),
			...[301, 302, 307, 308, 400, 404, 405].map((status) => failsWithStatus(status, WRONG_HOST)),
			...[429, 500, 502, 503, 504].map((status) =>
				failsWithStatus(status, "Africa's Talking is not available at the moment. Try again later."),
			),
			// As recorded; a rule cannot look for the other spelling, `userData`, of the vendor's sample as well.
			failsWhen('UserData.balance', undefined, WRONG_HOST),
			failsWhen('UserData.balance', null, WRONG_HOST),
		]),
	};
}
