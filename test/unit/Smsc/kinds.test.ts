/** SMSC's other kinds of message, as its "Sending an SMS" page has them: given these fields, these bytes. */
import type { INode } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { Smsc } from '../../../nodes/Smsc/Smsc.node';
import { smscGateway } from '../../../nodes/Smsc/gateway';
import type { SmscOptions } from '../../../nodes/Smsc/options';
import type { Attachment } from '../../../nodes/shared/contract/request';
import type { Message } from '../../../nodes/shared/contract/message';
import { encodeMultipart } from '../../../nodes/shared/requests/encoding';
import type { MessageInput } from '../../support/messages';
import { batch, bodyOf, message, readOptions, reply } from '../../support/messages';

const ID = 'id=n8n-0123456789abcdef012345';
const TAIL = 'cost=0&op=1&charset=utf-8&fmt=3';
const FILE: Attachment = {
	fileName: 'a.jpg',
	contentType: 'image/jpeg',
	data: Buffer.from([0xff, 0xd8, 0, 13, 10]),
};

function kind(
	messageKind: string,
	input: MessageInput & { readonly attachments?: readonly Attachment[] } = {},
): Message<SmscOptions> {
	const { options, attachments = [] } = input;
	const made = message(smscGateway, { ...input, options: { messageKind, ...options } });
	return { ...made, attachments };
}

const bytesOf = (one: Message<SmscOptions>): string =>
	bodyOf(smscGateway.texts.build(batch('sameText', one)));

describe('the bytes of', () => {
	const phone = 'phones=%2B79161234567';
	it.each<[string, Message<SmscOptions>, string]>([
		['viber', kind('viber', { text: 'Да + 1' }), `${phone}&mes=%D0%94%D0%B0+%2B+1&${ID}&viber=1&${TAIL}`],
		['whatsapp', kind('whatsapp', { text: 'Hi' }), `${phone}&mes=Hi&${ID}&whatsapp=1&${TAIL}`],
		['a social network', kind('social', { text: 'Hi' }), `${phone}&mes=Hi&${ID}&soc=1&${TAIL}`],
		[
			'an MMS with the address of its picture',
			kind('mms', { text: 'Hi', options: { subject: 'Счёт', fileUrl: 'https://example.com/a.jpg?b=1&c=2' } }),
			`${phone}&mes=Hi&${ID}&mms=1&subj=%D0%A1%D1%87%D1%91%D1%82` +
				`&fileurl=https%3A%2F%2Fexample.com%2Fa.jpg%3Fb%3D1%26c%3D2&${TAIL}`,
		],
		[
			'an MMS without text',
			kind('mms', { text: '', options: { subject: 'A picture', fileUrl: 'https://example.com/a.jpg' } }),
			`${phone}&${ID}&mms=1&subj=A+picture&fileurl=https%3A%2F%2Fexample.com%2Fa.jpg&${TAIL}`,
		],
		[
			'an e-mail',
			kind('email', {
				to: 'user@example.com',
				from: 'shop@example.com',
				text: 'Line 1\nLine 2',
				options: { subject: 'Your order' },
			}),
			`phones=user%40example.com&mes=Line+1%0ALine+2&${ID}&sender=shop%40example.com&mail=1&subj=Your+order&${TAIL}`,
		],
		['Telegram', kind('telegram', { text: 'Hi' }), `${phone}&mes=Hi&${ID}&tg=1&${TAIL}`],
		[
			'a bot in Telegram',
			kind('telegram', { to: '#12345', text: 'Hi', options: { telegramBot: '@acme_bot' } }),
			`phones=%2312345&mes=Hi&${ID}&tg=1&bot=%40acme_bot&${TAIL}`,
		],
		['a call', kind('call', { text: 'Hi' }), `${phone}&mes=Hi&${ID}&call=1&${TAIL}`],
		[
			'a call by a woman',
			kind('call', { text: 'Hi', options: { voice: 'w3' } }),
			`${phone}&mes=Hi&${ID}&call=1&voice=w3&${TAIL}`,
		],
		[
			'a call in English',
			kind('call', { text: 'Hi', options: { voice: 'm3', voiceLanguage: 'EN' } }),
			`${phone}&mes=Hi&${ID}&call=1&voice=m3%2Cen&${TAIL}`,
		],
		[
			"a call in English by the vendor's own voice",
			kind('call', { text: 'Hi', options: { voiceLanguage: 'en' } }),
			`${phone}&mes=Hi&${ID}&call=1&voice=m4%2Cen&${TAIL}`,
		],
		[
			'a call with waiting time, interval and attempts in one parameter',
			kind('call', { text: 'Hi', options: { callRinging: 10, callInterval: 3600, callAttempts: 1 } }),
			`${phone}&mes=Hi&${ID}&call=1&param=10%2C3600%2C1&${TAIL}`,
		],
		[
			'a call with some of them: the others as the fields show them',
			kind('call', { text: 'Hi', options: { callAttempts: 3 } }),
			`${phone}&mes=Hi&${ID}&call=1&param=25%2C60%2C3&${TAIL}`,
		],
		[
			'a call that plays a recording',
			kind('call', { text: '', options: { fileUrl: 'http://example.com/a.mp3' } }),
			`${phone}&${ID}&call=1&fileurl=http%3A%2F%2Fexample.com%2Fa.mp3&${TAIL}`,
		],
		['a text to a group', kind('sms', { to: 'G12', text: 'Hi' }), `phones=G12&mes=Hi&${ID}&${TAIL}`],
	])('%s', (_, one, expected) => {
		const sendable: Message<SmscOptions> = { ...one, isNumber: one.to.startsWith('+') };
		expect(smscGateway.texts.checkMessage(sendable)).toBeNull();
		expect(bytesOf(sendable)).toBe(expected);
	});

	it.each([
		['windows-1251', '%D1%F7%B8%F2'],
		['koi8-r', '%F3%DE%A3%D4'],
	])('a subject in the character set that the request names: %s', (charset, encoded) => {
		const one = kind('mms', {
			text: 'Hi',
			options: { charset, subject: 'Счёт', fileUrl: 'http://example.com/a' },
		});
		expect(bytesOf(one)).toContain(`&subj=${encoded}&`);
	});
});

