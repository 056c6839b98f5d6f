/**
 * The list of texts, decoded as the vendor describes it: whatever a row holds and whatever option changes its path, each
 * text reaches its own number, from its own sender, in its own zone, and nobody else gets one.
 */
import fc from 'fast-check';
import { smscGateway } from '../../../nodes/Smsc/gateway';
import type { SmscOptions } from '../../../nodes/Smsc/options';
import type { Batch, Message } from '../../../nodes/shared/contract/message';
import { planBatches } from '../../../nodes/shared/send/plan';
import { splitComment } from '../../../simulators/smsc/content';
import { batch, bodyOf, message, readOptions } from '../../support/messages';

/** One text as SMSC would send it. `zone`: the one that the request's time is meant in; null for the account's. */
interface Sent {
	readonly to: string;
	readonly from: string;
	readonly text: string;
	readonly zone: string | null;
}

/** "DDMMYYhhmm or DD.MM.YY hh:mm": only with these may a line name a zone. */
const CALENDAR = /^(?:\d{10}|\d{2}\.\d{2}\.\d{2} \d{2}:\d{2})$/;

function decoded(one: Batch<SmscOptions>): Sent[] {
	const form = new URLSearchParams(bodyOf(smscGateway.texts.build(one)));
	const from = form.get('sender') ?? '';
	const zone = form.get('tz');
	const list = form.get('list');
	if (list === null) {
		const phones = (form.get('phones') ?? '').split(/[,;]/);
		return phones.map((to) => ({ to, from, text: form.get('mes') ?? '', zone }));
	}
	expect(form.get('phones')).toBeNull();
	return list.split('\n').flatMap((line) => {
		// A bar anywhere in a line might be taken for the end of a sender: there is one at most.
		const parts = line.split('|');
		expect(parts.length).toBeLessThanOrEqual(2);
		const [head, rest] = parts.length === 2 ? [parts[0] ?? '', parts[1] ?? ''] : [null, line];
		const [sender, ownZone, ...more] = head === null ? [from] : head.split(',');
		expect(more).toEqual([]);
		if (head !== null) expect(sender).not.toBe('');
		const isCalendar = CALENDAR.test(form.get('time') ?? '');
		if (ownZone !== undefined) expect(isCalendar).toBe(true);
		const end = rest.search(/[:;]/);
		const text = rest.slice(end + 1).replaceAll('\\n', '\n');
		const phones = rest.slice(0, end).split(',');
		return phones.map((to) => ({ to, from: sender ?? '', text, zone: ownZone ?? zone }));
	});
}

const breaks = (text: string): string => text.replace(/\r\n|[\r\u2028\u2029]/g, '\n');
const sorted = (texts: readonly Sent[]): string[] =>
	texts.map((one) => JSON.stringify({ ...one, text: breaks(one.text) })).sort();
const intended = ({ to, from, text, options }: Message<SmscOptions>): Sent => ({
	to,
	from,
	text,
	zone: options.tz === null ? null : String(options.tz),
});

/** Options that change the way a text takes, besides its zone. */
const PATHS: Readonly<Record<string, Record<string, unknown>>> = {
	'a fixed id': { messageId: 'order-1042' },
	'multi-line mode': { multiLineList: true },
	'no details': { perNumberDetails: false },
	'Numbers format': { responseFormat: 1 },
	XML: { responseFormat: 2 },
	'a price only': { cost: 1 },
	'a window of hours': { sendWindow: '9-21' },
	'a date': { sendAt: '2030-01-01T09:00:00' },
	minutes: { sendInMinutes: 30 },
	'a raw calendar time': { time: '01.01.30 09:00' },
	'invalid numbers listed': { listInvalidNumbers: true },
	cut: { maxSms: 2 },
	binary: { binary: 1 },
	'a WAP push': { wapPushUrl: 'https://example.com/a' },
};

const piece = fc.constantFrom(
	...[
		':',
		';',
		'|',
		',',
		'\n',
		'\r\n',
		'\r',
		'\\n',
		'\\',
		'"',
		'+',
		'&',
		'=',
		'%0A',
		'\n~~~\n',
		'~~~',
		' ',
		'\u2028',
	],
	...['79167654321', '+79167654321:', 'ACME|', 'ACME,2|', 'Hi', 'B', '5', 'list=', 'x'],
);
const hostile = fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const text = fc.oneof(fc.constantFrom('Hi A', 'Hi; B: 5', 'one\ntwo', 'x,y'), hostile);
const phone = fc.integer({ min: 0, max: 5 }).map((n) => `+7916123456${n}`);
const path = fc
	.subarray(Object.keys(PATHS), { maxLength: 2 })
	.map((names) => Object.assign({}, ...names.map((name) => PATHS[name])) as Record<string, unknown>)
	.filter((options) => readOptions(smscGateway, options).problems.length === 0);
