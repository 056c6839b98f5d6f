import * as fc from 'fast-check';

import { createAlphaSms } from '../../../simulators/alphaSms';
import type { SimulatedRequest, Simulator } from '../../../simulators/simulator';
import { emptyWorld } from '../../support/world';
import { simulateAt } from '../../support/simulated';

/** Expected replies are those of AlphaSMS' "Send SMS" page (HTTP), its other HTTP and JSON pages, and recorded traffic. */

type Fields = Record<string, string>;

// The page's own ask_date is two minutes and one second ahead.
const START = Date.UTC(2024, 7, 15, 13, 50);
const WRONG_SENDER =
	'errors:Sender phone should contains only english letters, digits, dot, underscore, dash';
const WRONG_RECIPIENT = 'errors:Please enter valid receiver phone number';
let simulator: Simulator;
const { clock, restart } = simulateAt(START, createAlphaSms, (started) => (simulator = started), {
	layout: 'oneLine',
});

const credential = (name: string): string => simulator.credentials[name] ?? '';
const known = (): Fields => ({ version: 'http', key: credential('apiKey') });
const page = (): Fields => ({
	...known(),
	command: 'send',
	from: 'test',
	to: '380501234567',
	message: 'text',
});

async function post(fields: Fields | string): Promise<string> {
	const reply = await fetch(`${simulator.baseUrl}/api/http.php`, {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
	});
	expect(reply.status).toBe(200);
	return await reply.text();
}
const send = (fields: Fields = {}): Promise<string> => post({ ...page(), ...fields });
const without = (name: string): Fields =>
	Object.fromEntries(Object.entries(page()).filter(([key]) => key !== name));
const command = (name: string, fields: Fields = {}): Promise<string> =>
	post({ ...known(), command: name, ...fields });

