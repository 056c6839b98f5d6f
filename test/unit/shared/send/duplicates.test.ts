/** Nobody twice: the same text to the same number within a run, and within the last minutes across runs. */
import { createHash } from 'node:crypto';
import { smscGateway } from '../../../../nodes/Smsc/gateway';
import { createDuplicateGuard } from '../../../../nodes/shared/send/duplicates';
import type { BaseOptions, Message } from '../../../../nodes/shared/contract/message';
import { message } from '../../../support/messages';

const NOW = 1_900_000_000_500;
const MINUTE = 60_000;

const textTo = (to: string, changed: Partial<Message> = {}): Message => ({
	...message(smscGateway, { to, text: 'Hello' }),
	...changed,
});
const later = (scheduledFor: number): BaseOptions => ({ scheduledFor, testMode: false });
const nowhere = (): Record<string, unknown> => {
	throw new Error('nothing is to be saved');
};

describe('in this run', () => {
	const guard = (): ReturnType<typeof createDuplicateGuard> =>
		createDuplicateGuard('inThisRun', 60, nowhere, NOW);

	it('refuses the second of two rows, and says which was first', () => {
		const { inThisRun } = guard();
		expect(inThisRun(3, textTo('+79161234567'))).toBeNull();
		expect(inThisRun(8, textTo('+79161234567'))).toMatchObject({
			accepted: false,
			origin: 'input',
			kind: 'duplicate',
			retry: 'never',
			message: expect.stringContaining('row 4 '),
		});
		expect(inThisRun(9, textTo('+79161234567'))?.message).toContain('row 4 ');
	});

	it.each<[string, Message]>([
		['another number', textTo('+79161234568')],
		['another text', textTo('+79161234567', { text: 'Hello!' })],
		['another sender', textTo('+79161234567', { from: 'ACME' })],
		['another time', textTo('+79161234567', { options: later(NOW + MINUTE) })],
	])('%s is another text', (_, other) => {
		const { inThisRun, recently } = guard();
		expect(inThisRun(0, textTo('+79161234567'))).toBeNull();
		expect(inThisRun(1, other)).toBeNull();
		expect(recently(other)).toBeNull();
		expect(inThisRun(2, other)).toMatchObject({ kind: 'duplicate' });
	});

	it('compares what stands beside the text, where a gateway says that it counts', () => {
		const { inThisRun } = createDuplicateGuard('inThisRun', 60, nowhere, NOW, ({ optionsKey }) => optionsKey);
		expect(inThisRun(0, textTo('+79161234567', { optionsKey: 'a' }))).toBeNull();
		expect(inThisRun(1, textTo('+79161234567', { optionsKey: 'b' }))).toBeNull();
		expect(inThisRun(2, textTo('+79161234567', { optionsKey: 'b' }))).toMatchObject({ kind: 'duplicate' });
	});

	it('remembers nothing for other runs', () => {
		const { remember, recently } = guard();
		remember(textTo('+79161234567'));
		expect(recently(textTo('+79161234567'))).toBeNull();
	});
});

it('lets everything pass when it is off', () => {
	const { inThisRun } = createDuplicateGuard('off', 60, nowhere, NOW);
	for (const row of [0, 1]) expect(inThisRun(row, textTo('+79161234567'))).toBeNull();
});

