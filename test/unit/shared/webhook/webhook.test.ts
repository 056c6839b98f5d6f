/** What all triggers share: reading a call's bytes, keeping repeats out, words of opt-out; and that nothing breaks them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readAdvantaCall } from '../../../../nodes/AdvantaSms/webhook';
import { readSmsRuCall } from '../../../../nodes/SmsRu/webhook';
import { readSmscCall } from '../../../../nodes/Smsc/webhook';
import { readVoipCommunicationsCall } from '../../../../nodes/VoipCommunications/webhook';
import type { MessageStatus } from '../../../../nodes/shared/contract/outcome';
import { fieldText, parseCall, rawFields, readForm } from '../../../../nodes/shared/webhook/call';
import type { WebhookCall } from '../../../../nodes/shared/webhook/call';
import type { GatewayEvent } from '../../../../nodes/shared/contract/event';
import { EventMemory } from '../../../../nodes/shared/webhook/eventMemory';
import { OPT_OUT_WORDS, isOptOut, readWords } from '../../../../nodes/shared/webhook/optOut';
import { facts } from '../../../facts';

/** What these tests call now. */
const NOW = Date.UTC(2030, 0, 1);
const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);

describe('a form', () => {
	it('reads what URLSearchParams writes, byte for byte', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.tuple(fc.fullUnicodeString({ minLength: 1 }), fc.fullUnicodeString()), {
					selector: ([name]) => name,
					maxLength: 20,
				}),
				(pairs) => {
					const text = new URLSearchParams(pairs).toString();
					const form = readForm(Buffer.from(text));
					expect([...form].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual(pairs);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('keeps bytes that are no UTF-8, and a % that is no escape', () => {
		const form = readForm(Buffer.from('a=%C4%E0&b=100%&c=%zz&d=1=2&e&=f'));
		expect([...(form.get('a') ?? [])]).toEqual([0xc4, 0xe0]);
		expect(['b', 'c', 'd', 'e'].map((name) => Buffer.from(form.get(name) ?? []).toString())).toEqual([
			'100%',
			'%zz',
			'1=2',
			'',
		]);
	});

	it('is cut off after a thousand fields, and refused beyond a million bytes', () => {
		const many = Array.from({ length: 5000 }, (_, n) => `f${n}=1`).join('&');
		expect(readForm(Buffer.from(many)).size).toBe(1000);
		expect(parseCall('', 'application/json', Buffer.alloc(1_000_001))).toBeNull();
	});

	it('hands on a field named __proto__ as a field', () => {
		const call = parseCall('__proto__=x', 'application/json', Buffer.from('{"__proto__": {"a": 1}}'));
		const raw = call === null ? {} : rawFields(call);
		expect(Object.keys(raw)).toEqual(['__proto__']);
		expect(Object.getPrototypeOf(raw)).toBe(Object.prototype);
		expect(({} as Record<string, unknown>).a).toBeUndefined();
	});
});

describe('a body of many parts', () => {
	const CRLF = '\r\n';
	const BOUNDARY = 'XyZ--12';
	const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
	const part = (head: string, value: string | Buffer): Buffer =>
		Buffer.concat([
			Buffer.from(`--${BOUNDARY}${CRLF}Content-Disposition: form-data; ${head}${CRLF}${CRLF}`),
			Buffer.from(value),
			Buffer.from(CRLF),
		]);
	const end = Buffer.from(`--${BOUNDARY}--${CRLF}`);
	const fieldsOf = (body: Buffer, type = TYPE, query = ''): Array<[string, string | null]> | null => {
		const call = parseCall(query, type, body);
		return call === null ? null : [...call.form.keys()].map((name) => [name, fieldText(call, name)]);
	};

	it('is read as the fields of a form', () => {
		const body = Buffer.concat([
			part('name="mobile"', '254712345678'),
			part('name="message"', 'JOIN us\r\n--now'),
			part('name=shortcode', '20880'),
			part('name="empty"', ''),
			end,
		]);
		const expected = [
			['mobile', '254712345678'],
			['message', 'JOIN us\r\n--now'],
			['shortcode', '20880'],
			['empty', ''],
		];
		expect(fieldsOf(body)).toEqual(expected);
		expect(fieldsOf(body, `Multipart/Form-Data; charset=utf-8; Boundary="${BOUNDARY}"`)).toEqual(expected);
		expect(fieldsOf(Buffer.concat([Buffer.from(`preamble${CRLF}`), body]))).toEqual(expected);
	});

	it('keeps the bytes, and leaves files out', () => {
		const call = parseCall(
			'',
			TYPE,
			Buffer.concat([
				part('name="text"', Buffer.from([0xcf, 0xf0, 0x00, 0x0d, 0x0a])),
				part(`name="file"; filename="a; name=x"${CRLF}Content-Type: image/png`, 'png'),
				part('filename="name=y"; name="file2"', 'png'),
				part('name="a \\"b\\" %22c%22"', 'quotes'),
				end,
			]),
		);
		expect([...(call?.form.keys() ?? [])]).toEqual(['text', 'a "b" "c"']);
		expect([...(call?.form.get('text') ?? [])]).toEqual([0xcf, 0xf0, 0x00, 0x0d, 0x0a]);
	});

	it.each(['\u2028', '\u2029', '\u0085', '\u000b', '\u000c', '\u001c', 'a\u2028b'])(
		'takes only CRLF for the end of a line: a field named %j',
		(name) => {
			expect(fieldsOf(Buffer.concat([part(`name="${name}"`, '1'), end]))).toEqual([[name, '1']]);
		},
	);

	it('gives what came whole of a body that is cut off, and nothing of what is none', () => {
		const body = Buffer.concat([part('name="a"', '1'), part('name="b"', '2'), end]);
		expect(fieldsOf(body.subarray(0, body.length - end.length - 3))).toEqual([['a', '1']]);
		expect(fieldsOf(Buffer.from('a=1'))).toEqual([]);
		expect(fieldsOf(body, 'multipart/form-data')).toEqual([]);
		expect(fieldsOf(Buffer.concat([Buffer.from(`--${BOUNDARY}${CRLF}no head`), end]))).toEqual([]);
	});

	it('reads any fields that a browser would write', async () => {
		const text = fc.fullUnicodeString();
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.tuple(text, text), {
					selector: ([name]) => name.replace(/\r\n|\r|\n/g, '\r\n'),
					maxLength: 10,
				}),
				async (pairs) => {
					const form = new FormData();
					for (const [name, value] of pairs) form.append(name, value);
					const request = new Request('http://localhost', { method: 'POST', body: form });
					const type = request.headers.get('content-type') ?? '';
					const read = fieldsOf(Buffer.from(await request.arrayBuffer()), type);
					const lines = (value: string): string => value.replace(/\r\n|\r|\n/g, '\r\n');
					// A back-slash before a quote is how other clients escape one: that alone is ambiguous.
					const plain = pairs.filter(([name]) => !/[\\%]/.test(name));
					for (const [name, value] of plain) expect(read).toContainEqual([lines(name), lines(value)]);
				},
			),
			{ numRuns: 400, examples: [[[['\u2028', '\u2029']]]] },
		);
	});

	it.each([
		['parts', (): Buffer => Buffer.from(`--${BOUNDARY}${CRLF}`.repeat(60_000))],
		['delimiters without an end', () => Buffer.from(`${CRLF}--${BOUNDARY.slice(0, -1)}`.repeat(80_000))],
		[
			'one head',
			() => Buffer.from(`--${BOUNDARY}${CRLF}content-disposition: form-data${'; a="\\'.repeat(150_000)}`),
		],
		['line breaks', () => Buffer.from(`--${BOUNDARY}${CRLF.repeat(450_000)}`)],
		[
			'fields',
			() => Buffer.concat([...Array.from({ length: 9000 }, (_, n) => part(`name="f${n}"`, '')), end]),
		],
	])('takes a megabyte of %s', (_, make) => {
		const body = make().subarray(0, 1_000_000);
		const started = process.cpuUsage();
		const read = fieldsOf(body);
		expect(read?.length).toBeLessThanOrEqual(1000);
		expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5);
	});
});