describe('send', () => {
	it('answers as the page shows, to its own GET', async () => {
		const query = `version=http&key=${credential('apiKey')}&command=send&from=test&to=380501234567&message=text`;
		const reply = await fetch(`${simulator.baseUrl}/api/http.php?${query}`);
		expect(reply.status).toBe(200);
		expect(reply.headers.get('content-type')).toBe('text/plain; charset=utf-8');
		expect(await reply.text()).toBe('id:84523377 sms_count:1');
		expect(simulator.texts).toEqual([
			{
				gateway: 'alphaSms',
				to: '380501234567',
				from: 'test',
				text: 'text',
				messageId: '84523377',
				parts: 1,
				scheduledFor: null,
				options: {},
				acceptedAt: new Date(START).toISOString(),
				request: 1,
			},
		]);
	});

	it('answers one pair per line, as recorded', async () => {
		await restart({ layout: 'lines' });
		expect(await send()).toBe('id:84523377\nsms_count:1');
		await restart({ layout: 'oneLine' });
	});

	it('takes turns when no layout is chosen', async () => {
		await restart();
		expect(await send()).toBe('id:84523377 sms_count:1');
		expect(await send()).toBe('id:84523378\nsms_count:1');
		expect(await send()).toBe('id:84523379 sms_count:1');
		await restart({ layout: 'oneLine' });
	});

	it('reads https as a version, too', async () => {
		expect(await send({ version: 'https' })).toBe('id:84523377 sms_count:1');
	});

	it.each([
		['x'.repeat(160), 1],
		['x'.repeat(161), 2],
		['я'.repeat(70), 1],
		['я'.repeat(71), 2],
	])('%.4s… is charged by its parts', async (message, parts) => {
		const before = simulator.balance;
		expect(await send({ message })).toBe(`id:84523377 sms_count:${parts}`);
		expect(before - simulator.balance).toBeCloseTo(1.2 * parts, 6);
		expect(simulator.texts[0]?.text).toBe(message);
	});

	it.each(['test', 'A', 'My-Sh_p1.ua', '12345678901', '380501234567'])(
		'takes from %p when it has up to 11 allowed characters or is a number',
		async (from) => {
			expect(await send({ from })).toBe('id:84523377 sms_count:1');
		},
	);

	it.each(['', 'twelve-chars', 'my shop', 'Тест', 'a/b', '+380501234567', 'a\n'])(
		'refuses from %p',
		async (from) => {
			expect(await send({ from })).toBe(WRONG_SENDER);
			expect(simulator.texts).toEqual([]);
		},
	);

	it.each([
		['380501234567', '380501234567'],
		['+380501234567', '380501234567'],
		['0501234567', '380501234567'],
		['80501234567', '380501234567'],
		['48501234567', '48501234567'],
	])('takes to %p for %s', async (to, stored) => {
		expect(await send({ to })).toBe('id:84523377 sms_count:1');
		expect(simulator.texts.map((text) => text.to)).toEqual([stored]);
	});

	it.each([
		'',
		'abc',
		'38050123456',
		'3805012345678',
		'501-234-567',
		'380501234567,380501234568',
		'380501234567 380501234568',
		' 380501234567',
		'1234567',
		'0044501234567890',
	])('refuses to %p', async (to) => {
		expect(await send({ to })).toBe(WRONG_RECIPIENT);
		expect(simulator.texts).toEqual([]);
	});

	it('refuses a + that was not escaped', async () => {
		const fields = new URLSearchParams(page()).toString();
		expect(await post(fields.replace('to=380', 'to=+380'))).toBe(WRONG_RECIPIENT);
	});

	it.each(['', ' \n'])('refuses message %p', async (message) => {
		expect(await send({ message })).toBe('errors:Please enter SMS text');
	});

	it('knows no parameter text', async () => {
		expect(await post({ ...without('message'), text: 'text' })).toBe('errors:Please enter SMS text');
	});

	it('refuses a message that is not UTF-8', async () => {
		const body = `${new URLSearchParams(without('message')).toString()}&message=%CF%F0%E8%E2%E5%F2`;
		expect(await post(body)).toBe('errors:Please enter SMS text');
	});

	it('names everything that is wrong, each as an error of its own', async () => {
		const fields = { from: '', to: '', message: '' };
		expect(await send(fields)).toBe(`${WRONG_SENDER} ${WRONG_RECIPIENT} errors:Please enter SMS text`);
		await restart({ layout: 'lines' });
		expect(await send(fields)).toBe(`${WRONG_SENDER}\n${WRONG_RECIPIENT}\nerrors:Please enter SMS text`);
		await restart({ layout: 'oneLine' });
	});

	it('takes a WAP-push link of up to 100 characters', async () => {
		const wap = `http://example.com/${'x'.repeat(81)}`;
		expect(wap).toHaveLength(100);
		expect(await send({ wap })).toBe('id:84523377 sms_count:1');
		expect(simulator.texts[0]?.options).toEqual({ wap });
		expect(await send({ wap: `${wap}x` })).toMatch(/^errors:/);
		expect(await send({ wap: 'example' })).toMatch(/^errors:/);
		expect(await send({ wap: 'ftp://example.com/' })).toMatch(/^errors:/);
	});

	it('takes flash as 1 or 0, for one part', async () => {
		expect(await send({ flash: '1' })).toBe('id:84523377 sms_count:1');
		expect(await send({ flash: '0' })).toBe('id:84523378 sms_count:1');
		expect(simulator.texts.map((text) => text.options['flash'])).toEqual(['1', '0']);
		expect(await send({ flash: 'true' })).toMatch(/^errors:/);
		expect(await send({ flash: '1', message: 'x'.repeat(161) })).toMatch(/^errors:/);
	});

	it.each([
		// The page's sample, other offsets, and a time that has passed.
		['2024-08-15T15:52:01+0200', '2024-08-15T13:52:01.000Z'],
		['2024-08-15T08:22:01-0530', '2024-08-15T13:52:01.000Z'],
		['2024-02-29T00:00:00+0000', null],
	])('schedules for ask_date %p', async (askDate, expected) => {
		expect(await send({ ask_date: askDate })).toBe('id:84523377 sms_count:1');
		expect(simulator.texts[0]?.scheduledFor).toBe(expected);
		expect(simulator.texts[0]?.options).toEqual({ ask_date: askDate });
	});

	it.each([
		'2024-08-15T15:52:01',
		'2024-08-15 15:52:01+0200',
		'2024-08-15T15:52:01 0200',
		'2024-08-15T15:52:01+02:00',
		'2024-02-30T15:52:01+0200',
		'2024-13-01T15:52:01+0200',
		'2024-08-15T24:00:00+0200',
		'2024-08-15T15:60:00+0200',
		'2024-08-15T15:52:01+1500',
		'ISO-8601:2013-01-01T00:00:00+0200',
		'tomorrow',
	])('refuses ask_date %p', async (askDate) => {
		expect(await send({ ask_date: askDate })).toMatch(/^errors:/);
		expect(simulator.texts).toEqual([]);
	});

	it('refuses an ask_date whose + became a blank', async () => {
		const fields = `${new URLSearchParams(page()).toString()}&ask_date=2024-08-15T15:52:01`;
		expect(await post(`${fields}+0200`)).toMatch(/^errors:/);
		expect(await post(`${fields}%2B0200`)).toMatch(/^id:/);
	});

	it('sends until the money is used up', async () => {
		simulator.balance = 2.4;
		expect(await send()).toMatch(/^id:/);
		expect(await send()).toMatch(/^id:/);
		expect(await send()).toBe('errors:Not enough money');
		expect(simulator.texts).toHaveLength(2);
	});

	it('takes the last of a parameter that is given twice', async () => {
		expect(await post(`${new URLSearchParams(page()).toString()}&message=last`)).toMatch(/^id:/);
		expect(simulator.texts[0]?.text).toBe('last');
	});

	it('refuses Viber, which is something else', async () => {
		expect(await send({ viber: '1' })).toMatch(/^errors:/);
		expect(await send({ viber: '0' })).toMatch(/^id:/);
	});
});

