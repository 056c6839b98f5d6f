/** From a row of a code table to an outcome, and how far a message has come. */
import type { CodeMeaning } from '../../../../nodes/shared/contract/codes';
import {
	codeShape,
	entryOf,
	queryFailureOfCode,
	outcomeOfCode,
	outcomeOfUnknownCode,
} from '../../../../nodes/shared/contract/codes';
import type { MessageStatus } from '../../../../nodes/shared/contract/outcome';
import { MESSAGE_STATUSES } from '../../../../nodes/shared/contract/outcome';
import { isFinal, isProgress } from '../../../../nodes/shared/contract/status';

const plain: CodeMeaning = {
	kind: 'no_route',
	message: 'There is no way',
	hint: 'Choose another way.',
	retry: 'never',
};
const words = { kind: 'no_route', code: '7', hint: 'Choose another way.', retry: 'never' } as const;

it('a row of a shape says what is its own and what all of them have', () => {
	expect(codeShape('no_route', 'never')('There is no way', 'Choose another way.')).toStrictEqual(plain);
	expect(codeShape('temporary', 'later', { retryable: true })('Busy', 'Wait.')).toStrictEqual({
		kind: 'temporary',
		message: 'Busy',
		hint: 'Wait.',
		retry: 'later',
		retryable: true,
	});
});

it('a code is looked up among the own entries of a table', () => {
	expect(entryOf({ 7: plain }, '7')).toBe(plain);
	expect(entryOf({ 7: plain }, '8')).toBeUndefined();
	expect(entryOf({ 7: plain }, 'constructor')).toBeUndefined();
});

describe('the outcome of a code', () => {
	it('is a refusal with the words of its row and those of the vendor', () => {
		expect(outcomeOfCode('ACME', '7', plain, null)).toStrictEqual({
			accepted: false,
			origin: 'gateway',
			...words,
			message: 'There is no way.',
		});
		expect(outcomeOfCode('ACME', '7', plain, 'no  route')).toMatchObject({
			message: 'There is no way (ACME: "no route").',
		});
	});

	it('says what the row says of repeating and of the rest of the run, and which message it was', () => {
		const outcome = outcomeOfCode('ACME', '7', { ...plain, retryable: true, fatal: true }, null, '17');
		expect(outcome).toStrictEqual({
			accepted: false,
			origin: 'gateway',
			...words,
			message: 'There is no way.',
			retryable: true,
			fatal: true,
			messageId: '17',
		});
		const neither = outcomeOfCode('ACME', '7', { ...plain, retryable: false, fatal: false }, null);
		expect(Object.keys(neither)).not.toEqual(expect.arrayContaining(['retryable']));
		expect(Object.keys(neither)).not.toEqual(expect.arrayContaining(['fatal']));
		expect(Object.keys(neither)).not.toEqual(expect.arrayContaining(['messageId']));
	});

	it('is unclear where the gateway may have acted, whatever else the row says', () => {
		const meaning = { ...plain, mayBeAccepted: true, retryable: true, fatal: true };
		expect(outcomeOfCode('ACME', '7', meaning, null, '17')).toStrictEqual({
			accepted: null,
			...words,
			message: 'There is no way.',
			retry: 'check_first',
			messageId: '17',
		});
		expect(outcomeOfCode('ACME', '7', { ...plain, mayBeAccepted: false }, null).accepted).toBe(false);
	});

	it('that no table has is unclear, and the code is cut after a hundred characters', () => {
		expect(outcomeOfUnknownCode('ACME', 'x'.repeat(101), 'why')).toMatchObject({
			accepted: null,
			kind: 'unknown',
			code: 'x'.repeat(100),
			retry: 'check_first',
			message: expect.stringContaining('(ACME: "why").'),
		});
		expect(outcomeOfUnknownCode('ACME', 'x'.repeat(100), null).code).toBe('x'.repeat(100));
	});
});

describe('a question that is answered with a code', () => {
	it('has the words of its row', () => {
		expect(queryFailureOfCode('ACME', '7', plain, 'no')).toStrictEqual({
			...words,
			message: 'There is no way (ACME: "no").',
		});
		const flags = { retryable: true, fatal: true };
		expect(queryFailureOfCode('ACME', '7', { ...plain, ...flags }, null)).toStrictEqual({
			...words,
			message: 'There is no way.',
			...flags,
		});
		const neither = { retryable: false, fatal: false, mayBeAccepted: false };
		expect(queryFailureOfCode('ACME', '7', { ...plain, ...neither }, null)).toStrictEqual({
			...words,
			message: 'There is no way.',
		});
	});

	it('can be asked again where the gateway broke down: nothing is sent by a question', () => {
		expect(
			queryFailureOfCode('ACME', '7', { ...plain, kind: 'temporary', mayBeAccepted: true }, null),
		).toStrictEqual({
			kind: 'temporary',
			code: '7',
			message: expect.stringContaining('an internal error'),
			hint: expect.any(String),
			retry: 'later',
			retryable: true,
		});
	});

	it('that no table has may be asked later', () => {
		expect(queryFailureOfCode('ACME', 'x'.repeat(101), undefined, null)).toStrictEqual({
			kind: 'unknown',
			code: 'x'.repeat(100),
			message: expect.stringContaining(`code ${'x'.repeat(100)}, which`),
			hint: expect.any(String),
			retry: 'later',
		});
	});
});

describe('how far a message has come', () => {
	/** From what is known least to what is known last; those in one place are no news after each other. */
	const WAY: ReadonlyArray<readonly MessageStatus[]> = [
		['unknown'],
		['scheduled'],
		['queued'],
		['sending'],
		['sent'],
		['expired', 'undelivered', 'rejected', 'cancelled'],
		['delivered'],
		['read'],
	];
	const place = (status: MessageStatus): number => WAY.findIndex((statuses) => statuses.includes(status));

	it('only what lies further on is news', () => {
		expect(WAY.flat().sort()).toEqual([...MESSAGE_STATUSES].sort());
		for (const previous of MESSAGE_STATUSES) {
			expect(isProgress(null, previous)).toBe(true);
			for (const next of MESSAGE_STATUSES) {
				expect([previous, next, isProgress(previous, next)]).toEqual([
					previous,
					next,
					place(next) > place(previous),
				]);
			}
		}
	});

	it('a message that has come to an end goes no further', () => {
		for (const status of MESSAGE_STATUSES)
			expect([status, isFinal(status)]).toEqual([status, place(status) >= 5]);
	});
});
