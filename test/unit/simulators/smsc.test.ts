import { encodeText } from '../../../simulators/encoding';
import type { Simulator } from '../../../simulators/simulator';
import { createSmsc } from '../../../simulators/smsc';
import { simulateAt } from '../../support/simulated';

/** Expected replies are those of SMSC's page "Sending an SMS message" and of recorded traffic. */

type Fields = Record<string, string>;

// 12 October 2026, 09:30 in Moscow.
const START = Date.UTC(2026, 9, 12, 6, 30);
let simulator: Simulator;
const { clock, restart } = simulateAt(START, createSmsc, (started) => (simulator = started));

const login = (): Fields => ({
	login: simulator.credentials.login ?? '',
	psw: simulator.credentials.password ?? '',
});
const PHONE = '79991234567';
const OTHER = '79991234568';

const post = (path: string, body: URLSearchParams | string): Promise<Response> =>
	fetch(simulator.baseUrl + path, {
		method: 'POST',
		body: body.toString(),
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
	});

async function call(path: string, fields: Fields): Promise<string> {
	const reply = await post(path, new URLSearchParams({ ...login(), charset: 'utf-8', ...fields }));
	expect(reply.status).toBe(200);
	return await reply.text();
}
const send = (fields: Fields = {}): Promise<string> =>
	call('/sys/send.php', { phones: PHONE, mes: 'Hello', ...fields });
const sendJson = async (fields: Fields = {}): Promise<Record<string, unknown>> =>
	JSON.parse(await send({ fmt: '3', ...fields })) as Record<string, unknown>;
/** The error code, or 0 for success. */
const codeOf = async (fields: Fields): Promise<unknown> => {
	clock.now += 61_000;
	return (await sendJson(fields)).error_code ?? 0;
};
const text = (index = 0) => {
	const found = simulator.texts[index];
	if (found === undefined) throw new Error(`no text ${index}`);
	return found;
};

describe('replies to a sending', () => {
	beforeEach(() => {
		// "1234,1,1.40,100.50": one SMS for 1.40 leaves 100.50.
		simulator.balance = 101.9;
	});

	it.each<[string, string, string]>([
		['0', '0', 'OK - 1 SMS, ID - 1234'],
		['0', '1', '1.40 (1 SMS)'],
		['0', '2', 'OK - 1 SMS, ID - 1234, COST - 1.40'],
		['0', '3', 'OK - 1 SMS, ID - 1234, COST - 1.40, BALANCE - 100.50'],
		['1', '0', '1234,1'],
		['1', '1', '1.40,1'],
		['1', '2', '1234,1,1.40'],
		['1', '3', '1234,1,1.40,100.50'],
		['2', '0', '<result><id>1234</id><cnt>1</cnt></result>'],
		['2', '1', '<result><cnt>1</cnt><cost>1.40</cost></result>'],
		['2', '2', '<result><id>1234</id><cnt>1</cnt><cost>1.40</cost></result>'],
		['2', '3', '<result><id>1234</id><cnt>1</cnt><cost>1.40</cost><balance>100.50</balance></result>'],
		['3', '0', '{"id":1234,"cnt":1}'],
		['3', '1', '{"cost":"1.40","cnt":1}'],
		['3', '2', '{"id":1234,"cnt":1,"cost":"1.40"}'],
		['3', '3', '{"id":1234,"cnt":1,"cost":"1.40","balance":"100.50"}'],
	])('fmt %s, cost %s: %s', async (fmt, cost, expected) => {
		expect(await send({ fmt, cost })).toBe(expected);
		expect(simulator.texts).toHaveLength(cost === '1' ? 0 : 1);
		expect(simulator.balance).toBe(cost === '1' ? 101.9 : 100.5);
	});

	it('have the text format and free of cost when nothing else is asked for', async () => {
		expect(await send()).toBe('OK - 1 SMS, ID - 1234');
	});

	it('count parts times recipients', async () => {
		const mes = 'я'.repeat(71);
		expect(await sendJson({ phones: `${PHONE};${OTHER}`, mes, cost: '3' })).toEqual({
			id: 1234,
			cnt: 4,
			cost: '5.60',
			balance: '96.30',
		});
		expect(simulator.texts.map(({ to, parts, messageId }) => [to, parts, messageId])).toEqual([
			[PHONE, 2, '1234'],
			[OTHER, 2, '1234'],
		]);
	});

	it('carry the id of the client: a number as a number, a string as a string', async () => {
		expect((await sendJson({ id: '2147483647' })).id).toBe(2147483647);
		expect((await sendJson({ id: 'Order-1_a.b' })).id).toBe('Order-1_a.b');
		expect((await sendJson({ id: '0' })).id).toBe(1234);
	});
});

