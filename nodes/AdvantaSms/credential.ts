import type { Credential } from '../shared/contract/credential';

export const advantaSmsCredential: Credential = {
	type: 'advantaSmsApi',
	sites: [
		{ name: 'Advanta Africa', value: 'https://quicksms.advantasms.com' },
		{ name: 'Celcom Africa', value: 'https://isms.celcomafrica.com' },
		{ name: 'Celcom Africa (Older)', value: 'https://mysms.celcomafrica.com' },
		{ name: 'Emalify', value: 'https://api.v2.emalify.com' },
		{ name: 'Imarabiz', value: 'https://sms.imarabiz.com' },
		{ name: 'Savvy Bulk SMS', value: 'https://sms.savvybulksms.com' },
		{ name: 'Sunface Group', value: 'https://sms.sunfacegroup.co.ke' },
		{ name: 'TextSMS Kenya', value: 'https://sms.textsms.co.ke' },
	],
	sitesLabel: 'Provider',
	sitesDescription: 'The company where your account is',
	fields: [
		{
			name: 'apiKey',
			displayName: 'API Key',
			description: 'The API key from your panel. The App Key does not work here.',
			secret: true,
			json: 'apikey',
		},
		{
			name: 'partnerId',
			displayName: 'Partner ID',
			placeholder: 'e.g. 12345',
			secret: false,
			json: 'partnerID',
		},
		{
			name: 'shortcode',
			displayName: 'Sender ID (Shortcode)',
			placeholder: 'e.g. ACME',
			description: "Used where 'From' is empty. Case-sensitive.",
			secret: false,
			json: 'shortcode',
			isDefault: true,
		},
	],
	jsonRows: 'smslist',
};
