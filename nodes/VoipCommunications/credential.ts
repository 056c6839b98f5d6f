import type { Credential } from '../shared/contract/credential';

export const voipCommunicationsCredential: Credential = {
	type: 'voipCommunicationsApi',
	sites: [{ name: 'voip-communications.net', value: 'https://voip-communications.net' }],
	fields: [
		{ name: 'apiKey', displayName: 'API Key', secret: true, basic: 'user' },
		// Made by the gateway, so spaces around it come from pasting.
		{ name: 'apiPassword', displayName: 'API Password', secret: true, basic: 'password' },
	],
};
