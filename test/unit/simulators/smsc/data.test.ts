import { createHash } from 'node:crypto';

import { withAccount, OTHER, PHONE, START, type Account, type Fields } from '../../../support/smscAccount';

/** SMSC's pages on contacts, received and sent messages, operators, senders, and calls to confirm a number. */

let account: Account;

withAccount((opened) => (account = opened), {
	senders: ['Acme', 'Shop', 'a@example.com'],
});

const send = (fields: Fields = {}): Promise<unknown> =>
	account.json('/sys/send.php', { phones: PHONE, mes: 'Hello', ...fields });
const OK = { result: 'OK' };

describe('every endpoint', () => {
	it.each<[string, Fields]>([
		['/sys/get.php', { get_answers: '1' }],
		['/sys/get.php', { get_messages: '1' }],
		['/sys/info.php', { get_operator: '1', phone: PHONE }],
		['/sys/senders.php', { get: '1' }],
		['/sys/phones.php', { add_black: '1', phone: PHONE }],
		['/sys/wait_call.php', { phone: PHONE }],
	])(
		'%s %p refuses wrong credentials, other formats and charsets, and what is ordered',
		async (path, fields) => {
			expect(await account.json(path, { ...fields, psw: 'wrong' })).toMatchObject({ error_code: 2 });
			expect(await account.json(path, { ...fields, apikey: 'wrong' })).toMatchObject({ error_code: 2 });
			expect(await account.json(path, { ...fields, charset: 'latin1' })).toMatchObject({ error_code: 1 });
			expect(await account.call(path, { ...fields, fmt: '7' })).toContain('ERROR = 1 ');
			expect(await account.json(path, {})).toMatchObject({ error_code: 1 });
			account.simulator.orders.requestCode = '4';
			expect(await account.json(path, fields)).toMatchObject({ error_code: 4 });
		},
	);
});

describe('texts that came in', () => {
	const answers = (fields: Fields = {}): Promise<unknown> =>
		account.json('/sys/get.php', { get_answers: '1', ...fields });

	it('are listed as the page shows', async () => {
		expect(await answers()).toEqual([]);
		await account.simulator.receive({ from: '79261112233', to: '79037672215', text: 'Да, 1' });
		expect(await answers()).toEqual([
			{
				id: 47436134,
				received: '12.10.2026 09:30:00',
				phone: '79261112233',
				message: 'Да, 1',
				to_phone: '79037672215',
				sent: '12.10.2026 09:30:00',
			},
		]);
		expect(await account.call('/sys/get.php', { get_answers: '1' })).toBe(
			'id = 47436134, received = 12.10.2026 09:30:00, phone = 79261112233, message = Да, 1, ' +
				'to_phone = 79037672215, sent = 12.10.2026 09:30:00',
		);
	});

	it('can be chosen by number, id, age and count', async () => {
		for (const [index, to] of ['111', '222', '111'].entries()) {
			await account.simulator.receive({ from: '79261112233', to, text: String(index) });
			account.now += 3_600_000;
		}
		const texts = async (fields: Fields) =>
			((await answers(fields)) as Fields[]).map(({ message }) => message);
		expect(await texts({})).toEqual(['0', '1', '2']);
		expect(await texts({ to_phone: '111' })).toEqual(['0', '2']);
		expect(await texts({ after_id: '47436134' })).toEqual(['1', '2']);
		expect(await texts({ hour: '2' })).toEqual(['1', '2']);
		expect(await texts({ cnt: '1' })).toEqual(['0']);
		for (const bad of [{ hour: '169' }, { hour: '0' }, { cnt: '10001' }, { after_id: 'x' }] as Fields[]) {
			expect(await answers(bad)).toMatchObject({ error_code: 1 });
		}
	});

	it('may be asked for three times a minute in the same way', async () => {
		for (let index = 0; index < 3; index += 1) expect(await answers()).toEqual([]);
		expect(await answers()).toMatchObject({ error_code: 9 });
		expect(await answers({ cnt: '5' })).toEqual([]);
		account.now += 60_000;
		expect(await answers()).toEqual([]);
	});
});

