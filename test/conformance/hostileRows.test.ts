/**
 * Rows that somebody else filled in: whatever stands in a cell, it cannot become another recipient, another text or
 * another option. The count is taken at the gateway; a row goes out as it is, or is refused before anything is sent.
 */
import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import { startSimulator } from '../../simulators/server';
import type { AcceptedText, Simulator } from '../../simulators/simulator';
import { facts } from '../facts';
import { runNode } from '../support/engine';
import { verdictOf } from '../support/referee';
import type { Subject } from './subjects';
import { subjects } from './subjects';

const numRuns = Number(process.env.FUZZ_RUNS ?? 25);

/** What separates fields, rows and lists on any of the wires, and what looks like a parameter there. */
const PIECES = [
	...[
		'&',
		'=',
		';',
		'|',
		':',
		',',
		'~~~',
		'\n',
		'\r\n',
		'\r',
		'\\n',
		'\\',
		'"',
		"'",
		'%',
		'%26',
		'+',
		'#',
		'<',
		'>',
	],
	...[
		'\0',
		'\u001b',
		'\u2028',
		'\u0085',
		'{',
		'}',
		'[',
		']',
		'{"',
		'"}',
		']]>',
		'/*',
		'--',
		'\ufeff',
		'\u202e',
	],
	...[
		'phones=',
		'phone=',
		'to=',
		'multi=',
		'smslist',
		'mobile',
		'list=',
		'flash=1',
		'test=1',
		'json',
		'Z',
		'я',
		'👍',
	],
] as const;

type Json = Readonly<Record<string, string>>;

