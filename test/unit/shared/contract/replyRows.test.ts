import type { Outcome } from '../../../../nodes/shared/contract/outcome';
import { unclear } from '../../../../nodes/shared/contract/outcome';
import { indexRows, outcomesByKey } from '../../../../nodes/shared/contract/replyRows';

const taken = (messageId: string): Outcome => ({
	accepted: true,
	messageId,
	status: 'queued',
	cost: null,
	segments: null,
});
const NAME = 'Gateway';

describe('outcomesByKey', () => {
	it('gives one outcome for each key, in the order of the keys', () => {
		const rows = [['2', 'b'] as const, ['1', 'a'] as const];
		expect(outcomesByKey(NAME, ['1', '2'], rows, taken)).toEqual([taken('a'), taken('b')]);
	});

	it('claims nothing for a text that the reply leaves out', () => {
		expect(outcomesByKey(NAME, ['1', '2'], [['1', 'a'] as const], taken)).toEqual([
			taken('a'),
			unclear(NAME, 'Gateway accepted this request, but its reply does not mention this number.'),
		]);
	});

	it('takes two rows that say the same for one, and claims nothing where they differ', () => {
		const rows = ['1a', '1a', '2b', '2c', '2b'].map((row) => [row.slice(0, 1), row] as const);
		expect(outcomesByKey(NAME, ['1', '2'], rows, taken)).toEqual([
			taken('1a'),
			unclear(NAME, "Gateway's reply contradicts itself about this number."),
		]);
	});

	it('gives two texts to one number the same outcome', () => {
		expect(outcomesByKey(NAME, ['1', '1'], [['1', 'a'] as const], taken)).toEqual([taken('a'), taken('a')]);
	});

	it('lets a gateway say when two rows agree', () => {
		const rows = [['1', 'a'] as const, ['1', 'a'] as const];
		expect(outcomesByKey(NAME, ['1'], rows, taken, () => false)).toMatchObject([{ accepted: null }]);
	});
});

describe('indexRows', () => {
	it('reads no row that nobody asked for, and none after a contradiction', () => {
		const read = jest.fn((row: string) => row);
		const rows = ['9x', '1a', '1b', '1c', '1a'].map((row) => [row.slice(0, 1), row] as const);
		expect([...indexRows(rows, ['1', '2'], read)]).toEqual([['1', null]]);
		expect(read.mock.calls).toEqual([['1a'], ['1b']]);
	});

	it('takes keys that objects inherit for what they are', () => {
		const rows = [['__proto__', 'a'] as const, ['constructor', 'b'] as const];
		const index = indexRows(rows, ['__proto__', 'constructor', 'toString'], (row) => row);
		expect([...index]).toEqual([
			['__proto__', 'a'],
			['constructor', 'b'],
		]);
	});
});
