/** SMSC on the wire, as its "Sending an SMS" page has it: given these fields, these bytes. */
import { smscGateway } from '../../../nodes/Smsc/gateway';
import { NOW, alone, batch, bodyOf, message, readOptions } from '../../support/messages';

const TAIL = 'charset=utf-8&fmt=3';
const ID = 'id=n8n-0123456789abcdef012345';

/** The bytes of one text with these options, without the parts that never change. */
function parameters(options: Record<string, unknown>, text = 'Hi'): string {
	const body = bodyOf(smscGateway.texts.build(alone(smscGateway, { text, options })));
	expect(body.startsWith(`phones=%2B79161234567&mes=`)).toBe(true);
	return body.slice(body.indexOf(`&${ID}`) + ID.length + 2).replace(`&${TAIL}`, '');
}

describe('one text', () => {
	it('goes by POST, in the body, and asks for JSON with the details of every number', () => {
		const request = smscGateway.texts.build(alone(smscGateway, { text: 'Hello' }));
		expect([request.method, request.path]).toEqual(['POST', '/sys/send.php']);
		expect(bodyOf(request)).toBe(`phones=%2B79161234567&mes=Hello&${ID}&cost=0&op=1&${TAIL}`);
	});

	it.each([
		['Cyrillic', 'Заказ', '%D0%97%D0%B0%D0%BA%D0%B0%D0%B7'],
		['an emoji', '👍', '%F0%9F%91%8D'],
		['signs that mean something in a form', 'a+b & 100% "x" = y', 'a%2Bb+%26+100%25+%22x%22+%3D+y'],
		['a line break', 'one\ntwo', 'one%0Atwo'],
	])('keeps %s', (_, text, encoded) => {
		expect(bodyOf(smscGateway.texts.build(alone(smscGateway, { text })))).toContain(`&mes=${encoded}&id=`);
	});

	it('goes to many numbers at once', () => {
		const first = message(smscGateway, { text: 'Hi', from: 'ACME' });
		const second = message(smscGateway, { to: '+77011234567', text: 'Hi', from: 'ACME' });
		expect(bodyOf(smscGateway.texts.build(batch('sameText', first, second)))).toBe(
			`phones=%2B79161234567%2C%2B77011234567&mes=Hi&${ID}&sender=ACME&cost=0&op=1&${TAIL}`,
		);
	});

	it('takes the id of the person', () => {
		const body = bodyOf(
			smscGateway.texts.build(alone(smscGateway, { options: { messageId: 'order-1042' } })),
		);
		expect(body).toContain('&id=order-1042&');
	});
});

