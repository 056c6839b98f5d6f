import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { smscCredential } from '../nodes/Smsc/credential';
import { signedBy } from '../nodes/shared/requests/authentication';
import {
	credentialFields,
	failsWhen,
	testRequest,
	wrongAddress,
} from '../nodes/shared/panel/credentialFields';

const sign = signedBy(smscCredential);

export class SmscApi implements ICredentialType {
	name = 'smscApi';

	displayName = 'SMSC API';

	icon: Icon = { light: 'file:../icons/smsc.svg', dark: 'file:../icons/smsc.dark.svg' };

	documentationUrl = 'https://smsc.ru/api/';

	properties: INodeProperties[] = credentialFields(smscCredential);

	async authenticate(...request: Parameters<typeof sign>): ReturnType<typeof sign> {
		return await sign(...request);
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
				"SMSC received neither a login with a password nor an API key. Fill in the fields for the chosen 'Authentication'.",
			),
			failsWhen(
				'error_code',
				2,
				'SMSC does not accept this login, password or API key. If your account lists allowed IP addresses, add the one of this n8n.',
			),
			failsWhen('error_code', 4, 'SMSC has temporarily blocked this IP address after many invalid requests.'),
			failsWhen(
				'error_code',
				9,
				'SMSC allows ten balance requests per minute. Wait a minute and test again.',
			),
			failsWhen('balance', undefined, wrongAddress('SMSC', smscCredential)),
		],
	};
}
