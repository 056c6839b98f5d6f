import {
	openAccount,
	withAccount,
	OTHER,
	PHONE,
	type Account,
	type Fields,
} from '../../../support/smscAccount';

/** SMSC's page "Sending an SMS message" (https://smsc.ru/api/http/send/sms/): what it costs to read it carelessly. */

let account: Account;

withAccount((opened) => (account = opened));

const SEND = '/sys/send.php';
const send = (fields: Fields): Promise<string> =>
	account.call(SEND, { fmt: '1', ...('list' in fields ? {} : { phones: PHONE, mes: 'Hello' }), ...fields });
const taken = () => account.simulator.texts.map(({ to, text }) => [to, text]);
const numbers = () => account.simulator.texts.map(({ to }) => to);

// "If the number is passed without the '+' sign, it can be corrected by automatic formatting and converted to the correct
// international format. … To disable auto-correction, pass the number with the '+' sign."
describe('numbers without a plus are corrected, and may become those of others', () => {
	it.each([
		['Hong Kong', '85291234567', '75291234567'],
		['the Maldives', '9607712345', '79607712345'],
	])('%s', async (_, number, somebodyElse) => {
		await send({ phones: number });
		await send({ phones: `+${number}` });
		await send({ list: `${number}:one` });
		await send({ list: `+${number}:one` });
		expect(numbers()).toEqual([somebodyElse, number, somebodyElse, number]);
	});

	it('a plus that was not sent as %2B is a blank, and so none', async () => {
		const { login = '', password = '' } = account.simulator.credentials;
		const query = new URLSearchParams({ login, psw: password, mes: 'Hi' }).toString();
		await fetch(`${account.simulator.baseUrl}${SEND}?${query}&phones=+85291234567`);
		expect(numbers()).toEqual(['75291234567']);
	});

	it('with a plus nothing is forgiven', async () => {
		expect(await send({ phones: '+8 (529) 123-45-67' })).toBe('1234,-7');
	});
});

// "A list of phone numbers and their corresponding messages, separated by a colon or semicolon … Lines are separated by a
// newline character. As phones, you can specify multiple phone numbers separated by commas."
describe('list', () => {
	it('takes a line of a text for a recipient, if it looks like one', async () => {
		await send({ list: `${PHONE}:Hello\n${OTHER}:smuggled` });
		expect(taken()).toEqual([
			[PHONE, 'Hello'],
			[OTHER, 'smuggled'],
		]);
		account.simulator.reset();
		await send({ list: `${PHONE}:Hello\n${OTHER}:smuggled`, nl: '1' });
		expect(numbers()).toEqual([PHONE, OTHER]);
		account.simulator.reset();
		await send({ list: `${PHONE}:Hello\r\nAcme|${OTHER};smuggled`, nl: '1' });
		expect(numbers()).toEqual([PHONE, OTHER]);
	});

	it('has no such line where the newline is written as \\n', async () => {
		await send({ list: `${PHONE}:Hello\\n${OTHER}:smuggled` });
		expect(taken()).toEqual([[PHONE, `Hello\n${OTHER}:smuggled`]]);
	});

	it('splits at the first separator: numbers are separated by commas alone', async () => {
		await send({ list: `${PHONE};${OTHER}:text` });
		expect(taken()).toEqual([[PHONE, `${OTHER}:text`]]);
	});

	it('takes a number that was put into the name of a sender for a recipient', async () => {
		await send({ list: `Acme|${OTHER}:x|${PHONE}:Hello` });
		expect(taken()).toEqual([[OTHER, `x|${PHONE}:Hello`]]);
	});

	it('refuses the whole when a line is none', async () => {
		expect(await send({ list: `${PHONE}:Hello\nand more` })).toBe('0,-1');
		expect(taken()).toEqual([]);
	});

	it('has zones for the calendar forms of time alone', async () => {
		const list = `Acme,2|${PHONE}:one`;
		for (const time of ['1310261200', '13.10.26 12:00', '10-21', '+60']) await send({ list, time });
		expect(account.simulator.texts.map(({ scheduledFor }) => scheduledFor)).toEqual([
			'2026-10-13T07:00:00.000Z',
			'2026-10-13T07:00:00.000Z',
			// 09:30 in Moscow, 11:30 in the zone of the line: a window that counted it would be open.
			'2026-10-12T07:00:00.000Z',
			'2026-10-12T07:30:00.000Z',
		]);
	});

	it('cuts each text to maxsms', async () => {
		expect(await send({ list: `${PHONE}:${'я'.repeat(300)}\n${OTHER}:short`, maxsms: '2' })).toBe('1234,3');
		expect(taken().map(([, text]) => text?.length)).toEqual([134, 5]);
	});
});

