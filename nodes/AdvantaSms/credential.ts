import type { Credential } from '../shared/contract/credential';

export const advantaSmsCredential: Credential = {
	type: 'advantaSmsApi',
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
