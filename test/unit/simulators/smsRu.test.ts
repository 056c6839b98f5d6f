import { encodeText } from '../../../simulators/encoding';
import type { Simulator } from '../../../simulators/simulator';
import { createSmsRu } from '../../../simulators/smsRu';
import { simulateAt } from '../../support/simulated';

/** Expected replies are those of SMS.RU's page "Отправить СМС сообщение HTTP запросом" and of recorded traffic. */

type Fields = Record<string, string>;
interface Entry {
	status: string;
	status_code: number;
	status_text?: string;
	sms_id?: string;
	cost?: string;
}
interface Reply {
	status: string;
	status_code: number;
	status_text?: string;
	sms?: Record<string, Entry>;
	balance?: number;
	total_cost?: number;
	total_sms?: number;
}

// 25 June 2026, 12:00 in Moscow.
const START = Date.UTC(2026, 5, 25, 9);
const A = '79255070602';
const B = '74993221627';
let simulator: Simulator;
const { clock, restart } = simulateAt(START, createSmsRu, (started) => (simulator = started));

const apiId = (): string => simulator.credentials.apiId ?? '';

async function call(path: string, fields: Fields = {}): Promise<string> {
	const body = new URLSearchParams({ api_id: apiId(), ...fields });
	const reply = await fetch(simulator.baseUrl + path, { method: 'POST', body });
	expect(reply.status).toBe(200);
	return await reply.text();
}
const json = async (path: string, fields: Fields = {}): Promise<Reply> =>
	JSON.parse(await call(path, { json: '1', ...fields })) as Reply;
const send = (fields: Fields = {}): Promise<Reply> =>
	json('/sms/send', { to: A, msg: 'hello world', ...fields });
const codes = (reply: Reply): number[] => Object.values(reply.sms ?? {}).map((entry) => entry.status_code);