// https://github.com/OneNoxTi/sms-api, docs/api/http: send_sms.md, status.md.
describe('what the pages leave open', () => {
	it('a sentence of an error may have an id in it, which is no id of a text', async () => {
		simulator.orders.recipientCodes.set('380501234567', 'Message was not accepted, id: 17');
		expect(await send()).toBe('errors:Message was not accepted, id: 17');
		expect(simulator.texts).toHaveLength(0);
	});

	it('several errors may come in one answer', async () => {
		await restart({ layout: 'lines' });
		expect(await send({ from: '+380501234567', to: '1', message: '' })).toBe(
			[WRONG_SENDER, WRONG_RECIPIENT, 'errors:Please enter SMS text'].join('\n'),
		);
		await restart({ layout: 'oneLine' });
	});

	it('a status may come without its code: the table of the page has none', async () => {
		await restart({ layout: 'oneLine', statusHasCode: false });
		await send();
		clock.now = START + 60_000;
		expect(await command('receive', { id: '84523377' })).toBe('status:Delivered status_time:2024/08/15');
		await restart({ layout: 'oneLine' });
	});

	it('a site may have no JSON', async () => {
		await restart({ layout: 'oneLine', hasJson: false });
		const reply = await fetch(`${simulator.baseUrl}/api/json.php`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ auth: credential('apiKey'), data: [{ type: 'balance' }] }),
		});
		expect([reply.status, reply.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
		expect(await reply.text()).toContain('404 Not Found');
		expect(await send()).toBe('id:84523377 sms_count:1');
		await restart({ layout: 'oneLine' });
	});
});

describe('authentication', () => {
	const WRONG = 'errors:Wrong login/password';
	const keyless = { version: 'http', command: 'balance' };

	it.each(['pass', 'password'])('takes login with %s', async (name) => {
		const login = credential('login');
		expect(await post({ ...keyless, login, [name]: credential('password') })).toBe('balance:12031.1683');
		expect(await post({ ...keyless, login, [name]: 'wrong' })).toBe(WRONG);
		expect(await post({ ...keyless, login: 'wrong', [name]: credential('password') })).toBe(WRONG);
		expect(await post({ ...keyless, login })).toBe(WRONG);
	});

	it('lets the key win over login and password', async () => {
		const pair = { login: credential('login'), password: credential('password') };
		expect(await post({ ...keyless, ...pair, key: 'wrong' })).toBe(WRONG);
		const key = credential('apiKey');
		expect(await post({ ...keyless, key, login: 'wrong', password: 'wrong' })).toBe('balance:12031.1683');
	});

	it('refuses a request without any, and makes credentials of its own for every simulation', async () => {
		expect(await post(keyless)).toBe(WRONG);
		const other = createAlphaSms();
		expect(other.credentials['apiKey']).not.toBe(credential('apiKey'));
		expect(other.secrets).toEqual([other.credentials['apiKey'], other.credentials['password']]);
	});

	it('comes before the command', async () => {
		expect(await post({ version: 'http', key: 'wrong', command: 'nothing' })).toBe(WRONG);
	});
});

