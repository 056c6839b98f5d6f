/** Nobody twice: the same text to the same number within a run. Across runs: acrossRuns.test.ts. */
import { smscGateway } from '../../../../nodes/Smsc/gateway';
import { createDuplicateGuard } from '../../../../nodes/shared/send/duplicates';
import type { OnceClaim } from '../../../../nodes/shared/send/once';
import type { BaseOptions, Message } from '../../../../nodes/shared/contract/message';
import type { Refused } from '../../../../nodes/shared/contract/outcome';
import { message } from '../../../support/messages';

const NOW = 1_900_000_000_500;
const MINUTE = 60_000;

const textTo = (to: string, changed: Partial<Message> = {}): Message => ({
	...message(smscGateway, { to, text: 'Hello' }),
	...changed,
});
const later = (scheduledFor: number): BaseOptions => ({ scheduledFor, testMode: false });

type Ask = (row: number, message: Message) => Refused | null;
const asking = (...settings: Parameters<typeof createDuplicateGuard>): Ask => {
	const guard = createDuplicateGuard(...settings);
	return (row, text) => guard.inThisRun(row, text);
};

it.each(['inThisRun', 'acrossRuns'] as const)(
	'%s: refuses the second of two rows, and says which was first',
	(mode) => {
		const inThisRun = asking(mode, null);
		expect(inThisRun(3, textTo('+79161234567'))).toBeNull();
		expect(inThisRun(8, textTo('+79161234567'))).toMatchObject({
			accepted: false,
			origin: 'input',
			kind: 'duplicate',
			retry: 'never',
			message: expect.stringContaining('row 4 '),
		});
		expect(inThisRun(9, textTo('+79161234567'))?.message).toContain('row 4 ');
	},
);

it.each<[string, Message]>([
	['another number', textTo('+79161234568')],
	['another text', textTo('+79161234567', { text: 'Hello!' })],
	['another sender', textTo('+79161234567', { from: 'ACME' })],
	['another time', textTo('+79161234567', { options: later(NOW + MINUTE) })],
])('%s is another text', (_, other) => {
	const inThisRun = asking('inThisRun', null);
	expect(inThisRun(0, textTo('+79161234567'))).toBeNull();
	expect(inThisRun(1, other)).toBeNull();
	expect(inThisRun(2, other)).toMatchObject({ kind: 'duplicate' });
});

it('compares what stands beside the text, where a gateway says that it counts', () => {
	const inThisRun = asking('inThisRun', null, ({ optionsKey }) => optionsKey);
	expect(inThisRun(0, textTo('+79161234567', { optionsKey: 'a' }))).toBeNull();
	expect(inThisRun(1, textTo('+79161234567', { optionsKey: 'b' }))).toBeNull();
	expect(inThisRun(2, textTo('+79161234567', { optionsKey: 'b' }))).toMatchObject({ kind: 'duplicate' });
});

it('lets everything pass when it is off', () => {
	const inThisRun = asking('off', null);
	for (const row of [0, 1]) expect(inThisRun(row, textTo('+79161234567'))).toBeNull();
});

describe('what may be sent once', () => {
	const claim = (rule: OnceClaim['rule'], countsInRun: boolean) => ({
		claimsOf: ({ to }: Message): OnceClaim[] => [
			{ rule, countsInRun, to, name: `once ${to}`, lastsMs: null, what: 'a text for "7"', when: '' },
		],
	});

	it('stands in two rows: the second is told, whatever its text', () => {
		const inThisRun = asking('acrossRuns', claim('duplicate', true));
		expect(inThisRun(0, textTo('+79161234567'))).toBeNull();
		expect(inThisRun(1, textTo('+79161234567', { text: 'Other' }))).toMatchObject({
			kind: 'duplicate',
			message: 'Skipped: row 1 of this run already sends a text for "7" to +79161234567.',
		});
		expect(inThisRun(2, textTo('+79161234568', { text: 'Other' }))).toBeNull();
	});

	it('of a number: the row may be sent later, also where duplicates are all sent', () => {
		const inThisRun = asking('off', claim('perNumber', true));
		expect(inThisRun(0, textTo('+79161234567'))).toBeNull();
		expect(inThisRun(1, textTo('+79161234567'))).toMatchObject({ kind: 'rate_limited', retry: 'later' });
	});

	it('counts across runs alone where that is said', () => {
		const inThisRun = asking('acrossRuns', claim('duplicate', false));
		expect(inThisRun(0, textTo('+79161234567'))).toBeNull();
		expect(inThisRun(1, textTo('+79161234567', { options: later(NOW) }))).toBeNull();
	});
});