describe('JSON', () => {
	const JSON_BODY = '{"messageid":"17","description":"DeliveredToTerminal","n":12345678901234567890}';
	it.each([
		'application/json',
		'application/x-www-form-urlencoded',
		'application/x-www-form-urlencoded; charset=UTF-8',
		'text/plain',
		'',
	])('is read whatever the content type says: %j', (type) => {
		const call = parseCall('a=1', type, Buffer.from(JSON_BODY));
		expect(call?.json).toEqual({
			messageid: '17',
			description: 'DeliveredToTerminal',
			n: '12345678901234567890',
		});
		// And not as a form with strange names.
		expect([...(call?.form.keys() ?? [])]).toEqual(['a']);
	});

	it('that is a list or a number stands under body, and a form stays a form', () => {
		expect(parseCall('', '', Buffer.from('[{"a":1}]'))).toMatchObject({ json: null, body: [{ a: 1 }] });
		const form = parseCall('', 'application/x-www-form-urlencoded', Buffer.from('17=1'));
		expect([form?.json, [...(form?.form.keys() ?? [])]]).toEqual([null, ['17']]);
	});
});

describe('the character set of a call', () => {
	const latin1 = Buffer.from('Sí, mañana', 'latin1');
	const encoded = [...latin1].map((byte) => `%${byte.toString(16)}`).join('');
	const spanish = { fallback: 'windows-1252', trustsHeader: true } as const;

	it('is the one of the place where the bytes are no UTF-8', () => {
		for (const [query, type, body] of [
			[`text=${encoded}`, '', ''],
			['', 'application/x-www-form-urlencoded', `text=${encoded}`],
			['', 'application/x-www-form-urlencoded; charset=iso-8859-1', `text=${encoded}`],
			['', 'application/x-www-form-urlencoded; charset=utf-8', `text=${encoded}`],
		] as const) {
			const call = parseCall(query, type, Buffer.from(body), spanish);
			expect(call === null ? null : fieldText(call, 'text')).toBe('Sí, mañana');
			expect(call === null ? null : rawFields(call)).toEqual({ text: 'Sí, mañana' });
		}
		const json = Buffer.concat([Buffer.from('{"text":"'), latin1, Buffer.from('"}')]);
		expect(parseCall('', 'application/json', json, spanish)?.json).toEqual({ text: 'Sí, mañana' });
	});

	it('is windows-1251 where nothing is said, and the header is believed only where that is asked for', () => {
		const type = 'application/x-www-form-urlencoded; charset=iso-8859-1';
		const call = parseCall('', type, Buffer.from('text=%CF%F0%E8%E2%E5%F2'));
		expect(call === null ? null : fieldText(call, 'text')).toBe('Привет');
		const other = parseCall('', 'text/plain; charset=koi8-r', Buffer.alloc(0), spanish);
		expect(other?.decode(Buffer.from([0xb3, 0xd6]))).toBe('Ёж');
	});

	it('is that of the bytes in an address that is not encoded', () => {
		const call = parseCall(`text=${Buffer.from('Привет').toString('latin1')}`, '', Buffer.alloc(0));
		expect(call === null ? null : fieldText(call, 'text')).toBe('Привет');
	});
});