describe('other commands', () => {
	it.each(['', 'SEND', 'status'])('does not know %p', async (name) => {
		expect(await command(name)).toBe('errors:Unknown command');
	});

	it('tells the balance as it is', async () => {
		simulator.balance = 31.168300000000002;
		expect(await command('balance')).toBe('balance:31.168300000000002');
		// PHP echoes what is left of a spent balance in exponent form.
		simulator.balance = 2.8421709430404e-14;
		expect(await command('balance')).toBe('balance:2.8421709430404E-14');
		simulator.balance = 2 ** -20;
		expect(await command('balance')).toBe('balance:9.5367431640625E-7');
		simulator.balance = 0.0001;
		expect(await command('balance')).toBe('balance:0.0001');
		simulator.balance = 0;
		expect(await command('balance')).toBe('balance:0');
		simulator.balance = -1.5;
		expect(await command('balance')).toBe('balance:-1.5');
	});

	it('tells the price of a number', async () => {
		expect(await command('price', { to: '380501234567' })).toBe('price:1.2 currency:UAH');
		expect(await command('price', { to: '1' })).toBe(WRONG_RECIPIENT);
	});

	it('follows a text to its delivery', async () => {
		await send();
		const labels: string[] = [];
		for (const at of [0, 1000, 2000, 3000, 60_000]) {
			clock.now = START + at;
			labels.push(await command('receive', { id: '84523377' }));
		}
		expect(labels).toEqual([
			'status:Pending code:0 status_time:2024/08/15',
			'status:Sending code:1 status_time:2024/08/15',
			'status:Sent code:2 status_time:2024/08/15',
			'status:Delivered code:3 status_time:2024/08/15',
			'status:Delivered code:3 status_time:2024/08/15',
		]);
	});

	it('has a time with colons in lines, as recorded', async () => {
		await restart({ layout: 'lines' });
		await send();
		clock.now = START + 60_000;
		expect(await command('receive', { id: '84523377' })).toBe(
			'status:Delivered\ncode:3\nstatus_time:2024-08-15T15:50:03+0200',
		);
		await restart({ layout: 'oneLine' });
	});

	it.each([
		['5', 'Out of touch'],
		['50', 'Partially delivered'],
		['95', 'Оператор не поддерживается'],
		['96', 'Network failure during SMS delivery'],
		['99', 'Error in the number'],
	])('accepts what comes to code %s later', async (code, label) => {
		simulator.orders.recipientCodes.set('380501234567', code);
		expect(await send()).toBe('id:84523377 sms_count:1');
		clock.now = START + 3000;
		expect(await command('receive', { id: '84523377' })).toContain(`status:${label} code:${code} `);
	});

	it.each(['receive', 'delete'])('%s does not know every id', async (name) => {
		expect(await command(name, { id: '1' })).toBe('errors:SMS not found');
		expect(await command(name)).toBe('errors:SMS not found');
	});

	it('deletes what is scheduled, and nothing else', async () => {
		await send({ ask_date: '2024-08-15T16:50:00+0200' });
		await send();
		clock.now = START + 5000;
		expect(await command('receive', { id: '84523377' })).toContain('status:Pending code:0');
		expect(await command('delete', { id: '84523377' })).toBe('status:Deleted code:10');
		expect(await command('receive', { id: '84523377' })).toContain('status:Deleted code:10');
		expect(await command('delete', { id: '84523378' })).toBe('status:Delivered code:3');
		expect(simulator.balance).toBeCloseTo(12_031.1683 - 1.2, 6);
	});
});

describe('without version', () => {
	const encode = (text: string): string =>
		Buffer.from(text)
			.toString('base64')
			.replace(/[+/=]/g, (character) => ({ '+': '-', '/': '_', '=': ',' })[character] ?? character);
	const decode = (text: string): string =>
		Buffer.from(text.replace(/-/g, '+').replace(/_/g, '/').replace(/,/g, '='), 'base64').toString('utf8');

	it('answers in the dialect of the oldest clients, which plain ones cannot read', async () => {
		const reply = await post(without('version'));
		expect(reply).not.toContain(':');
		expect(decode(reply)).toBe('a:1:{s:6:"errors";a:1:{i:0;s:20:"Wrong login/password";}}');
		expect(await send({ version: '1.9' })).not.toContain(':');
		expect(simulator.texts).toEqual([]);
	});

	it('speaks that dialect', async () => {
		const plain = { ...without('version'), message: 'Привет?>~' };
		const encoded = Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, encode(value)]));
		const reply = await post(encoded);
		expect(decode(reply)).toBe('a:2:{s:2:"id";s:8:"84523377";s:9:"sms_count";s:1:"1";}');
		expect(simulator.texts[0]?.text).toBe('Привет?>~');
	});
});

