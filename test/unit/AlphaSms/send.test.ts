/** AlphaSMS on the wire and its answers, as its "Send SMS" page and recorded replies have them. */
import { alphaSmsGateway } from '../../../nodes/AlphaSms/gateway';
import { ASKING_SENTENCES, SENDING_SENTENCES } from '../../../nodes/AlphaSms/codes';
import { alphaSms } from '../../facts/alphaSms';
import { alone, bodyOf, message, readOptions, reply } from '../../support/messages';

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
		const request = alphaSmsGateway.texts.build(one());
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
		expect(bodyOf(alphaSmsGateway.texts.build(one(options, text)))).toBe(HEAD + tail);
	});

	it.each([
		['Europe/Kyiv', '2030-08-15T15:52:01', '2030-08-15T15%3A52%3A01%2B0300'],
		['Europe/Kyiv', '2030-01-15T15:52:01', '2030-01-15T15%3A52%3A01%2B0200'],
		['America/New_York', '2030-01-15T15:52:01', '2030-01-15T15%3A52%3A01-0500'],
		['UTC', '2030-08-15T15:52:01+02:00', '2030-08-15T13%3A52%3A01%2B0000'],
	])('ask_date carries the zone of %s: %s', (timezone, sendAt, encoded) => {
		expect(bodyOf(alphaSmsGateway.texts.build(one({ sendAt }, 'x', timezone)))).toBe(
			`${HEAD}x&ask_date=${encoded}`,
		);
	});

	it.each(['+380501234567', '380501234567'])(
		'has the sender %s without a plus: the page allows letters, digits, dot, dash and underscore',
		(from) => {
			const asked = alone(alphaSmsGateway, { to: '+380501234567', text: 'x', from });
			expect(alphaSmsGateway.texts.checkMessage(asked.messages[0])).toBeNull();
			expect(new URLSearchParams(bodyOf(alphaSmsGateway.texts.build(asked))).get('from')).toBe(
				'380501234567',
			);
		},
	);

	it('can name https as its version', () => {
		expect(bodyOf(alphaSmsGateway.texts.build(one({ version: 'https' })))).toMatch(/^version=https&/);
	});
});

