import { withAccount, OTHER, PHONE, type Account, type Fields } from '../../../support/smscAccount';

/** SMSC's page "Sending an SMS message": the other kinds of message. */

const SEND = '/sys/send.php';
const STATUS = '/sys/status.php';
let account: Account;

withAccount((opened) => (account = opened));

const send = (fields: Fields): Promise<unknown> => account.json(SEND, { phones: PHONE, ...fields });

describe('a lookup of a number', () => {
	it('takes no text, tells of the subscriber, and reaches no phone', async () => {
		expect(await send({ hlr: '1', cost: '3' })).toEqual({
			id: 1234,
			cnt: 1,
			cost: '0.30',
			balance: '999.70',
		});
		expect(account.simulator.texts).toHaveLength(0);
		const ask = (fields: Fields = {}) => account.json(STATUS, { id: '1234', phone: PHONE, ...fields });
		expect(await ask()).toMatchObject({ status: -1 });
		expect(await ask()).not.toHaveProperty('imsi');
		account.now += 10_000;
		expect(await ask({ all: '2' })).toMatchObject({
			status: 1,
			err: 0,
			imsi: expect.stringMatching(/^25001\d{10}$/) as string,
			mcc: '250',
			mnc: '01',
			cn: 'Россия',
			net: 'МТС',
			rcn: '',
			type: 4,
			flag: 4,
			sender_id: 'HLR',
		});
	});

	it('has its own fields in the number format, where the vendor library looks for them', async () => {
		await send({ hlr: '1' });
		account.now += 10_000;
		const row = async (all: string) =>
			(await account.call(STATUS, { id: '1234', phone: PHONE, fmt: '1', all })).split(',');
		expect((await row('0')).length).toBe(11);
		// "field 14/17 equals HLR"
		expect([(await row('1'))[14], (await row('2'))[17]]).toEqual(['HLR', 'HLR']);
	});

	it('of an unreachable subscriber ends with an error', async () => {
		account.simulator.orders.recipientCodes.set(PHONE, '1/6');
		await send({ hlr: '1' });
		account.now += 10_000;
		const status = await account.json(STATUS, { id: '1234', phone: PHONE });
		expect(status).toMatchObject({ status: 1, err: 6 });
		expect(status).not.toHaveProperty('imsi');
	});

	it('is told in a call back with what was found', async () => {
		await send({ hlr: '1' });
		account.simulator.callTo('http://127.0.0.1:9/closed?charset=utf-8');
		const [call] = await account.simulator.report('1234', 'delivered', { attempts: 1 });
		const fields = Object.fromEntries(new URLSearchParams(call?.body.toString()));
		expect(fields).toMatchObject({ status: '1', err: '0', type: '4', mcc: '250', cn: 'Россия', net: 'МТС' });
	});
});

describe('a silent SMS', () => {
	it('takes no text and shows nothing', async () => {
		expect(await send({ ping: '1', phones: `${PHONE},${OTHER}` })).toEqual({ id: 1234, cnt: 2 });
		expect(account.simulator.texts).toHaveLength(0);
		account.now += 10_000;
		expect(await account.json(STATUS, { id: '1234', phone: PHONE, all: '1' })).toMatchObject({
			status: 1,
			type: 5,
		});
	});
});