describe('/api/json.php', () => {
	const SMS = {
		type: 'sms',
		id: 100500,
		phone: 380501234567,
		sms_signature: 'test',
		sms_message: 'text',
	};

	async function call(body: unknown, type = 'application/json'): Promise<unknown> {
		const reply = await fetch(`${simulator.baseUrl}/api/json.php`, {
			method: 'POST',
			headers: { 'content-type': type },
			body: typeof body === 'string' ? body : JSON.stringify(body),
		});
		expect(reply.status).toBe(200);
		return await reply.json();
	}
	const items = (...data: unknown[]): Promise<unknown> => call({ auth: credential('apiKey'), data });
	const one = (outcome: unknown): Record<string, unknown> => ({ success: true, data: [outcome] });

	it('answers as the page shows, with two levels of success', async () => {
		expect(await items(SMS, { ...SMS, id: 100501, sms_signature: 'wrong name' })).toEqual({
			success: true,
			data: [
				{ success: true, data: { id: 100500, msg_id: 84523377, data: 1, parts: 1 } },
				{ success: false, error: 'Error in Alpha-name', data: { id: 100501 } },
			],
		});
		expect(simulator.texts).toMatchObject([{ to: '380501234567', from: 'test', messageId: '84523377' }]);
	});

	it('echoes an id that is a string', async () => {
		expect(await items({ ...SMS, id: 'i_1' })).toMatchObject(one({ data: { id: 'i_1' } }));
	});

	it('denies access to any other key, and to login and password', async () => {
		const denied = { success: false, error: 'Access denied' };
		expect(await call({ auth: 'wrong', data: [SMS] })).toEqual(denied);
		expect(await call({ login: credential('login'), password: credential('password'), data: [SMS] })).toEqual(
			denied,
		);
	});

	it('needs the content type, even if the body is valid', async () => {
		const body = { auth: credential('apiKey'), data: [SMS] };
		expect(await call(body, 'text/plain')).toMatchObject({ success: false });
		expect(await call(body, 'application/vnd.api+json')).toMatchObject({ success: false });
		expect(await call(body, 'application/x-www-form-urlencoded')).toMatchObject({ success: false });
		expect(await call(body, 'application/json; charset=utf-8')).toMatchObject({ success: true });
		expect(simulator.texts).toHaveLength(1);
	});

	it.each(['', '{', '[]', 'null', '"x"'])('refuses the body %p', async (body) => {
		expect(await call(body)).toMatchObject({ success: false });
	});

	it.each([[undefined], [[]], [{}], ['sms']])('refuses data %p', async (data) => {
		expect(await call({ auth: credential('apiKey'), data })).toMatchObject({ success: false });
	});

	it.each([
		[{ id: undefined }],
		[{ id: 1.5 }],
		[{ id: '' }],
		[{ phone: undefined }],
		[{ phone: 123 }],
		[{ phone: '380501234567,380501234568' }],
		[{ sms_signature: undefined }],
		[{ sms_message: '' }],
		[{ sms_message: 5 }],
		[{ sms_lifetime: 3599 }],
		[{ sms_lifetime: 259_201 }],
		[{ sms_lifetime: '3600' }],
		[{ short_link: 'yes' }],
		[{ hook: 'nowhere' }],
		[{ type: 'viber' }],
		[{ type: undefined }],
	])('refuses an item with %p', async (fields) => {
		expect(await items({ ...SMS, ...fields })).toMatchObject(one({ success: false }));
		expect(simulator.texts).toEqual([]);
	});

	it.each([null, 5, 'sms', []])('refuses the item %p', async (item) => {
		expect(await items(item)).toMatchObject(one({ success: false }));
	});

	it('takes the optional fields', async () => {
		const fields = { sms_lifetime: 3600, short_link: true, hook: 'https://example.com/hook' };
		expect(await items({ ...SMS, ...fields })).toMatchObject(one({ success: true }));
		expect(simulator.texts[0]?.options).toEqual({
			id: '100500',
			sms_lifetime: '3600',
			short_link: 'true',
			hook: 'https://example.com/hook',
		});
	});

	it('takes each id once', async () => {
		await items(SMS);
		expect(await items(SMS)).toEqual(one({ success: false, error: 'ERR_DUPLICATE', data: { id: 100500 } }));
		expect(simulator.texts).toHaveLength(1);
	});

	it('tells the balance with its currency', async () => {
		simulator.balance = 31.168300000000002;
		expect(await items({ type: 'balance' })).toEqual(
			one({ success: true, data: { amount: 31.1683, currency: 'UAH' } }),
		);
	});

	it('tells the status by the id that the client chose', async () => {
		await items(SMS);
		const words: unknown[] = [];
		for (const at of [0, 1000, 2000, 3000]) {
			clock.now = START + at;
			words.push(await items({ type: 'status', id: 100500 }));
		}
		expect(words).toEqual(
			['QUEUED', 'ROUTING', 'ACCEPTED', 'DELIVERED'].map((status) =>
				one({ success: true, data: { id: 100500, type: 'sms', status } }),
			),
		);
		expect(await items({ type: 'status', id: 1 })).toMatchObject(one({ success: false }));
	});

	it('obeys orders', async () => {
		simulator.orders.recipientCodes.set('380501234567', 'Error in Alpha-name');
		expect(await items(SMS)).toEqual(
			one({ success: false, error: 'Error in Alpha-name', data: { id: 100500 } }),
		);
		simulator.orders.requestCode = 'Access denied';
		expect(await items(SMS)).toEqual({ success: false, error: 'Access denied' });
	});

	it('refuses what cannot be paid', async () => {
		simulator.balance = 1.3;
		expect(await items(SMS, { ...SMS, id: 2 })).toMatchObject({
			success: true,
			data: [{ success: true }, { success: false, error: 'Not enough money' }],
		});
	});
});

