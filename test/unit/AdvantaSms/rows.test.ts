/** Which row of a reply is about which text: brands echo our own ID, the number, or neither. */
import { advantaSmsGateway } from '../../../nodes/AdvantaSms/gateway';
import type { Batch } from '../../../nodes/shared/contract/message';
import { batch, message, reply } from '../../support/messages';

const [ONE, TWO, THREE] = ['254712345678', '254755123456', '254733000111'] as const;
const text = (digits: string) => message(advantaSmsGateway, { to: `+${digits}`, text: 'Hi' });
const list = batch('sameText', text(ONE), text(TWO), text(THREE));
const bulk = batch('differentTexts', text(ONE), text(TWO), text(THREE));

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
		['bulk, by our ID', bulk, { clientsmsid: '1' }],
	])('are one where they agree: %s', (_, sent, names) => {
		const others = [taken(2, { mobile: TWO }), taken(3, { mobile: THREE })];
		expect(idsIn([taken(1, names), ...others, taken(1, names)], sent)).toEqual(['1', '2', '3']);
	});

	it.each([
		['list', list, { mobile: ONE }],
		['bulk, by the number', bulk, { mobile: ONE }],
		['bulk, by our ID', bulk, { clientsmsid: '1' }],
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
			taken(3, { clientsmsid: '3' }),
			taken(1, { clientsmsid: '1' }),
			taken(2, { clientsmsid: 2 }),
		];
		expect(idsIn(rows, bulk)).toEqual(['1', '2', '3']);
	});

	it('counts in sendbulk alone: no other request has sent any', () => {
		const rows = [
			taken(1, { mobile: ONE, clientsmsid: '2' }),
			taken(2, { mobile: TWO, clientsmsid: '3' }),
			taken(3, { mobile: THREE, clientsmsid: '1' }),
		];
		expect(idsIn(rows, list)).toEqual(['1', '2', '3']);
		expect(idsIn(rows, bulk)).toEqual([null, null, null]);
	});
});

describe('a row that names neither', () => {
	it('is taken by its place beside rows that show the order, by number or by our ID', () => {
		expect(idsIn([taken(1, { mobile: ONE }), taken(2), taken(3, { mobile: THREE })])).toEqual([
			'1',
			'2',
			'3',
		]);
		expect(idsIn([taken(1), taken(2, { clientsmsid: '2' }), taken(3)], bulk)).toEqual(['1', '2', '3']);
		expect(idsIn([taken(1), taken(2, { clientsmsid: '2', mobile: TWO }), taken(3)], bulk)).toEqual([
			'1',
			'2',
			'3',
		]);
	});

	it.each<[string, Batch, readonly unknown[], ReadonlyArray<string | null>]>([
		['a number', list, [taken(2, { mobile: TWO }), taken(1), taken(3)], [null, '2', null]],
		['the last number', list, [taken(1), taken(2), taken(9, { mobile: ONE })], ['9', null, null]],
		['our ID', bulk, [taken(2, { clientsmsid: '2' }), taken(1), taken(3)], [null, '2', null]],
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
		expect(idsIn([taken(1, { clientsmsid: '1' }), taken(2), taken(3)])).toEqual([null, '2', '3']);
	});
});