describe('a message with files', () => {
	const files: Attachment[] = [
		FILE,
		{ fileName: 'счёт "7".pdf', contentType: 'application/pdf', data: Buffer.from('%PDF\r\n--BOUNDAR\r\n') },
	];

	/** As another program's parser reads it. */
	async function parsed(one: Message<SmscOptions>): Promise<FormData> {
		const { body } = smscGateway.texts.build(batch('sameText', one));
		if (body?.kind !== 'multipart') throw new Error('it is no multipart body');
		const bytes = encodeMultipart('BOUNDARY-1', body.fields, body.files);
		const headers = { 'content-type': 'multipart/form-data; boundary=BOUNDARY-1' };
		return await new Response(bytes, { headers }).formData();
	}

	it('carries both the fields and the files, byte for byte', async () => {
		const form = await parsed(
			kind('mms', { text: 'Заказ + "готов"\n& = %', options: { subject: 'Счёт' }, attachments: files }),
		);
		const fields = [...form].filter(([, value]) => typeof value === 'string');
		expect(fields).toEqual([
			['phones', '+79161234567'],
			['mes', 'Заказ + "готов"\n& = %'],
			['id', 'n8n-0123456789abcdef012345'],
			['mms', '1'],
			['subj', 'Счёт'],
			['cost', '0'],
			['op', '1'],
			['charset', 'utf-8'],
			['fmt', '3'],
		]);
		const sent = [...form.values()].filter((value) => value instanceof File);
		expect(sent.map(({ type }) => type)).toEqual(['image/jpeg', 'application/pdf']);
		expect(sent[0]?.name).toBe('a.jpg');
		expect(sent[1]?.name).toMatch(/^счёт .7.\.pdf$/);
		for (const [index, file] of sent.entries()) {
			expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from(files[index]?.data ?? []));
		}
		expect([...form.keys()].slice(-2)).toEqual(['file1', 'file2']);
	});

	it('keeps names from starting a header of their own', async () => {
		const odd = { ...FILE, fileName: 'a"\r\nX-Evil: 1\r\n.jpg', contentType: 'image/png\r\nX-Evil: 2' };
		const form = await parsed(kind('mms', { text: 'Hi', attachments: [odd] }));
		const [file] = [...form.values()].filter((value) => value instanceof File);
		expect(file?.name).not.toMatch(/[\r\n"]/);
		expect(Buffer.from((await file?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(Buffer.from(FILE.data));
	});
});

describe('recipients', () => {
	const take = (typed: string, messageKind = 'sms') =>
		smscGateway.texts.readOtherRecipient?.(typed, readOptions(smscGateway, { messageKind }).options) ?? null;

	it.each([
		['G12', 'sms', 'G12'],
		['g7', 'sms', 'G7'],
		['G12', 'email', 'G12'],
		['user@example.com', 'email', 'user@example.com'],
		['first.last+tag@mail.example.co.uk', 'email', 'first.last+tag@mail.example.co.uk'],
		['user@example.com', 'sms', null],
		['user@example', 'email', null],
		['user @example.com', 'email', null],
		['a@b@example.com', 'email', null],
		['G', 'sms', null],
		['G12a', 'sms', null],
		['Group 12', 'sms', null],
		['79161234567', 'sms', null],
		['', 'sms', null],
	])('%p for %s: %p', (typed, messageKind, expected) => {
		expect(take(typed, messageKind)).toBe(expected);
	});
});

describe('what is refused before anything is sent', () => {
	const mail = { to: 'user@example.com', from: 'shop@example.com', text: 'Hi' };
	const subject = { options: { subject: 'Order' } };
	it.each<[string, Message<SmscOptions>, string, RegExp]>([
		[
			'an e-mail to a number',
			kind('email', { ...mail, ...subject, to: '+79161234567' }),
			'invalid_recipient',
			/not an email address/,
		],
		[
			'an e-mail from nobody',
			kind('email', { ...mail, ...subject, from: '' }),
			'invalid_sender',
			/needs a sender address/,
		],
		[
			'an e-mail from a name',
			kind('email', { ...mail, ...subject, from: 'ACME' }),
			'invalid_sender',
			/needs a sender address/,
		],
		['an e-mail without subject', kind('email', mail), 'invalid_parameter', /needs a subject/],
		[
			'an e-mail without text',
			kind('email', { ...mail, ...subject, text: ' ' }),
			'invalid_parameter',
			/text is empty/,
		],
		[
			'an e-mail with a file and no text: the vendor wants both',
			kind('email', { ...mail, ...subject, text: '', attachments: [FILE] }),
			'invalid_parameter',
			/text is empty/,
		],
		[
			'an e-mail with letters that its character set lacks',
			kind('email', { ...mail, text: '👍', options: { subject: 'Order', charset: 'windows-1251' } }),
			'invalid_parameter',
			/windows-1251 does not have/,
		],
		[
			'a subject with letters that its character set lacks',
			kind('email', { ...mail, options: { subject: '👍', charset: 'koi8-r' } }),
			'invalid_parameter',
			/koi8-r does not have/,
		],
		[
			'an MMS with neither subject nor text',
			kind('mms', { text: '', attachments: [FILE] }),
			'invalid_parameter',
			/subject or a text/,
		],
		['an empty Viber message', kind('viber', { text: '' }), 'invalid_parameter', /text is empty/],
		['a call with nothing to say', kind('call', { text: '\n' }), 'invalid_parameter', /text is empty/],
		['a sender name of 12 letters', kind('viber', { from: 'ABCDEFGHIJKL' }), 'invalid_sender', /sender name/],
		[
			'a Viber message with a comment in it',
			kind('viber', { text: 'Hi\n~~~\nyou' }),
			'content_rejected',
			/comment/,
		],
		[
			'an e-mail with a comment in it',
			kind('email', { ...mail, ...subject, text: 'Hi\n~~~\nyou' }),
			'content_rejected',
			/comment/,
		],
		['a text of 1001 characters', kind('whatsapp', { text: 'x'.repeat(1001) }), 'invalid_parameter', /1000/],
	])('%s', (_, one, refusedAs, sentence) => {
		const refusal = smscGateway.texts.checkMessage({ ...one, isNumber: one.to.startsWith('+') });
		expect(refusal).toMatchObject({ accepted: false, origin: 'input', kind: refusedAs, retry: 'after_fix' });
		expect(refusal?.message).toMatch(sentence);
	});

	it.each([
		['an MMS of text alone: the vendor wants a subject or a text', kind('mms', { text: 'Hi' })],
		[
			'an MMS of subject and file',
			kind('mms', { text: '', attachments: [FILE], options: { subject: 'Hi' } }),
		],
		['a Viber message of a picture alone', kind('viber', { text: '', attachments: [FILE] })],
		['a call of a recording alone', kind('call', { text: '', attachments: [FILE] })],
	])('but not %s', (_, one) => {
		expect(smscGateway.texts.checkMessage(one)).toBeNull();
	});

	it.each<[string, Record<string, unknown>, RegExp]>([
		['an unknown kind', { messageKind: 'fax' }, /'Message Type' is "fax"/],
		[
			'a file with a text message',
			{ fileUrl: 'http://example.com/a' },
			/'File URL' is not for text messages/,
		],
		[
			'binary fields with a text message',
			{ binaryFields: 'data' },
			/'Input Binary Fields' is not for text messages/,
		],
		['a file that is no web address', { messageKind: 'mms', fileUrl: 'a.jpg' }, /'File URL' is "a.jpg"/],
		['a voice that SMSC does not have', { messageKind: 'call', voice: 'm5' }, /'Voice' is "m5"/],
		[
			'a language of three letters',
			{ messageKind: 'call', voiceLanguage: 'eng' },
			/'Voice Language' is "eng"/,
		],
		[
			'ringing for 9 seconds',
			{ messageKind: 'call', callRinging: 9 },
			/'Call Ringing Time \(Seconds\)' is "9"/,
		],
		['ringing for 36 seconds', { messageKind: 'call', callRinging: 36 }, /'Call Ringing Time/],
		['an interval of 9 seconds', { messageKind: 'call', callInterval: 9 }, /'Call Retry Interval/],
		['10 attempts', { messageKind: 'call', callAttempts: 10 }, /'Call Attempts'/],
		[
			'a flash message by Viber',
			{ messageKind: 'viber', flash: true },
			/'Flash Message' is only for text messages/,
		],
		['binary by e-mail', { messageKind: 'email', binary: 2 }, /'Binary Message' is only for text messages/],
		[
			'a WAP push as a call',
			{ messageKind: 'call', wapPushUrl: 'http://wap.ru' },
			/'WAP Push Link' is only for text messages/,
		],
	])('%s', (_, options, sentence) => {
		expect(readOptions(smscGateway, options).problems[0]?.message).toMatch(sentence);
	});

	it('but not what is switched off', () => {
		expect(readOptions(smscGateway, { messageKind: 'viber', flash: false, binary: 0 }).problems).toEqual([]);
	});
});

describe('a message without a text', () => {
	const { description } = new Smsc();
	/** What n8n finds missing before it runs the node. */
	const missing = (messageKind: string, operation: string): unknown => {
		const own = { operation, messageKind, to: '+79161234567', message: '', subject: 'Hi' };
		const node: INode = {
			id: '1',
			name: 'SMSC',
			type: 'smsc',
			typeVersion: 1,
			position: [0, 0],
			parameters: { resource: 'message', ...own },
		};
		const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description);
		return Object.keys(issues?.parameters ?? {});
	};

	it.each(['mms', 'social', 'viber', 'whatsapp', 'call'])(
		'is let through by n8n for %s: a file may be all of it',
		(kind) => {
			expect([missing(kind, 'send'), missing(kind, 'preview')]).toEqual([[], []]);
		},
	);

	it.each(['sms', 'email'])('is not for %s', (kind) => {
		expect([missing(kind, 'send'), missing(kind, 'preview')]).toEqual([['message'], ['message']]);
	});
});

describe('the answer', () => {
	const read = (one: Message<SmscOptions>, body: object) =>
		smscGateway.texts.read(reply(body), batch('sameText', one))?.[0];
	const mail: Message<SmscOptions> = {
		...kind('email', {
			to: 'User1@example.com',
			from: 'shop@example.com',
			text: 'Hi',
			options: { subject: 'Order' },
		}),
		isNumber: false,
	};
	const row = (phone: string, status = '', error = '') => ({
		phone,
		mccmnc: '',
		cost: '1.40',
		status,
		error,
	});

	it.each([
		['with its address', { id: 5, cnt: 1, phones: [row('user1@example.com')] }, 1.4],
		['with something else in its place', { id: 5, cnt: 1, phones: [row('81234')] }, null],
		['without details', { id: 5, cnt: 1 }, null],
	])('to an e-mail, %s', (_, body, cost) => {
		expect(read(mail, body)).toMatchObject({ accepted: true, messageId: '5', cost });
	});

	it('to an e-mail that is refused', () => {
		expect(read(mail, { id: 5, cnt: 0, phones: [row('user1@example.com', '23', '252')] })).toMatchObject({
			accepted: false,
			kind: 'blocked_recipient',
			code: '252',
		});
	});

	it('to an e-mail, about another address: nobody knows', () => {
		expect(read(mail, { id: 5, cnt: 1, phones: [row('other1@example.com')] })).toMatchObject({
			accepted: null,
		});
	});

	const group: Message<SmscOptions> = { ...kind('sms', { to: 'G12', text: 'Hi' }), isNumber: false };

	it('to a group: taken when anybody in it gets the text', () => {
		const phones = [row('79161234567', '22', '249'), row('79161234568')];
		expect(read(group, { id: 5, cnt: 1, cost: '1.40', phones })).toMatchObject({
			accepted: true,
			messageId: '5',
			cost: 1.4,
			details: { members: 2, membersRefused: 1 },
		});
	});

	it('to a group: refused when nobody does', () => {
		const phones = [row('79161234567', '22', '249'), row('79161234568', '22', '249')];
		expect(read(group, { id: 5, cnt: 0, phones })).toMatchObject({
			accepted: false,
			kind: 'invalid_recipient',
		});
	});

	it('to a group without details', () => {
		expect(read(group, { id: 5, cnt: 3 })).toMatchObject({ accepted: true, messageId: '5', segments: 3 });
	});
});

it('a group and an e-mail address never share a list of texts with numbers', () => {
	const group: Message<SmscOptions> = { ...kind('sms', { to: 'G12' }), isNumber: false };
	expect(smscGateway.texts.differentTextsKey(group)).toBeNull();
	expect(smscGateway.texts.differentTextsKey(kind('viber'))).toBeNull();
});

describe('Telegram', () => {
	const { texts } = smscGateway;
	const recipientIn = (messageKind: string, typed: string): string | null | undefined =>
		texts.readOtherRecipient?.(typed, readOptions(smscGateway, { messageKind }).options);

	it.each(['@someone', '@Some_One9', '#1', '#12345678901'])('reaches %s', (name) => {
		expect(recipientIn('telegram', name)).toBe(name);
		expect(recipientIn('sms', name)).toBeNull();
	});

	it.each(['@ab', 'someone', '@some one', '@1234', '#', '#12a', '@a,b', '@someone@example.com', '#-5'])(
		'knows nobody called %s',
		(name) => {
			expect(recipientIn('telegram', name)).toBeNull();
		},
	);

	it('names a bot with its @', () => {
		const { problems } = readOptions(smscGateway, { messageKind: 'telegram', telegramBot: 'acme' });
		expect(problems.map(({ message: text }) => text)).toEqual([expect.stringContaining("'Telegram Bot'")]);
		// Hidden for other kinds, and not sent with them.
		const { options } = readOptions(smscGateway, { messageKind: 'viber', telegramBot: '@acme_bot' });
		expect(options.parameters).not.toHaveProperty('bot');
	});

	it('is refused where the reply says so of the name', () => {
		const one = kind('telegram', { to: '@someone', text: 'Hi' });
		const read = (phone: string, status: string) =>
			texts.read(reply({ id: 5, cnt: 1, phones: [{ phone, status, error: '' }] }), batch('sameText', one));
		expect(read('@SomeOne', '25')).toMatchObject([{ accepted: false, code: '25', kind: 'no_route' }]);
		expect(read('@someone', '')).toMatchObject([{ accepted: true, messageId: '5' }]);
	});
});

it('a call with the word that SMSC replaces by a code is refused, and points to where the code is told', () => {
	const refusal = smscGateway.texts.checkMessage(kind('call', { text: ' code ' }));
	expect(refusal).toMatchObject({ accepted: false, origin: 'input', kind: 'content_rejected' });
	expect(refusal?.hint).toContain("'Call With Code'");
	expect(smscGateway.texts.checkMessage(kind('call', { text: 'code 1234' }))).toBeNull();
	expect(smscGateway.texts.checkMessage(kind('viber', { text: 'code' }))).toBeNull();
});
