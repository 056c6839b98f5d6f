import type { Credential } from '../shared/contract/credential';

/** For sites of the platform that have no JSON interface: the key goes to the other one. */
export const TEXT_KEY = 'apiKeyText';

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
		{ name: 'API Key (Text Interface)', value: TEXT_KEY },
		{ name: 'Login and Password', value: 'login' },
	],
	fields: [
		{
			name: 'apiKey',
			displayName: 'API Key',
			description:
				'In your account: SMS → Settings → API, line "Your key". It is shown in full only right after you generate it.',
			secret: true,
			way: ['apiKey', TEXT_KEY],
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

/** Whether this way to sign in reaches the JSON interface. */
export const reachesJson = (authentication: string): boolean =>
	authentication !== 'login' && authentication !== TEXT_KEY;