describe('parameters of the vendor page', () => {
	it.each<[string, Record<string, unknown>, string]>([
		['translit 0', { transliterate: false }, 'translit=0&cost=0&op=1'],
		['translit 1', { transliterate: true }, 'translit=1&cost=0&op=1'],
		['translit 2', { transliterate: true, transliterationStyle: 2 }, 'translit=2&cost=0&op=1'],
		['tinyurl', { shortenLinks: true }, 'tinyurl=1&cost=0&op=1'],
		['time from a date field', { sendAt: '2030-01-01T09:00:00' }, 'time=01893477600&cost=0&op=1'],
		['time as a window of hours', { sendWindow: '9-21' }, 'time=9-21&cost=0&op=1'],
		['time as minutes from now, its + encoded', { sendInMinutes: 30 }, 'time=%2B30&cost=0&op=1'],
		['time as a raw value', { time: '01.01.30 09:00' }, 'time=01.01.30+09%3A00&cost=0&op=1'],
		[
			'a date with a time zone: its calendar form there',
			{ sendAt: '2030-01-01T09:00:00', timezoneOffset: 2 },
			'time=0101301100&cost=0&op=1&tz=2',
		],
		[
			'tz 0, which is Moscow and not "none"',
			{ time: '0101300900', timezoneOffset: 0 },
			'time=0101300900&cost=0&op=1&tz=0',
		],
		['period and freq', { period: 0.5, freq: 10 }, 'period=0.5&freq=10&cost=0&op=1'],
		['flash', { flash: true }, 'flash=1&cost=0&op=1'],
		['valid from minutes', { ttl: 90 }, 'valid=01%3A30&cost=0&op=1'],
		['valid, shortest', { ttl: 1 }, 'valid=00%3A01&cost=0&op=1'],
		['valid, longest', { ttl: 1440 }, 'valid=24%3A00&cost=0&op=1'],
		['maxsms', { maxSms: 2 }, 'maxsms=2&cost=0&op=1'],
		[
			'imgcode with userip',
			{ captchaCode: 'aB3', userIp: '203.0.113.7' },
			'imgcode=aB3&userip=203.0.113.7&cost=0&op=1',
		],
		['pp', { partnerId: '77' }, 'pp=77&cost=0&op=1'],
		['nl', { multiLineList: true }, 'nl=1&cost=0&op=1'],
		['cost 1', { cost: 1 }, 'cost=1&op=1'],
		['cost 2', { cost: 2 }, 'cost=2&op=1'],
		['cost 3', { cost: 3 }, 'cost=3&op=1'],
		['err', { listInvalidNumbers: true }, 'cost=0&err=1&op=1'],
		['op off', { perNumberDetails: false }, 'cost=0&op=0'],
	])('%s', (_, options, expected) => {
		expect(parameters(options)).toBe(expected);
	});

	it.each([
		[0, 'cost=0&charset=utf-8&fmt=0'],
		[1, 'cost=0&charset=utf-8&fmt=1'],
		[2, 'cost=0&op=1&charset=utf-8&fmt=2'],
	])('fmt %i', (responseFormat, expected) => {
		expect(bodyOf(smscGateway.texts.build(alone(smscGateway, { options: { responseFormat } })))).toMatch(
			new RegExp(`${expected}$`),
		);
	});

	it.each([
		['windows-1251', 'Ж', '%C6'],
		['koi8-r', 'Ж', '%F6'],
	])('charset %s carries the bytes of that character set', (charset, text, encoded) => {
		const body = bodyOf(smscGateway.texts.build(alone(smscGateway, { text, options: { charset } })));
		expect(body).toContain(`&mes=${encoded}&`);
		expect(body).toContain(`&charset=${charset}&`);
	});

	it('sends a WAP push as link, line break, title', () => {
		const options = { wapPushUrl: 'http://wap.ru' };
		const body = bodyOf(smscGateway.texts.build(alone(smscGateway, { text: 'WAP.RU', options })));
		expect(body).toContain('mes=http%3A%2F%2Fwap.ru%0AWAP.RU&');
		expect(body).toContain('&push=1&');
	});

	it("sends the vendor's EMS sample in hexadecimal", () => {
		const text = '050A0307056048656C6C6F2C20576F726C6421';
		const body = bodyOf(smscGateway.texts.build(alone(smscGateway, { text, options: { binary: 2 } })));
		expect(body).toContain(`mes=${text}&`);
		expect(body).toContain('&bin=2&');
	});

	it('sends raw binary byte for byte, with pid and dcs behind the special combination', () => {
		const options = { binary: 1, pid: 64, dcs: 245 };
		const body = bodyOf(smscGateway.texts.build(alone(smscGateway, { text: '\x05\x0a\xff A', options })));
		expect(body).toContain('mes=%05%0A%FF%20A%0A~~~%0Apid%3A%2064%2C%20dcs%3A%20245&'.replace(/~/g, '%7E'));
		expect(body).toContain('&bin=1&');
	});
});