describe.each(subjects.map((subject) => [subject.name, subject] as const))(
	'%s',
	(_: string, subject: Subject) => {
		let simulator: Simulator;
		/** The options and the sender of a text with nothing odd about it, by the way it travels. */
		const usual = new Map<string, { from: string; options: Json }>();

		beforeAll(async () => {
			simulator = await startSimulator(subject.simulation());
			for (const style of ['alone', 'among others'] as const) {
				await sendTexts(style, ['Hello']);
				const [text] = simulator.texts;
				if (text === undefined) throw new Error('A plain text was not taken');
				usual.set(style, { from: text.from, options: asked(text) });
			}
		});
		afterAll(async () => await simulator.close());

		/** What was asked for besides the text. In JSON, AlphaSMS and Advanta get a number of ours for each text. */
		const asked = ({ options }: AcceptedText): Json =>
			Object.fromEntries(Object.entries(options).filter(([name]) => !/^(?:id|clientsmsid)$/.test(name)));

		async function send(rows: readonly Json[], parameters: INodeParameters = {}): ReturnType<typeof runNode> {
			simulator.reset();
			simulator.balance = 1_000_000;
			return await runNode({
				node: subject.gateway,
				credentials: { [subject.credentialType]: { ...simulator.credentials, ...subject.credentials } },
				onError: 'continueErrorOutput',
				rows,
				parameters: {
					...subject.parameters,
					to: '={{ $json.phone }}',
					message: '={{ $json.text }}',
					...parameters,
				},
			});
		}

		/** `among others`: with two rows beside them, so that they share a request where the gateway can do that. */
		async function sendTexts(
			style: 'alone' | 'among others',
			texts: readonly string[],
		): ReturnType<typeof runNode> {
			const all = style === 'alone' ? texts : ['First', ...texts, 'Last'];
			return await send(all.map((text, n) => ({ phone: subject.number(n), text })));
		}

		/** A list of lines has one kind of line break. */
		const lines = (text: string): string => text.replace(/\r\n|[\r\u2028\u2029]/g, '\n');

		/** Each row went out as it is and to its own number alone, or was refused and did not go out at all. */
		async function expectAsMeant(style: 'alone' | 'among others', texts: readonly string[]): Promise<number> {
			const { success, failed, error } = await sendTexts(style, texts);
			expect(error).toBeNull();
			const all = style === 'alone' ? texts : ['First', ...texts, 'Last'];
			const verdicts = [...success, ...failed].map(verdictOf);
			expect(verdicts.map(({ row }) => row).sort((a, b) => a - b)).toEqual(all.map((_, row) => row));
			const sent = verdicts.filter(({ accepted }) => accepted === true).map(({ row }) => row);
			for (const { accepted, error: failure } of verdicts) {
				if (accepted === true) continue;
				expect({ accepted, retry: failure?.retry }).toEqual({ accepted: false, retry: 'after_fix' });
			}
			const arrived = simulator.texts.map((one) => ({
				to: `+${one.to}`,
				text: lines(one.text),
				from: one.from,
				options: asked(one),
			}));
			const meant = sent.map((row) => ({
				to: subject.number(row),
				text: lines(all[row] ?? ''),
				...usual.get(style),
			}));
			const byNumber = (a: { to: string }, b: { to: string }): number => a.to.localeCompare(b.to);
			expect(arrived.sort(byNumber)).toEqual(meant.sort(byNumber));
			return sent.length;
		}

		const other = (): string => subject.number(77).slice(1);

		describe.each(['alone', 'among others'] as const)('texts, %s', (style) => {
			it.each([
				['a parameter', () => `Hi&to=${other()}&phones=${other()}&phone=${other()}&mobile=${other()}`],
				['options', () => 'Hi&flash=1&test=1&translit=1&time=0&cost=1&id=7&json=0'],
				['a line of a list', () => `Hi\n${other()}:You won`],
				['a line of a list with a sender', () => `Hi\r\nBANK|${other()}:You won`],
				['a line break in letters', () => `Hi\\n${other()}:You won`],
				['a separator of messages', () => `Hi~~~${other()};${other()}|${other()},${other()}`],
				['JSON', () => `Hi"},{"mobile":"${other()}","message":"You won"}],"x":[{"y":"`],
				['percent signs', () => `Hi%26to%3D${other()}%0A%00`],
				['HTML and XML', () => `Hi</message><message phone="${other()}">You won</message><![CDATA[`],
				['NUL and escapes', () => `Hi\0\u001b[2J\u0007 ${other()}`],
				['half a character at the end', () => 'Hi \ud83d'],
				['half a character at the start', () => '\udc4d Hi'],
				['formulas', () => '=cmd|"/C calc"!A1'],
				['100,000 characters', () => 'x'.repeat(100_000)],
				['100,000 separators', () => '~~~|;:\n'.repeat(14_286)],
			])('with %s', async (_name, text) => {
				await expectAsMeant(style, [text()]);
			});

			it('with anything of all that', async () => {
				let sent = 0;
				let tried = 0;
				const piece = fc.oneof(
					fc.constantFrom(...PIECES),
					fc.constant(other()),
					fc.string({ unit: 'binary', maxLength: 4 }),
				);
				const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
				await fc.assert(
					fc.asyncProperty(fc.array(text, { minLength: 2, maxLength: 5 }), async (texts) => {
						tried += texts.length;
						sent += await expectAsMeant(style, texts);
					}),
					{ numRuns },
				);
				// If all were refused, this would have shown nothing.
				expect(sent).toBeGreaterThan(tried / 2);
			}, 120_000);
		});

		describe('numbers', () => {
			/** The only ones that these tests write into a cell. */
			const written = [subject.number(0), subject.number(1), subject.number(77)];

			async function expectNobodyElse(cell: string): Promise<void> {
				const { success, failed, error } = await send([{ phone: cell, text: 'Hello' }]);
				expect(error).toBeNull();
				const verdicts = [...success, ...failed].map(verdictOf);
				expect(verdicts.length).toBeGreaterThan(0);
				const accepted = verdicts.filter((one) => one.accepted === true).map(({ to }) => to);
				expect(simulator.texts.map(({ to }) => `+${to}`).sort()).toEqual(accepted.sort());
				for (const to of accepted)
					expect(written.filter((number) => cell.includes(number.slice(1)))).toContain(to);
				for (const one of simulator.texts)
					expect({ text: one.text, from: one.from, options: asked(one) }).toEqual({
						text: 'Hello',
						...usual.get('alone'),
					});
			}

			it.each([
				'&to=',
				'&phones=',
				'=',
				':',
				'~~~',
				'\\n',
				'\0',
				'%2C',
				'%0A',
				'\u202c',
				'"',
				'"],["',
				'\ud83d',
			])('%j between two numbers is no separator: nothing is sent', async (separator) => {
				const { success, failed, error } = await send([
					{ phone: `${subject.number(0)}${separator}${subject.number(1)}`, text: 'Hello' },
					{ phone: subject.number(2), text: 'Hello' },
				]);
				expect(error).toBeNull();
				// The row beside it shows that texts go out.
				expect(success.map(({ json }) => json.to)).toEqual([subject.number(2)]);
				expect(simulator.texts.map(({ to }) => `+${to}`)).toEqual([subject.number(2)]);
				expect(failed.map(verdictOf).every(({ row, accepted }) => row === 0 && accepted === false)).toBe(
					true,
				);
				expect(failed.length).toBeGreaterThan(0);
			});

			it.each([',', ';', '|', '\n', '\r\n'])('%j between two numbers means both', async (separator) => {
				await expectNobodyElse(`${subject.number(0)}${separator}${subject.number(1)}`);
				expect(simulator.texts).toHaveLength(2);
			});

			it.each([
				['digits', () => '7'.repeat(100_000)],
				['plus signs', () => '+'.repeat(100_000)],
				['separators', () => '|:&=~'.repeat(20_000)],
				['a number and much more', () => `${subject.number(0)}${' '.repeat(100_000)}x`],
				['a number and zeros', () => `${subject.number(0)}${'0'.repeat(100_000)}`],
			])('100,000 characters of %s: nothing is sent, and soon', async (_name, cell) => {
				const start = performance.now();
				// A row with a plain number, by the same way: that one is sent.
				await expectNobodyElse(subject.number(0));
				expect(simulator.texts).toHaveLength(1);
				await expectNobodyElse(cell());
				expect(simulator.requests).toHaveLength(0);
				expect(performance.now() - start).toBeLessThan(5000);
			});

			it('with anything between them', async () => {
				const piece = fc.oneof(
					{ weight: 2, arbitrary: fc.constantFrom(subject.number(0), subject.number(1), other()) },
					{ weight: 3, arbitrary: fc.constantFrom(...PIECES) },
				);
				await fc.assert(
					fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 7 }), async (pieces) => {
						await expectNobodyElse(pieces.join(''));
					}),
					{ numRuns: numRuns * 2 },
				);
			}, 120_000);
		});

		it.each(['&to=', '|', ':', '\n', '\r\n', ',', '\0', '"', '~~~', '<b>', '\ud83d'])(
			'a sender with %j goes out as it is, or not at all',
			async (piece) => {
				const from = `AB${piece}C`;
				// One that the gateway takes: with it alone, the row goes out by the same way.
				const usualSender = simulator.credentials.shortcode ?? facts[subject.gateway].sender ?? 'ACME';
				const plain = [{ phone: subject.number(0), text: 'Hello', sender: usualSender }];
				expect((await send(plain, { from: '={{ $json.sender }}' })).failed).toEqual([]);
				expect(simulator.texts).toHaveLength(1);
				const rows = [usualSender, from, from].map((sender, n) => ({
					phone: subject.number(n),
					text: `Hello ${n}`,
					sender,
				}));
				const { success, failed } = await send(rows, { from: '={{ $json.sender }}' });
				expect(success.length + failed.length).toBe(rows.length);
				for (const { to, text, from: sender } of simulator.texts) {
					const row = rows.find(({ phone }) => phone === `+${to}`);
					expect({ text, sender }).toEqual({ text: row?.text, sender: row?.sender });
				}
				const accepted = success.map(({ json }) => String(json.to));
				expect(simulator.texts.map(({ to }) => `+${to}`).sort()).toEqual(accepted.sort());
			},
		);
	},
);
