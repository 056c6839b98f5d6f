/** A credential as data: what travels where, and what is redacted. */
import { waysOf } from '../../../../nodes/shared/contract/credential';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { GATEWAY_IDS, gateways } from '../../../../nodes/SendSms/gateways';
import type { GatewayId } from '../../../../nodes/SendSms/gateways';
import type { Credential } from '../../../../nodes/shared/contract/credential';
import { signedBy } from '../../../../nodes/shared/requests/authentication';
import { redactorFor } from '../../../../nodes/shared/requests/redaction';
import { startGateways } from '../../../../simulators';
import type { Simulator } from '../../../../simulators/simulator';

const SITES = [{ name: 'Acme', value: 'https://sms.example.com' }] as const;

const baseUrl = 'https://gateway.example';

/** A key in a header, and a user name wherever the request has room for it. */
const headerKey: Credential = {
	type: 'exampleApi',
	sites: SITES,
	fields: [
		{
			name: 'username',
			displayName: 'Username',
			secret: false,
			form: 'username',
			query: 'username',
			json: 'username',
		},
		{ name: 'apiKey', displayName: 'API Key', secret: true, header: 'apiKey' },
	],
};
const values = { baseUrl, username: ' acme ', apiKey: 'key-1234\n' };

async function signed(
	credential: Credential,
	given: ICredentialDataDecryptedObject,
	request: Partial<IHttpRequestOptions>,
): Promise<IHttpRequestOptions> {
	return await signedBy(credential)(given, { url: `${baseUrl}/x`, ...request });
}
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const json = { 'Content-Type': 'application/json' };

describe('a key in a header and a user name', () => {
	it('in a form', async () => {
		const request = await signed(headerKey, values, { method: 'POST', headers: form, body: 'to=%2B254' });
		expect(request).toEqual({
			url: `${baseUrl}/x`,
			method: 'POST',
			headers: { ...form, apiKey: 'key-1234' },
			body: 'to=%2B254&username=acme',
		});
	});

	it('in a form with files', async () => {
		const headers = { 'Content-Type': 'multipart/form-data; boundary=line' };
		const { body } = await signed(headerKey, values, {
			method: 'POST',
			headers,
			body: Buffer.from('--line--\r\n'),
		});
		expect(String(body)).toBe(
			'--line\r\nContent-Disposition: form-data; name="username"\r\n\r\nacme\r\n--line--\r\n',
		);
	});

	it('in JSON', async () => {
		const request = await signed(headerKey, values, { method: 'POST', headers: json, body: { to: '1' } });
		expect(request.body).toEqual({ to: '1', username: 'acme' });
		expect(request.headers).toEqual({ ...json, apiKey: 'key-1234' });
	});

	// n8n's credential test sends an empty object along with a GET.
	it.each([undefined, {}])('in the query of a GET with the body %j', async (body) => {
		const request = await signed(headerKey, values, { method: 'GET', qs: { since: 5 }, body });
		expect(request.qs).toEqual({ since: 5, username: 'acme' });
		expect(request.headers).toEqual({ apiKey: 'key-1234' });
		expect(request.body).toEqual(body);
		expect(request.url).not.toContain('acme');
	});

	it('and nothing of what is empty', async () => {
		const empty = { baseUrl, username: '', apiKey: ' ' };
		const request = await signed(headerKey, empty, { method: 'POST', headers: form, body: 'to=1' });
		expect(request).toMatchObject({ headers: form, body: 'to=1' });
		expect(request.headers).not.toHaveProperty('apiKey');
	});
});