const readers = Object.values(facts).flatMap(({ trigger }) => trigger?.readers ?? []);
const NAMES = [
	'id',
	'phone',
	'status',
	'err',
	'ts',
	'mes',
	'to',
	'waitcall',
	'md5',
	'sha1',
	'charset',
	'data[0]',
	'data[99]',
	'hash',
	'messageid',
	'description',
	'message',
	'mobile',
	'msisdn',
	'from',
	'text',
	'__proto__',
	'constructor',
	'toString',
];

describe.each(readers)('%s', (_, read) => {
	const types = fc.constantFrom(
		'application/x-www-form-urlencoded',
		'application/json',
		'text/plain',
		'multipart/form-data; boundary=a',
		'',
	);
	const anyCall = fc.oneof(
		fc.tuple(
			fc.string(),
			types,
			fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
		),
		fc.tuple(
			fc.constant(''),
			fc.constant('application/json'),
			fc
				.dictionary(fc.constantFrom(...NAMES), fc.jsonValue())
				.map((value) => Buffer.from(JSON.stringify(value))),
		),
		fc.tuple(
			fc.constant(''),
			fc.constant('application/x-www-form-urlencoded'),
			fc
				.array(fc.tuple(fc.constantFrom(...NAMES), fc.oneof(fc.string(), fc.nat().map(String))))
				.map((pairs) => Buffer.from(new URLSearchParams(pairs).toString())),
		),
	);

	it('takes anything at all', () => {
		fc.assert(
			fc.property(anyCall, ([query, type, body]) => {
				const call = parseCall(query, type, body);
				const made = call === null ? null : read(call);
				// What comes out can be stored.
				expect(() => JSON.stringify(made)).not.toThrow();
			}),
			{ numRuns: RUNS },
		);
	});
});

