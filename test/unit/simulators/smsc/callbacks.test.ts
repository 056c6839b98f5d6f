import { createHash } from 'node:crypto';

import { formFields, startReceiver, type Receiver } from '../../../../simulators/receiver';
import { withAccount, OTHER, PHONE, START, type Account } from '../../../support/smscAccount';

/** What SMSC's page on the client's handler and public handlers say of its calls back. */

const TS = START / 1000;
let account: Account;
let receiver: Receiver;

withAccount((opened) => (account = opened));
beforeAll(async () => {
	receiver = await startReceiver();
});
beforeEach(() => receiver.forget());
afterAll(() => receiver.close());

const last = () => {
	const call = receiver.received.at(-1);
	if (call === undefined) throw new Error('nothing was received');
	return call;
};
const hex = (algorithm: string, text: string): string =>
	createHash(algorithm).update(text, 'utf8').digest('hex');
const send = (fields: Record<string, string> = {}): Promise<string> =>
	account.call('/sys/send.php', { phones: PHONE, mes: 'Hello', ...fields });
const status = (id: string, phone: string): Promise<unknown> =>
	account.json('/sys/status.php', { id, phone });

it('tells of a delivery, unsigned without a secret', async () => {
	account.simulator.callTo(receiver.url);
	await send();
	const calls = await account.simulator.report('1234', 'delivered');
	expect(calls).toMatchObject([{ status: 200, confirmed: true }]);
	expect(last().method).toBe('POST');
	expect(formFields(last().body)).toEqual({
		id: '1234',
		phone: PHONE,
		status: '1',
		time: '12.10.2026 09:30:00',
		ts: String(TS),
		err: '0',
		cnt: '1',
		cost: '1.40',
		type: '0',
		flag: '0',
		sender: 'SMSC.RU',
	});
	expect(await status('1234', PHONE)).toMatchObject({ status: 1, last_timestamp: TS });
});

it('signs id, number and status with the secret, in the algorithms the address asks for', async () => {
	account.simulator.callTo(receiver.url, { secret: 'шшш' });
	await send();
	await account.simulator.report('1234', 'undelivered');
	const utf8 = `${receiver.url}?charset=utf-8`;
	const fields = formFields(last().body);
	// windows-1251 is the default: three times 0xF8.
	const bytes = Buffer.concat([Buffer.from(`1234:${PHONE}:20:`), Buffer.from([0xf8, 0xf8, 0xf8])]);
	expect(fields).toMatchObject({ status: '20', err: '1' });
	expect(fields.md5).toBe(createHash('md5').update(bytes).digest('hex'));
	expect(fields.sha1).toBe(createHash('sha1').update(bytes).digest('hex'));
	expect(fields.crc32).toMatch(/^[0-9a-f]{8}$/);

	await account.simulator.report('1234', { code: '20', error: '13' }, { urls: [`${utf8}&sha1=1`] });
	expect(Object.keys(formFields(last().body)).slice(-2)).toEqual(['sender', 'sha1']);
	expect(formFields(last().body)).toMatchObject({
		err: '13',
		sha1: hex('sha1', `1234:${PHONE}:20:шшш`),
	});
	await account.simulator.report('1234', 'delivered', { urls: [utf8], forge: true });
	expect(formFields(last().body).md5).not.toBe(hex('md5', `1234:${PHONE}:1:шшш`));
});

it('calls by GET when that is set, and keeps what the address had', async () => {
	account.simulator.callTo(`${receiver.url}?token=abc&md5=1&charset=utf-8`, { method: 'GET', secret: 's' });
	await send();
	await account.simulator.report('1234', 'sent');
	expect([last().method, last().body.length]).toEqual(['GET', 0]);
	const url = new URL(last().url, receiver.url);
	expect(url.searchParams.getAll('md5')).toEqual([hex('md5', `1234:${PHONE}:0:s`)]);
	expect(Object.fromEntries(url.searchParams)).toMatchObject({
		token: 'abc',
		charset: 'utf-8',
		id: '1234',
		status: '0',
	});
});

it('brings incoming texts, in windows-1251 unless the address says otherwise', async () => {
	account.simulator.callTo(receiver.url, { secret: 's' });
	const text = { from: PHONE, to: '79037672215', text: 'Да & нет' };
	await account.simulator.receive(text);
	expect(last().body.toString()).toContain('mes=%C4%E0+%26+%ED%E5%F2&');
	await account.simulator.receive(text, { urls: [`${receiver.url}?charset=utf-8`] });
	const fields = Object.fromEntries(new URLSearchParams(last().body.toString()));
	expect(fields).toMatchObject({
		phone: PHONE,
		mes: 'Да & нет',
		to: '79037672215',
		ts: String(TS),
		md5: hex('md5', `${PHONE}:Да & нет:79037672215:s`),
	});
	expect(fields).not.toHaveProperty('status');
	expect(account.simulator.incoming).toEqual([text, text]);
});

it('tells of each number that shares an id, or of one of them', async () => {
	account.simulator.callTo(receiver.url);
	await send({ phones: `${PHONE},${OTHER}` });
	await account.simulator.report('1234', 'delivered');
	expect(receiver.received.map(({ body }) => formFields(body).phone)).toEqual([PHONE, OTHER]);
	await account.simulator.report('1234', 'read', { to: OTHER });
	expect(formFields(last().body)).toMatchObject({ phone: OTHER, status: '2' });
	expect(await status('1234', PHONE)).toMatchObject({ status: 1 });
	expect(await status('1234', OTHER)).toMatchObject({ status: 2 });
});

it('repeats what was not answered with 200', async () => {
	account.simulator.callTo(receiver.url);
	await send();
	receiver.answerWith({ status: 500 }, 'reset', { status: 200, body: 'ok' });
	const calls = await account.simulator.report('1234', 'delivered');
	expect(calls.map((call) => call.status)).toEqual([500, null, 200]);
	expect(calls[1]?.fault).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
	receiver.answerWith({ status: 404 });
	expect(await account.simulator.report('1234', 'delivered', { attempts: 2 })).toHaveLength(2);
});

it('knows its messages and its states', async () => {
	await expect(account.simulator.report('77', 'delivered')).rejects.toThrow('no message 77');
	await send();
	await expect(account.simulator.report('1234', 'sending')).rejects.toThrow('never reports');
	account.simulator.callTo(receiver.url);
	await account.simulator.report('77', 'delivered', { stranger: true, to: OTHER });
	expect(formFields(last().body)).toMatchObject({ id: '77', phone: OTHER, status: '1' });
});
