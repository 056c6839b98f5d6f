/** Tokens and tries: what is right, and every attack that nobody may get through with. */
import fc from 'fast-check';
import { codeId, makeCode } from '../../../../nodes/shared/codes/code';
import { judge } from '../../../../nodes/shared/codes/judge';
import type { CodeVerdict } from '../../../../nodes/shared/codes/judge';
import type { CodeKey } from '../../../../nodes/shared/codes/key';
import { codeKey } from '../../../../nodes/shared/codes/key';
import type { TokenFacts } from '../../../../nodes/shared/codes/token';
import { readToken, writeToken } from '../../../../nodes/shared/codes/token';
import { Tries, forgetTries } from '../../../../nodes/shared/codes/tries';
import type { MarkWriter } from '../../../../nodes/shared/journal/marks';

const NOW = Date.UTC(2026, 10, 25, 9);
const to = '+79161234567';

/** A store as n8n's: adds, and tells what was there. */
class Marks implements MarkWriter {
	readonly marks = new Set<string>();
	fails = false;
	calls = 0;

	async record(marks: readonly string[]): Promise<ReadonlySet<string>> {
		this.calls++;
		await Promise.resolve();
		if (this.fails) throw new Error('no database');
		const earlier = new Set(marks.filter((mark) => this.marks.has(mark)));
		for (const mark of marks) this.marks.add(mark);
		return earlier;
	}

	async remove(marks: readonly string[]): Promise<void> {
		for (const mark of marks) this.marks.delete(mark);
		await Promise.resolve();
	}
}

let key: CodeKey;
let other: CodeKey;
let marks: Marks;
let serial = 0;
beforeAll(async () => {
	key = await codeKey({ gatewayId: 'smsRu', instanceId: 'here', secrets: ['a key'] });
	other = await codeKey({ gatewayId: 'smsRu', instanceId: 'here', secrets: ['another key'] });
});
beforeEach(() => {
	marks = new Marks();
	forgetTries();
});

interface Sent {
	readonly token: string;
	readonly code: string;
	readonly facts: TokenFacts;
}

function sent(changes: Partial<TokenFacts> = {}): Sent {
	const origin = { workflowId: 'w', nodeId: 'n', execution: String(serial++), runIndex: 0, to };
	const facts = {
		id: codeId(key, origin),
		to,
		expiresAt: NOW + 300_000,
		digits: 6,
		tries: 3,
		...changes,
	};
	const code = makeCode(key, facts.id, facts.digits);
	return { token: writeToken(key, facts, code), code, facts };
}

const wrong = (code: string, by = 1): string =>
	String((Number(code) + by) % 10 ** code.length).padStart(code.length, '0');

const check = async (
	codeIdTyped: string,
	typed: unknown,
	now = NOW,
	node = 'w|check',
): Promise<CodeVerdict> => await judge(key, { codeId: codeIdTyped, typed }, new Tries(marks, node, now), now);