it('a signed gateway is never taken in by arbitrary bytes', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.string())), (pairs) => {
			const body = Buffer.from(new URLSearchParams(pairs).toString());
			const call = parseCall('', 'application/x-www-form-urlencoded', body);
			if (call === null) return;
			expect(readSmsRuCall(call, 'key')).toEqual({ outcome: 'forged' });
			expect(readSmscCall(call, 'secret')).toEqual({ outcome: 'forged' });
		}),
		{ numRuns: RUNS },
	);
});

function report(status: MessageStatus, messageId = '1', to: string | null = null): GatewayEvent {
	const rest = { from: null, text: null, error: null, occurredAt: null, raw: { status } };
	return { event: 'status', gateway: 'smsc', messageId, to, status, ...rest };
}

describe('memory of events', () => {
	it.each([
		[
			['queued', 'sent', 'delivered'],
			['queued', 'sent', 'delivered'],
		],
		[
			['sent', 'queued', 'sent', 'delivered', 'sent'],
			['sent', 'delivered'],
		],
		[
			['expired', 'delivered', 'expired', 'read'],
			['expired', 'delivered', 'read'],
		],
		[['delivered', 'undelivered', 'unknown'], ['delivered']],
		[['undelivered', 'rejected', 'expired'], ['undelivered']],
		[
			['unknown', 'unknown', 'queued'],
			['unknown', 'queued'],
		],
	] as ReadonlyArray<[MessageStatus[], MessageStatus[]]>)('%j comes through as %j', (sent, seen) => {
		const memory = new EventMemory();
		const fresh = sent.flatMap((status) => memory.take('here', [report(status)]).fresh);
		expect(fresh.map(({ status }) => status)).toEqual(seen);
	});

	it('tells messages, numbers and workflows apart', () => {
		const memory = new EventMemory();
		const take = (place: string, event: GatewayEvent) => memory.take(place, [event]).fresh.length;
		expect(take('a', report('sent'))).toBe(1);
		expect(take('b', report('sent'))).toBe(1);
		expect(take('a', report('sent', '2'))).toBe(1);
		expect(take('a', report('sent', '1', '+79161234567'))).toBe(1);
		expect(take('a', report('sent'))).toBe(0);
	});

	it('forgets what n8n could not take, and only that', () => {
		const memory = new EventMemory();
		memory.take('here', [report('queued')]);
		memory.take('here', [report('delivered')]).forget();
		expect(memory.take('here', [report('queued')]).fresh).toHaveLength(0);
		expect(memory.take('here', [report('delivered')]).fresh).toHaveLength(1);
	});

	const MINUTE = 60_000;
	const DAY = 24 * 60 * MINUTE;
	/** How many of these calls start a workflow, each so many minutes after the first. */
	const runs = (calls: ReadonlyArray<readonly [minutes: number, event: GatewayEvent | null]>): boolean[] => {
		const memory = new EventMemory();
		return calls.map(([minutes, event]) => {
			if (event === null) throw new Error('the call was not read');
			return memory.take('here', [event], NOW + minutes * MINUTE).fresh.length === 1;
		});
	};
	const form = (fields: Record<string, string>): WebhookCall => {
		const body = Buffer.from(new URLSearchParams(fields).toString());
		const call = parseCall('', 'application/x-www-form-urlencoded', body);
		if (call === null) throw new Error('the call was not read');
		return call;
	};
	const smsc = (fields: Record<string, string>): GatewayEvent | null => {
		const reading = readSmscCall(form(fields), '');
		return reading.outcome === 'events' ? (reading.events[0] ?? null) : null;
	};
	const writers: ReadonlyArray<readonly [string, (text: string, from?: string) => GatewayEvent | null]> = [
		[
			"Advanta's short code",
			(message, mobile = '254712345678') => readAdvantaCall(form({ mobile, shortcode: '20880', message })),
		],
		[
			'VoIP Communications',
			(message, from = '12025550123') =>
				readVoipCommunicationsCall(form({ from, to: '12025550199', message })),
		],
		['SMSC without id and time', (mes, phone = '79161234567') => smsc({ phone, mes, to: '79990000000' })],
	];

	describe.each(writers)('of what gives neither id nor time: %s', (_, says) => {
		it('takes JOIN and JOIN a few minutes later for two messages', () => {
			expect(
				runs([
					[0, says('JOIN')],
					[2, says('JOIN')],
					[5, says('JOIN')],
					[24 * 60, says('JOIN')],
				]),
			).toEqual([true, true, true, true]);
		});

		it('takes the same call again within a minute for a repeat, and only that of the same person', () => {
			const other = '254700000001';
			expect(
				runs([
					[0, says('JOIN')],
					[0.1, says('JOIN')],
					[1, says('JOIN')],
					[1, says('JOIN', other)],
				]),
			).toEqual([true, false, false, true]);
		});

		it('loses no STOP, however fast people change their mind', () => {
			expect(
				runs([
					[0, says('STOP')],
					[0.1, says('START')],
					[0.2, says('STOP')],
				]),
			).toEqual([true, true, true]);
			expect(
				runs([
					[0, says('STOP')],
					[1, says('START')],
					[3, says('STOP')],
					[3.1, says('STOP')],
				]),
			).toEqual([true, true, true, false]);
		});

		it('remembers nothing that n8n could not take', () => {
			const memory = new EventMemory();
			const event = says('JOIN');
			if (event === null) throw new Error('the call was not read');
			memory.take('here', [event], NOW).forget();
			expect(memory.take('here', [event], NOW + 1).fresh).toHaveLength(1);
			expect(memory.take('here', [event], NOW + 2).fresh).toHaveLength(0);
		});
	});

	it('goes by the time that the gateway names: the same instant is a repeat for days, another is none', () => {
		const says = (ts: number) => smsc({ phone: '79161234567', mes: 'JOIN', to: '7999', ts: String(ts) });
		expect(
			runs([
				[0, says(1_900_000_000)],
				[0.1, says(1_900_000_003)],
				[10, says(1_900_000_000)],
				[60 * 24, says(1_900_000_003)],
			]),
		).toEqual([true, true, false, false]);
	});

	it('goes by the id that the gateway gives', () => {
		const says = (id: string) => smsc({ id, phone: '79161234567', mes: 'JOIN', to: '7999' });
		expect(
			runs([
				[0, says('1')],
				[0.1, says('2')],
				[60, says('1')],
			]),
		).toEqual([true, true, false]);
	});

	describe('of a message id that is used again', () => {
		const told = (status: MessageStatus, seconds: number | null): GatewayEvent => ({
			...report(status, 'order-17', '+79161234567'),
			occurredAt: seconds === null ? null : new Date(NOW + seconds * 1000).toISOString(),
		});

		it('takes reports of a later time for those of another message', () => {
			expect(
				runs([
					[0, told('sent', 0)],
					[1, told('delivered', 60)],
					// Used again: the news of the second message.
					[2, told('sent', 150)],
					[3, told('delivered', 240)],
					// And a third time, of which only the end is told.
					[60, told('undelivered', 3600)],
					[120, told('undelivered', 7200)],
				]),
			).toEqual([true, true, true, true, true, true]);
		});

		it('still takes repeats and late news of the same message for old', () => {
			expect(
				runs([
					[0, told('delivered', 60)],
					[1, told('delivered', 60)],
					[1, told('sent', 30)],
					[2, told('undelivered', 60)],
					[2, told('undelivered', 61)],
					[3, told('unknown', 3600)],
					[60, told('sent', null)],
				]),
			).toEqual([true, false, false, false, false, false, false]);
		});

		it('forgets where a message stood after some days, for gateways that name no time', () => {
			expect(
				runs([
					[0, told('delivered', null)],
					[(4 * DAY) / MINUTE, told('sent', null)],
					[(6 * DAY) / MINUTE, told('sent', null)],
				]),
			).toEqual([true, false, true]);
		});
	});

	it('keeps nothing of what a call says, however long it is', () => {
		const memory = new EventMemory();
		const event = (n: number): GatewayEvent => ({
			...report('sent'),
			event: 'reply',
			raw: { text: `${n}${'x'.repeat(100_000)}` },
		});
		const before = process.memoryUsage().heapUsed;
		for (let n = 0; n < 2000; n++) memory.take('here', [event(n)]);
		// 200 MB of text have gone by.
		expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
		expect(memory.take('here', [event(0)]).fresh).toHaveLength(0);
	});

	it('stays bounded', () => {
		const memory = new EventMemory();
		for (let n = 0; n < 60_000; n++) memory.take('here', [report('sent', String(n))]);
		expect(memory.take('here', [report('sent', '59999')]).fresh).toHaveLength(0);
		expect(memory.take('here', [report('sent', '0')]).fresh).toHaveLength(1);
	});
});