describe('errors', () => {
	it.each<[string, string, string]>([
		['2', '0', 'ERROR = 2 (неверный логин или пароль)'],
		['2', '1', '0,-2'],
		['2', '2', '<result><error>authorise error</error><error_code>2</error_code></result>'],
		['2', '3', '{"error":"authorise error","error_code":2}'],
		['9', '3', '{"error":"duplicate request, wait a minute","error_code":9}'],
		['7', '0', 'ERROR = 7 (неверный формат номера телефона), ID - 1234'],
		['7', '1', '1234,-7'],
		['7', '2', '<result><error>invalid number</error><error_code>7</error_code><id>1234</id></result>'],
		['7', '3', '{"error":"invalid number","error_code":7,"id":1234}'],
	])('%s in fmt %s: %s', async (code, fmt, expected) => {
		simulator.orders.requestCode = code;
		expect(await send({ fmt })).toBe(expected);
		expect(simulator.texts).toHaveLength(0);
	});

	it.each(['1', '2', '4', '5', '9', '10', '15'])('%s carries no id', async (code) => {
		simulator.orders.requestCode = code;
		expect(await send({ fmt: '1', id: '77' })).toBe(`0,-${code}`);
	});

	it.each(['3', '6', '7', '8'])('%s carries the id of the client', async (code) => {
		simulator.orders.requestCode = code;
		expect(await send({ fmt: '1', id: '77' })).toBe(`77,-${code}`);
	});

	it('in text are Russian in windows-1251 unless another charset is named', async () => {
		const body = new URLSearchParams({ login: 'x', psw: 'y', phones: PHONE, mes: 'Hi' });
		const reply = await post('/sys/send.php', body);
		expect(reply.headers.get('content-type')).toBe('text/plain; charset=windows-1251');
		expect(Buffer.from(await reply.arrayBuffer())).toEqual(
			encodeText('ERROR = 2 (неверный логин или пароль)', 'windows-1251'),
		);
	});

	it('come for wrong credentials, and for none', async () => {
		expect(await codeOf({ psw: 'wrong' })).toBe(2);
		expect(await codeOf({ login: 'wrong' })).toBe(2);
		expect(await codeOf({ psw: '' })).toBe(2);
		expect(await codeOf({ apikey: 'wrong' })).toBe(2);
		expect(await codeOf({ apikey: simulator.credentials.apiKey ?? '', login: '', psw: '' })).toBe(0);
		const bare = await post('/sys/send.php', new URLSearchParams({ phones: PHONE, mes: 'Hi', fmt: '1' }));
		expect(await bare.text()).toBe('0,-1');
	});

	it('3 when the balance cannot pay, and nothing is taken', async () => {
		simulator.balance = 2.79;
		expect(await send({ phones: `${PHONE},${OTHER}`, fmt: '1' })).toBe('1234,-3');
		expect([simulator.balance, simulator.texts.length]).toEqual([2.79, 0]);
		simulator.balance = 2.8;
		expect(await send({ phones: `${PHONE},${OTHER}`, fmt: '1' })).toBe('1235,2');
		expect(simulator.balance).toBe(0);
	});

	it('6 for a sender that is not registered', async () => {
		await restart({ senders: ['Acme'] });
		expect(await send({ sender: 'Acme', fmt: '1' })).toBe('1234,1');
		expect(await send({ sender: 'Other', fmt: '1' })).toBe('1235,-6');
		await restart();
	});

	it.each<[string, Fields, number]>([
		['no text', { mes: '' }, 1],
		['no phones', { phones: '' }, 1],
		['1000 characters', { mes: 'я'.repeat(1000) }, 0],
		['1001 characters', { mes: 'я'.repeat(1001) }, 1],
		['an id of other characters', { id: 'a b' }, 1],
		['an id of 41 characters', { id: 'a'.repeat(41) }, 1],
		['a sender of 11 characters', { sender: 'Elevenchars' }, 0],
		['a sender of 12 characters', { sender: 'Twelve chars' }, 1],
		['a sender of 15 digits', { sender: '123456789012345' }, 0],
		['a sender of 16 digits', { sender: '1234567890123456' }, 1],
		['a Cyrillic sender', { sender: 'Иван' }, 1],
		['an unknown format', { fmt: '4' }, 0],
		['translit 3', { translit: '3' }, 1],
		['tinyurl 1', { tinyurl: '1' }, 0],
		['flash yes', { flash: 'yes' }, 1],
		['cost 4', { cost: '4' }, 1],
		['period 0.1', { period: '0.1', freq: '1' }, 0],
		['period 0.05', { period: '0.05' }, 1],
		['period with a comma', { period: '1,5' }, 1],
		['period 721', { period: '721' }, 1],
		['freq 1441', { period: '1', freq: '1441' }, 1],
		['freq 0', { period: '1', freq: '0' }, 1],
		['freq without period, which is ignored', { freq: '9999' }, 0],
		['valid 24', { valid: '24' }, 0],
		['valid 25', { valid: '25' }, 1],
		['valid 0', { valid: '0' }, 1],
		['valid 00:01', { valid: '00:01' }, 0],
		['valid 00:00', { valid: '00:00' }, 1],
		['valid 24:00', { valid: '24:00' }, 0],
		['valid 24:01', { valid: '24:01' }, 1],
		['maxsms 0', { maxsms: '0' }, 1],
		['tz 0', { tz: '0' }, 0],
		['tz +2', { tz: '+2' }, 0],
		['tz 2.5', { tz: '2.5' }, 1],
		['imgcode without userip', { imgcode: 'abc' }, 1],
		['imgcode with userip', { imgcode: 'abc', userip: '8.8.8.8' }, 0],
		['a userip that is none', { userip: '8.8.8' }, 1],
		['another charset', { charset: 'latin1' }, 1],
		['two kinds of message at once', { hlr: '1', ping: '1' }, 1],
		['a kind of message switched by another word', { hlr: 'yes' }, 1],
		['a binary text that is not hex', { bin: '2', mes: '050A03070560486' }, 1],
		['a user data header that is too long', { bin: '2', mes: 'FF0A0307' }, 1],
		['a user data header that ends elsewhere', { bin: '2', mes: '050A04070560' }, 1],
		['a link without a title', { push: '1', mes: 'http://wap.ru' }, 1],
	])('%s', async (_, fields, expected) => {
		if (fields.fmt === undefined) expect(await codeOf(fields)).toBe(expected);
		else expect(await send(fields)).toBe('ERROR = 1 (ошибка в параметрах)');
		if (expected !== 0) expect(simulator.texts).toHaveLength(0);
	});
});

