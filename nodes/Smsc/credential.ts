import type { Credential } from '../shared/contract/credential';

export const smscCredential: Credential = {
	type: 'smscApi',
	sites: [
		{ name: 'Smsc.ru', value: 'https://smsc.ru' },
		{ name: 'Smsc.kz', value: 'https://smsc.kz' },
		{ name: 'Smsc.ru (Back-Up)', value: 'https://www2.smsc.ru' },
		{ name: 'Smsc.ua', value: 'https://smsc.ua' },
		{ name: 'Smscentre.com', value: 'https://smscentre.com' },
	],
	sitesDescription: 'Where your account is. An account of one of these sites does not work on another.',
	ways: [
		{ name: 'Login and Password', value: 'login' },
		{ name: 'API Key', value: 'apiKey' },
	],
	fields: [
		{ name: 'login', displayName: 'Login', secret: false, way: 'login', form: 'login' },
		{
			name: 'password',
			displayName: 'Password',
			description: 'Password of the account, or the one for the API that you set in your SMSC account',
			secret: true,
			way: 'login',
			asTyped: true,
			form: 'psw',
		},
		{
			name: 'apiKey',
			displayName: 'API Key',
			description: 'Key from the passwords page of your SMSC account',
			secret: true,
			way: 'apiKey',
			form: 'apikey',
		},
		{
			name: 'callbackSecret',
			displayName: 'Callback Secret',
			description:
				'For the SMSC Trigger only: the secret that you set for callbacks in your SMSC account. Leave it empty if you set none.',
			secret: true,
		},
	],
};
