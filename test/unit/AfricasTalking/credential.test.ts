/** How Africa's Talking's credential signs in, and what its Test button makes of answers. */
import type { IHttpRequestOptions } from 'n8n-workflow';
import { AfricasTalkingApi } from '../../../credentials/AfricasTalkingApi.credentials';
import { verdictOf } from '../../support/credentialRules';

const credential = new AfricasTalkingApi();
const values = { baseUrl: 'https://api.africastalking.com', username: ' shop\n', apiKey: '\tkey-of-mine ' };
const KEY = /does not accept this username and API key/;
const HOST = /does not answer like Africa's Talking/;

describe('signing in', () => {
	const url = 'https://api.africastalking.com/version1/messaging';

	it('puts the key into a header and the username into the form, without the blanks of pasting', async () => {
		const request: IHttpRequestOptions = { method: 'POST', url, headers: { A: 'b' }, body: 'to=%2B254' };
		expect(await credential.authenticate(values, request)).toEqual({
			method: 'POST',
			url,
			headers: { A: 'b', apiKey: 'key-of-mine' },
			body: 'to=%2B254&username=shop',
		});
	});

	it('puts the username into the address where there is no form', async () => {
		const request: IHttpRequestOptions = { method: 'GET', url, qs: { lastReceivedId: '0' } };
		expect(await credential.authenticate(values, request)).toEqual({
			method: 'GET',
			url,
			headers: { apiKey: 'key-of-mine' },
			qs: { lastReceivedId: '0', username: 'shop' },
		});
	});

	it('does so to a safe address only', async () => {
		const unsafe = { ...values, baseUrl: 'http://api.africastalking.com' };
		await expect(credential.authenticate(unsafe, { method: 'GET', url })).rejects.toThrow(
			'The address in the credential',
		);
	});
});

it('offers the two sites of the vendor, and any other', () => {
	const [baseUrl] = credential.properties;
	expect(baseUrl?.default).toBe('https://api.africastalking.com');
	expect(baseUrl?.options).toEqual([
		{ name: 'Custom', value: 'custom' },
		{ name: 'Live', value: 'https://api.africastalking.com' },
		{ name: 'Sandbox', value: 'https://api.sandbox.africastalking.com' },
	]);
});

describe('the test', () => {
	it.each<[string, number, unknown, RegExp | null]>([
		['the account', 200, { UserData: { balance: 'KES 1785.50' } }, null],
		['an account in debt', 200, { UserData: { balance: 'UGX -14.5731' } }, null],
		['a wrong key', 401, 'The supplied authentication is invalid', KEY],
		['HTML', 200, '<html></html>', HOST],
		['nothing', 200, '', HOST],
		['an empty object', 200, {}, HOST],
		['no balance', 200, { UserData: {} }, HOST],
		['a balance of null', 200, { UserData: { balance: null } }, HOST],
		['a redirect', 302, '', HOST],
		['no such page', 404, '<html>', HOST],
		['a refusal that may be of either', 403, '<html>', /refused .*'API Key'.*'Environment'/],
		['a gateway out of order', 503, '', /not available at the moment/],
	])('%s (%d)', (_, status, body, sentence) => {
		const verdict = verdictOf(credential.test, status, body);
		if (sentence === null) expect(verdict).toBeNull();
		else expect(verdict).toMatch(sentence);
	});
});
