/** What the credentials of all gateways have in common. */
import type { ICredentialTestRequest, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Credential } from '../contract/credential';
import { alphabetical } from './alphabetical';
import { CUSTOM_BASE_URL } from '../requests/baseUrl';

type TestRule = NonNullable<ICredentialTestRequest['rules']>[number];
type BodyRule = Extract<TestRule, { readonly type: 'responseSuccessBody' }>;
type StatusRule = Extract<TestRule, { readonly type: 'responseCode' }>;

/**
 * The address of the gateway: a drop-down of known sites, and a field for any other.
 * @param presets in alphabetical order by name, as n8n wants it; `Custom` is put in its place
 */
export function baseUrlFields(
	presets: readonly INodePropertyOptions[],
	preset: string,
	{ label = 'Site', description }: { readonly label?: string; readonly description?: string } = {},
): INodeProperties[] {
	const options = [...presets, { name: 'Custom', value: CUSTOM_BASE_URL }];
	options.sort(alphabetical(({ name }) => name));
	return [
		{
			displayName: label,
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

/** The fields of one credential, behind those of its address. */
export function credentialFields({ ways, fields }: Credential): INodeProperties[] {
	const own = fields.map(
		({ name, displayName, secret, placeholder, way, description }): INodeProperties => ({
			displayName,
			name,
			type: 'string',
			...(secret ? { typeOptions: { password: true } } : {}),
			default: '',
			...(placeholder === undefined ? {} : { placeholder }),
			...(way === undefined ? {} : { displayOptions: { show: { authentication: [way] } } }),
			...(description === undefined ? {} : { description }),
		}),
	);
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
export function failsWithStatus(value: number, message: string): StatusRule {
	return { type: 'responseCode', properties: { value, message } };
}

/**
 * Rules of both kinds in one list. n8n's type has lists of one kind only; n8n itself reads each rule by its own `type`,
 * status rules where the request failed and body rules where it did not.
 */
export function mixedRules(rules: readonly TestRule[]): BodyRule[] {
	return [...rules] as BodyRule[];
}