const row = fc.record({
	to: fc.oneof(phone, fc.constantFrom('+85291234567', '+9607712345')),
	text,
	from: fc.oneof(fc.constant(''), fc.constantFrom('ACME', 'My Shop', '37251'), fc.constant('ACME'), hostile),
	tz: fc.constantFrom(null, null, null, 0, 7),
});

it('each text reaches its own number, whatever its sender and text hold and whatever options are set', () => {
	let lists = 0;
	fc.assert(
		fc.property(
			fc.array(row, { minLength: 1, maxLength: 8 }),
			path,
			fc.constantFrom(null, 1, 2, 1000),
			fc.boolean(),
			(rows, options, batchSize, isPrice) => {
				const messages = rows.map(({ to, text, from, tz }) =>
					message(smscGateway, {
						to,
						text,
						from,
						options: { ...options, ...(tz === null ? {} : { timezoneOffset: tz }) },
					}),
				);
				const asks = isPrice && smscGateway.prices !== null;
				const planner = asks && smscGateway.prices !== null ? smscGateway.prices : smscGateway.texts;
				const batches = planBatches(planner, messages, batchSize);
				for (const one of batches) {
					const sent = asks ? decodedWith(one) : decoded(one);
					const { options: first } = one.messages[0];
					// Raw bytes and links have a layout of their own, and never stand in a list.
					if (first.binary !== 0 || first.wapPushUrl !== null) expect(one.style).toBe('sameText');
					else expect(sorted(sent)).toEqual(sorted(one.messages.map(intended)));
					if (one.style === 'differentTexts') lists++;
				}
				expect(batches.flatMap((one) => one.messages)).toHaveLength(messages.length);
			},
		),
		{ numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
	);
	// Lists were made, or nothing was shown.
	expect(lists).toBeGreaterThan(50);
});

it('nothing of a text that passes the checks is taken for a comment, whatever its path', () => {
	let refused = 0;
	fc.assert(
		fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), path, (rows, options) => {
			const messages = rows.map((one) => message(smscGateway, { ...one, options }));
			const sendable = messages.filter((one) => smscGateway.texts.checkMessage(one) === null);
			refused += messages.filter(({ text: its }) => splitComment(breaks(its))[1] !== '').length;
			for (const one of planBatches(smscGateway.texts, sendable, null)) {
				if (one.messages[0].options.binary !== 0) continue;
				for (const { text: its } of decoded(one)) expect(splitComment(breaks(its))[1]).toBe('');
			}
		}),
		{ numRuns: Number(process.env.FUZZ_RUNS ?? 900) },
	);
	// Texts with a comment in them were tried, or nothing was shown.
	expect(refused).toBeGreaterThan(20);
});

function decodedWith(one: Batch<SmscOptions>): Sent[] {
	const build = smscGateway.prices?.build;
	if (build === undefined) throw new Error('SMSC tells prices');
	const form = new URLSearchParams(bodyOf(build(one)));
	// A price is asked with the very recipients and texts of the sending.
	const sending = new URLSearchParams(bodyOf(smscGateway.texts.build(one)));
	for (const name of ['list', 'phones', 'mes', 'sender', 'tz'])
		expect(form.get(name)).toBe(sending.get(name));
	return decoded(one);
}

const [A, B] = ['+79161234567', '+79161234568'] as const;
const listOf = (...[first, ...rest]: [Message<SmscOptions>, ...Message<SmscOptions>[]]): string | null =>
	new URLSearchParams(bodyOf(smscGateway.texts.build(batch('differentTexts', first, ...rest)))).get('list');