describe('/sms/send', () => {
	it('answers as the page shows, in JSON', async () => {
		simulator.orders.recipientCodes.set(B, '207');
		const reply = await fetch(
			`${simulator.baseUrl}/sms/send?api_id=${apiId()}&to=${A},${B}&msg=hello+world&json=1`,
		);
		expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
		expect(reply.headers.get('sms-api')).toBe('1');
		expect(await reply.json()).toEqual({
			status: 'OK',
			status_code: 100,
			sms: {
				[A]: { status: 'OK', status_code: 100, sms_id: '202626-1000001', cost: '3.50' },
				[B]: {
					status: 'ERROR',
					status_code: 207,
					status_text: 'На этот номер нет маршрута для доставки сообщений',
				},
			},
			balance: 4122.56,
		});
		expect(simulator.texts).toMatchObject([
			{
				to: A,
				from: 'MySender',
				text: 'hello world',
				messageId: '202626-1000001',
				parts: 1,
				scheduledFor: null,
			},
		]);
	});

	it('answers as the page shows, in plain text', async () => {
		simulator.orders.recipientCodes.set(B, '207');
		expect(await call('/sms/send', { to: `${A},${B}`, msg: 'hello world' })).toBe(
			'100\n202626-1000001\n207\nbalance=4122.56',
		);
	});

	it.each(['to', 'multi'])('takes other texts for other numbers in %s[number]', async (name) => {
		const reply = await send({ [`${name}[${A}]`]: 'Привет 1', [`${name}[${B}]`]: 'Привет 2' });
		expect(codes(reply)).toEqual([100, 100]);
		expect(simulator.texts.map(({ to, text }) => [to, text])).toEqual([
			[A, 'Привет 1'],
			[B, 'Привет 2'],
		]);
	});

	it('keeps the order and escapes slashes', async () => {
		simulator.orders.recipientCodes.set(B, '221');
		const reply = await call('/sms/send', { json: '1', to: `12,${B},${A}`, msg: 'Hi' });
		expect([...reply.matchAll(/"(\d+)":\{/g)].map(([, key]) => key)).toEqual(['12', B, A]);
		expect(reply).toContain('https:\\/\\/sms.ru\\/?panel=senders');
	});

	it('takes one text for equal numbers: the last one, under the bare digits', async () => {
		const reply = await send({
			[`to[8 (925) 507-06-02]`]: 'first',
			[`to[${B}]`]: 'other',
			[`to[+${A}]`]: 'last',
		});
		expect(Object.keys(reply.sms ?? {})).toEqual([A, B]);
		expect(simulator.texts.map(({ to, text }) => [to, text])).toEqual([
			[A, 'last'],
			[B, 'other'],
		]);
		expect(simulator.balance).toBe(4126.06 - 7);
		await send({ to: `${A},9255070602,${A}` });
		expect(simulator.texts).toHaveLength(3);
	});

	it('refuses numbers and texts one by one', async () => {
		const reply = await send({
			'to[123]': 'x',
			'to[abc]': 'x',
			[`to[${B}]`]: '',
			[`to[${A}]`]: 'я'.repeat(67 * 8 + 1),
			'to[79255070603]': 'я'.repeat(67 * 8),
		});
		expect(codes(reply)).toEqual([202, 202, 203, 205, 100]);
		expect(reply.sms?.['123']?.status_text).toBe(
			'Неправильно указан номер телефона получателя, либо на него нет маршрута',
		);
		expect(simulator.texts.map(({ parts }) => parts)).toEqual([8]);
	});

	it('stops taking when the money is used up', async () => {
		simulator.balance = 7;
		const reply = await send({ to: `${A},${B},79255070603` });
		expect(codes(reply)).toEqual([100, 100, 201]);
		expect([reply.balance, simulator.texts.length]).toEqual([0, 2]);
	});

	it('takes up to 100 numbers', async () => {
		const numbers = [...Array(101).keys()].map((index) => String(79250000000 + index));
		expect(await send({ to: numbers.join(',') })).toMatchObject({ status: 'ERROR', status_code: 213 });
		expect(simulator.texts).toHaveLength(0);
		expect(codes(await send({ to: numbers.slice(1).join(',') }))).toHaveLength(100);
		const map = Object.fromEntries(numbers.map((number) => [`to[${number}]`, 'x']));
		expect(await send(map)).toMatchObject({ status_code: 213 });
	});

	it.each<[string, Fields, number]>([
		['no number', { to: '' }, 202],
		['no text', { msg: '' }, 203],
		['a private address', { ip: '192.168.1.5' }, 507],
		['another one', { ip: '10.0.0.1' }, 507],
		['no address', { ip: 'localhost' }, 507],
		['an address', { ip: '8.8.8.8' }, 100],
		['a time in milliseconds', { time: String(START + 60_000) }, 208],
		['a time in words', { time: 'tomorrow' }, 208],
		['a time two months off', { time: String(Date.UTC(2026, 7, 25, 9) / 1000) }, 100],
		['a time beyond two months', { time: String(Date.UTC(2026, 7, 25, 9) / 1000 + 1) }, 208],
		['a bad time that daytime makes needless', { time: 'tomorrow', daytime: '1' }, 100],
		['ttl 1440', { ttl: '1440' }, 100],
		['ttl 0', { ttl: '0' }, 208],
		['ttl 1441', { ttl: '1441' }, 208],
		['a wrong api_id', { api_id: 'wrong' }, 200],
		['no credentials', { api_id: '' }, 200],
		['wrong login and password', { api_id: 'none', login: A, password: 'x' }, 301],
	])('%s', async (_, fields, expected) => {
		const reply = await send(fields);
		expect(reply.status_code).toBe(expected);
		if (expected !== 100) {
			expect(reply.sms).toBeUndefined();
			expect(typeof reply.status_text).toBe('string');
			expect(await call('/sms/send', { to: A, msg: 'x', ...fields })).toBe(String(expected));
			expect(simulator.texts).toHaveLength(0);
		}
	});

	// "Должно быть не больше 2 месяцев с момента подачи запроса."
	it('takes two months by the calendar, to the last day of a month that is shorter', async () => {
		clock.now = Date.UTC(2026, 11, 31, 9);
		const last = Date.UTC(2027, 1, 28, 9) / 1000;
		expect((await send({ time: String(last) })).status_code).toBe(100);
		expect((await send({ time: String(last + 1) })).status_code).toBe(208);
		clock.now = Date.UTC(2026, 6, 1, 9);
		// 62 days.
		expect((await send({ time: String(Date.UTC(2026, 8, 1, 9) / 1000) })).status_code).toBe(100);
	});

	// 507: "идет из частной подсети (192.*, 10.*, итд). Вы можете добавить его (или подсеть) в исключения".
	it('takes a private address that is on the list of exceptions', async () => {
		await restart({ privateAddresses: ['10.0.0.1'] });
		expect((await send({ ip: '10.0.0.1' })).status_code).toBe(100);
		for (const ip of ['10.0.0.2', '172.16.0.1', '127.0.0.1', '::ffff:10.0.0.2', 'fd00::1']) {
			expect((await send({ ip })).status_code).toBe(507);
		}
		await restart();
	});

	it('lets in by login and password', async () => {
		const { login = '', password = '' } = simulator.credentials;
		expect(codes(await send({ api_id: 'none', login, password }))).toEqual([100]);
	});

	it('schedules', async () => {
		const at = START / 1000 + 3600;
		await send({ time: String(at) });
		await send({ time: String(START / 1000 - 5) });
		await send({ daytime: '1' });
		clock.now = Date.UTC(2026, 5, 25, 18);
		await send({ daytime: '1', ttl: '60' });
		clock.now = Date.UTC(2026, 5, 26, 1);
		await send({ daytime: '1' });
		expect(simulator.texts.map(({ scheduledFor }) => scheduledFor)).toEqual([
			'2026-06-25T10:00:00.000Z',
			null,
			null,
			'2026-06-26T07:00:00.000Z',
			'2026-06-26T07:00:00.000Z',
		]);
		expect(simulator.texts[3]?.options).toEqual({ daytime: '1', ttl: '60' });
	});

	it('counts transliterated texts by their Latin letters', async () => {
		const msg = 'я'.repeat(75);
		expect((await send({ msg })).sms?.[A]?.cost).toBe('7.00');
		expect((await send({ msg, translit: '1' })).sms?.[A]?.cost).toBe('3.50');
	});

	it('only imitates with test=1', async () => {
		const reply = await send({ test: '1' });
		expect(reply.sms?.[A]).toMatchObject({ status: 'OK', status_code: 100, sms_id: '202626-1000001' });
		expect([reply.balance, simulator.texts.length]).toEqual([4126.06, 0]);
		expect(codes(await send({ test: '1', to: '123' }))).toEqual([202]);
	});

	it('refuses what is not UTF-8', async () => {
		const bytes = [...encodeText('Привет', 'windows-1251')].map((byte) => `%${byte.toString(16)}`).join('');
		const reply = await fetch(`${simulator.baseUrl}/sms/send?api_id=${apiId()}&to=${A}&msg=${bytes}`);
		expect(await reply.text()).toBe('212');
	});

	it('knows approved senders only', async () => {
		expect(codes(await send({ from: 'AnyName' }))).toEqual([100]);
		expect(codes(await send({ from: 'TwelveLetter' }))).toEqual([204]);
		expect(codes(await send({ from: 'Имя' }))).toEqual([204]);
		await restart({ senders: ['Acme', 'Shop'] });
		expect(codes(await send({ from: 'Shop' }))).toEqual([100]);
		expect(codes(await send({ from: 'Other', test: '1' }))).toEqual([204]);
		await send();
		expect(simulator.texts.map(({ from }) => from)).toEqual(['Shop', 'Acme']);
		expect(await json('/my/senders')).toMatchObject({ senders: ['Acme', 'Shop'] });
		await restart();
	});

	it('refuses an account without a sender with 221, an id and all', async () => {
		await restart({ senders: [] });
		const reply = await send({ to: `${A},${B}`, test: '1' });
		expect(reply).toMatchObject({ status: 'OK', status_code: 100 });
		expect(codes(reply)).toEqual([221, 221]);
		expect(reply.sms?.[B]).toMatchObject({ status: 'ERROR', sms_id: '202626-1000002' });
		expect(await json('/my/senders')).toEqual({ status: 'OK', status_code: 100 });
		await restart();
	});

	it('refuses equal texts when the limit is on', async () => {
		await restart({ sameTextLimitPerMinute: 1 });
		expect(codes(await send())).toEqual([100]);
		expect(codes(await send())).toEqual([231]);
		expect(codes(await send({ msg: 'another' }))).toEqual([100]);
		expect(codes(await send({ to: B }))).toEqual([100]);
		clock.now += 60_000;
		expect(codes(await send())).toEqual([100]);
		await restart();
	});

	it('refuses more numbers a day than the account may have', async () => {
		await restart({ dailyLimit: 1 });
		expect(codes(await send({ to: `${A},${B}` }))).toEqual([100, 206]);
		expect(codes(await send())).toEqual([100]);
		expect(await json('/my/limit')).toMatchObject({ total_limit: '1', used_today: 1 });
		clock.now += 24 * 3_600_000;
		expect(codes(await send({ to: B }))).toEqual([100]);
		await restart();
	});

	it.each(['200', '210', '220', '302', '500', '506'])('refuses a request as ordered: %s', async (code) => {
		simulator.orders.requestCode = code;
		expect(await send()).toMatchObject({ status: 'ERROR', status_code: Number(code) });
		expect(await call('/sms/send', { to: A, msg: 'x' })).toBe(code);
		expect(await call('/my/balance')).toBe(code);
		expect(simulator.texts).toHaveLength(0);
	});

	it.each(['204', '209', '215', '220', '230', '500', '550', '999'])(
		'refuses a number as ordered: %s',
		async (code) => {
			simulator.orders.recipientCodes.set(A, code);
			const reply = await send({ to: `${A},${B}` });
			expect(codes(reply)).toEqual([Number(code), 100]);
			expect(reply.sms?.[A]?.sms_id).toBeUndefined();
			expect(simulator.texts.map(({ to }) => to)).toEqual([B]);
		},
	);
});

// https://sms.ru/api/send, "Значения кодов".
describe('codes of a delivery as the answer to a sending', () => {
	it.each(['104', '105', '106', '107', '108', '150'])('%s refuses the number', async (code) => {
		simulator.orders.recipientCodes.set(A, `=${code}`);
		const reply = await send({ to: `${A},${B}` });
		expect(codes(reply)).toEqual([Number(code), 100]);
		expect(reply.sms?.[A]).toMatchObject({
			status: 'ERROR',
			status_text: expect.stringMatching(/^Не может быть доставлено: /) as string,
		});
		expect(simulator.texts.map(({ to }) => to)).toEqual([B]);
		expect((await call('/sms/send', { to: A, msg: 'x' })).split('\n')[1]).toBe(code);
	});
});

describe('/sms/status', () => {
	it('follows a message to the phone', async () => {
		await send();
		const ask = async () => (await json('/sms/status', { sms_id: '202626-1000001' })).sms?.['202626-1000001'];
		expect(await ask()).toMatchObject({ status: 'OK', status_code: 100, cost: '3.50' });
		clock.now += 1000;
		expect(await ask()).toMatchObject({ status_code: 102, status_text: 'Сообщение отправлено (в пути)' });
		clock.now += 10_000;
		expect(await ask()).toMatchObject({ status_code: 103, status_text: 'Сообщение доставлено' });
		expect(await call('/sms/status', { sms_id: '202626-1000001' })).toBe('100\n103');
	});

	it('tells failures of delivery and unknown ids in their entries', async () => {
		simulator.orders.recipientCodes.set(A, '104');
		expect(codes(await send())).toEqual([100]);
		clock.now += 10_000;
		const reply = await json('/sms/status', { sms_id: '202626-1000001,000000-1' });
		expect(reply).toMatchObject({
			status: 'OK',
			sms: {
				'202626-1000001': { status: 'OK', status_code: 104 },
				'000000-1': { status: 'ERROR', status_code: -1, status_text: 'Сообщение не найдено' },
			},
		});
		expect(simulator.texts).toHaveLength(1);
	});
});

describe('/sms/cost', () => {
	it('prices texts and sends nothing', async () => {
		const reply = await json('/sms/cost', { to: `${A},123,${B}`, msg: 'я'.repeat(71) });
		expect(reply).toMatchObject({
			sms: {
				[A]: { status: 'OK', status_code: 100, cost: 7, sms: 2 },
				'123': { status: 'ERROR', status_code: 202 },
				[B]: { cost: 7, sms: 2 },
			},
			total_cost: 14,
			total_sms: 4,
		});
		expect(await call('/sms/cost', { to: A, text: 'Hi' })).toBe('100\n3.5\n1');
		expect(await json('/sms/cost', { to: A })).toMatchObject({ total_cost: 3.5 });
		expect([simulator.texts.length, simulator.balance]).toEqual([0, 4126.06]);
	});

	it('has no totals when every number failed', async () => {
		expect(Object.keys(await json('/sms/cost', { to: '123', msg: 'x' }))).toEqual([
			'status',
			'status_code',
			'sms',
		]);
	});
});

describe('the account', () => {
	it.each<[string, object, string]>([
		['/auth/check', {}, '100'],
		['/my/balance', { balance: 4126.06 }, '100\n4126.06'],
		['/my/limit', { total_limit: '10000', used_today: 0 }, '100\n10000\n0'],
		['/my/free', { total_free: 5, used_today: null }, '100\n5\n'],
		['/my/senders', { senders: ['MySender'] }, '100\nMySender'],
	])('%s', async (path, fields, plain) => {
		expect(await json(path)).toEqual({ status: 'OK', status_code: 100, ...fields });
		expect(await call(path)).toBe(plain);
		expect(await json(path, { api_id: 'wrong' })).toEqual({
			status: 'ERROR',
			status_code: 200,
			status_text: 'Неправильный api_id',
		});
	});

	it('has no other methods', async () => {
		expect(await call('/sms/other')).toBe('211');
		expect(
			await (await fetch(`${simulator.baseUrl}/sms/send?api_id=${apiId()}`, { method: 'PUT' })).text(),
		).toBe('211');
	});
});