describe('across runs', () => {
	type Saved = Record<string, unknown>;
	const run = (saved: Saved, now: number, minutes = 60): ReturnType<typeof createDuplicateGuard> =>
		createDuplicateGuard('recent', minutes, () => saved, now);

	it('refuses what an earlier run sent, until the window is over', () => {
		const saved: Saved = {};
		run(saved, NOW).remember(textTo('+79161234567'));
		const twice = { accepted: false, kind: 'duplicate', retry: 'never' };
		expect(run(saved, NOW + 1000).recently(textTo('+79161234567'))).toMatchObject(twice);
		expect(run(saved, NOW + 60 * MINUTE - 1000).recently(textTo('+79161234567'))).toMatchObject(twice);
		expect(run(saved, NOW + 60 * MINUTE).recently(textTo('+79161234567'))).toBeNull();
	});

	it('takes the minutes of the run that sent it', () => {
		const saved: Saved = {};
		run(saved, NOW, 5).remember(textTo('+79161234567'));
		expect(run(saved, NOW + 4 * MINUTE, 60).recently(textTo('+79161234567'))).not.toBeNull();
		expect(run(saved, NOW + 5 * MINUTE, 60).recently(textTo('+79161234567'))).toBeNull();
	});

	it.each<[string, Message]>([
		['another number', textTo('+79161234568')],
		['another text', textTo('+79161234567', { text: 'Hello!' })],
		['another sender', textTo('+79161234567', { from: 'ACME' })],
	])('%s is another text', (_, other) => {
		const saved: Saved = {};
		run(saved, NOW).remember(textTo('+79161234567'));
		expect(run(saved, NOW).recently(other)).toBeNull();
	});

	it('the same text for another time is the same', () => {
		const saved: Saved = {};
		run(saved, NOW).remember(textTo('+79161234567', { options: later(NOW + MINUTE) }));
		expect(run(saved, NOW).recently(textTo('+79161234567'))).not.toBeNull();
	});

	it('a text of this run does not count as one of an earlier run: its own rows are compared otherwise', () => {
		const saved: Saved = {};
		const guard = run(saved, NOW);
		guard.remember(textTo('+79161234567'));
		expect(guard.recently(textTo('+79161234567'))).toBeNull();
		expect(guard.inThisRun(0, textTo('+79161234567'))).toBeNull();
		expect(guard.inThisRun(1, textTo('+79161234567'))).toMatchObject({ kind: 'duplicate' });
	});

	it('keeps what other runs saved, and throws away what is over or is none', () => {
		const saved: Saved = {};
		run(saved, NOW).remember(textTo('+79161234567'));
		run(saved, NOW + MINUTE).remember(textTo('+79161234568'));
		const [texts] = Object.values(saved) as [Record<string, unknown>];
		expect(Object.keys(texts)).toHaveLength(2);
		texts.odd = 'x';
		texts.over = Math.floor(NOW / 1000);
		run(saved, NOW + 2 * MINUTE);
		const [kept] = Object.values(saved) as [Record<string, unknown>];
		expect(Object.keys(kept)).toHaveLength(2);
		expect(run(saved, NOW + 3 * MINUTE).recently(textTo('+79161234567'))).not.toBeNull();
		expect(run(saved, NOW + 60 * MINUTE).recently(textTo('+79161234567'))).toBeNull();
		expect(run(saved, NOW + 60 * MINUTE).recently(textTo('+79161234568'))).not.toBeNull();
	});

	it.each([undefined, null, 'x', 7, []])('starts anew where %j was saved', (odd) => {
		const saved: Saved = {};
		run(saved, NOW).remember(textTo('+79161234567'));
		const [name = ''] = Object.keys(saved);
		saved[name] = odd;
		expect(run(saved, NOW).recently(textTo('+79161234567'))).toBeNull();
		run(saved, NOW).remember(textTo('+79161234567'));
		expect(run(saved, NOW).recently(textTo('+79161234567'))).not.toBeNull();
	});

	it('keeps the latest 20,000 at most', () => {
		const saved: Saved = {};
		run(saved, NOW).remember(textTo('+79161234567'));
		const [name = ''] = Object.keys(saved);
		const [[latest, until] = ['', 0]] = Object.entries(saved[name] as Record<string, number>);
		// The latest stands last, as n8n saves them.
		const others = Array.from({ length: 20_000 }, (_, n) => [`t${n}`, until - 1] as const);
		saved[name] = { oldest: until - 2, ...Object.fromEntries(others), [latest]: until };
		run(saved, NOW);
		const kept = saved[name] as Record<string, number>;
		expect(Object.keys(kept)).toHaveLength(20_000);
		expect(kept.oldest).toBeUndefined();
		expect(kept[latest]).toBe(until);
	});

	it('is found again by the versions to come: under its name, 16 characters a text, and when it is over', () => {
		const saved: Saved = {};
		run(saved, NOW, 5).remember(textTo('+79161234567'));
		const texts = saved.sentTexts as Record<string, number>;
		const [[key, until] = ['', 0]] = Object.entries(texts);
		expect(key).toHaveLength(16);
		expect(until).toBe(Math.floor(NOW / 1000) + 300);
	});

	it.each([
		['the text, number and sender', () => null, ['+79161234567', 'ACME', 'Hello', null]],
		['what counts beside the text as well', () => 'call', ['+79161234567', 'ACME', 'Hello', null, 'call']],
	])('is saved under a name that no version may change: %s', (_, beyondText, content) => {
		const saved: Saved = {};
		const text = textTo('+79161234567', { from: 'ACME', options: later(NOW + MINUTE) });
		createDuplicateGuard('recent', 60, () => saved, NOW, beyondText).remember(text);
		const name = createHash('sha256').update(JSON.stringify(content)).digest('base64').slice(0, 16);
		expect(Object.keys(saved.sentTexts as object)).toEqual([name]);
		const again = createDuplicateGuard('recent', 60, () => saved, NOW, beyondText);
		expect(again.recently(text)).toMatchObject({ kind: 'duplicate' });
	});

	it('has the name of a text alone where no gateway says more', () => {
		const saved: Saved = {};
		run(saved, NOW).remember(textTo('+79161234567'));
		const [name] = Object.keys(saved.sentTexts as object);
		const content = JSON.stringify(['+79161234567', '', 'Hello', null]);
		expect(name).toBe(createHash('sha256').update(content).digest('base64').slice(0, 16));
	});

	it("writes to what n8n's observer gives back, so that the change is noticed", () => {
		const written: string[] = [];
		const saved = new Proxy<Saved>(
			{},
			{
				get(target, key) {
					const value: unknown = Reflect.get(target, key);
					if (typeof value !== 'object' || value === null) return value;
					return new Proxy(value, {
						set(inner, name, one) {
							written.push(String(name));
							return Reflect.set(inner, name, one);
						},
					});
				},
			},
		);
		createDuplicateGuard('recent', 60, () => saved, NOW).remember(textTo('+79161234567'));
		expect(written).toHaveLength(1);
	});
});