describe('opting out', () => {
	const words = readWords(OPT_OUT_WORDS);
	it.each([
		...['STOP', 'stop', ' Stop! ', 'Unsubscribe', 'STOP ACME', 'Stop all', 'ＳＴＯＰ', 'unsubscribe me'],
		...['Opt out', 'opt-out', 'OPTOUT', 'Revoke', 'cancel', 'End.', 'QUIT', 'remove'],
		...['Стоп', 'СТОП.', 'отписка', 'Отписаться', 'стоп реклама', 'Відписка', 'відписатися'],
		...['Ondoa', 'ONDOA!'],
	])('%j is one', (text) => expect(isOptOut(text, words)).toBe(true));

	// What people answer to a reminder, an order or a question.
	it.each([
		...['', 'Stop by at nine please', 'Do not stop', 'nonstop', 'Stopp', 'ok', 'no', 'Cancel appointment'],
		...['Cancel tomorrow', 'End date?', 'Quit smoking', 'Remove one', 'revoke it', 'the end'],
		...['Не стоп', 'Отпиши', 'отпиши потом', 'Отказ', 'нет', 'отмена', 'Не треба', 'Відмова', 'ні'],
		...['Sitaki', 'Acha', 'acha hiyo', 'ondoa hiyo', 'hapana'],
	])('%j is none', (text) => expect(isOptOut(text, words)).toBe(false));

	it('each of the words has its source in the documentation', () => {
		const page = readFileSync(path.join(__dirname, '../../../../docs/triggers.md'), 'utf8');
		const [, section = ''] = page.split('## Opt-out words');
		const listed = [...section.matchAll(/^\| ([\p{Lu}, ]+) \| \S+ \| .{20}/gmu)].map(([, cell]) => cell);
		expect(listed).toHaveLength(4);
		expect(listed.join(', ')).toBe(OPT_OUT_WORDS);
	});

	it('goes by the words that people set', () => {
		expect(isOptOut('basta', readWords('basta; fin\nalto'))).toBe(true);
		expect(isOptOut('STOP', readWords(''))).toBe(false);
	});
	it('takes linear time', () => {
		const start = Date.now();
		isOptOut('стоп '.repeat(200_000), words);
		expect(Date.now() - start).toBeLessThan(1000);
	});
});

it('a field that is missing is told from an empty one', () => {
	const call = parseCall('a=', '', Buffer.alloc(0));
	expect(call === null ? null : [fieldText(call, 'a'), fieldText(call, 'b')]).toEqual(['', null]);
});
