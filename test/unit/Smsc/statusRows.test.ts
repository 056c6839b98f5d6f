/** Which row of a status reply answers which question. */
import { rowsFor } from '../../../nodes/Smsc/statusRows';

const row = (phone: string, status: string) => ({ id: '7', phone, status });
const asked = ['+79161234567', '+79167654321'].map((to) => ({ messageId: '7', to }));

it('finds each row by its id and number, whatever their order', () => {
	const [first, second] = [row('79161234567', '1'), row('79167654321', '20')];
	expect(rowsFor([second, first], asked)).toEqual([first, second]);
});

it('takes a row that is repeated', () => {
	const one = row('79161234567', '1');
	expect(rowsFor([one, { ...one }, row('79167654321', '1')], asked)).toEqual([one, row('79167654321', '1')]);
});

it('takes neither of two rows that contradict each other, not even by its place', () => {
	const rows = [row('79161234567', '1'), row('79161234567', '20')];
	expect(rowsFor(rows, asked)).toEqual([undefined, undefined]);
});