describe('different texts', () => {
	const to = ['+79161234567', '+79161234568'] as const;

	it('go as list lines of number, colon, text', () => {
		const first = message(smscGateway, { to: to[0], text: 'For you: 5' });
		const second = message(smscGateway, { to: to[1], text: 'Заказ; готов' });
		expect(bodyOf(smscGateway.texts.build(batch('differentTexts', first, second)))).toBe(
			'list=%2B79161234567%3AFor+you%3A+5%0A%2B79161234568%3A%D0%97%D0%B0%D0%BA%D0%B0%D0%B7%3B+%D0%B3%D0%BE%D1%82%D0%BE%D0%B2' +
				`&${ID}&cost=0&op=1&${TAIL}`,
		);
	});

	it('write a line break as the two characters that the vendor wants, so that no text starts a line', () => {
		const first = message(smscGateway, { to: to[0], text: 'one\r\n79990000000:smuggled' });
		const second = message(smscGateway, { to: to[1], text: 'two' });
		const body = new URLSearchParams(bodyOf(smscGateway.texts.build(batch('differentTexts', first, second))));
		expect(body.get('list')).toBe('+79161234567:one\\n79990000000:smuggled\n+79161234568:two');
	});

	it('carry a sender and a time zone in each line where these differ', () => {
		const time = { time: '0101300900' };
		const first = message(smscGateway, {
			to: to[0],
			text: 'a',
			from: 'ACME',
			options: { ...time, timezoneOffset: 2 },
		});
		const second = message(smscGateway, {
			to: to[1],
			text: 'b',
			from: 'SHOP',
			options: { ...time, timezoneOffset: 0 },
		});
		expect(smscGateway.texts.differentTextsKey(first)).toBe(smscGateway.texts.differentTextsKey(second));
		const body = new URLSearchParams(bodyOf(smscGateway.texts.build(batch('differentTexts', first, second))));
		expect(body.get('list')).toBe('ACME,2|+79161234567:a\nSHOP,0|+79161234568:b');
		expect([body.get('sender'), body.get('tz')]).toEqual([null, null]);
	});

	it('keep a text with the characters \\n out of the list, where they would become a line break', () => {
		expect(smscGateway.texts.differentTextsKey(message(smscGateway, { text: 'C:\\new' }))).toBeNull();
	});
});

describe('what is refused before anything is sent', () => {
	it.each<[string, Record<string, unknown>, RegExp]>([
		['ttl 0', { ttl: 0 }, /'Time to Live \(Minutes\)' is "0"/],
		['ttl over a day', { ttl: 1441 }, /'Time to Live \(Minutes\)'/],
		['period 0.05', { period: 0.05 }, /'Spread Over \(Hours\)'/],
		['period 721', { period: 721 }, /'Spread Over \(Hours\)'/],
		['freq 1441', { period: 1, freq: 1441 }, /'Spread Interval \(Minutes\)'/],
		['freq alone', { freq: 5 }, /'Spread Interval \(Minutes\)' needs/],
		['a window that ends before it begins', { sendWindow: '21-9' }, /'Send Between Hours'/],
		['hour 25', { sendWindow: '9-25' }, /'Send Between Hours'/],
		['a raw time of no form', { time: 'tomorrow' }, /'Send Time \(Raw\)'/],
		['a time that has passed', { sendAt: '2029-11-30T12:00:00' }, /'Send At' .*has passed/],
		[
			'two times',
			{ sendAt: '2030-01-01T09:00', sendInMinutes: 5 },
			/'Send At' and 'Send in Minutes' are both set/,
		],
		['captcha without address', { captchaCode: 'abc' }, /'Captcha Code' needs/],
		['an id of 41 characters', { messageId: 'x'.repeat(41) }, /'Message ID'/],
		['an id over 31 bits', { messageId: '2147483648' }, /'Message ID'/],
		['pid without binary', { pid: 1 }, /binary messages/],
		['a WAP push without link', { wapPushUrl: 'wap.ru' }, /'WAP Push Link'/],
	])('%s', (_, options, sentence) => {
		const { problems } = readOptions(smscGateway, options);
		expect(problems[0]?.message).toMatch(sentence);
		expect(problems[0]).toMatchObject({ kind: 'invalid_parameter', retry: 'after_fix', origin: 'input' });
	});

	it.each([
		['a text of 1001 characters', { text: 'x'.repeat(1001) }, 'invalid_parameter'],
		['a sender of 12 letters', { from: 'ABCDEFGHIJKL' }, 'invalid_sender'],
		['a Cyrillic sender', { from: 'МАГАЗИН' }, 'invalid_sender'],
		['odd hexadecimal', { text: 'ABC', options: { binary: 2 } }, 'invalid_parameter'],
		['raw bytes beyond a byte', { text: 'Ж', options: { binary: 1 } }, 'invalid_parameter'],
		[
			'a letter that the character set lacks',
			{ text: '€ 5 👍', options: { charset: 'koi8-r' } },
			'invalid_parameter',
		],
		['a beginning that may start a call', { text: '__CALL__hello' }, 'content_rejected'],
	])('%s', (_, input, kind) => {
		expect(smscGateway.texts.checkMessage(message(smscGateway, input))).toMatchObject({
			accepted: false,
			kind,
		});
	});

	/** The vendor sends nothing of what stands behind such a line ("Comments in SMS messages"). */
	it.each([
		['a text', { text: 'Hello\n~~~\nYour code is 1234' }],
		['a text with the line breaks of Windows', { text: 'Hello\r\n~~~\r\nYour code is 1234' }],
		['line separators, which a list writes as line breaks', { text: 'Hello\u2028~~~\u2028Your code' }],
		['line breaks as a list has them', { text: 'Hello\\n~~~\\nYour code is 1234' }],
		['a line with nothing behind it', { text: 'Hello\n~~~' }],
		['the title of a link', { text: '~~~\nSale', options: { wapPushUrl: 'https://example.com' } }],
		['raw bytes', { text: '\0Hello\n~~~\nmore', options: { binary: 1 } }],
		['raw bytes before those of the protocol', { text: '\0Hi\n~~~', options: { binary: 1, pid: 64 } }],
	])('a line that begins a comment, in %s', (_, input) => {
		expect(smscGateway.texts.checkMessage(message(smscGateway, input))).toMatchObject({
			accepted: false,
			origin: 'input',
			kind: 'content_rejected',
			message:
				'This text has a line that is just "~~~". SMSC treats what follows as a comment and does not send it. Nothing was sent.',
			hint: 'Change or remove that line.',
		});
		const price = smscGateway.prices?.checkMessage(message(smscGateway, input));
		expect(price).toMatchObject({ kind: 'content_rejected' });
	});

	it.each(['~~~', '~~~\nHello', 'Hello ~~~\nyou', 'Hello\n~~~ you', 'Hello\n~~~~\nyou', 'a ~~~ b'])(
		'but no text that has the sign elsewhere: %j',
		(text) => {
			expect(smscGateway.texts.checkMessage(message(smscGateway, { text }))).toBeNull();
		},
	);

	it('a link and a title of more than 1000 characters together', () => {
		const wapPushUrl = `https://example.com/${'a'.repeat(400)}`;
		const push = (length: number) =>
			smscGateway.texts.checkMessage(
				message(smscGateway, { text: 'x'.repeat(length), options: { wapPushUrl } }),
			);
		// They travel as one text, with a line break between them.
		expect(push(1000 - wapPushUrl.length - 1)).toBeNull();
		expect(push(1000 - wapPushUrl.length)).toMatchObject({ accepted: false, kind: 'invalid_parameter' });
	});

	it.each([{ text: 'x'.repeat(1000) }, { from: 'ABCDEFGHIJK' }, { from: '123456789012345' }])(
		'but not %j',
		(input) => {
			expect(smscGateway.texts.checkMessage(message(smscGateway, input))).toBeNull();
		},
	);
});

