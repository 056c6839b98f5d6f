import type { Credential } from '../shared/contract/credential';

export const smsRuCredential: Credential = {
	type: 'smsRuApi',
	sites: [{ name: 'sms.ru', value: 'https://sms.ru' }],
	ways: [
		{ name: 'API ID', value: 'apiId' },
		{ name: 'Login and Password', value: 'login' },
	],
	fields: [
		{
			name: 'apiId',
			displayName: 'API ID',
			description: 'The api_id on the main page of your SMS.RU account',
			// A full key to the account, although its name says "ID".
			secret: true,
			way: 'apiId',
			form: 'api_id',
		},
		{
			name: 'login',
			displayName: 'Login',
			description: 'The phone number you sign in with',
			secret: false,
			way: 'login',
			form: 'login',
		},
		{
			name: 'password',
			displayName: 'Password',
			secret: true,
			way: 'login',
			asTyped: true,
			form: 'password',
		},
	],
};