describe('the simulation', () => {
	it('obeys orders', async () => {
		simulator.orders.recipientCodes.set('380501234567', 'Not enough money');
		expect(await send()).toBe('errors:Not enough money');
		expect(await send({ to: '380501234568' })).toMatch(/^id:/);
		simulator.orders.requestCode = 'Unknown command';
		expect(await send({ to: '380501234568' })).toBe('errors:Unknown command');
		expect(simulator.texts).toHaveLength(1);
	});

	it('has nothing elsewhere', async () => {
		expect((await fetch(`${simulator.baseUrl}/http.php`)).status).toBe(404);
		expect((await fetch(`${simulator.baseUrl}/api/http.php`, { method: 'PUT' })).status).toBe(405);
	});

	it('knows which requests send', async () => {
		const fault = { at: 'before', how: 'reply', reply: { status: 503, headers: {}, body: '' } } as const;
		simulator.fault(fault);
		expect(await command('balance')).toMatch(/^balance:/);
		await expect(send()).rejects.toThrow();
		expect(await send()).toMatch(/^id:/);
	});

	it('never throws, whatever comes', () => {
		const simulation = createAlphaSms();
		const world = emptyWorld(START);
		const names = ['version', 'key', 'command', 'from', 'to', 'message', 'ask_date', 'wap', 'flash', 'id'];
		const values = fc.oneof(
			fc.string(),
			fc.constantFrom('http', 'send', simulation.credentials['apiKey'] ?? ''),
		);
		fc.assert(
			fc.property(
				fc.constantFrom('GET', 'POST', 'PUT'),
				fc.constantFrom('/api/http.php', '/api/json.php', '/'),
				fc.dictionary(fc.constantFrom(...names), values),
				fc.string(),
				fc.jsonValue(),
				(method, path, fields, rawQuery, data) => {
					const form = new URLSearchParams(fields);
					const request: SimulatedRequest = {
						method,
						path,
						query: new URLSearchParams(rawQuery),
						rawQuery,
						headers: { 'content-type': 'application/json' },
						body: Buffer.from(form.toString()),
						form,
						multipart: null,
						json: { auth: simulation.credentials['apiKey'], data },
					};
					simulation.sends(request);
					expect(simulation.handle(request, world).status).toBeGreaterThanOrEqual(200);
				},
			),
			{ numRuns: 300 },
		);
	});
});