describe('a code', () => {
	it('is right once', async () => {
		const { token, code } = sent();
		expect(await check(token, code)).toEqual({ state: 'confirmed', to, triesLeft: 2 });
		expect(await check(token, code)).toEqual({ state: 'used', to, triesLeft: 1 });
	});

	it('is wrong as often as it may be, and then locked, also for the right one', async () => {
		const { token, code } = sent();
		expect(await check(token, wrong(code))).toEqual({ state: 'wrong', to, triesLeft: 2 });
		expect(await check(token, wrong(code, 2))).toEqual({ state: 'wrong', to, triesLeft: 1 });
		expect(await check(token, wrong(code, 3))).toEqual({ state: 'wrong', to, triesLeft: 0 });
		expect(await check(token, code)).toEqual({ state: 'locked', to, triesLeft: 0 });
	});

	it('expires with the millisecond', async () => {
		const { token, code, facts } = sent();
		expect(await check(token, code, facts.expiresAt)).toEqual({ state: 'expired', to, triesLeft: null });
		expect(marks.calls).toBe(0);
		expect((await check(token, code, facts.expiresAt - 1)).state).toBe('confirmed');
	});

	it('costs no try where nothing like a code was typed', async () => {
		const { token, code } = sent({ tries: 1 });
		for (const typed of ['', '12', 'hello', null, undefined, {}]) {
			expect(await check(token, typed)).toEqual({ state: 'wrong', to, triesLeft: null });
		}
		expect((await check(token, code)).state).toBe('confirmed');
	});

	it('stays tried and used in another process', async () => {
		const { token, code } = sent();
		await check(token, wrong(code));
		forgetTries();
		expect(await check(token, code)).toEqual({ state: 'confirmed', to, triesLeft: 1 });
		forgetTries();
		expect(await check(token, code)).toEqual({ state: 'used', to, triesLeft: 0 });
		forgetTries();
		expect((await check(token, code)).state).toBe('locked');
	});

	it('is not compared where a try cannot be written down, which costs none', async () => {
		const { token, code } = sent({ tries: 1 });
		marks.fails = true;
		await expect(check(token, code)).rejects.toThrow('no database');
		await expect(check(token, wrong(code))).rejects.toThrow('no database');
		marks.fails = false;
		expect((await check(token, code)).state).toBe('confirmed');
	});

	it('is not used up where that cannot be written down', async () => {
		const { token, code } = sent();
		const record = marks.record.bind(marks);
		let calls = 0;
		marks.record = async (asked) => {
			if (++calls === 2) throw new Error('no database');
			return await record(asked);
		};
		await expect(check(token, code)).rejects.toThrow('no database');
		expect(await check(token, code)).toEqual({ state: 'confirmed', to, triesLeft: 1 });
		expect((await check(token, code)).state).toBe('used');
	});

	it('is told from those of other numbers and of other runs', async () => {
		const [one, two] = [sent(), sent({ to: '+79161234568' })];
		expect((await check(one.token, two.code)).state).toBe('wrong');
		expect((await check(two.token, one.code)).state).toBe('wrong');
	});
});

describe('a token', () => {
	it('says whose code it is, and not the code', () => {
		fc.assert(
			fc.property(fc.integer({ min: 4, max: 8 }), fc.string(), (digits, id) => {
				const { token, code, facts } = sent({ digits, id });
				expect(readToken(key, token)).toMatchObject(facts);
				expect(readToken(key, token)?.isCode(code)).toBe(true);
				expect(token).toMatch(/^1\.[\w-]+\.[\w-]{43}$/);
				const body = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
				const { code: signed, ...shown } = JSON.parse(body) as Record<string, unknown>;
				expect(shown).toEqual(facts);
				expect(signed).toMatch(/^[\w-]{43}$/);
			}),
		);
	});

	it('of another credential is none', async () => {
		const { facts, code } = sent();
		expect(readToken(key, writeToken(other, facts, code))).toBeNull();
		expect(await check(writeToken(other, facts, code), code)).toEqual({
			state: 'invalid',
			to: null,
			triesLeft: null,
		});
		expect(marks.calls).toBe(0);
	});

	it('that was changed anywhere is none', () => {
		const { token } = sent();
		for (let index = 0; index < token.length; index++) {
			for (const letter of ['A', 'b', '0', '.', '-']) {
				const changed = token.slice(0, index) + letter + token.slice(index + 1);
				const isSame =
					changed === token ||
					// The last letter of 32 bytes holds four bits only: it may stand for the same bytes.
					(index === token.length - 1 &&
						Buffer.from(changed.split('.')[2] ?? '', 'base64url').equals(
							Buffer.from(token.split('.')[2] ?? '', 'base64url'),
						));
				if (!isSame) expect([index, letter, readToken(key, changed)]).toEqual([index, letter, null]);
			}
		}
	});

	it('cannot be given more time, more tries, another number or another code', () => {
		const { token, code } = sent();
		const [version, body = '', seal] = token.split('.');
		const content = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
		const forged = (changes: object, end = seal): string =>
			[version, Buffer.from(JSON.stringify({ ...content, ...changes })).toString('base64url'), end].join('.');
		expect(readToken(key, forged({}))?.isCode(code)).toBe(true);
		for (const changes of [
			{ expiresAt: NOW * 2 },
			{ tries: 1000 },
			{ to: '+79161234568' },
			{ id: 'another' },
			{ code: '' },
			{ digits: 1 },
		]) {
			expect(readToken(key, forged(changes))).toBeNull();
			expect(readToken(key, forged(changes, ''))).toBeNull();
		}
	});

	it('is read whatever it is', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.base64String(),
					fc.array(fc.base64String(), { maxLength: 4 }).map((parts) => `1.${parts.join('.')}`),
				),
				(text) => {
					expect(readToken(key, text)).toBeNull();
				},
			),
		);
		expect(readToken(key, 'x'.repeat(10_000_000))).toBeNull();
	});

	it('with a true seal and nonsense inside is none', () => {
		const sealed = (body: string): string =>
			`1.${body}.${key.sign('token', '1', body).toString('base64url')}`;
		for (const inside of ['', 'null', '[]', '{}', '{"id":1}', 'x', '{"id":"a","to":"b","code":"c"}']) {
			expect(readToken(key, sealed(Buffer.from(inside).toString('base64url')))).toBeNull();
		}
	});
});

