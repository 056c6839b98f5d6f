/** After a lost reply: when SMSC is asked what became of the texts, and what its answer means for each. */
import { smscGateway } from '../../../nodes/Smsc/gateway';
import { smscReconciliation } from '../../../nodes/Smsc/reconciliation';
import type { Outcome } from '../../../nodes/shared/contract/outcome';
import { unclear } from '../../../nodes/shared/contract/outcome';
import { batch, message, reply } from '../../support/messages';

const first = message(smscGateway, { to: '+79161234567' });
const second = message(smscGateway, { to: '+79161234568' });
const sent = batch('sameText', first, second);
const asks = (one = sent, outcomes: readonly Outcome[] = []) =>
	smscReconciliation.build(one, outcomes) !== null;

describe('SMSC is asked', () => {
	it('at its page of statuses', () => {
		expect(smscReconciliation.build(sent)).toMatchObject({ method: 'POST', path: '/sys/status.php' });
	});

	it('whatever was learnt so far, but for error 9: an earlier request had the text then, under another id', () => {
		const taken: Outcome = { accepted: true, messageId: '1', status: 'queued', cost: null, segments: null };
		expect(asks(sent, [unclear('SMSC', 'No answer.', 'HTTP 502'), taken])).toBe(true);
		expect(asks(sent, [unclear('SMSC', 'No answer.'), taken])).toBe(true);
		expect(asks(sent, [taken, unclear('SMSC', 'Busy.', '9')])).toBe(false);
	});

	it('about numbers alone', () => {
		const group = { ...second, to: 'G12', digits: 'G12', isNumber: false };
		expect(asks(batch('sameText', first, group))).toBe(false);
		expect(asks(batch('sameText', group))).toBe(false);
	});

	it('about no price', () => {
		expect(asks(batch('sameText', message(smscGateway, { options: { cost: 1 } })))).toBe(false);
	});
});

describe('its answer', () => {
	const one = batch('sameText', first);
	const read = (row: object) =>
		smscReconciliation.read(reply({ id: one.reference, phone: first.digits, ...row }), one)[0];

	it('says how far the text is, and what it costs', () => {
		expect(read({ status: 1, err: 0, cost: '1.40', sms_cnt: 2, type: 0 })).toEqual({
			accepted: true,
			messageId: one.reference,
			status: 'delivered',
			cost: 1.4,
			segments: 2,
		});
	});

	it('of a look-up without a result is no delivery', () => {
		expect(read({ status: 1, type: 4 })).toMatchObject({ accepted: true, status: 'sent' });
		expect(read({ status: 1, type: 0 })).toMatchObject({ accepted: true, status: 'delivered' });
	});

	it.each([
		['no status', { err: 0 }],
		['a status of no list', { status: 77 }],
		['an error of the question beside a status', { status: 1, error_code: 9 }],
	])('with %s tells nothing', (_, row) => {
		expect(read(row)).toBeNull();
	});
});