describe('repeats', () => {
	it('of a sending within a minute are error 9, and another way of logging in does not help', async () => {
		expect(await send({ fmt: '1' })).toBe('1234,1');
		expect(await send({ fmt: '1' })).toBe('0,-9');
		expect(await send({ fmt: '1', apikey: simulator.credentials.apiKey ?? '' })).toBe('0,-9');
		expect(await send({ fmt: '1', mes: 'Another' })).toBe('1235,1');
		clock.now += 60_000;
		expect(await send({ fmt: '1' })).toBe('1236,1');
		expect(simulator.texts).toHaveLength(3);
	});

	it('of a price query are allowed five times', async () => {
		for (let index = 0; index < 5; index += 1) expect(await send({ fmt: '1', cost: '1' })).toBe('1.40,1');
		expect(await send({ fmt: '1', cost: '1' })).toBe('0,-9');
	});

	it('of a refused sending are not', async () => {
		simulator.balance = 0;
		expect(await send({ fmt: '1' })).toBe('1234,-3');
		simulator.balance = 10;
		expect(await send({ fmt: '1' })).toBe('1235,1');
	});

	it('to one subscriber are blocked as flood after 50 in a row', async () => {
		for (let index = 0; index < 50; index += 1) await send({ mes: `Text ${index}` });
		expect(await sendJson({ op: '1', mes: 'One more' })).toMatchObject({
			cnt: 0,
			phones: [{ phone: PHONE, status: '23', error: '251' }],
		});
		clock.now += 60_000;
		expect(await sendJson({ mes: 'Later' })).toMatchObject({ cnt: 1 });
		expect(simulator.texts).toHaveLength(51);
	});

	it('of fifteen at once are too many', async () => {
		await restart({}, 300);
		const replies = await Promise.all(
			[...Array(20).keys()].map((index) =>
				sendJson({ mes: `Text ${index}`, phones: `7999123${1000 + index}` }),
			),
		);
		const errors = replies.filter(({ error_code: code }) => code === 9);
		expect(errors).toHaveLength(6);
		expect(errors[0]).toEqual({ error: 'too many concurrent requests', error_code: 9 });
		expect(simulator.texts).toHaveLength(14);
		await restart();
	});
});