describe('texts that were sent', () => {
	const messages = (fields: Fields = {}): Promise<unknown> =>
		account.json('/sys/get.php', { get_messages: '1', ...fields });

	it('are error 3 when there are none', async () => {
		expect(await messages()).toEqual({ error: 'no records', error_code: 3 });
	});

	it('have all fields of the page', async () => {
		await send({ sender: 'Acme' });
		account.now += 10_000;
		expect(await messages()).toEqual([
			{
				status: 1,
				last_date: '12.10.2026 09:30:03',
				last_timestamp: START / 1000 + 3,
				flag: 0,
				send_date: '12.10.2026 09:30:00',
				send_timestamp: START / 1000,
				phone: PHONE,
				cost: '1.40',
				sender_id: 'Acme',
				status_name: 'Доставлено',
				message: 'Hello',
				mccmnc: '25001',
				country: 'Россия',
				operator: 'МТС',
				region: 'Москва',
				type: 0,
				id: 1234,
				int_id: 1,
				sms_cnt: 1,
				format: 0,
				// Of "Hello", by another program.
				crc: 0xf7d18982,
			},
		]);
	});

	it('can be chosen by day, number, kind and count, and read page by page', async () => {
		for (const mes of ['one', 'two', 'three']) {
			await send({ mes, phones: `${PHONE},${OTHER}` });
			account.now += 24 * 3_600_000;
		}
		const mail = { mail: '1', phones: 'a@example.com', mes: 'four', subj: 's' };
		expect(await messages({ format: '8' })).toMatchObject({ error_code: 3 });
		await send({ ...mail, sender: 'a@example.com' });
		const texts = async (fields: Fields) =>
			((await messages(fields)) as Fields[]).map(({ message }) => message);
		expect(await texts({ phone: PHONE })).toEqual(['three', 'two', 'one']);
		expect(await texts({ start: '13.10.2026', end: '13.10.2026' })).toEqual(['two', 'two']);
		expect(await texts({ start: '14.10.2026', format: '0' })).toEqual(['three', 'three']);
		const first = (await messages({ cnt: '4', format: '0' })) as Array<Record<string, unknown>>;
		expect(first.map(({ int_id: id }) => id)).toEqual([6, 5, 4, 3]);
		expect(await texts({ cnt: '4', prev_id: '3' })).toEqual(['one', 'one']);
		expect(await texts({ format: '8' })).toEqual(['four']);
		expect(await texts({ email: 'a@example.com' })).toEqual(['four']);
		expect(await texts({ format: '0' })).toHaveLength(6);
		for (const bad of [
			{ start: '2026-10-13' },
			{ start: '31.02.2026' },
			{ start: '01.01.2026' },
			{ start: '14.10.2026', end: '12.10.2026' },
			{ cnt: '1001' },
			{ prev_id: 'x' },
			{ format: '1' },
			{ get_answers: '1' },
		] as Fields[]) {
			expect(await messages(bad)).toMatchObject({ error_code: 1 });
		}
	});
});

describe('the operator of a number', () => {
	const ask = (phone: string): Promise<unknown> =>
		account.json('/sys/info.php', { get_operator: '1', phone });

	it('is told with country, region and zone', async () => {
		expect(await ask(PHONE)).toEqual({
			country: 'Россия',
			operator: 'МТС',
			region: 'Москва',
			mcc: '250',
			mnc: '01',
			tz: 0,
		});
		expect(await ask('12025550123')).toMatchObject({ error_code: 3 });
		expect(await ask('123')).toMatchObject({ error_code: 1 });
		account.simulator.orders.recipientCodes.set(OTHER, '5');
		expect(await ask(OTHER)).toMatchObject({ error_code: 5 });
	});

	it('may be asked for three times a minute, and a hundred times in all', async () => {
		for (let index = 0; index < 3; index += 1) expect(await ask(PHONE)).toMatchObject({ mcc: '250' });
		expect(await ask(PHONE)).toMatchObject({ error_code: 9 });
		for (let index = 0; index < 97; index += 1) await ask(String(79_990_000_000 + index));
		expect(await ask(OTHER)).toMatchObject({ error_code: 9 });
	});
});

describe('the statistics', () => {
	const stat = (fields: Fields = {}): Promise<unknown> =>
		account.json('/sys/get.php', { get_stat: '1', mycur: '1', ...fields });

	it('count and add up the messages of a period', async () => {
		await send();
		await send({ phones: OTHER });
		const day = { start: '12.10.2026' };
		const row = { cnt: 2, credit: '2.80', debit: '0.00', currency: 'RUR' };
		expect(await stat(day)).toMatchObject([row]);
		expect(await stat({ ...day, end: '13.10.2026' })).toMatchObject([row]);
		expect(await stat({ start: '11.10.2026' })).toMatchObject([{ cnt: 0, credit: '0.00' }]);
		expect(await stat()).toMatchObject({ error_code: 1 });
		expect(await stat({ start: '2026-10-12' })).toMatchObject({ error_code: 1 });
	});

	it('and the prices may be asked for three times a minute', async () => {
		const ask = (): Promise<unknown> => account.json('/sys/get.php', { get_price: '1' });
		for (let times = 0; times < 3; times++)
			expect(await ask()).toEqual(expect.arrayContaining([expect.objectContaining({ api: '1.40' })]));
		expect(await ask()).toMatchObject({ error_code: 9 });
		expect(await account.json('/sys/get.php', { get_price: '1', get_stat: '1' })).toMatchObject({
			error_code: 1,
		});
	});
});

