/** Which row of a status reply answers which question. */
import { recordsOf, rowsFor } from '../../../nodes/Smsc/statusRows';

const [ONE, TWO] = [
	{ messageId: 'a', to: '+79161234567' },
	{ messageId: 'b', to: '+79161234568' },
];
const row = (status: number, names: object = {}) => ({ status, ...names });
const found = (rows: readonly object[], asked = [ONE, TWO]) =>
	rowsFor(recordsOf(rows), asked).map((one) => one?.status);

it('a row with ID and number answers its question, whatever the order', () => {
	const rows = [row(2, { id: 'b', phone: '79161234568' }), row(1, { id: 'a', phone: '+7 916 123-45-67' })];
	expect(found(rows)).toEqual([1, 2]);
});

it('of two rows about one text, one that is repeated counts, and none where they contradict each other', () => {
	const names = { id: 'a', phone: '79161234567' };
	const other = row(2, { id: 'b', phone: '79161234568' });
	expect(found([row(1, names), row(1, names), other])).toEqual([1, 2]);
	expect(found([row(1, names), row(9, names)], [ONE])).toEqual([undefined]);
	// Not even by its place.
	expect(found([row(1, names), row(9, names)])).toEqual([undefined, undefined]);
});

it.each([
	['nothing', {}, {}],
	['its number', { phone: '79161234567' }, { phone: '79161234568' }],
	['its ID', { id: 'a' }, { id: 'b' }],
])('a row that names %s answers the question at its place', (_, one, two) => {
	expect(found([row(1, one), row(2, two)])).toEqual([1, 2]);
	expect(found([row(1, one)], [ONE])).toEqual([1]);
});

it.each([
	['another number', { phone: '79160000000' }],
	['another ID', { id: 'x' }],
	['its number under another ID', { id: 'x', phone: '79161234567' }],
	['its ID with another number', { id: 'a', phone: '79160000000' }],
])('a row that names %s answers nothing', (_, names) => {
	expect(found([row(1, names)], [ONE])).toEqual([undefined]);
});

it('places count for nothing where there are more or fewer rows than questions', () => {
	expect(found([row(1)])).toEqual([undefined, undefined]);
	expect(found([row(1), row(2), row(3)])).toEqual([undefined, undefined]);
});

it('what is no row leaves the others as they are', () => {
	expect(recordsOf([null, 'x', { status: 1 }, []])).toStrictEqual([{ status: 1 }]);
	expect(recordsOf({ status: 1 })).toStrictEqual([{ status: 1 }]);
	expect(recordsOf(null)).toStrictEqual([]);
});