describe('numbers', () => {
	it.each([
		['8 (999) 123-45-67', PHONE],
		['9991234567', PHONE],
		['+79991234567', PHONE],
		['+89991234567', '89991234567'],
		['380501234567', '380501234567'],
	])('%s is taken as %s', async (phones, to) => {
		await send({ phones });
		expect(simulator.texts.map((one) => one.to)).toEqual([to]);
	});

	it.each(['123456', '1234567890123456', 'abc', '+7 999 123 45 67', 'G12'])('%s is none', async (phones) => {
		expect(await send({ phones, fmt: '1' })).toBe('1234,-7');
	});

	it('that are bad among good ones are told by op=1 and err=1 only', async () => {
		const phones = `${PHONE},123,${OTHER}`;
		expect(await send({ phones, fmt: '3' })).toBe('{"id":1234,"cnt":2}');
		expect(await sendJson({ phones, op: '1' })).toEqual({
			id: 1235,
			cnt: 2,
			phones: [
				{ phone: PHONE, mccmnc: '25001', cost: '1.40', status: '', error: '' },
				{ phone: '123', mccmnc: '', cost: '0.00', status: '22', error: '249' },
				{ phone: OTHER, mccmnc: '25001', cost: '1.40', status: '', error: '' },
			],
		});
		expect(await sendJson({ phones, err: '1' })).toMatchObject({ phones: [{ phone: '123', status: '22' }] });
		expect(await send({ phones, op: '1', fmt: '1' })).toBe(
			`1237,2\n${PHONE},25001,1.40,,\n123,,0.00,22,249\n${OTHER},25001,1.40,,`,
		);
		expect(await send({ phones, err: '1', fmt: '2' })).toContain(
			'<phones><phone mccmnc="" cost="0.00" status="22" error="249">123</phone></phones>',
		);
		expect(simulator.texts).toHaveLength(10);
	});

	it('are refused as ordered', async () => {
		simulator.orders.recipientCodes.set(PHONE, '25').set(OTHER, '23/253');
		expect(await sendJson({ phones: `${PHONE},${OTHER},79991234569`, op: '1' })).toMatchObject({
			cnt: 1,
			phones: [{ status: '25', error: '248' }, { status: '23', error: '253' }, { status: '' }],
		});
		expect(await sendJson({ op: '1' })).toMatchObject({ cnt: 0, phones: [{ status: '25' }] });
		simulator.orders.recipientCodes.set(PHONE, '22');
		expect(await sendJson()).toEqual({ error: 'invalid number', error_code: 7, id: 1236 });
		expect(simulator.texts.map(({ to }) => to)).toEqual(['79991234569']);
	});
});

