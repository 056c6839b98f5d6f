import {
	openAccount,
	withAccount,
	OTHER,
	PHONE,
	START,
	type Account,
	type Fields,
} from '../../../support/smscAccount';

/** SMSC's pages on the status of messages and on the balance, and recorded traffic. */

let account: Account;

withAccount((opened) => (account = opened));

const send = (fields: Fields = {}): Promise<string> =>
	account.call('/sys/send.php', { phones: PHONE, mes: 'Hello', ...fields });

describe('virtual sending', () => {
	it('costs nothing, reaches nobody, and ends with the error 200', async () => {
		const virtual = await openAccount({ virtualSending: true });
		expect(
			await virtual.json('/sys/send.php', { phones: PHONE, mes: 'Hello', cost: '3', op: '1' }),
		).toMatchObject({
			cnt: 1,
			cost: '0.00',
			balance: '1000.00',
			phones: [{ cost: null }],
		});
		virtual.now += 10_000;
		expect(await virtual.json('/sys/status.php', { id: '1234', phone: PHONE })).toMatchObject({
			status: 1,
			err: 200,
		});
		expect(virtual.simulator.texts).toHaveLength(0);
		await virtual.simulator.close();
	});
});

describe('status.php', () => {
	const ask = (fields: Fields): Promise<string> =>
		account.call('/sys/status.php', { id: '1234', phone: PHONE, ...fields });
	const askJson = async (fields: Fields = {}): Promise<unknown> =>
		JSON.parse(await ask({ fmt: '3', ...fields })) as unknown;

	it('follows a message: waiting, with the operator, delivered', async () => {
		await send();
		expect(await askJson()).toMatchObject({ status: -1 });
		account.now += 1000;
		expect(await askJson()).toMatchObject({ status: 0 });
		account.now += 10_000;
		expect(await askJson()).toEqual({
			status: 1,
			last_date: '12.10.2026 09:30:03',
			last_timestamp: START / 1000 + 3,
		});
		expect(await ask({ fmt: '1' })).toBe(`1,${START / 1000 + 3},0`);
		expect(await ask({ fmt: '0' })).toBe('Status = 1, check_time = 12.10.2026 09:30:03');
	});

	it('answers about several, or one and a comma, with an array', async () => {
		await send({ phones: `${PHONE},${OTHER}` });
		account.now += 10_000;
		expect(await askJson({ id: '1234,1234,138', phone: `${PHONE},${OTHER},${PHONE}` })).toEqual([
			expect.objectContaining({ status: 1, id: 1234, phone: PHONE }),
			expect.objectContaining({ status: 1, id: 1234, phone: OTHER }),
			{ status: -3, id: 138, phone: PHONE },
		]);
		expect(await askJson({ id: '1234,' })).toMatchObject([{ status: 1, id: 1234 }]);
		expect(await ask({ id: '1234,', fmt: '1' })).toBe(`1,${START / 1000 + 3},0,1234,${PHONE}`);
	});

	it('knows a message by its id and phone together', async () => {
		await send({ id: 'order-1' });
		expect(await askJson({ id: 'order-1' })).toMatchObject({ status: -1 });
		expect(await askJson({ id: 'order-1', phone: OTHER })).toMatchObject({ status: -3 });
	});

	it('tells refusals and failures with their error', async () => {
		account.simulator.orders.recipientCodes.set(PHONE, '25').set(OTHER, '20/6');
		await send({ phones: `${PHONE},${OTHER}` });
		expect(await askJson()).toMatchObject({ status: 25, err: 248 });
		expect(await askJson({ phone: OTHER })).toMatchObject({ status: -1 });
		account.now += 10_000;
		expect(await askJson({ phone: OTHER })).toMatchObject({ status: 20, err: 6 });
		expect(account.simulator.texts.map(({ to }) => to)).toEqual([OTHER]);
	});

	it('has details with all=1 and more with all=2', async () => {
		await send({ mes: 'Привет, мир' });
		account.now += 10_000;
		expect(await askJson({ all: '1' })).toMatchObject({
			send_timestamp: START / 1000,
			phone: PHONE,
			cost: '1.40',
			sender_id: 'SMSC.RU',
			status_name: 'Доставлено',
			message: 'Привет, мир',
			mccmnc: '25001',
			type: 0,
			sms_cnt: 1,
		});
		expect(await askJson({ all: '2' })).toMatchObject({ country: 'Россия' });
	});

	it('has the text last in the number format, where a comma does no harm', async () => {
		await send({ mes: 'Привет, мир' });
		account.now += 10_000;
		// The vendor's library takes eight fields (eleven with all=2), and all that is left for the text.
		const rest = (row: string, count: number): string => row.split(',').slice(count).join(',');
		const all1 = await ask({ all: '1', fmt: '1' });
		const all2 = await ask({ all: '2', fmt: '1' });
		expect([rest(all1, 8), rest(all2, 11)]).toEqual(['Привет, мир', 'Привет, мир']);
		expect(all2).toContain('Россия,МТС,Москва');
	});

	it('refuses more than five polls of a message a minute', async () => {
		await send();
		for (let index = 0; index < 5; index += 1) expect(await askJson()).toMatchObject({ status: -1 });
		expect(await askJson()).toMatchObject({ error_code: 9 });
		account.now += 60_000;
		expect(await askJson()).toMatchObject({ status: 1 });
	});

	it('deletes with del=1; error 5 when there is nothing to delete', async () => {
		await send();
		expect(await ask({ del: '1' })).toBe('OK');
		expect(await askJson()).toMatchObject({ status: -3 });
		expect(await ask({ del: '1', fmt: '1' })).toBe('0,-5');
	});

	it('refuses what is incomplete or not allowed', async () => {
		expect(await ask({ phone: '', fmt: '1' })).toBe('0,-1');
		expect(await ask({ id: '1,2', fmt: '1' })).toBe('0,-1');
		expect(await ask({ psw: 'x', fmt: '1' })).toBe('0,-2');
	});
});

describe('balance.php', () => {
	it.each<[string, Fields, string]>([
		['0', {}, '1000.00'],
		['1', {}, '1000.00'],
		['2', {}, '<result><balance>1000.00</balance></result>'],
		['3', {}, '{"balance":"1000.00"}'],
		['3', { cur: '1' }, '{"balance":"1000.00","currency":"RUR"}'],
		['3', { psw: 'x' }, '{"error":"authorise error","error_code":2}'],
	])('fmt %s %p: %s', async (fmt, fields, expected) => {
		expect(await account.call('/sys/balance.php', { fmt, ...fields })).toBe(expected);
	});

	it('allows ten requests a minute', async () => {
		for (let index = 0; index < 10; index += 1) await account.call('/sys/balance.php', {});
		expect(await account.call('/sys/balance.php', { fmt: '1' })).toBe('0,-9');
	});
});
