/** How VoIP Communications' credential signs in, and what its Test button makes of answers. */
import type { IHttpRequestOptions } from 'n8n-workflow';
import { VoipCommunicationsApi } from '../../../credentials/VoipCommunicationsApi.credentials';
import { createRedactor } from '../../../nodes/shared/requests/redaction';
import { verdictOf } from '../../support/credentialRules';

const credential = new VoipCommunicationsApi();
const site = { baseUrl: 'https://voip-communications.net' };
const KEY = /does not accept this API key and password/;
const HOST = /does not answer like VoIP Communications/;

describe('signing in', () => {
	const authorization = async (values: object): Promise<unknown> => {
		const request: IHttpRequestOptions = { url: 'https://voip-communications.net/x', headers: { A: 'b' } };
		const signed = await credential.authenticate({ ...site, ...values }, request);
		expect(signed.headers?.A).toBe('b');
		return signed.headers?.Authorization;
	};
	const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

	it.each([
		['as they are', 'key', 'pass:word', 'key:pass:word'],
		['pasted with blanks and line breaks around them', ' key\n', '\tpassword \r\n', 'key:password'],
		['numbers', 17, 42, '17:42'],
		['missing', undefined, undefined, ':'],
	])('%s', async (_, apiKey, apiPassword, pair) => {
		expect(await authorization({ apiKey, apiPassword })).toBe(basic(pair));
	});

	it('is kept out of everything that leaves, pasted with blanks as well', () => {
		const secrets = [' key-of-mine\n', '\tpassword-of-mine '] as const;
		const redactor = createRedactor([...secrets], [secrets]);
		expect(redactor.text(`got ${basic('key-of-mine:password-of-mine')}!`)).toBe('got Basic ***!');
	});
});

describe('the test', () => {
	it.each<[string, number, unknown, RegExp | null]>([
		['the account', 200, { user: { user_id: '1042' }, endpoint: {} }, null],
		['a wrong key', 401, { status: false, error: 'Not authorized' }, KEY],
		['a wrong key, with HTML', 401, '<html>', KEY],
		['a wrong key with HTTP 200', 200, { error: true, error_message: 'Invalid api credentials' }, KEY],
		['another flag', 200, { error: 1, error_message: 'Invalid api credentials' }, KEY],
		['a sentence as flag', 200, { error: 'yes', error_message: 'Invalid api credentials' }, KEY],
		['no sentence', 200, { error: true }, KEY],
		["the REST server's own layout", 200, { status: false, error: 'Not authorized' }, KEY],
		['no account', 200, { user: null }, KEY],
		['no account', 200, { user: false }, KEY],
		['HTML', 200, '<html></html>', HOST],
		['nothing', 200, '', HOST],
		['an empty object', 200, {}, HOST],
		['SMSC', 200, { error: 'authorise error', error_code: 2 }, HOST],
		['SMS.RU', 200, { status: 'ERROR', status_code: 301, status_text: 'x' }, HOST],
		['a redirect', 302, '', HOST],
		['no such page', 404, '<html>', HOST],
		['a refusal that may be of either', 403, '<html>', /refused .*'API Key', 'API Password'.*'Site'/],
		['a gateway out of order', 503, '', /not available at the moment/],
	])('%s (%d)', (_, status, body, sentence) => {
		const verdict = verdictOf(credential.test, status, body);
		if (sentence === null) expect(verdict).toBeNull();
		else expect(verdict).toMatch(sentence);
	});
});
