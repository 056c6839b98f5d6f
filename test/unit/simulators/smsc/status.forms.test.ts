import { withAccount, OTHER, PHONE, START, type Account, type Fields } from '../../../support/smscAccount';

/**
 * The forms of an answer of status.php, as the vendor's own smsc_api.php describes get_status() (a copy is in
 * https://github.com/hublotik/sms_sending-smsc-laravel, app/smsc_api.php): one message comes as status,
 * time, error; with all=1 send time, number, cost, sender, status name and text follow; with all=2 country, operator and
 * region as well. Only when several are asked for, each has its id, and with all=0 its number.
 */

const TIME = START / 1000;
let account: Account;

withAccount((opened) => (account = opened));
beforeEach(async () => {
	await account.call('/sys/send.php', { phones: `${PHONE},${OTHER}`, mes: 'Hello' });
	account.now += 10_000;
});

const ask = (fields: Fields = {}): Promise<string> =>
	account.call('/sys/status.php', { id: '1234', phone: PHONE, ...fields });
const askJson = async (fields: Fields = {}): Promise<unknown> =>
	JSON.parse(await ask({ fmt: '3', ...fields })) as unknown;
const MANY: Fields = { id: '1234,1234', phone: `${PHONE},${OTHER}` };

const STATUS = { status: 1, last_date: '12.10.2026 09:30:03', last_timestamp: TIME + 3 };
const MESSAGE = {
	...STATUS,
	send_date: '12.10.2026 09:30:00',
	send_timestamp: TIME,
	phone: PHONE,
	cost: '1.40',
	sender_id: 'SMSC.RU',
	status_name: 'Доставлено',
	message: 'Hello',
	comment: '',
	mccmnc: '25001',
	type: 0,
	sms_cnt: 1,
	flag: 0,
};
const PLACE = { country: 'Россия', operator: 'МТС', operator_orig: 'МТС', region: 'Москва' };

describe('one message has no id', () => {
	it.each([
		['0', STATUS],
		['1', MESSAGE],
		['2', { ...MESSAGE, ...PLACE }],
	])('in JSON, all=%s', async (all, expected) => {
		expect(await askJson({ all })).toEqual(expected);
	});

	it.each([
		['0', `1,${TIME + 3},0`],
		['1', `1,${TIME + 3},0,${TIME},${PHONE},1.40,SMSC.RU,Доставлено,Hello`],
		['2', `1,${TIME + 3},0,${TIME},${PHONE},1.40,Россия,МТС,Москва,SMSC.RU,Доставлено,Hello`],
	])('in numbers, all=%s', async (all, expected) => {
		expect(await ask({ fmt: '1', all })).toBe(expected);
	});

	it.each(['0', '1', '2'])('in text and XML, all=%s', async (all) => {
		expect(await ask({ fmt: '0', all })).not.toMatch(/\bid = /);
		const xml = await ask({ fmt: '2', all });
		expect(xml).toContain('<status>1</status>');
		expect(xml).not.toContain('<id>');
		expect(xml.includes(`<phone>${PHONE}</phone>`)).toBe(all !== '0');
	});

	it('nor does one that is not found', async () => {
		expect(await askJson({ id: '77' })).toEqual({ status: -3 });
		expect(await ask({ id: '77', fmt: '1' })).toBe('-3,0,0');
	});
});

describe('several have one each', () => {
	it.each([
		['0', STATUS],
		['1', MESSAGE],
		['2', { ...MESSAGE, ...PLACE }],
	])('in JSON, all=%s', async (all, expected) => {
		expect(await askJson({ ...MANY, all })).toEqual([
			{ ...expected, id: 1234, phone: PHONE },
			{ ...expected, id: 1234, phone: OTHER },
		]);
	});

	it.each([
		['0', (phone: string) => `1,${TIME + 3},0,1234,${phone}`],
		['1', (phone: string) => `1,${TIME + 3},0,${TIME},${phone},1.40,SMSC.RU,Доставлено,Hello,1234`],
		[
			'2',
			(phone: string) =>
				`1,${TIME + 3},0,${TIME},${phone},1.40,Россия,МТС,Москва,SMSC.RU,Доставлено,Hello,1234`,
		],
	])('in numbers, all=%s', async (all, row) => {
		expect(await ask({ ...MANY, fmt: '1', all })).toBe([row(PHONE), row(OTHER)].join('\n'));
	});

	it('in text and XML', async () => {
		const end = `id = 1234, phone = ${PHONE}`;
		expect((await ask({ ...MANY, fmt: '0' })).split('\n')[0]).toBe(
			`Status = 1, check_time = 12.10.2026 09:30:03, ${end}`,
		);
		expect((await ask({ ...MANY, fmt: '2' })).match(/<id>1234<\/id>/g)).toHaveLength(2);
	});

	it('one of them that is not found beside the others, with its id and number', async () => {
		expect(await askJson({ id: '1234,77', phone: `${PHONE},${PHONE}` })).toEqual([
			{ ...STATUS, id: 1234, phone: PHONE },
			{ status: -3, id: 77, phone: PHONE },
		]);
	});
});

it('finds a number that was sent to with a plus, with or without it', async () => {
	await account.call('/sys/send.php', { phones: '+85291234567', mes: 'Hello', id: '5' });
	for (const phone of ['85291234567', '+85291234567']) {
		expect(await askJson({ id: '5', phone, all: '1' })).toMatchObject({ status: -1, phone: '85291234567' });
	}
});

// https://smsc.ru/api/http/status_messages/, error codes in the status: 220 "the queue is full, SMSC keeps trying", 241, 245 "no final
// status within a day".
it.each(['220', '241', '245'])('status 20 with the reason %s is not the end', async (reason) => {
	account.simulator.orders.recipientCodes.set('79991234569', `20/${reason}`);
	await account.call('/sys/send.php', { phones: '79991234569', mes: 'Hello', id: '6' });
	const status = () => askJson({ id: '6', phone: '79991234569' });
	account.now += 60_000;
	expect(await status()).toMatchObject({ status: 20, err: Number(reason) });
	account.now += 600_000;
	expect(await status()).toMatchObject({ status: 1 });
	expect(await status()).not.toHaveProperty('err');
});

it('status 20 with another reason is', async () => {
	account.simulator.orders.recipientCodes.set('79991234569', '20/1');
	await account.call('/sys/send.php', { phones: '79991234569', mes: 'Hello', id: '6' });
	account.now += 86_400_000;
	expect(await askJson({ id: '6', phone: '79991234569' })).toMatchObject({ status: 20, err: 1 });
});