describe('other messages', () => {
	it.each<[string, Fields, number | undefined]>([
		['mms', { mes: 'Look' }, 6],
		['soc', { mes: 'Hello' }, 12],
		['viber', { mes: 'Hello' }, 10],
		['whatsapp', { mes: 'Hello' }, undefined],
		['tg', { mes: 'Hello', bot: '@name_bot' }, undefined],
		['call', { mes: 'Hello', voice: 'w2', param: '20,30,2' }, 7],
	])('%s', async (kind, fields, type) => {
		expect(await send({ [kind]: '1', ...fields })).toEqual({ id: 1234, cnt: 1 });
		expect(account.simulator.texts).toMatchObject([
			{ to: PHONE, text: fields.mes, options: { [kind]: '1' } },
		]);
		account.now += 10_000;
		const status = (await account.json(STATUS, { id: '1234', phone: PHONE, all: '1' })) as Fields;
		expect(status).toMatchObject({ status: 1 });
		expect(status.type).toBe(type);
	});

	it('by e-mail go to addresses, with subject, text and sender', async () => {
		const mail = { mail: '1', phones: 'a@example.com;b@example.com', mes: 'Hello', subj: 'Subject' };
		expect(await send({ ...mail, sender: 'me@example.com' })).toMatchObject({ cnt: 2 });
		expect(account.simulator.texts.map(({ to, from }) => [to, from])).toEqual([
			['a@example.com', 'me@example.com'],
			['b@example.com', 'me@example.com'],
		]);
		expect(await send({ ...mail, sender: 'Me' })).toMatchObject({ error_code: 1 });
		expect(await send({ ...mail, sender: 'me@example.com', subj: '' })).toMatchObject({ error_code: 1 });
		expect(await send({ ...mail, sender: 'me@example.com', phones: PHONE })).toMatchObject({ error_code: 7 });
	});

	it('to Telegram may go to a nick or an id', async () => {
		expect(await send({ tg: '1', mes: 'Hi', phones: '@someone,#12345' })).toMatchObject({ cnt: 2 });
		expect(account.simulator.texts.map(({ to }) => to)).toEqual(['@someone', '#12345']);
	});

	it('to Telegram may name a bot, with its @', async () => {
		expect(await send({ tg: '1', mes: 'Hi', phones: '@someone', bot: '@acme_bot' })).toMatchObject({
			cnt: 1,
		});
		expect(account.simulator.texts[0]?.options).toMatchObject({ tg: '1', bot: '@acme_bot' });
		expect(await send({ tg: '1', mes: 'Hi', phones: '@someone', bot: 'acme bot' })).toMatchObject({
			error_code: 1,
		});
	});

	it('by voice with the word "code" say four digits, which the reply has', async () => {
		const spoken = (await send({ call: '1', mes: 'code' })) as { code?: string };
		expect(spoken.code).toMatch(/^\d{4}$/);
		expect(account.simulator.texts[0]?.options.code).toBe(spoken.code);
		account.now += 61_000;
		expect(await account.call('/sys/send.php', { phones: PHONE, call: '1', mes: 'code', id: 'a' })).toMatch(
			/^OK - 1 SMS, ID - a, CODE - \d{4}$/,
		);
		account.now += 61_000;
		expect(await send({ call: '1', mes: 'the code' })).not.toHaveProperty('code');
		expect(await send({ call: '1', mes: 'code', cost: '1' })).not.toHaveProperty('code');
	});

	it('by MMS need a subject or a text', async () => {
		expect(await send({ mms: '1' })).toMatchObject({ error_code: 1 });
		expect(await send({ mms: '1', subj: 'Photos' })).toMatchObject({ cnt: 1 });
	});

	it('by voice need a text or a file, and cost what is said', async () => {
		expect(await send({ call: '1' })).toMatchObject({ error_code: 1 });
		expect(await send({ call: '1', voice: 'x', mes: 'Hi' })).toMatchObject({ error_code: 1 });
		expect(await send({ call: '1', voice: 'm3,en', mes: 'a'.repeat(151) })).toMatchObject({ cnt: 3 });
		expect(await send({ call: '1', fileurl: 'http://example.com/a.mp3' })).toMatchObject({ cnt: 1 });
		expect(await send({ call: '1', fileurl: 'a.mp3' })).toMatchObject({ error_code: 1 });
		// "If you specify a value other than the possible values, the default values of all parameters will be used"
		expect(await send({ call: '1', mes: 'Hi', param: 'nonsense' })).toMatchObject({ cnt: 1 });
	});

	it('of two kinds at once are none', async () => {
		expect(await send({ viber: '1', call: '1', mes: 'Hi' })).toMatchObject({ error_code: 1 });
	});

	it('have a price that can be asked for', async () => {
		expect(await send({ viber: '1', mes: 'Hi', cost: '1' })).toEqual({ cost: '1.40', cnt: 1 });
		expect(account.simulator.texts).toHaveLength(0);
	});
});

describe('files', () => {
	const sound = new Blob([Buffer.from([0, 13, 10, 255, 45, 45])], { type: 'audio/mpeg' });

	it('come beside the fields in a multipart form', async () => {
		const reply = await account.upload(
			SEND,
			{ phones: PHONE, call: '1', fmt: '3' },
			{ 'hello world.mp3': sound },
		);
		expect(reply).toBe('{"id":1234,"cnt":1}');
		expect(account.simulator.texts[0]).toMatchObject({ to: PHONE, options: { files: 'hello world.mp3' } });
	});

	it('without the fields are refused: credentials and all are gone', async () => {
		const form = new FormData();
		form.append('file', sound, 'a.mp3');
		const reply = await fetch(account.simulator.baseUrl + SEND, { method: 'POST', body: form });
		expect(await reply.text()).toContain('ERROR = 1 ');
	});

	it('may come with Cyrillic texts', async () => {
		await account.upload(SEND, { phones: PHONE, mms: '1', mes: 'Привет\r\nмир' }, { 'a.jpg': sound });
		expect(account.simulator.texts[0]?.text).toBe('Привет\r\nмир');
	});

	it('that are cut off are refused', async () => {
		const body = '--x\r\nContent-Disposition: form-data; name="phones"\r\n\r\n79991234567\r\n--x';
		const reply = await fetch(account.simulator.baseUrl + SEND, {
			method: 'POST',
			body,
			headers: { 'content-type': 'multipart/form-data; boundary=x' },
		});
		expect(await reply.text()).toContain('ERROR = 1 ');
	});
});
