/** AlphaSMS on the wire and its answers, as its "Send SMS" page and recorded replies have them. */
import { alphaSmsGateway } from '../../nodes/AlphaSms/gateway';
import { ALPHA_SMS_SENTENCES } from '../../nodes/AlphaSms/codes';
import { alone, bodyOf, message, readOptions, reply } from '../support/messages';

const one = (options: Record<string, unknown> = {}, text = 'text', timezone?: string) =>
	alone(alphaSmsGateway, {
		to: '+380501234567',
		from: 'test',
		text,
		options,
		...(timezone === undefined ? {} : { timezone }),
	});
const HEAD = 'version=http&command=send&from=test&to=380501234567&message=';

describe('the request', () => {
	it('is the sample of the page, as a form', () => {
		const request = alphaSmsGateway.buildSend(one());
		expect([request.method, request.path]).toEqual(['POST', '/api/http.php']);
		expect(bodyOf(request)).toBe(`${HEAD}text`);
	});

	it.each<[string, Record<string, unknown>, string, string]>([
		['Cyrillic', {}, 'Замовлення', '%D0%97%D0%B0%D0%BC%D0%BE%D0%B2%D0%BB%D0%B5%D0%BD%D0%BD%D1%8F'],
		['an emoji, signs and a line break', {}, '✅+&%\n"', '%E2%9C%85%2B%26%25%0A%22'],
		['wap', { wapPushUrl: 'https://example.com/a?b=1' }, 'x', 'x&wap=https%3A%2F%2Fexample.com%2Fa%3Fb%3D1'],
		['flash on', { flash: true }, 'x', 'x&flash=1'],
		['flash off', { flash: false }, 'x', 'x&flash=0'],
	])('%s', (_, options, text, tail) => {
		expect(bodyOf(alphaSmsGateway.buildSend(one(options, text)))).toBe(HEAD + tail);
	});

	it.each([
		['Europe/Kyiv', '2030-08-15T15:52:01', '2030-08-15T15%3A52%3A01%2B0300'],
		['Europe/Kyiv', '2030-01-15T15:52:01', '2030-01-15T15%3A52%3A01%2B0200'],
		['America/New_York', '2030-01-15T15:52:01', '2030-01-15T15%3A52%3A01-0500'],
		['UTC', '2030-08-15T15:52:01+02:00', '2030-08-15T13%3A52%3A01%2B0000'],
	])('ask_date carries the zone of %s: %s', (timezone, sendAt, encoded) => {
		expect(bodyOf(alphaSmsGateway.buildSend(one({ sendAt }, 'x', timezone)))).toBe(
			`${HEAD}x&ask_date=${encoded}`,
		);
	});

	it('can name https as its version', () => {
		expect(bodyOf(alphaSmsGateway.buildSend(one({ version: 'https' })))).toMatch(/^version=https&/);
	});
});

describe('what is refused before anything is sent', () => {
	it.each([
		['no sender', { from: '' }, 'invalid_sender'],
		['a sender of 12 letters', { from: 'ABCDEFGHIJKL' }, 'invalid_sender'],
		['a sender with a blank', { from: 'My Shop' }, 'invalid_sender'],
		[
			'a flash message of two segments',
			{ from: 'test', text: 'x'.repeat(161), options: { flash: true } },
			'invalid_parameter',
		],
	])('%s', (_, input, kind) => {
		expect(alphaSmsGateway.checkMessage(message(alphaSmsGateway, input))).toMatchObject({
			accepted: false,
			kind,
		});
	});

	it.each([
		['a link of 101 characters', { wapPushUrl: `https://example.com/${'x'.repeat(81)}` }],
		['a link without http', { wapPushUrl: 'example.com' }],
		['a version of its own', { version: 'ftp' }],
	])('%s', (_, options) => {
		expect(readOptions(alphaSmsGateway, options).problems).toHaveLength(1);
	});
});

describe('the answer', () => {
	it.each([
		['in one line, as the page prints it', 'id:84523377 sms_count:1'],
		['in lines, as recorded', 'id:84523377\nsms_count:1\n'],
		['in lines of Windows', 'id:84523377\r\nsms_count:1'],
		['with the count first', 'sms_count:1\nid:84523377'],
		["with the spelling of the page's table", 'id:84523377 smd_count:1'],
	])('success %s', (_, body) => {
		expect(alphaSmsGateway.readSend(reply(body), one())).toEqual([
			{ accepted: true, messageId: '84523377', status: 'queued', cost: null, segments: 1 },
		]);
	});

	it.each([
		['Wrong login/password', 'authentication'],
		['Access denied', 'authentication'],
		['Unknown command', 'invalid_parameter'],
		['Not enough money', 'insufficient_funds'],
		['Please enter valid receiver phone number', 'invalid_recipient'],
		['Please enter SMS text', 'invalid_parameter'],
		['Sender phone should contains only english letters, digits, dot, underscore, dash', 'invalid_sender'],
		['Error in Alpha-name', 'invalid_sender'],
		['SMS not found', 'invalid_parameter'],
		['Something new: id is 5', 'unknown'],
	])('errors:%s is %s', (sentence, kind) => {
		for (const body of [`errors:${sentence}`, `errors:${sentence}\n`, `errors:${sentence.toUpperCase()}`]) {
			expect(alphaSmsGateway.readSend(reply(body), one())?.[0]).toMatchObject({ accepted: false, kind });
		}
	});

	it('reads several refusals in one answer', () => {
		const body = 'errors:Please enter valid receiver phone number\nerrors:Please enter SMS text';
		expect(alphaSmsGateway.readSend(reply(body), one())?.[0]).toMatchObject({
			accepted: false,
			kind: 'invalid_recipient',
		});
	});

	it.each([
		'<html></html>',
		'',
		'id:',
		'id:84523',
		'id:abc sms_count:1',
		'{"id":5}',
		'OK',
		'id:5\nerrors:Not enough money',
		'a:1:{s:2:"id";i:5;}',
	])('is not its own: %s', (body) => {
		expect(alphaSmsGateway.readSend(reply(body), one())).toBeNull();
	});

	it('has a sentence and a hint for each known refusal', () => {
		for (const [, { message: said, hint }] of ALPHA_SMS_SENTENCES) {
			expect([said.length > 10, hint.endsWith('.')]).toEqual([true, true]);
		}
	});
});