it('the senders of the account', async () => {
	expect(await account.json('/sys/senders.php', { get: '1' })).toEqual([
		{ id: 1, sender: 'Acme' },
		{ id: 2, sender: 'Shop' },
		{ id: 3, sender: 'a@example.com' },
	]);
});

describe('contacts', () => {
	const phones = (fields: Fields): Promise<unknown> => account.json('/sys/phones.php', fields);

	it('are in groups, which a sending opens', async () => {
		expect(await phones({ get_group: '1' })).toMatchObject({ error_code: 3 });
		expect(await phones({ add_group: '1', name: 'Friends' })).toEqual({ id: 1 });
		expect(await phones({ add: '1', grp: '1', phone: PHONE, name: 'Ann' })).toEqual({ id: 2 });
		expect(await phones({ add: '1', grp: '1', phone: OTHER })).toEqual({ id: 3 });
		expect(await phones({ add: '1', grp: '9', phone: OTHER })).toMatchObject({ error_code: 5 });
		expect(await phones({ get_group: '1' })).toEqual([{ id: 1, name: 'Friends' }]);
		expect(await phones({ get: '1', grp: '1' })).toMatchObject([{ phone: PHONE, name: 'Ann' }, { id: 3 }]);

		expect(await send({ phones: 'G1,79990000001' })).toEqual({ id: 1234, cnt: 3 });
		expect(account.simulator.texts.map(({ to }) => to)).toEqual([PHONE, OTHER, '79990000001']);
		expect(await phones({ del: '1', phone: PHONE })).toEqual(OK);
		expect(await phones({ del: '1', phone: PHONE })).toMatchObject({ error_code: 3 });
		expect(await send({ phones: 'G1', mes: 'Again' })).toMatchObject({ cnt: 1 });
		expect(await phones({ del_group: '1', id: '1' })).toEqual(OK);
		expect(await send({ phones: 'G1', mes: 'Nobody' })).toMatchObject({ error_code: 7 });
		expect(await phones({ get: '1' })).toMatchObject({ error_code: 3 });
	});

	it('on the stop list get nothing until they are taken off it', async () => {
		expect(await phones({ add_black: '1', phone: PHONE })).toEqual(OK);
		expect(await send({ phones: `${PHONE},${OTHER}`, op: '1' })).toMatchObject({
			cnt: 1,
			phones: [{ phone: PHONE, status: '23', error: '250' }, { phone: OTHER }],
		});
		expect(account.simulator.texts.map(({ to }) => to)).toEqual([OTHER]);
		expect(await send()).toMatchObject({ error_code: 8, id: 1235 });
		expect(await phones({ del_black: '1', phone: `+${PHONE}` })).toEqual(OK);
		expect(await phones({ del_black: '1', phone: PHONE })).toMatchObject({ error_code: 3 });
		expect(await send({ mes: 'Welcome back' })).toMatchObject({ cnt: 1 });
		expect(await phones({ add_black: '1' })).toMatchObject({ error_code: 1 });
		expect(await phones({ add_black: '1', phone: `${PHONE},123` })).toMatchObject({ error_code: 1 });
		expect(await phones({ add_black: '1', del_black: '1', phone: PHONE })).toMatchObject({ error_code: 1 });
		expect(await account.call('/sys/phones.php', { add_black: '1', phone: PHONE })).toBe('OK');
	});
});

describe('a call that confirms a number', () => {
	it('is told by a call back only, and only when it was waited for', async () => {
		await expect(account.simulator.phoneCall({ from: PHONE })).rejects.toThrow('Nobody is waiting');
		expect(await account.json('/sys/wait_call.php', { phone: PHONE })).toEqual({
			phone: expect.stringMatching(/^7\d{10}$/) as string,
		});
		account.simulator.callTo('http://127.0.0.1:9/closed?md5=1', { secret: 's' });
		const [call] = await account.simulator.phoneCall({ from: PHONE }, { attempts: 1 });
		const ts = String(START / 1000);
		expect(Object.fromEntries(new URLSearchParams(call?.body.toString()))).toMatchObject({
			phone: PHONE,
			ts,
			waitcall: '1',
			md5: createHash('md5').update(`${PHONE}:${ts}:s`).digest('hex'),
		});
		expect(await account.json('/sys/wait_call.php', { phone: '12' })).toMatchObject({ error_code: 1 });
	});
});
