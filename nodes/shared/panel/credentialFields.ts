/** What the credentials of all gateways have in common. */
import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';
import type { Credential } from '../contract/credential';
import { waysOf } from '../contract/credential';
import { alphabetical } from './alphabetical';
import { CUSTOM_BASE_URL } from '../requests/baseUrl';

type TestRule = NonNullable<ICredentialTestRequest['rules']>[number];
type BodyRule = Extract<TestRule, { readonly type: 'responseSuccessBody' }>;
type StatusRule = Extract<TestRule, { readonly type: 'responseCode' }>;

/** The label of the gateway's address, where it has no other. */
const SITE = 'Site';

/** The address of the gateway: a drop-down of known sites, and a field for any other. */
function addressFields({
	sites,
	sitesLabel = SITE,
	sitesDescription: description,
}: Credential): INodeProperties[] {
	const [{ value: preset }] = sites;
	const options = [...sites, { name: 'Custom', value: CUSTOM_BASE_URL }];
	options.sort(alphabetical(({ name }) => name));
	return [
		{
			displayName: sitesLabel,
			name: 'baseUrl',
			type: 'options',
			options,
			default: preset,
			...(description === undefined ? {} : { description }),
		},
		{
			displayName: 'Custom Address',
			name: 'customBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://sms.example.com',
			displayOptions: { show: { baseUrl: [CUSTOM_BASE_URL] } },
		},
	];
}

/** The fields of a credential: the address, how to sign in where there are several ways, and what that takes. */
export function credentialFields(credential: Credential): INodeProperties[] {
	return [...addressFields(credential), ...signInFields(credential)];
}

function signInFields({ ways, fields }: Credential): INodeProperties[] {
	const own = fields.map((field): INodeProperties => {
		const { name, displayName, secret, placeholder, description } = field;
		const fieldWays = waysOf(field);
		return {
			displayName,
			name,
			type: 'string',
			...(secret ? { typeOptions: { password: true } } : {}),
			default: '',
			...(placeholder === undefined ? {} : { placeholder }),
			...(fieldWays === null ? {} : { displayOptions: { show: { authentication: [...fieldWays] } } }),
			...(description === undefined ? {} : { description }),
		};
	});
	if (ways === undefined) return own;
	const options = [...ways].sort(alphabetical(({ name }) => name));
	const [{ value: preset }] = ways;
	return [
		{ displayName: 'Authentication', name: 'authentication', type: 'options', options, default: preset },
		...own,
	];
}

/**
 * How every credential test asks. The reply's body tells a wrong key from a wrong address, whatever the HTTP status;
 * a redirect is not followed, since it would take the key along. A time limit would have no effect: n8n waits for five
 * minutes, whatever stands here (1.123.81, 2.41.1).
 */
export const testRequest = {
	baseURL: `={{$credentials.baseUrl === "${CUSTOM_BASE_URL}" ? $credentials.customBaseUrl : $credentials.baseUrl}}`,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
};

/** The test fails with `message` when the reply has `value` under `key`; n8n compares with ===. */
export function failsWhen(key: string, value: unknown, message: string): BodyRule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

/** The test fails with `message` on this HTTP status; n8n looks only where a status is an error. */
function failsWithStatus(value: number, message: string): StatusRule {
	return { type: 'responseCode', properties: { value, message } };
}

/** The test fails with `message` when the reply has nothing under `key`. */
export function failsWithout(key: string, message: string): BodyRule[] {
	return [failsWhen(key, undefined, message), failsWhen(key, null, message)];
}

/** For another server, which answers like none of this gateway's. */
export function wrongAddress(gatewayName: string, { sitesLabel = SITE }: Credential): string {
	return `This address does not answer like ${gatewayName}. Check '${sitesLabel}'.`;
}

/** The rules of a gateway that tells a wrong key by the HTTP status. @param wrongKey for 401 */
export function failsByStatus(gatewayName: string, credential: Credential, wrongKey: string): StatusRule[] {
	const labels = credential.fields.map(({ displayName }) => `'${displayName}'`).join(', ');
	const refused = `This address refused the request. Check ${labels} and '${credential.sitesLabel ?? SITE}'.`;
	const elsewhere = wrongAddress(gatewayName, credential);
	const unavailable = `${gatewayName} is not available at the moment. Try again later.`;
	return [
		failsWithStatus(401, wrongKey),
		failsWithStatus(403, refused),
		...[301, 302, 307, 308, 400, 404, 405].map((status) => failsWithStatus(status, elsewhere)),
		...[429, 500, 502, 503, 504].map((status) => failsWithStatus(status, unavailable)),
	];
}

/**
 * Rules of both kinds in one list. n8n's type has lists of one kind only; n8n itself reads each rule by its own `type`,
 * status rules where the request failed and body rules where it did not.
 */
export function mixedRules(rules: readonly TestRule[]): BodyRule[] {
	return [...rules] as BodyRule[];
}
