import type {
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { alphaSmsCredential, reachesJson } from '../nodes/AlphaSms/credential';
import { signedBy } from '../nodes/shared/requests/authentication';
import { credentialFields, failsWhen, testRequest } from '../nodes/shared/panel/credentialFields';

const REFUSED = 'AlphaSMS does not accept this credential. Is the API enabled, and open to this IP address?';
const ELSEWHERE = "This is not AlphaSMS. Check 'Site'.";
/** A site may have the text interface alone. */
const NO_SUCH_PAGE = `${ELSEWHERE} If it is right, set 'Authentication' to API Key (Text Interface).`;
const EITHER = "AlphaSMS does not accept this credential, or 'Site' is another address.";

type Rule = ReturnType<typeof failsWhen>;

/** Fails when one of these bytes, written as Latin-1, stands at one of these places. */
const failsAt = (places: readonly number[], bytes: string, message: string): Rule[] =>
	places.flatMap((place) =>
		[...Buffer.from(bytes, 'latin1')].map((byte) => failsWhen(String(place), byte, message)),
	);

/** The first bytes of Cyrillic sentences: UTF-8 has two, windows-1251 has one for each capital letter. */
const CYRILLIC = '\xd0\xd1';
const CYRILLIC_CAPITALS = '\xc0\xc1\xc2\xc3\xc4\xc7\xc8\xca\xcb\xcc\xcd\xce\xcf\xd2\xd3\xd4';

/**
 * n8n compares one value of the reply with ===, and the reply is text with a login and JSON with a key. What a rule asks
 * of the one would fail the other, so both are read as bytes, and what is wrong has to be named: the beginnings of what
 * AlphaSMS refuses with, of sentences, of web pages and of other vendors' replies. n8n sends all rules to every browser,
 * so no byte is named that no reply begins with.
 *
 * Content is `balance:31.17` and `{"success":true,"data":[{"success":true,"data":{"amount":31.17…`, perhaps behind
 * blanks, line breaks or a byte order mark (EF BB BF), as the node takes them.
 */
const rules: readonly Rule[] = [
	// Nothing, `OK`, `null`, `{}`, and `balance:` without a number.
	...Array.from({ length: 'balance:'.length + 1 }, (_, length) => failsWhen('length', length, ELSEWHERE)),
	// `Not found`, `Cannot POST`, `Method Not Allowed`, `The requested URL ...`: what a web server without such a page says.
	...failsAt([0], 'CMNOT', NO_SUCH_PAGE),
	// `errors:...`, perhaps behind a line break; further on, other vendors have `{"e` as well.
	...failsAt([0, 1], 'e', REFUSED),
	...failsAt([2, 3], 'e', EITHER),
	// A sentence without `errors:` before it; in Latin letters it may be any server's.
	...failsAt([0], CYRILLIC + CYRILLIC_CAPITALS, REFUSED),
	...failsAt([1], CYRILLIC, REFUSED),
	...failsAt([0], 'ABDEFGHILPRSUVW', EITHER),
	...failsAt([0], 'acdfghilmnoprstuvw', EITHER),
	// `blocked`, `bad`, `banned`.
	...failsAt([1], 'lrouiy', REFUSED),
	...failsAt([2], 'dnr', EITHER),
	// A web page, another kind of JSON, or another vendor's code.
	...failsAt([0, 1, 2, 3], '<', NO_SUCH_PAGE),
	...failsAt([0], '["12345', ELSEWHERE),
	// `{"code"`, `{"message"`, `{"response-code"`, `{"user"` and so on, and of those with an s, `{"status"`.
	...failsAt([2], 'cfimoptuv', EITHER),
	...failsAt([3], 'tomir', EITHER),
	// `{"success":false`: nothing else in these replies has an f. The inner one stands further on; both may be laid out.
	...failsAt([11, 12, 13, 15, 17, 18], 'f', REFUSED),
	...failsAt([35, 36, 38, 39, 40, 70, 71], 'f', REFUSED),
	// `{"success":0,"error":`.
	...failsAt([17], 'o', REFUSED),
	// `{"UserData"`, of Africa's Talking.
	...failsAt([2], 'U', ELSEWHERE),
	// `{"balance":"`, of SMSC.
	...failsAt([11], '"', ELSEWHERE),
	// `{"success":true}`, and without rows.
	...failsAt([15, 16], '}', ELSEWHERE),
	...failsAt([24, 26], ']', ELSEWHERE),
];

/** A test of what sending does not use would say nothing: where the JSON interface is out of reach, the other one is asked. */
function byItsInterface(
	request: IHttpRequestOptions,
	{ authentication }: Readonly<Record<string, unknown>>,
): IHttpRequestOptions {
	if (typeof authentication !== 'string' || reachesJson(authentication)) return request;
	if (!request.url.endsWith('/api/json.php')) return request;
	return {
		...request,
		url: '/api/http.php',
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: { version: 'http', command: 'balance' },
	};
}

const sign = signedBy(alphaSmsCredential, byItsInterface);

export class AlphaSmsApi implements ICredentialType {
	name = 'alphaSmsApi';

	displayName = 'AlphaSMS API';

	icon: Icon = { light: 'file:../icons/alphaSms.svg', dark: 'file:../icons/alphaSms.dark.svg' };

	documentationUrl = 'https://docs.alphasms.net/';

	properties: INodeProperties[] = credentialFields(alphaSmsCredential);

	async authenticate(...request: Parameters<typeof sign>): ReturnType<typeof sign> {
		return await sign(...request);
	}

	/** Asks the interface that sending uses with a key. With a login, `authenticate` turns it to the other one. */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			...testRequest,
			url: '/api/json.php',
			headers: { 'Content-Type': 'application/json' },
			body: { data: [{ type: 'balance' }] },
			encoding: 'arraybuffer',
		},
		rules: [...rules],
	};
}