describe('what a message takes', () => {
	const measured = (text: string, options: Record<string, unknown>) => {
		const { options: read } = readOptions(smscGateway, options);
		return smscGateway.texts.measure?.(text, read) ?? null;
	};

	it.each([
		['140 bytes in hexadecimal', 'ab'.repeat(140), 1],
		['141 bytes in hexadecimal', 'ab'.repeat(141), 2],
		['268 bytes in hexadecimal', 'ab'.repeat(268), 2],
		['269 bytes in hexadecimal', 'ab'.repeat(269), 3],
	])('%s', (_, text, segments) => {
		expect(measured(text, { binary: 2 })).toMatchObject({
			encoding: 'binary',
			segments,
			characters: text.length / 2,
		});
	});

	it('raw bytes, one for each character', () => {
		expect(measured('\xff'.repeat(140), { binary: 1 })).toMatchObject({
			encoding: 'binary',
			segments: 1,
			characters: 140,
		});
	});

	it('a text is measured as everywhere', () => {
		expect(measured('Hi', {})).toBeNull();
	});
});

it('plans one request a number where the reply could not tell numbers apart', () => {
	const { options: text } = readOptions(smscGateway, { responseFormat: 0 });
	const { options: json } = readOptions(smscGateway, {});
	expect(smscGateway.texts.batchLimits(text, null)).toEqual({ sameText: 1, differentTexts: 0 });
	expect(smscGateway.texts.batchLimits(json, null)).toEqual({ sameText: 100, differentTexts: 100 });
	expect(NOW).toBe(Date.parse('2029-12-01T12:00:00+03:00'));
});
