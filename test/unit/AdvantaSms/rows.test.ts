/** Which row of a reply is about which text: brands echo our own ID, the number, or neither. */
import { advantaSmsGateway } from '../../../nodes/AdvantaSms/gateway';
import type { Batch } from '../../../nodes/shared/contract/message';
import { batch, message, reply } from '../../support/messages';

const [ONE, TWO, THREE] = ['254712345678', '254755123456', '254733000111'] as const;
const text = (digits: string) => message(advantaSmsGateway, { to: `+${digits}`, text: 'Hi' });
const list = batch('sameText', text(ONE), text(TWO), text(THREE));
const bulk = batch('differentTexts', text(ONE), text(TWO), text(THREE));

/** Ours for the n-th text: the end of the request's reference, and its place. */
const own = (n: number): string => `abcdef012345-${n}`;

const taken = (messageid: number, names: object = {}) => ({ 'response-code': 200, messageid, ...names });
const refused = (code: number, names: object = {}) => ({ 'response-code': code, ...names });

/** The message ID of each text, `null` where nobody can know. */
function idsIn(responses: readonly unknown[], sent: Batch = list): Array<string | null> {
	const outcomes = advantaSmsGateway.texts.read(reply({ responses }), sent as typeof list) ?? [];
	return outcomes.map((outcome) => (outcome.accepted === true ? outcome.messageId : null));
}

describe('two rows about one text', () => {
	it.each([
		['list', list, { mobile: ONE }],
		['bulk, by the number', bulk, { mobile: ONE }],
		['bulk, by our ID', bulk, { clientsmsid: own(1) }],
	])('are one where they agree: %s', (_, sent, names) => {
		const others = [taken(2, { mobile: TWO }), taken(3, { mobile: THREE })];
		expect(idsIn([taken(1, names), ...others, taken(1, names)], sent)).toEqual(['1', '2', '3']);
	});

	it.each([
		['list', list, { mobile: ONE }],
		['bulk, by the number', bulk, { mobile: ONE }],
		['bulk, by our ID', bulk, { clientsmsid: own(1) }],
	])('leave it open where they differ, in their ID or in their code: %s', (_, sent, names) => {
		const others = [taken(2, { mobile: TWO }), taken(3, { mobile: THREE })];
		expect(idsIn([taken(1, names), ...others, taken(7, names)], sent)).toEqual([null, '2', '3']);
		expect(idsIn([taken(1, names), ...others, refused(1003, names)], sent)).toEqual([null, '2', '3']);
		const both = advantaSmsGateway.texts.read(
			reply({ responses: [refused(1003, names), refused(1004, names)] }),
			sent,
		);
		expect(both?.[0]).toMatchObject({ accepted: null });
	});
});

describe('our ID', () => {
	it('is enough where a row of sendbulk names no number', () => {
		const rows = [
			taken(3, { clientsmsid: own(3) }),
			taken(1, { clientsmsid: own(1) }),
			taken(2, { clientsmsid: own(2) }),
		];
		expect(idsIn(rows, bulk)).toEqual(['1', '2', '3']);
	});

	it('counts in sendbulk alone: no other request has sent any', () => {
		const rows = [
			taken(1, { mobile: ONE, clientsmsid: own(2) }),
			taken(2, { mobile: TWO, clientsmsid: own(3) }),
			taken(3, { mobile: THREE, clientsmsid: own(1) }),
		];
		expect(idsIn(rows, list)).toEqual(['1', '2', '3']);
		expect(idsIn(rows, bulk)).toEqual([null, null, null]);
	});
});

describe("a person's own ID", () => {
	const named = (digits: string, messageId: string) =>
		message(advantaSmsGateway, { to: `+${digits}`, text: 'Hi', options: { messageId } });

	it('finds the row as ours does', () => {
		const sent = batch('differentTexts', named(ONE, 'order-1'), named(TWO, 'order-2'), text(THREE));
		const rows = [
			taken(2, { clientsmsid: 'order-2' }),
			taken(3, { clientsmsid: own(3) }),
			taken(1, { clientsmsid: 'order-1' }),
		];
		expect(idsIn(rows, sent)).toEqual(['1', '2', '3']);
	});

	it('tells nothing where several texts have it: the numbers do', () => {
		const sent = batch('differentTexts', named(ONE, 'mine'), named(TWO, 'mine'), named(THREE, 'mine'));
		const names = { clientsmsid: 'mine' };
		const rows = [
			taken(2, { ...names, mobile: TWO }),
			taken(1, { ...names, mobile: ONE }),
			taken(3, { ...names, mobile: THREE }),
		];
		expect(idsIn(rows, sent)).toEqual(['1', '2', '3']);
		// Without a number nothing tells these rows apart.
		expect(idsIn([taken(1, names), taken(2, names), taken(3, names)], sent)).toEqual([null, null, null]);
	});

	it('may be like a name of every object', () => {
		const sent = batch('differentTexts', named(ONE, '__proto__'), named(TWO, 'constructor'), text(THREE));
		expect(idsIn([taken(1, { clientsmsid: 'constructor' })], sent)).toEqual([null, '1', null]);
	});
});

describe('a row that names neither', () => {
	it('is taken by its place beside rows that show the order, by number or by our ID', () => {
		expect(idsIn([taken(1, { mobile: ONE }), taken(2), taken(3, { mobile: THREE })])).toEqual([
			'1',
			'2',
			'3',
		]);
		expect(idsIn([taken(1), taken(2, { clientsmsid: own(2) }), taken(3)], bulk)).toEqual(['1', '2', '3']);
		expect(idsIn([taken(1), taken(2, { clientsmsid: own(2), mobile: TWO }), taken(3)], bulk)).toEqual([
			'1',
			'2',
			'3',
		]);
	});

	it.each<[string, Batch, readonly unknown[], ReadonlyArray<string | null>]>([
		['a number', list, [taken(2, { mobile: TWO }), taken(1), taken(3)], [null, '2', null]],
		['the last number', list, [taken(1), taken(2), taken(9, { mobile: ONE })], ['9', null, null]],
		['our ID', bulk, [taken(2, { clientsmsid: own(2) }), taken(1), taken(3)], [null, '2', null]],
		[
			"a stranger's number",
			list,
			[taken(1), taken(9, { mobile: '254700000000' }), taken(3)],
			[null, null, null],
		],
		[
			'an ID that is none of ours',
			bulk,
			[taken(1), taken(9, { clientsmsid: 'x' }), taken(3)],
			[null, null, null],
		],
	])('is not taken by its place where %s shows another order', (_, sent, rows, ids) => {
		expect(idsIn(rows, sent)).toEqual(ids);
	});

	it('keeps its place behind what is no row', () => {
		expect(idsIn([null, taken(2), 'x'])).toEqual([null, '2', null]);
	});

	it('has no place that counts where an ID that nobody sent stands in its stead', () => {
		expect(idsIn([taken(1, { clientsmsid: own(1) }), taken(2), taken(3)])).toEqual([null, '2', '3']);
	});
});
