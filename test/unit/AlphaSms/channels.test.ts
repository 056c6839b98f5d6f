/** AlphaSMS's messages other than plain texts: exact requests, what is refused, and how they go through n8n's engine. */
import fc from 'fast-check';
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { AlphaSms } from '../../../nodes/AlphaSms/AlphaSms.node';
import { KINDS } from '../../../nodes/AlphaSms/channels/kinds';
import { alphaSmsGateway } from '../../../nodes/AlphaSms/gateway';
import { createAlphaSms } from '../../../simulators/alphaSms';
import type { Simulator } from '../../../simulators/simulator';
import type { RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { alone, batch, bodyOf, message, readOptions } from '../../support/messages';
import { simulate } from '../../support/simulated';

const byKey = alphaSmsGateway.textsFor?.('apiKey') ?? alphaSmsGateway.texts;
const byLogin = alphaSmsGateway.textsFor?.('login') ?? alphaSmsGateway.texts;

type Options = Record<string, unknown>;

const PICTURE = 'https://url.com/storage/images/image.png';
const BUTTON = { buttonText: 'Button caption', buttonUrl: 'https://redirect.url' };
const RICH = { fileUrl: PICTURE, ...BUTTON };

/** The first entry of `data` without its id, as bytes. */
function itemFor(options: Options, { text = 'Hello', from = 'ACME' } = {}): string {
	const request = byKey.build(alone(byKey, { to: '+380971234567', text, from, options }));
	expect([request.method, request.path]).toEqual(['POST', '/api/json.php']);
	return bodyOf(request)
		.replace(/"id":\d{16},/, '"id":1,')
		.replace(/messageId=\d{16}/, 'messageId=1');
}
const body = (item: string): string => `{"data":[{${item}}]}`;
const HEAD = '"id":1,"phone":380971234567';

describe('the request', () => {
	it.each<[string, Options, { text?: string; from?: string }, string]>([
		[
			'a text with all that JSON has',
			{ ttl: 60, shortenLinks: true, unsubscribeLink: true, statusUrl: 'https://example.org/hook' },
			{},
			`"type":"sms",${HEAD},"sms_signature":"ACME","sms_message":"Hello","sms_lifetime":3600,"short_link":true,"unsubscribe_link":true,"hook":"https://example.org/hook?messageId=1"`,
		],
		[
			'switches that are off',
			{ ttl: 4320, shortenLinks: false, unsubscribeLink: false },
			{},
			`"type":"sms",${HEAD},"sms_signature":"ACME","sms_message":"Hello","sms_lifetime":259200`,
		],
		[
			'Viber, a text',
			{ messageKind: 'viber', ttl: 1 },
			{ from: 'My Shop' },
			`"type":"viber",${HEAD},"viber_type":"text","viber_signature":"My Shop","viber_message":"Hello","viber_lifetime":60`,
		],
		[
			'Viber, a picture',
			{ messageKind: 'viber', fileUrl: PICTURE },
			{ text: '' },
			`"type":"viber",${HEAD},"viber_type":"image","viber_signature":"ACME","viber_image":"${PICTURE}"`,
		],
		[
			'Viber, a text and a button',
			{ messageKind: 'viber', ...BUTTON },
			{},
			`"type":"viber",${HEAD},"viber_type":"text+link","viber_signature":"ACME","viber_message":"Hello","viber_link":"https://redirect.url","viber_button":"Button caption"`,
		],
		[
			'Viber, all of it',
			{ messageKind: 'viber', ...RICH, ttl: 2880, shortenLinks: true, statusUrl: 'https://example.org/hook' },
			{},
			`"type":"viber",${HEAD},"viber_type":"text+image+link","viber_signature":"ACME","viber_message":"Hello","viber_image":"${PICTURE}","viber_link":"https://redirect.url","viber_button":"Button caption","viber_lifetime":172800,"short_link":true,"hook":"https://example.org/hook?messageId=1"`,
		],
		[
			'Viber with an SMS of the same text behind it',
			{ messageKind: 'viber+sms', ttl: 10 },
			{ from: '+380671234567' },
			`"type":"viber+sms",${HEAD},"sms_signature":"380671234567","sms_message":"Hello","viber_type":"text","viber_signature":"+380671234567","viber_message":"Hello","viber_lifetime":600`,
		],
		[
			'Viber with an SMS of its own',
			{ messageKind: 'viber+sms', smsText: 'Hi by SMS', smsFrom: 'ACME-SMS' },
			{ from: 'My Shop' },
			`"type":"viber+sms",${HEAD},"sms_signature":"ACME-SMS","sms_message":"Hi by SMS","viber_type":"text","viber_signature":"My Shop","viber_message":"Hello"`,
		],
		[
			'RCS, a text',
			{ messageKind: 'rcs' },
			{ from: 'My Shop' },
			`"type":"rcs",${HEAD},"rcs_signature":"My Shop","rcs_message":"Hello"`,
		],
		[
			'RCS, all of it, with an SMS behind',
			{ messageKind: 'rcs+sms', ...RICH, ttl: 2 },
			{},
			`"type":"rcs+sms",${HEAD},"sms_signature":"ACME","sms_message":"Hello","rcs_signature":"ACME","rcs_message":"Hello","rcs_image":"${PICTURE}","rcs_link":"https://redirect.url","rcs_button":"Button caption","rcs_lifetime":120`,
		],
		[
			'RCS with Viber and SMS behind',
			{ messageKind: 'rcs+viber+sms', ...RICH, viberFrom: 'ACME-V', smsFrom: 'ACME-S', smsText: 'S' },
			{},
			`"type":"rcs+viber+sms",${HEAD},"sms_signature":"ACME-S","sms_message":"S","rcs_signature":"ACME","rcs_message":"Hello","rcs_image":"${PICTURE}","rcs_link":"https://redirect.url","rcs_button":"Button caption","viber_type":"text+image+link","viber_signature":"ACME-V","viber_message":"Hello","viber_image":"${PICTURE}","viber_link":"https://redirect.url","viber_button":"Button caption"`,
		],
		[
			'a code by Telegram',
			{ messageKind: 'telegram', ttl: 5, statusUrl: 'https://example.org/hook' },
			{ text: ' 0471 ', from: '' },
			`"type":"telegram",${HEAD},"message":"0471","telegram_lifetime":300,"hook":"https://example.org/hook?messageId=1"`,
		],
		[
			'a code by WhatsApp',
			{ messageKind: 'whatsapp' },
			{ text: '12345678', from: '' },
			`"type":"whatsapp",${HEAD},"message":"12345678"`,
		],
		[
			"a call by the vendor's own voice",
			{ messageKind: 'call' },
			{ text: 'Привіт', from: '' },
			`"type":"voice",${HEAD},"message":"Привіт","voice":{"gender":"female","language":"uk-UA","name":"uk-UA-Standard-A"},"dtmf":false`,
		],
		[
			'a call by a man, who waits for a key',
			{
				messageKind: 'call',
				voice: 'male',
				voiceLanguage: 'en-GB',
				voiceName: 'en-GB-Standard-B',
				waitForKey: true,
			},
			{ from: '' },
			`"type":"voice",${HEAD},"message":"Hello","voice":{"gender":"male","language":"en-GB","name":"en-GB-Standard-B"},"dtmf":true`,
		],
	])('%s', (_, options, words, expected) => {
		expect(itemFor(options, words)).toBe(body(expected));
	});

	it('has each message with its own', () => {
		const own = (n: number, options: Options) =>
			message(byKey, { to: `+38097123456${n}`, text: `Hi ${n}`, from: 'ACME', options });
		const mixed = [own(1, { ttl: 60 }), own(2, {}), own(3, { shortenLinks: true })] as const;
		expect(new Set(mixed.map((one) => byKey.differentTextsKey(one)))).toEqual(new Set(['json']));
		const { data } = JSON.parse(bodyOf(byKey.build(batch('differentTexts', ...mixed)))) as { data: object[] };
		expect(data).toMatchObject([
			{ phone: 380971234561, sms_message: 'Hi 1', sms_lifetime: 3600 },
			{ phone: 380971234562, sms_message: 'Hi 2' },
			{ phone: 380971234563, sms_message: 'Hi 3', short_link: true },
		]);
		expect(data[1]).not.toHaveProperty('sms_lifetime');
		expect(data[0]).not.toHaveProperty('short_link');
	});
});

it.each([
	['https://a.example/hook', 'https://a.example/hook?messageId='],
	['https://a.example/hook?a=b', 'https://a.example/hook?a=b&messageId='],
])('the address %s says which message it is about', (statusUrl, expected) => {
	const own = (n: number) => message(byKey, { to: `+38097123456${n}`, from: 'ACME', options: { statusUrl } });
	const { data } = JSON.parse(bodyOf(byKey.build(batch('sameText', own(1), own(2))))) as {
		data: Array<{ id: number; hook: string }>;
	};
	expect(data.map(({ hook }) => hook)).toEqual(data.map(({ id }) => `${expected}${id}`));
	expect(new Set(data.map(({ hook }) => hook)).size).toBe(2);
});

describe('options that are refused', () => {
	it.each<[string, Options, RegExp]>([
		['an unknown kind', { messageKind: 'fax' }, /'Message Type' is "fax"/],
		['59 minutes for an SMS', { ttl: 59 }, /'Time to Live \(Minutes\)' is "59".*60 to 4320/],
		['4321 minutes for an SMS', { ttl: 4321 }, /60 to 4320/],
		['0 minutes for Viber', { messageKind: 'viber', ttl: 0 }, /1 to 2880/],
		['2881 minutes for RCS', { messageKind: 'rcs+sms', ttl: 2881 }, /1 to 2880/],
		['a time to live for WhatsApp', { messageKind: 'whatsapp', ttl: 60 }, /is not for "Code by WhatsApp"/],
		['a time to live for a call', { messageKind: 'call', ttl: 60 }, /is not for "Voice Call"/],
		['a picture in a text', { fileUrl: PICTURE }, /'File URL' is not for "Text Message \(SMS\)"/],
		[
			'a button in a code',
			{ messageKind: 'telegram', ...BUTTON },
			/'Button Text' is not for "Code by Telegram"/,
		],
		['an SMS text without an SMS', { messageKind: 'viber', smsText: 'x' }, /'SMS Text' is not for "Viber"/],
		['a Viber sender in front', { messageKind: 'viber+sms', viberFrom: 'x' }, /'Viber From' is not for/],
		[
			'an unsubscribe link in Viber',
			{ messageKind: 'viber', unsubscribeLink: true },
			/'Unsubscribe Link' is not/,
		],
		['short links in a code', { messageKind: 'whatsapp', shortenLinks: true }, /'Shorten Links' is not for/],
		['a hook for a call', { messageKind: 'call', statusUrl: 'https://a.example' }, /'Status URL' is not for/],
		['half a button', { messageKind: 'rcs', buttonText: 'x' }, /'Button Text' needs 'Button URL'/],
		[
			'the other half',
			{ messageKind: 'rcs', buttonUrl: 'https://a.example' },
			/'Button URL' needs 'Button Text'/,
		],
		['no web address', { messageKind: 'viber', fileUrl: 'a.png' }, /'File URL' is "a.png"/],
		['no hook', { statusUrl: 'nowhere' }, /'Status URL' is "nowhere"/],
		["a man's voice without a model", { messageKind: 'call', voice: 'male' }, /'Voice Model' is empty/],
		['an unknown voice', { messageKind: 'call', voice: 'w2' }, /'Voice' is "w2"/],
		[
			'a model of another language',
			{ messageKind: 'call', voiceName: 'en-GB-Standard-B' },
			/'Voice Model' is a voice of en-GB/,
		],
		['a language alone', { messageKind: 'call', voiceLanguage: 'uk' }, /'Voice Language' is "uk"/],
		[
			'a time for Viber',
			{ messageKind: 'viber', sendAt: '2030-01-31 09:00' },
			/'Send At' cannot be combined with "Viber"/,
		],
		[
			'a flash by Viber',
			{ messageKind: 'viber', flash: true },
			/'Flash Message' cannot be combined with "Viber"/,
		],
		[
			'a time and a life',
			{ ttl: 60, sendAt: '2030-01-31 09:00' },
			/'Send At' cannot be combined with 'Time to Live/,
		],
		[
			'a push with short links',
			{ shortenLinks: true, wapPushUrl: 'https://a.example' },
			/'WAP Push Link' cannot be combined with 'Shorten Links'/,
		],
		[
			'a version with a hook',
			{ version: 'http', statusUrl: 'https://a.example' },
			/'Protocol Version' cannot be combined with 'Status URL'/,
		],
		['a version with unsubscribing', { version: 'http', unsubscribeLink: true }, /with 'Unsubscribe Link'/],
	])('%s', (_, options, told) => {
		const { problems } = readOptions(alphaSmsGateway, options);
		expect(problems.map(({ message: what, hint }) => `${what} ${hint}`).join('\n')).toMatch(told);
	});

	it('is nothing that is off or empty', () => {
		const off = {
			flash: false,
			unsubscribeLink: false,
			smsText: '',
			fileUrl: '',
			waitForKey: false,
			ttl: '',
		};
		for (const messageKind of KINDS) {
			expect(readOptions(alphaSmsGateway, { ...off, messageKind, shortenLinks: false }).problems).toEqual([]);
		}
	});
});

describe('what is refused before anything is sent', () => {
	const check = (options: Options, text: string, from = 'ACME') =>
		byKey.checkMessage(message(byKey, { to: '+380971234567', text, from, options }));

	it.each<[string, Options, string, string, RegExp]>([
		['Viber without a text', { messageKind: 'viber' }, ' ', 'ACME', /The text is empty/],
		['RCS with a picture alone', { messageKind: 'rcs', fileUrl: PICTURE }, '', 'ACME', /The text is empty/],
		['a call without a text', { messageKind: 'call' }, '', '', /The text is empty/],
		['Viber without a sender', { messageKind: 'viber' }, 'x', '', /needs a sender/],
		['a sender of 65', { messageKind: 'rcs' }, 'x', 'x'.repeat(65), /cannot be used as a sender/],
		[
			'a Viber sender of 65',
			{ messageKind: 'rcs+viber+sms', viberFrom: 'v'.repeat(65) },
			'x',
			'ACME',
			/"v+" cannot be used/,
		],
		[
			'a sender that no SMS has',
			{ messageKind: 'viber+sms' },
			'x',
			'My Shop',
			/"My Shop" cannot be used as a sender of the SMS/,
		],
		[
			'an SMS sender of 12',
			{ messageKind: 'rcs+sms', smsFrom: 'x'.repeat(12) },
			'x',
			'ACME',
			/sender of the SMS/,
		],
		['1001 characters', { messageKind: 'viber' }, 'x'.repeat(1001), 'ACME', /1001 characters/],
		[
			'a caption of 20',
			{ messageKind: 'viber', ...BUTTON, buttonText: 'x'.repeat(20) },
			'x',
			'ACME',
			/'Button Text' has 20/,
		],
		[
			'another picture',
			{ messageKind: 'viber', fileUrl: 'https://a.example/a.svg' },
			'',
			'ACME',
			/\.jpg, \.jpeg, \.png and \.gif/,
		],
		[
			'a picture with a text',
			{ messageKind: 'viber', fileUrl: PICTURE },
			'x',
			'ACME',
			/either alone or with both/,
		],
		['a picture with a button', { messageKind: 'viber', ...RICH }, '', 'ACME', /either alone or with both/],
		[
			'the same behind RCS',
			{ messageKind: 'rcs+viber+sms', fileUrl: PICTURE },
			'x',
			'ACME',
			/either alone or with both/,
		],
		['a code of 3', { messageKind: 'telegram' }, '123', '', /4 to 8 digits/],
		['a code of 9', { messageKind: 'whatsapp' }, '123456789', '', /4 to 8 digits/],
		['a code in words', { messageKind: 'whatsapp' }, 'Code 1234', '', /4 to 8 digits/],
		[
			'a sender of a code',
			{ messageKind: 'telegram' },
			'1234',
			'ACME',
			/does not take a sender for "Code by Telegram"/,
		],
		['a sender of a call', { messageKind: 'call' }, 'x', 'ACME', /does not take a sender for "Voice Call"/],
	])('%s', (_, options, text, from, told) => {
		const refusal = check(options, text, from);
		expect(refusal).toMatchObject({ accepted: false, origin: 'input' });
		expect(refusal?.message).toMatch(told);
		expect(refusal?.message).toMatch(/Nothing was sent\.$/);
	});

	it.each<[string, Options, string, string]>([
		['1000 letters of two code units', { messageKind: 'viber' }, '🙂'.repeat(1000), 'ACME'],
		['a caption of 19', { messageKind: 'viber', ...BUTTON, buttonText: '🙂'.repeat(19) }, 'x', 'ACME'],
		['a caption of 20 in RCS', { messageKind: 'rcs', ...BUTTON, buttonText: 'x'.repeat(20) }, 'x', 'ACME'],
		[
			'a picture with a query',
			{ messageKind: 'viber', fileUrl: 'https://a.example/a.JPEG?b=c.svg' },
			'',
			'ACME',
		],
		[
			'a picture in RCS without a button',
			{ messageKind: 'rcs', fileUrl: 'https://a.example/picture' },
			'x',
			'ACME',
		],
		[
			'a sender of the SMS beside one of Viber',
			{ messageKind: 'viber+sms', smsFrom: 'ACME' },
			'x',
			'My Shop',
		],
	])('and not %s', (_, options, text, from) => {
		expect(check(options, text, from)).toBeNull();
	});

	it.each<[string, Options, RegExp]>([
		['Viber', { messageKind: 'viber' }, /needs an API key and its JSON interface for "Viber"/],
		['a life', { ttl: 60 }, /needs an API key and its JSON interface for 'Time to Live/],
		['short links', { shortenLinks: true }, /needs an API key and its JSON interface for 'Shorten Links'/],
	])('with a login: %s', (_, options, told) => {
		const one = message(byKey, { to: '+380971234567', from: 'ACME', options });
		expect(byLogin.checkMessage(one)?.message).toMatch(told);
		expect(byKey.checkMessage(one)).toBeNull();
	});

	it('counts what may go out as an SMS by the text of the SMS', () => {
		const measured = (options: Options) =>
			byKey.measure?.('x'.repeat(500), readOptions(byKey, options).options)?.segments ?? null;
		expect(measured({ messageKind: 'viber+sms', smsText: 'я'.repeat(71) })).toBe(2);
		expect(measured({ messageKind: 'viber+sms' })).toBeNull();
		const isText = KINDS.filter((messageKind) =>
			byKey.isTextMessage(readOptions(byKey, { messageKind }).options),
		);
		expect(isText).toEqual(['sms', 'viber+sms', 'rcs+sms', 'rcs+viber+sms']);
	});
});

describe('the panel', () => {
	const { properties } = new AlphaSms().description;

	/** What is shown, of the options those that can be added. */
	const shown = (messageKind: string, operation = 'send'): { fields: string[]; options: string[] } => {
		const node = { typeVersion: 1 };
		const parameters = { resource: 'message', operation, messageKind };
		const isShown = (field: INodeProperties, within: INodeParameters = parameters): boolean =>
			NodeHelpers.displayParameter(within, field, node, new AlphaSms().description, parameters);
		const fields = properties.filter((field) => isShown(field));
		const options = fields
			.filter(({ name }) => name === 'options')
			.flatMap((field) => (field.options ?? []) as INodeProperties[])
			.filter((field) => isShown(field, {}));
		return { fields: fields.map(({ name }) => name), options: options.map(({ name }) => name) };
	};

	const ALWAYS = ['defaultCountryField', 'includeRaw', 'requestsPerSecond', 'timeout', 'ttl', 'batchSize'];
	const RICH_OPTIONS = ['fileUrl', 'buttonText', 'buttonUrl'];
	it.each<[string, string[]]>([
		['sms', ['shortenLinks', 'unsubscribeLink', 'statusUrl']],
		['viber', [...RICH_OPTIONS, 'shortenLinks', 'statusUrl']],
		['viber+sms', [...RICH_OPTIONS, 'smsText', 'smsFrom', 'shortenLinks', 'statusUrl']],
		['rcs', [...RICH_OPTIONS, 'shortenLinks', 'statusUrl']],
		['rcs+sms', [...RICH_OPTIONS, 'smsText', 'smsFrom', 'shortenLinks', 'statusUrl']],
		['rcs+viber+sms', [...RICH_OPTIONS, 'smsText', 'smsFrom', 'viberFrom', 'shortenLinks', 'statusUrl']],
		['telegram', ['statusUrl']],
		['whatsapp', ['statusUrl']],
		['call', ['voiceName', 'waitForKey']],
	])('offers for %s what it has', (kind, own) => {
		const { fields, options } = shown(kind);
		const mine = options.filter((name) => alphaSmsOwn.has(name) && name !== 'version');
		expect(mine.sort()).toEqual([...own].sort());
		expect(options).toEqual(expect.arrayContaining(ALWAYS));
		expect(fields.filter((name) => name === 'message')).toHaveLength(1);
		expect(fields.includes('from')).toBe(!['telegram', 'whatsapp', 'call'].includes(kind));
		expect(fields.includes('voice')).toBe(kind === 'call');
		expect(fields.includes('voiceLanguage')).toBe(kind === 'call');
	});

	const alphaSmsOwn = alphaSmsGateway.texts.ownOptions;

	it('lets a text stay empty for Viber alone, where a picture may be all of it', () => {
		const required = (messageKind: string): boolean | undefined => {
			const parameters = { resource: 'message', operation: 'send', messageKind };
			const field = properties.find(
				(one) =>
					one.name === 'message' &&
					NodeHelpers.displayParameter(parameters, one, { typeVersion: 1 }, new AlphaSms().description),
			);
			return field?.required;
		};
		expect(KINDS.filter((kind) => required(kind) === false)).toEqual(['viber']);
		expect(KINDS.filter((kind) => required(kind) === true)).toEqual(KINDS.filter((kind) => kind !== 'viber'));
	});
});

describe('in the engine', () => {
	let simulator: Simulator;
	simulate(createAlphaSms, (started) => (simulator = started));

	const run = async (
		parameters: INodeParameters,
		rows: readonly IDataObject[] = [{ to: '+380971234567' }],
		credentials: Readonly<Record<string, string>> = {},
	): Promise<RunResult> =>
		await runNode({
			node: 'alphaSms',
			credentials: { alphaSmsApi: { ...simulator.credentials, ...credentials } },
			rows,
			onError: 'continueErrorOutput',
			parameters: { to: '={{ $json.to }}', message: 'Hello', from: 'ACME', ...parameters },
		});
	const people = (count: number): IDataObject[] =>
		Array.from({ length: count }, (_, n) => ({ to: `+38050${1_000_000 + n}` }));

	it.each<[string, INodeParameters, boolean]>([
		['viber', { messageKind: 'viber', options: RICH }, false],
		['viber, a picture', { messageKind: 'viber', message: '', options: { fileUrl: PICTURE } }, false],
		['viber+sms', { messageKind: 'viber+sms', options: { ...BUTTON, ttl: 10 } }, true],
		['rcs', { messageKind: 'rcs', options: { fileUrl: PICTURE } }, false],
		['rcs+sms', { messageKind: 'rcs+sms', options: { smsText: 'Hi' } }, true],
		['rcs+viber+sms', { messageKind: 'rcs+viber+sms', options: { ...RICH, shortenLinks: true } }, true],
		['telegram', { messageKind: 'telegram', from: '', message: '0471', options: { ttl: 1 } }, false],
		['whatsapp', { messageKind: 'whatsapp', from: '', message: '0471' }, false],
		['voice', { messageKind: 'call', from: '', voice: 'female', voiceLanguage: 'en-GB' }, false],
		['sms', { options: { ttl: 60, shortenLinks: true, unsubscribeLink: true } }, true],
	])('%s is taken, two people in one request', async (_, parameters, isText) => {
		const { success, failed } = await run(parameters, people(2));
		expect(failed).toEqual([]);
		expect(simulator.requests.map(({ url }) => url)).toEqual(['/api/json.php']);
		expect(success.map(({ json }) => json.messageId)).toEqual(
			simulator.texts.map(({ messageId }) => messageId),
		);
		for (const { json } of success) {
			expect(json).toMatchObject({ status: 'queued', accepted: true, cost: null });
			expect('segments' in json).toBe(isText);
		}
	});

	it('a login sends none of them', async () => {
		for (const messageKind of KINDS.slice(1)) {
			const isBare = ['telegram', 'whatsapp', 'call'].includes(messageKind);
			const { failed } = await run({ messageKind, message: '12345', from: isBare ? '' : 'ACME' }, people(2), {
				authentication: 'login',
			});
			expect(failed).toHaveLength(2);
			expect(failed[0]?.json.error).toMatchObject({ accepted: false, kind: 'authentication' });
		}
		expect(simulator.requests).toHaveLength(0);
	});

	it('the first row may be wrong, and a refused one leaves the others alone', async () => {
		simulator.orders.recipientCodes.set('380501000001', 'Error in Alpha-name');
		const rows = [{ to: 'nobody', text: 'x' }, ...people(3).map((row) => ({ ...row, text: 'Hi' }))];
		const { success, failed } = await run({ messageKind: 'viber', message: '={{ $json.text }}' }, rows);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 3 }]);
		expect(failed.map(({ json }) => json.error)).toMatchObject([
			{ kind: 'invalid_recipient' },
			{ kind: 'invalid_sender', to: '+380501000001' },
		]);
	});

	it('Max Segments counts the SMS behind', async () => {
		const parameters = { messageKind: 'viber+sms', limits: { maxSegments: 1 } };
		const { failed } = await run({ ...parameters, options: { smsText: 'x'.repeat(161) } });
		expect(failed[0]?.json.error).toMatchObject({ message: expect.stringMatching(/needs 2 segments/) });
		const { success } = await run({ ...parameters, message: 'x'.repeat(900), options: { smsText: 'x' } });
		expect(success).toHaveLength(1);
	});

	it('a preview has no price for what is no SMS, and one for an SMS', async () => {
		const preview = async (messageKind: string) =>
			(await run({ operation: 'preview', includePrice: true, messageKind })).success[0]?.json;
		expect(await preview('sms')).toMatchObject({ cost: 1.2, currency: 'UAH' });
		expect(await preview('viber')).toMatchObject({ cost: null });
		expect(await preview('viber+sms')).toMatchObject({ cost: null });
		expect(simulator.texts).toHaveLength(0);
	});

	it('whatever the options, what passes the checks is what the vendor takes', async () => {
		const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
			fc.option(value, { nil: undefined });
		const texts = fc.constantFrom('', 'Hello', '1234', 'x'.repeat(1001), 'Привіт 🙂');
		const asked = fc.record({
			messageKind: fc.constantFrom(...KINDS),
			message: texts,
			from: fc.constantFrom('', 'ACME', 'My Shop', '+380671234567'),
			options: fc.record({
				ttl: some(fc.constantFrom(1, 59, 60, 2880, 4320)),
				shortenLinks: some(fc.boolean()),
				unsubscribeLink: some(fc.boolean()),
				statusUrl: some(fc.constantFrom('https://example.org/hook', 'nowhere')),
				fileUrl: some(fc.constantFrom(PICTURE, 'https://a.example/a.svg')),
				buttonText: some(fc.constantFrom('More', 'x'.repeat(20))),
				buttonUrl: some(fc.constant('https://redirect.url')),
				smsText: some(fc.constantFrom('Hi')),
				smsFrom: some(fc.constantFrom('ACME', 'My Shop')),
				viberFrom: some(fc.constantFrom('ACME')),
				waitForKey: some(fc.boolean()),
				voiceName: some(fc.constantFrom('uk-UA-Standard-A', 'en-GB-Standard-B')),
			}),
		});
		let taken = 0;
		await fc.assert(
			fc.asyncProperty(asked, async ({ options, message: text, ...parameters }) => {
				simulator.reset();
				const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
				const { success, failed } = await run(
					{ ...parameters, message: '={{ $json.text }}', options: given as INodeParameters },
					[{ to: '+380971234567', text }],
				);
				expect(success.length + failed.length).toBe(1);
				expect(simulator.texts).toHaveLength(success.length);
				taken += success.length;
				// What the vendor refuses should have been refused here.
				const [refused] = failed;
				if (simulator.requests.length > 0 && refused !== undefined)
					throw new Error(JSON.stringify([refused.json.error, parameters, text, given]));
			}),
			{ numRuns: 300 },
		);
		expect(taken).toBeGreaterThan(10);
	});
});
