/** How long the ledger keeps a run, and which one goes first where there are too many texts. */
import type { Outcome } from '../../../../nodes/shared/contract/outcome';
import { Ledger, forgetEverything, textKey, textsRemembered } from '../../../../nodes/shared/send/ledger';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const KEEP = { retryOnFail: true };
const accepted: Outcome = { accepted: true, messageId: '1', status: 'queued', cost: null, segments: null };

const open = (executionId: string, now: number): Ledger =>
	new Ledger({ executionId, nodeId: 'n', runIndex: 0 }, now);

/** A run with so many texts that n8n will try again. */
function closed(executionId: string, now: number, texts = 1): void {
	const ledger = open(executionId, now);
	for (let n = 0; n < texts; n++) ledger.settle(String(n), accepted);
	ledger.close(KEEP, true, now);
}

/** Which of these runs are known when another one begins. */
function known(now: number, ...executionIds: string[]): boolean[] {
	open('another', now);
	return executionIds.map((id) => open(id, now).settled('0', 'ACME') !== undefined);
}

beforeEach(forgetEverything);

it.each([
	[5 * MINUTE, true],
	[5 * MINUTE + 1, false],
])('a run that has ended, %d ms after its end: kept is %s', (age, isKept) => {
	closed('a', 1000);
	expect(known(1000 + age, 'a')).toEqual([isKept]);
});

it.each([
	[DAY, true],
	[DAY + 1, false],
])('a run that never came to its end, %d ms after its start: kept is %s', (age, isKept) => {
	open('a', 1000).settle('0', accepted);
	expect(known(1000 + age, 'a')).toEqual([isKept]);
});

it('counts a day from the start of the latest try', () => {
	open('a', 0).settle('0', accepted);
	open('a', DAY - 1);
	expect(known(2 * DAY - 2, 'a')).toEqual([true]);
});

it('a further try is under way until it ends as well', () => {
	closed('a', 0);
	open('a', MINUTE);
	expect(known(60 * MINUTE, 'a')).toEqual([true]);
});

it('the run that begins keeps what it has, however old that is', () => {
	closed('a', 0);
	expect(open('a', 10 * DAY).settled('0', 'ACME')).toBe(accepted);
});

it('of more than a million texts the runs that ended first go, until there are no more', () => {
	closed('first', 0, 400_000);
	closed('second', 1, 400_000);
	closed('third', 2, 200_000);
	// A million are kept.
	open('another', 3);
	expect(textsRemembered()).toBe(1_000_000);
	// A try makes the first one the youngest.
	open('first', 4).settle('one more', accepted);
	open('first', 5).close(KEEP, true, 5);
	open('another', 6);
	expect(textsRemembered()).toBe(600_001);
	expect(known(7, 'first', 'second', 'third')).toEqual([true, false, true]);
});

it('closing lets go of one run alone', () => {
	closed('a', 0);
	const ledger = open('b', 1);
	ledger.settle('0', accepted);
	ledger.close({}, true, 2);
	expect(known(3, 'a', 'b')).toEqual([true, false]);
});

it('a price that was asked for is not asked for again', () => {
	const quoted: Outcome = { accepted: false, quoted: true, cost: 1, segments: 1 };
	open('a', 0).settle('0', quoted);
	expect(open('a', 1).settled('0', 'ACME')).toBe(quoted);
});

it('names a text by its row and number, and 16 characters for however much else', () => {
	expect(textKey(3, '+79161234567', 'x'.repeat(10_000))).toMatch(/^3\|\+79161234567\|[\w+/]{16}$/);
	expect(textKey(3, '+1', 'a', 'b')).not.toBe(textKey(3, '+1', 'b', 'a'));
});