describe('what is refused before anything is sent', () => {
	it.each([
		['no sender', { from: '' }, 'invalid_sender'],
		['a sender of 12 letters', { from: 'ABCDEFGHIJKL' }, 'invalid_sender'],
		['a sender with a blank', { from: 'My Shop' }, 'invalid_sender'],
		['a name with a plus', { from: '+SHOP' }, 'invalid_sender'],
		['a number with two', { from: '++380501234567' }, 'invalid_sender'],
		[
			'a flash message that is a WAP push, too',
			{ from: 'test', options: { flash: true, wapPushUrl: 'https://example.com' } },
			'invalid_parameter',
		],
		[
			'a flash message of two segments',
			{ from: 'test', text: 'x'.repeat(161), options: { flash: true } },
			'invalid_parameter',
		],
	])('%s', (_, input, kind) => {
		expect(alphaSmsGateway.texts.checkMessage(message(alphaSmsGateway, input))).toMatchObject({
			accepted: false,
			kind,
		});
	});

	it.each([
		['a flash message of one segment', { text: 'x'.repeat(160), options: { flash: true } }],
		['two segments that do not flash', { text: 'x'.repeat(161), options: { flash: false } }],
		['a WAP push that does not flash', { options: { flash: false, wapPushUrl: 'https://example.com' } }],
		['two segments of a WAP push', { text: 'x'.repeat(161), options: { wapPushUrl: 'https://example.com' } }],
	])('takes %s', (_, input) => {
		expect(
			alphaSmsGateway.texts.checkMessage(message(alphaSmsGateway, { from: 'test', ...input })),
		).toBeNull();
	});

	it('says which sender cannot be one, or that there is none', () => {
		const said = (from: string) =>
			alphaSmsGateway.texts.checkMessage(message(alphaSmsGateway, { from }))?.message;
		expect(said('')).toMatch(/^AlphaSMS needs a sender/);
		expect(said('My Shop')).toMatch(/^"My Shop" cannot be used as a sender/);
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
		['behind a blank line', '\n id:84523377 sms_count:1'],
		["with the spelling of the page's table", 'id:84523377 smd_count:1'],
	])('success %s', (_, body) => {
		expect(alphaSmsGateway.texts.read(reply(body), one())).toEqual([
			{ accepted: true, messageId: '84523377', status: 'queued', cost: null, segments: 1 },
		]);
	});

	it.each(alphaSms.interfaces[0].requestCodes)('errors:%s is %s', (sentence, kind) => {
		for (const body of [
			`errors:${sentence}`,
			`errors:${sentence}\n`,
			`errors:${sentence.toUpperCase()}`,
			`id:\nerrors:${sentence}`,
			`id:0 sms_count:0 errors:${sentence}`,
		]) {
			expect(alphaSmsGateway.texts.read(reply(body), one())?.[0]).toMatchObject({ accepted: false, kind });
		}
	});

	it.each([
		['in lines', '\n'],
		['in lines of Windows', '\r\n'],
		['in one line', ' '],
	])('several refusals are all told: %s', (_, between) => {
		const sentences = ['Please enter valid receiver phone number', 'Please enter SMS text'];
		const body = sentences.map((sentence) => `errors:${sentence}`).join(between);
		expect(alphaSmsGateway.texts.read(reply(body), one())?.[0]).toMatchObject({
			accepted: false,
			kind: 'invalid_recipient',
			message: expect.stringContaining(`"${sentences.join('; ')}"`),
		});
	});

	it('of several refusals, the one that every further text would meet decides', () => {
		const body = 'errors:Please enter SMS text\nerrors:Not enough money\nerrors:Something new';
		expect(alphaSmsGateway.texts.read(reply(body), one())?.[0]).toMatchObject({
			accepted: false,
			kind: 'insufficient_funds',
			fatal: true,
			message: expect.stringContaining('"Please enter SMS text; Not enough money; Something new"'),
		});
	});

	it.each([
		['that nobody has written down', 'errors:Something new'],
		['of two that nobody has written down', 'errors:Something new\nerrors:And more'],
		['that belongs to a question', 'errors:SMS not found'],
		['that is empty', 'errors:'],
	])('a sentence %s claims nothing, and is shown', (_, body) => {
		const [outcome] = alphaSmsGateway.texts.read(reply(body), one()) ?? [];
		expect(outcome).toMatchObject({ accepted: null, kind: 'unknown', retry: 'check_first' });
		for (const sentence of body.split('\n').map((line) => line.slice('errors:'.length)))
			expect(JSON.stringify(outcome)).toContain(sentence);
	});

	it.each([
		['in a sentence', 'errors:There is a message with id: 17', 'There is a message with id: 17'],
		['in a known sentence', 'errors:Not enough money id:17', 'Not enough money id:17'],
		['before a sentence', 'id:17 errors:Not enough money', 'Not enough money'],
		['before, with its count', 'id:17\nsms_count:1\nerrors:Not enough money', 'Not enough money'],
		['behind, in a line of its own', 'errors:Not enough money\nid:17', 'Not enough money'],
		['as a count alone', 'errors:Not enough money\nsms_count:1', 'Not enough money'],
	])('an id beside a refusal, %s: nobody knows, and the sentence is shown', (_, body, sentence) => {
		expect(alphaSmsGateway.texts.read(reply(body), one())).toMatchObject([
			{ accepted: null, retry: 'check_first', message: expect.stringContaining(`"${sentence}"`) },
		]);
	});

	it('names no message where none was named', () => {
		for (const body of ['errors:Not enough money id:17', 'errors:Not enough money\nsms_count:1'])
			expect(alphaSmsGateway.texts.read(reply(body), one())?.[0]).not.toHaveProperty('messageId');
		expect(alphaSmsGateway.texts.read(reply('id:17 errors:Not enough money'), one())).toMatchObject([
			{ accepted: null, messageId: '17' },
		]);
	});

	it('of several sentences, one that names a message leaves it open', () => {
		const body = 'errors:Not enough money\nerrors:There is a message with id: 17';
		expect(alphaSmsGateway.texts.read(reply(body), one())).toMatchObject([{ accepted: null }]);
	});

	it('shows a sentence of two lines whole', () => {
		const body = 'errors:Not enough\nmoney for id: 17';
		expect(alphaSmsGateway.texts.read(reply(body), one())).toMatchObject([
			{ accepted: null, message: expect.stringContaining('"Not enough money for id: 17"') },
		]);
	});

	it.each(['id:84523377 sms_count:0', 'id:84523377\nsms_count:none'])(
		'%j names a message of no part: nobody knows, and its id is told',
		(body) => {
			expect(alphaSmsGateway.texts.read(reply(body), one())).toMatchObject([
				{ accepted: null, retry: 'check_first', messageId: '84523377' },
			]);
		},
	);

	it.each([400, 401, 403, 503])('HTTP %i with a sentence of its own is read by the sentence', (status) => {
		expect(alphaSmsGateway.texts.read(reply('errors:Not enough money', status), one())).toMatchObject([
			{ accepted: false, kind: 'insufficient_funds' },
		]);
	});

	it('HTTP 4xx leaves a sentence that nobody has written down to the status; another status does not', () => {
		const read = (status: number, body = 'errors:Too many requests') =>
			alphaSmsGateway.texts.read(reply(body, status), one());
		for (const status of [400, 403, 429]) expect(read(status)).toBeNull();
		for (const status of [200, 500, 503]) expect(read(status)).toMatchObject([{ accepted: null }]);
		expect(read(400, 'errors:Too many requests id:17')).toMatchObject([{ accepted: null }]);
	});

	it('of 100,000 refusals is read in linear time', () => {
		const read = (lines: number): number => {
			const body = reply('errors:Something new\n'.repeat(lines));
			const start = performance.now();
			expect(alphaSmsGateway.texts.read(body, one())).toMatchObject([{ accepted: null }]);
			return performance.now() - start;
		};
		read(1000);
		expect(read(100_000)).toBeLessThan(1000);
	});

	it.each([
		'<html></html>',
		'',
		'id:',
		'id:84523',
		'id:abc sms_count:1',
		'{"id":5}',
		'OK',
		'id:0 sms_count:1',
		'xerrors:Not enough money',
		'Hello id:5 sms_count:1',
		'a:1:{s:2:"id";i:5;}',
	])('is not its own: %s', (body) => {
		expect(alphaSmsGateway.texts.read(reply(body), one())).toBeNull();
	});

	it('has a sentence and a hint for each known refusal', () => {
		for (const [, { message: said, hint }] of [...SENDING_SENTENCES, ...ASKING_SENTENCES]) {
			expect([said.length > 10, hint.endsWith('.')]).toEqual([true, true]);
		}
	});
});
