import type { Credential } from '../shared/contract/credential';

export const alphaSmsCredential: Credential = {
	type: 'alphaSmsApi',
	sites: [
		{ name: 'alphasms.ua (Ukraine)', value: 'https://alphasms.ua' },
		{ name: 'alphasms.net (International)', value: 'https://alphasms.net' },
		{ name: 'portal.interconnect.solutions', value: 'https://portal.interconnect.solutions' },
		{ name: 'smsukraine.com.ua', value: 'https://smsukraine.com.ua' },
	],
	sitesDescription: 'Where your account is',
	ways: [
		{ name: 'API Key', value: 'apiKey' },
		{ name: 'Login and Password', value: 'login' },
	],
	fields: [
		{
			name: 'apiKey',
			displayName: 'API Key',
			description:
				'In your account: SMS → Settings → API, line "Your key". It is shown in full only right after you generate it.',
			secret: true,
			way: 'apiKey',
			form: 'key',
			json: 'auth',
		},
		// The JSON interface knows the key only.
		{ name: 'login', displayName: 'Login', secret: false, way: 'login', form: 'login' },
		{
			name: 'password',
			displayName: 'Password',
			secret: true,
			way: 'login',
			asTyped: true,
			// The vendor's table says `pass`, its examples and most programs say `password`.
			form: ['pass', 'password'],
		},
	],
};
