/** SMSC's statuses and delivery reasons: given these two codes of its status page, the person sees this. */
import { REASONS } from '../../../nodes/Smsc/codes';
import { smscStatus } from '../../../nodes/Smsc/status';
import { isFinal } from '../../../nodes/shared/contract/status';

describe('every status of the vendor page', () => {
	it.each([
		['-3', 'message not found', 'unknown', false],
		['-2', 'stopped', 'queued', false],
		['-1', 'waiting', 'queued', false],
		['0', 'handed to the operator', 'sent', false],
		['1', 'delivered', 'delivered', true],
		['2', 'read', 'read', true],
		['3', 'expired', 'expired', true],
		['4', 'link clicked', 'read', true],
		['6', 'an e-mail was called spam', 'rejected', true],
		['20', 'impossible to deliver', 'undelivered', true],
		['22', 'wrong number', 'rejected', true],
		['23', 'forbidden', 'rejected', true],
		['24', 'no money', 'rejected', true],
		['25', 'no route', 'undelivered', true],
		['7', 'a status that nobody knows', 'unknown', false],
		['constructor', 'a word that every object of JavaScript has', 'unknown', false],
	])('%s, %s: %s', (code, _, status, final) => {
		const told = smscStatus(code, null);
		expect([told.status, isFinal(told.status), told.code]).toEqual([status, final, code]);
	});

	it.each([
		['-3', 'invalid_parameter'],
		['3', 'temporary'],
		['6', 'blocked_recipient'],
		['20', 'no_route'],
		['22', 'invalid_recipient'],
		['23', 'content_rejected'],
		['24', 'insufficient_funds'],
		['25', 'no_route'],
	])('%s has words without a reason beside it, too', (code, kind) => {
		expect(smscStatus(code, null).reason).toMatchObject({ kind });
	});

	it.each(['-2', '-1', '0', '1', '2', '4', '7', 'constructor'])('%s needs none', (code) => {
		expect(smscStatus(code, null).reason).toBeNull();
		expect(smscStatus(code, '0').reason).toBeNull();
	});

	it.each([
		['-2', { paused: true }],
		['-1', {}],
		['0', {}],
		['2', {}],
		['4', { clicked: true }],
	])('%s is marked %j', (code, marks) => {
		expect(smscStatus(code, null).marks).toEqual(marks);
	});
});

describe('every reason of the vendor page', () => {
	const kinds: Record<string, string> = {
		'1': 'invalid_recipient',
		'2': 'invalid_recipient',
		'3': 'invalid_recipient',
		'4': 'invalid_recipient',
		'6': 'temporary',
		'11': 'no_route',
		'12': 'temporary',
		'13': 'blocked_recipient',
		'21': 'no_route',
		'219': 'temporary',
		'220': 'temporary',
		'237': 'temporary',
		'238': 'content_rejected',
		'239': 'authentication',
		'240': 'temporary',
		'241': 'temporary',
		'242': 'temporary',
		'243': 'content_rejected',
		'244': 'content_rejected',
		'245': 'unknown',
		'246': 'rate_limited',
		'247': 'rate_limited',
		'248': 'no_route',
		'249': 'invalid_recipient',
		'250': 'blocked_recipient',
		'251': 'rate_limited',
		'252': 'blocked_recipient',
		'253': 'content_rejected',
		'254': 'invalid_sender',
		'255': 'unknown',
	};

	it.each(Object.entries(kinds))('%s is %s, with a sentence and a hint', (err, kind) => {
		const { reason, code } = smscStatus('20', err);
		expect(code).toBe(err);
		expect(reason).toMatchObject({ kind, message: expect.stringMatching(/^[A-Z].{10,}[^.]$/) });
		expect(reason?.hint).toMatch(/^[A-Z].*\.$/);
	});

	it('has no others, but for the test mode', () => {
		expect(Object.keys(REASONS).sort()).toEqual([...Object.keys(kinds), '200'].sort());
	});

	it.each(['20', '1', '3'])('245 leaves open whether it was delivered: with status %s', (status) => {
		expect(smscStatus(status, '245')).toMatchObject({ status: 'unknown', reason: { kind: 'unknown' } });
	});

	it('200 says that nothing really left', () => {
		const told = smscStatus('1', '200');
		expect(told).toMatchObject({ status: 'delivered', code: '200', marks: { testMode: true } });
		expect(told.reason?.message).toContain('test mode');
	});

	it.each(['99', 'constructor'])('%s, which nobody knows, leaves the words of the status', (err) => {
		expect(smscStatus('23', err)).toMatchObject({
			status: 'rejected',
			code: err,
			reason: { kind: 'content_rejected' },
		});
		expect(smscStatus('20', err)).toMatchObject({ status: 'undelivered', reason: { kind: 'no_route' } });
	});
});

describe('"delivered" with a reason', () => {
	it.each([
		['a look-up', '4'],
		['a ping', '5'],
	])('is a phone that was not reached: %s', (_, type) => {
		expect(smscStatus('1', '6', type)).toMatchObject({
			status: 'undelivered',
			reason: { kind: 'temporary' },
		});
		expect(smscStatus('1', '99', type)).toMatchObject({ status: 'undelivered', reason: { kind: 'unknown' } });
		expect(smscStatus('1', '0', type)).toMatchObject({ status: 'delivered', reason: null });
	});

	it('has arrived all the same where it is a message', () => {
		expect(smscStatus('1', '220', '0')).toMatchObject({ status: 'delivered', reason: null });
	});

	it.each([
		['a look-up without a reason yet is still on its way', '4', 'sent'],
		['a ping has been answered', '5', 'delivered'],
		['a message has arrived', '0', 'delivered'],
		['a message of a kind that was not told has arrived', null, 'delivered'],
	])('without one: %s', (_, type, status) => {
		expect(smscStatus('1', null, type).status).toBe(status);
	});
});
