import type { Credential } from '../shared/contract/credential';

export const africasTalkingCredential: Credential = {
	type: 'africasTalkingApi',
	sites: [
		{ name: 'Live', value: 'https://api.africastalking.com' },
		{ name: 'Sandbox', value: 'https://api.sandbox.africastalking.com' },
	],
	sitesLabel: 'Environment',
	fields: [
		{
			name: 'username',
			displayName: 'Username',
			description: "Your app's username. In the sandbox it is always sandbox.",
			secret: false,
			form: 'username',
			query: 'username',
		},
		{
			name: 'apiKey',
			displayName: 'API Key',
			description: 'The sandbox has an API key of its own',
			secret: true,
			header: 'apiKey',
		},
	],
};