describe('texts', () => {
	it('are read in the charset that is named, windows-1251 by default', async () => {
		const fields = new URLSearchParams({ ...login(), phones: PHONE }).toString();
		const utf8 = encodeURIComponent('Привет');
		const escape = (bytes: Buffer): string => [...bytes].map((byte) => `%${byte.toString(16)}`).join('');
		await post('/sys/send.php', `${fields}&mes=${utf8}&charset=utf-8`);
		await post('/sys/send.php', `${fields}&mes=${utf8}`);
		await post('/sys/send.php', `${fields}&mes=${escape(encodeText('Привет', 'windows-1251'))}`);
		await post('/sys/send.php', `${fields}&mes=${escape(encodeText('Привет', 'koi8-r'))}&charset=koi8-r`);
		await fetch(
			`${simulator.baseUrl}/sys/send.php?${fields}&mes=${escape(encodeText('Пока', 'windows-1251'))}`,
		);
		expect(simulator.texts.map((one) => one.text)).toEqual([
			'Привет',
			'РџСЂРёРІРµС‚',
			'Привет',
			'Привет',
			'Пока',
		]);
	});

	it('have the sender that was asked for', async () => {
		await send({ mes: '1' });
		await send({ mes: '2', sender: 'ivan' });
		await send({ mes: '3', sender: '' });
		await send({ mes: '4', sender: '.' });
		expect(simulator.texts.map(({ from }) => from)).toEqual(['SMSC.RU', 'ivan', '', '']);
	});

	it('are cut to maxsms parts', async () => {
		expect(await send({ fmt: '1', mes: 'я'.repeat(300), maxsms: '2' })).toBe('1234,2');
		expect(text().text).toBe('я'.repeat(134));
		await send({ mes: 'a'.repeat(300), maxsms: '1' });
		expect(text(1).text).toBe('a'.repeat(160));
	});

	it.each([
		['a'.repeat(160), {}, 1],
		['a'.repeat(161), {}, 2],
		['a'.repeat(307), {}, 3],
		['я'.repeat(70), {}, 1],
		['я'.repeat(135), {}, 3],
		['я'.repeat(150), { translit: '1' }, 2],
		['€'.repeat(81), {}, 2],
	])('%.5s… %p take %i parts', async (mes, fields, parts) => {
		expect(await send({ fmt: '1', mes, ...fields })).toBe(`1234,${parts}`);
	});

	it('may be binary: the samples that public clients quote', async () => {
		await send({ bin: '2', mes: '050A0307056048656C6C6F2C20576F726C6421' });
		await send({
			bin: '2',
			mes: '0605040B8423F0DC0601AE02056A0045C60C037761702E72752F0001037761702E7275000101',
		});
		await send({ bin: '2', mes: '0048656C6C6F\n~~~\npid: 0, dcs: 16' });
		const fields = new URLSearchParams({ ...login(), phones: PHONE, charset: 'utf-8', bin: '1' }).toString();
		await post('/sys/send.php', `${fields}&mes=%00%FF%FE`);
		expect(simulator.texts.map((one) => one.text.slice(0, 12))).toEqual([
			'050A03070560',
			'0605040B8423',
			'0048656C6C6F',
			'00FFFE',
		]);
		expect(text().options).toMatchObject({ bin: '2' });
	});

	it('may be a link with a title', async () => {
		await send({ push: '1', mes: 'http://wap.ru\nWAP.RU', flash: '0' });
		expect(text()).toMatchObject({ text: 'http://wap.ru\nWAP.RU', options: { push: '1' } });
	});
});

describe('time', () => {
	it.each<[string, Fields, string | null]>([
		['0', {}, null],
		['1310261200', {}, '2026-10-13T09:00:00.000Z'],
		['13.10.26 12:00', {}, '2026-10-13T09:00:00.000Z'],
		['13.10.26 12:00', { tz: '0' }, '2026-10-13T09:00:00.000Z'],
		['13.10.26 12:00', { tz: '4' }, '2026-10-13T05:00:00.000Z'],
		['13.10.26 12:00', { tz: '-1' }, '2026-10-13T10:00:00.000Z'],
		['0101120000', {}, null],
		['01791900000', {}, '2026-10-13T14:00:00.000Z'],
		['01000000000', {}, null],
		['+5', {}, '2026-10-12T06:35:00.000Z'],
		['9-21', {}, null],
		['0-24', {}, null],
		['10-21', {}, '2026-10-12T07:00:00.000Z'],
		['8-9', {}, '2026-10-13T05:00:00.000Z'],
		['10-21', { tz: '1' }, null],
	])('%s %p', async (time, fields, expected) => {
		expect(await send({ fmt: '1', time, ...fields })).toBe('1234,1');
		expect(text()).toMatchObject({ scheduledFor: expected, options: { time } });
	});

	it.each([
		'3202261200',
		'1313261200',
		'13.10.2026 12:00',
		'13.10.26 25:00',
		'2026-10-13',
		'21-9',
		'5',
		'soon',
	])('%s is error 5', async (time) => {
		expect(await send({ fmt: '1', time })).toBe('0,-5');
	});

	it('+5 that is not sent as %2B5 is error 5', async () => {
		const fields = new URLSearchParams({ ...login(), phones: PHONE, mes: 'Hi', fmt: '1' }).toString();
		expect(await (await post('/sys/send.php', `${fields}&time=+5`)).text()).toBe('0,-5');
		expect(await (await post('/sys/send.php', `${fields}&time=%2B5`)).text()).toBe('1234,1');
	});
});