describe('attacks', () => {
	it.each([1, 3, 10])('a thousand guesses one by one: %i are looked at', async (tries) => {
		const { token, code } = sent({ digits: 4, tries });
		// Every code but the right one, and the right one where the tries are over.
		const guesses = Array.from({ length: 1000 }, (_, n) => wrong(code, n + 1));
		guesses.splice(tries, 0, code);
		const states: string[] = [];
		for (const guess of guesses) states.push((await check(token, guess)).state);
		expect(states.slice(0, tries)).toEqual(Array.from({ length: tries }, () => 'wrong'));
		expect(new Set(states.slice(tries))).toEqual(new Set(['locked']));
	});

	it.each([1, 3, 10])('a thousand at once: %i are looked at, and none gets through', async (tries) => {
		const { token, code } = sent({ digits: 4, tries });
		const guesses = Array.from({ length: 1000 }, (_, n) => wrong(code, n + 1));
		guesses.splice(500, 0, code);
		const states = await Promise.all(guesses.map(async (guess) => (await check(token, guess)).state));
		expect(states.filter((state) => state === 'wrong')).toHaveLength(tries);
		expect(states.filter((state) => state === 'locked')).toHaveLength(guesses.length - tries);
	});

	it('the right one a hundred times at once: one gets through', async () => {
		const { token, code } = sent({ tries: 10 });
		const states = await Promise.all(
			Array.from({ length: 100 }, async () => (await check(token, code)).state),
		);
		expect(states.filter((state) => state === 'confirmed')).toHaveLength(1);
		expect(states.filter((state) => state === 'used')).toHaveLength(9);
	});

	it('with a restart behind every guess, no more get through', async () => {
		const { token, code } = sent();
		const states: string[] = [];
		for (let n = 1; n <= 20; n++) {
			forgetTries();
			states.push((await check(token, wrong(code, n))).state);
		}
		expect(states.filter((state) => state === 'wrong')).toHaveLength(3);
	});

	it('a database that forgets gives no more tries to a process that does not', async () => {
		const { token, code } = sent();
		for (let n = 1; n <= 3; n++) await check(token, wrong(code, n));
		marks.marks.clear();
		expect((await check(token, code)).state).toBe('locked');
	});

	it('a flood of tokens that were never sent writes nothing', async () => {
		const { code } = sent();
		for (let n = 0; n < 100; n++) await check(`1.${'A'.repeat(n)}.${'B'.repeat(43)}`, code);
		expect(marks.marks.size).toBe(0);
	});

	it('in any order of any attempts, one is confirmed at most, and no more than the tries are looked at', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ isRight: fc.boolean(), restart: fc.boolean() }), { maxLength: 30 }),
				fc.integer({ min: 1, max: 10 }),
				async (attempts, tries) => {
					marks = new Marks();
					forgetTries();
					const { token, code } = sent({ tries });
					const states: string[] = [];
					for (const { isRight, restart } of attempts) {
						if (restart) forgetTries();
						states.push((await check(token, isRight ? code : wrong(code))).state);
					}
					const expected = attempts.map(({ isRight }, index) => {
						if (index >= tries) return 'locked';
						if (!isRight) return 'wrong';
						return attempts.slice(0, index).some((one) => one.isRight) ? 'used' : 'confirmed';
					});
					expect(states).toEqual(expected);
				},
			),
		);
	});
});