// "In the mes parameter, you must pass the link and title through a line feed"; "The maximum size is 1000 characters."
it.each([
	[1000, 0],
	[1001, 1],
])('a WAP push of %i characters, link and title together, is error %i', async (length, code) => {
	const link = 'http://wap.ru\n';
	const mes = link + 'a'.repeat(length - link.length);
	const reply = await account.json(SEND, { phones: PHONE, push: '1', mes });
	expect((reply as { error_code?: number }).error_code ?? 0).toBe(code);
	expect(account.simulator.texts).toHaveLength(code === 0 ? 1 : 0);
});

// "sending fifteen or more requests simultaneously"; "more than one identical SMS message request"; numbers have no words.
describe('error 9', () => {
	it('is 0,-9 in numbers whatever it means, and tells in words elsewhere', async () => {
		await send({});
		expect(await send({})).toBe('0,-9');
		await account.json(SEND, { phones: OTHER, mes: 'x' });
		expect(await account.json(SEND, { phones: OTHER, mes: 'x' })).toEqual({
			error: 'duplicate request, wait a minute',
			error_code: 9,
		});
		expect(numbers()).toEqual([PHONE, OTHER]);
	});

	it('may mean the same text to the same numbers, whatever the id', async () => {
		const other = await openAccount({ repeats: 'text' });
		const again = (fields: Fields) => other.call(SEND, { phones: PHONE, mes: 'Hello', fmt: '1', ...fields });
		expect(await again({ id: '1' })).toBe('1,1');
		expect(await again({ id: '2', sender: 'Acme' })).toBe('0,-9');
		expect(await again({ id: '3', mes: 'Another' })).toBe('3,1');
		await other.simulator.close();
	});

	it('counts the id by default', async () => {
		expect(await send({ id: '1' })).toBe('1,1');
		expect(await send({ id: '2' })).toBe('2,1');
	});
});

// "op=1 … adds a list of all phone numbers with their respective statuses, mcc and mnc values, cost, and … error codes";
// "when cost = 3 and fmt = 1: <id>,<n>,<cost>,<balance>".
it('op=1 puts a row for each number under the numbers, the new balance included', async () => {
	account.simulator.orders.recipientCodes.set(OTHER, '23');
	expect(await send({ phones: `${PHONE},${OTHER}`, cost: '3', op: '1' })).toBe(
		`1234,1,1.40,998.60\n${PHONE},25001,1.40,,\n${OTHER},25001,0.00,23,252`,
	);
});

// https://smscentre.com/api/smpp/send/, "Comments in SMS messages": "This text will not be sent to subscribers and will not
// affect the cost of SMS".
describe('a line of three tildes', () => {
	it('ends what is sent: the rest is a comment', async () => {
		expect(await send({ mes: `Hello\n~~~\n${'a'.repeat(300)}` })).toBe('1234,1');
		await send({ list: `${OTHER}:Hi\\n~~~\\nfor us` });
		expect(taken()).toEqual([
			[PHONE, 'Hello'],
			[OTHER, 'Hi'],
		]);
		expect(await account.json('/sys/status.php', { id: '1235', phone: OTHER, all: '1' })).toMatchObject({
			message: 'Hi',
			comment: 'for us',
		});
	});

	it('alone sends nothing', async () => {
		expect(await send({ mes: '\n~~~\nfor us' })).toBe('0,-1');
		expect(await send({ mes: 'a ~~~ b' })).toBe('1234,1');
	});
});

// "Using prefixes when sending messages" of the vendor's contents (https://smsc.ru/api/http/); the words are a client's.
describe('a prefix of the text', () => {
	it('makes another kind of message of it, a text to read of none', async () => {
		await send({ mes: '__HLR__ Hello', id: '1' });
		await send({ mes: '__PING__Hello', id: '2' });
		expect(taken()).toEqual([]);
		await send({ mes: '__CALL__ Hello', id: '3' });
		const types = [];
		for (const id of ['1', '2', '3']) {
			const { type } = (await account.json('/sys/status.php', { id, phone: PHONE, all: '1' })) as Fields;
			types.push(type);
		}
		expect(types).toEqual([4, 5, 7]);
		expect(taken()).toEqual([[PHONE, 'Hello']]);
	});

	it('is text anywhere else', async () => {
		await send({ mes: 'Say __CALL__' });
		expect(taken()).toEqual([[PHONE, 'Say __CALL__']]);
	});
});