describe('list', () => {
	const list = (value: string, fields: Fields = {}): Promise<string> =>
		call('/sys/send.php', { list: value, fmt: '1', ...fields });
	const taken = () => simulator.texts.map(({ to, text: body, messageId }) => [to, body, messageId]);

	it('sends other texts to other numbers under one id', async () => {
		expect(await list(`${PHONE}:Ваш пароль: 123; a|b\n${OTHER},79991234569;two\\nlines`)).toBe('1234,3');
		expect(taken()).toEqual([
			[PHONE, 'Ваш пароль: 123; a|b', '1234'],
			[OTHER, 'two\nlines', '1234'],
			['79991234569', 'two\nlines', '1234'],
		]);
	});

	it('has senders and zones of its own', async () => {
		await list(`Acme|${PHONE}:one\nShop,2|${OTHER}:two\n79991234569:three`, { time: '1310261200' });
		expect(simulator.texts.map(({ from, scheduledFor }) => [from, scheduledFor])).toEqual([
			['Acme', '2026-10-13T09:00:00.000Z'],
			['Shop', '2026-10-13T07:00:00.000Z'],
			['SMSC.RU', '2026-10-13T09:00:00.000Z'],
		]);
	});

	it('has texts of several lines with nl=1', async () => {
		expect(await list(`${PHONE}:one\nmore`)).toBe('0,-1');
		expect(await list(`${PHONE}:one\nmore\n${OTHER}:two`, { nl: '1' })).toBe('1234,2');
		expect(taken().map(([, body]) => body)).toEqual(['one\nmore', 'two']);
	});

	it('is refused for a line that is none', async () => {
		expect(await list(`${PHONE} text`)).toBe('0,-1');
		expect(await list(`${PHONE}:`)).toBe('0,-1');
		expect(await list('123:text')).toBe('1234,-7');
	});
});

describe('the JSON flavour', () => {
	const rest = async (body: unknown, init: RequestInit = {}): Promise<unknown> => {
		const reply = await fetch(`${simulator.baseUrl}/rest/send/`, {
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'content-type': 'application/json' },
			...init,
		});
		expect(reply.headers.get('content-type')).toBe('application/json; charset=windows-1251');
		return await reply.json();
	};

	it('answers JSON whatever fmt says', async () => {
		const body = { ...login(), phones: PHONE, mes: 'Привет', cost: 3 };
		expect(await rest(body)).toEqual({ id: 1234, cnt: 1, cost: '1.40', balance: '998.60' });
		expect(await rest({ ...body, id: 5, fmt: 0 })).toMatchObject({ id: 5 });
		expect(text().text).toBe('Привет');
	});

	it('refuses what is no JSON object of strings and numbers', async () => {
		const error = { error: 'parameters error', error_code: 1 };
		expect(await rest({ ...login(), phones: [PHONE], mes: 'Hi' })).toEqual(error);
		expect(await rest([])).toEqual(error);
		expect(await rest({}, { body: '{' })).toEqual(error);
		const form = new URLSearchParams({ ...login(), phones: PHONE, mes: 'Hi' });
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		expect(await rest({}, { body: form.toString(), headers })).toEqual(error);
		expect(simulator.texts).toHaveLength(0);
	});
});

it('there is nothing elsewhere', async () => {
	expect((await post('/sys/jobs.php', '')).status).toBe(404);
	expect((await fetch(`${simulator.baseUrl}/sys/send.php`, { method: 'PUT' })).status).toBe(405);
});
