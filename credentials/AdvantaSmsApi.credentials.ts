import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { ADVANTA_CODES } from '../nodes/AdvantaSms/codes';
import { advantaUrl } from '../nodes/AdvantaSms/hosts';
import { advantaSmsCredential } from '../nodes/AdvantaSms/credential';
import { signedBy } from '../nodes/shared/requests/authentication';
import {
	credentialFields,
	failsWhen,
	failsWithout,
	testRequest,
} from '../nodes/shared/panel/credentialFields';

const WRONG_KEY =
	'The gateway does not accept this API Key and Partner ID. The App Key is another one and does not work here.';

const WRONG_ADDRESS = "This address does not answer like an Advanta SMS gateway. Check 'Provider'.";
const BROKE_DOWN =
	'The gateway has a problem of its own at the moment. The credential may be right: try again in five minutes.';

/** Where a reply may have its code: bare or in a list, in the vendor's spelling or its own misspelling. */
const CODE_PLACES = ['', 'responses[0].'].flatMap((place) => [
	`${place}response-code`,
	`${place}respose-code`,
]);

/** Every refusal that the vendor names, as a number and as text: n8n compares with ===. */
const refusals = Object.entries(ADVANTA_CODES).flatMap(([code, { kind, message, hint }]) => {
	const isTemporary = kind === 'temporary';
	const sentence = kind === 'authentication' ? WRONG_KEY : isTemporary ? BROKE_DOWN : `${message}. ${hint}`;
	return CODE_PLACES.flatMap((place) => [
		failsWhen(place, Number(code), sentence),
		failsWhen(place, code, sentence),
	]);
});

const sign = signedBy(advantaSmsCredential, (request) => ({
	...request,
	url: advantaUrl(request.url, request.baseURL),
}));

export class AdvantaSmsApi implements ICredentialType {
	name = 'advantaSmsApi';

	displayName = 'Advanta SMS API';

	icon: Icon = { light: 'file:../icons/advantaSms.svg', dark: 'file:../icons/advantaSms.dark.svg' };

	documentationUrl = 'https://www.advantasms.com/bulksms-api';

	properties: INodeProperties[] = credentialFields(advantaSmsCredential);

	async authenticate(...request: Parameters<typeof sign>): ReturnType<typeof sign> {
		return await sign(...request);
	}

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			...testRequest,
			url: '/api/services/getbalance',
			headers: { 'Content-Type': 'application/json' },
			body: { partnerID: '' },
		},
		rules: [...refusals, ...failsWithout('credit', WRONG_ADDRESS)],
	};
}