describe('with a fixed Message ID', () => {
	const options = { messageId: 'order-1042' };
	it.each(['3725123456:', 'A|B', 'A,2', 'A;B', ''])('a sender %j never starts a line', (from) => {
		const rows = [
			message(smscGateway, { to: A, text: 'Hi A', from: 'ACME', options }),
			message(smscGateway, { to: B, text: 'Hi B', from, options }),
			message(smscGateway, { to: B, text: 'Hi again', from, options }),
			message(smscGateway, { to: A, text: 'Hi once more', from, options }),
		];
		const batches = planBatches(smscGateway.texts, rows, null);
		expect(batches.some(({ style }) => style === 'differentTexts')).toBe(true);
		expect(
			batches
				.flatMap(decoded)
				.map(({ to, from: sender, text }) => [to, sender, text])
				.sort(),
		).toEqual(rows.map((one) => [one.to, one.from, one.text]).sort());
	});
});

it('a line that would mean something else cannot be composed, even if a batch asks for it', () => {
	const first = message(smscGateway, { to: A, text: 'Hi A', from: 'ACME' });
	for (const from of ['3725123456:', 'A|B', 'A,2', 'A;B', 'A\nB', '']) {
		const second = message(smscGateway, { to: B, text: 'Hi B', from });
		expect(() => listOf(first, second)).toThrow(/list/);
	}
	expect(() => listOf(first, message(smscGateway, { to: B, text: 'C:\\new', from: 'ACME' }))).toThrow(/list/);
	expect(listOf(first, message(smscGateway, { to: B, text: 'Hi B', from: 'SHOP' }))).toBe(
		`ACME|${A}:Hi A\nSHOP|${B}:Hi B`,
	);
});

it('numbers have their +, which keeps SMSC from "correcting" them', () => {
	const first = message(smscGateway, { to: '+85291234567', text: 'Hi A' });
	const second = message(smscGateway, { to: '+9607712345', text: 'Hi B' });
	expect(listOf(first, second)).toBe('+85291234567:Hi A\n+9607712345:Hi B');
});

describe('a window of hours keeps its zone', () => {
	const window = (tz: number, from: string, text: string, to: string) =>
		message(smscGateway, { to, text, from, options: { sendWindow: '9-21', timezoneOffset: tz } });

	it('zones that differ go in requests of their own', () => {
		const rows = [window(0, '', 'a', A), window(7, '', 'b', B), window(7, '', 'c', A)];
		expect(
			planBatches(smscGateway.texts, rows, null)
				.flatMap(decoded)
				.map(({ text, zone }) => [text, zone])
				.sort(),
		).toEqual([
			['a', '0'],
			['b', '7'],
			['c', '7'],
		]);
	});

	it('senders that differ do not take it away', () => {
		const rows = [window(7, 'ACME', 'a', A), window(7, 'SHOP', 'b', B)];
		const batches = planBatches(smscGateway.texts, rows, null);
		expect(
			batches
				.flatMap(decoded)
				.map(({ from, zone }) => [from, zone])
				.sort(),
		).toEqual([
			['ACME', '7'],
			['SHOP', '7'],
		]);
	});
});

describe('options in pairs', () => {
	const fixed = { messageId: 'order-1042' };
	const texts = (options: Record<string, unknown>) => [
		message(smscGateway, { to: A, text: 'Hi A', options }),
		message(smscGateway, { to: B, text: 'Hi B', options }),
	];

	it.each<[string, Record<string, unknown>, number | null, number]>([
		['a fixed id, batches of one', fixed, 1, 2],
		['a fixed id, a list', fixed, null, 1],
		['a fixed id, Numbers format', { ...fixed, responseFormat: 1 }, null, 2],
		[
			'a fixed id, no details, a list of invalid numbers',
			{ ...fixed, perNumberDetails: false, listInvalidNumbers: true },
			null,
			2,
		],
		['a fixed id, a price only', { ...fixed, cost: 1 }, null, 1],
		['multi-line mode, batches of one', { multiLineList: true }, 1, 2],
	])('%s: each text once, under its own number', (_, options, batchSize, requests) => {
		const batches = planBatches(smscGateway.texts, texts(options), batchSize);
		expect(batches).toHaveLength(requests);
		expect(
			batches
				.flatMap(decoded)
				.map(({ to, text }) => `${to} ${text}`)
				.sort(),
		).toEqual([`${A} Hi A`, `${B} Hi B`]);
	});

	it('a fixed id is never asked about after a lost reply: an older message may have it', () => {
		for (const one of planBatches(smscGateway.texts, texts(fixed), null))
			expect(smscGateway.texts.reconciliation?.build(one)).toBeNull();
		for (const one of planBatches(smscGateway.texts, texts({}), null))
			expect(smscGateway.texts.reconciliation?.build(one)).not.toBeNull();
	});
});