describe('which fields travel', () => {
	const twoWays: Credential = {
		type: 'exampleApi',
		sites: SITES,
		ways: [
			{ name: 'Login and Password', value: 'login' },
			{ name: 'API Key', value: 'apiKey' },
		],
		fields: [
			{ name: 'login', displayName: 'Login', secret: false, way: 'login', form: 'login' },
			{
				name: 'password',
				displayName: 'Password',
				secret: true,
				way: 'login',
				asTyped: true,
				form: ['pass', 'psw'],
			},
			{ name: 'apiKey', displayName: 'API Key', secret: true, way: 'apiKey', form: 'key' },
			{ name: 'callbackSecret', displayName: 'Callback Secret', secret: true },
		],
	};
	const all = { baseUrl, login: ' me ', password: ' pa ss ', apiKey: ' k ', callbackSecret: 'never' };

	it.each([
		['login', { login: 'me', pass: ' pa ss ', psw: ' pa ss ' }],
		['apiKey', { key: 'k' }],
		// Nothing valid is chosen: as preset.
		['', { login: 'me', pass: ' pa ss ', psw: ' pa ss ' }],
	])('with %j', async (authentication, sent) => {
		const given = { ...all, authentication };
		const { body } = await signed(twoWays, given, { method: 'POST', headers: form, body: '' });
		expect(Object.fromEntries(new URLSearchParams(String(body)))).toEqual(sent);
	});

	it('a default only where there is no value of its own, in each row of a list', async () => {
		const { credential } = gateways.advantaSms;
		const given = { baseUrl, apiKey: 'k', partnerId: 7, shortcode: 'ACME' };
		const smslist = [{ mobile: '1' }, { mobile: '2', shortcode: 'OTHER' }];
		const list = await signed(credential, given, { method: 'POST', headers: json, body: { smslist } });
		expect(list.body).toEqual({
			smslist: [
				{ shortcode: 'ACME', mobile: '1', apikey: 'k', partnerID: '7' },
				{ shortcode: 'OTHER', mobile: '2', apikey: 'k', partnerID: '7' },
			],
		});
		const one = await signed(credential, given, { method: 'POST', headers: json, body: { mobile: '1' } });
		expect(one.body).toEqual({ shortcode: 'ACME', mobile: '1', apikey: 'k', partnerID: '7' });
	});

	it.each(['http://gateway.example', 'gateway.example', 'https://user:word@gateway.example'])(
		'none to %s',
		async (address) => {
			await expect(signed(headerKey, { ...values, baseUrl: address }, {})).rejects.toThrow(
				'The address in the credential',
			);
		},
	);
});

describe('what is redacted', () => {
	const echo = (credential: Credential, given: Readonly<Record<string, unknown>>): unknown =>
		redactorFor(credential, given).data(given);

	it('every field that is declared as secret, and no other declared one', () => {
		const given = {
			baseUrl,
			customBaseUrl: '',
			authentication: 'login',
			username: 'acme',
			apiKey: 'key-1234',
		};
		expect(echo(headerKey, given)).toEqual({ ...given, apiKey: '***' });
	});

	it('every field that is not declared', () => {
		const given = { baseUrl, username: 'acme', token: 'word-1', deeper: { tokens: ['word-2'] } };
		expect(echo(headerKey, given)).toEqual({
			baseUrl,
			username: 'acme',
			token: '***',
			deeper: { tokens: ['***'] },
		});
	});

	it('everything but the address, in a credential of which nothing is declared', () => {
		const given = { baseUrl, authentication: 'x', login: 'somebody', partnerId: '12345' };
		expect(echo({ type: 'unknownApi', sites: SITES, fields: [] }, given)).toEqual({
			...given,
			login: '***',
			partnerId: '***',
		});
	});

	it('a key that is a number', () => {
		const { data, text } = redactorFor(headerKey, { baseUrl, apiKey: 12345678 });
		expect(data({ key: 12345678 })).toEqual({ key: '***' });
		expect(text('key 12345678 is wrong')).toBe('key *** is wrong');
	});

	it('user and password as they travel together', () => {
		const { credential } = gateways.voipCommunications;
		const { text } = redactorFor(credential, { baseUrl, apiKey: ' user-1 ', apiPassword: ' word-1 ' });
		const pair = Buffer.from('user-1:word-1').toString('base64');
		expect(text(`Authorization: Basic ${pair}`)).toBe('Authorization: Basic ***');
	});
});

let simulators: Record<GatewayId, Simulator>;
beforeAll(async () => {
	simulators = await startGateways();
});
afterAll(async () => await Promise.all(Object.values(simulators).map((one) => one.close())));

describe.each(GATEWAY_IDS)('%s', (id) => {
	const { credential } = gateways[id];

	it('has fields for each of its ways to sign in', () => {
		const ways = credential.ways?.map(({ value }) => value) ?? [];
		const used = credential.fields.flatMap((field) => waysOf(field) ?? []);
		expect(used.filter((way) => !ways.includes(way))).toEqual([]);
		for (const way of ways) expect(used).toContain(way);
	});

	// The simulators know which those are from the vendors' pages.
	it('shows none of its secrets, and what else it declares', () => {
		const { credentials, secrets } = simulators[id];
		expect(secrets.length).toBeGreaterThan(0);
		const { text } = redactorFor(credential, credentials);
		for (const [name, value] of Object.entries(credentials)) {
			if (name === 'authentication' || value === '') continue;
			expect([name, text(`It was ${value}.`)]).toEqual([
				name,
				secrets.includes(value) ? 'It was ***.' : `It was ${value}.`,
			]);
		}
	});
});
