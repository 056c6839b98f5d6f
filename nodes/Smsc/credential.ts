import type { Credential } from '../shared/contract/credential';

export const smscCredential: Credential = {
	type: 'smscApi',
	sites: [
		{ name: 'smsc.ru', value: 'https://smsc.ru' },
		{ name: 'smsc.kz', value: 'https://smsc.kz' },
		{ name: 'smsc.ru (Backup Server)', value: 'https://www2.smsc.ru' },
		{ name: 'smsc.tj', value: 'https://smsc.tj' },
		{ name: 'smsc.ua', value: 'https://smsc.ua' },
		{ name: 'smscentre.com', value: 'https://smscentre.com' },
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
			description:
				'Your account password, or the API password that you set on the <a href="https://smsc.ru/passwords/">passwords page</a>',
			secret: true,
			way: 'login',
			asTyped: true,
			form: 'psw',
		},
		{
			name: 'apiKey',
			displayName: 'API Key',
			description:
				'Create it on the <a href="https://smsc.ru/passwords/">passwords page</a> of your SMSC account',
			secret: true,
			way: 'apiKey',
			form: 'apikey',
		},
		{
			name: 'callbackSecret',
			displayName: 'Callback Secret',
			description:
				'For the SMSC Trigger only: the secret that you set for callbacks in your SMSC account. Leave empty if you did not set one.',
			secret: true,
		},
	],
};
