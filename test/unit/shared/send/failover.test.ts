/** Which texts a backup gateway may get, and what a text comes to that was at several. */
import { gateways } from '../../../../nodes/SendSms/gateways';
import type { Outcome } from '../../../../nodes/shared/contract/outcome';
import { ERROR_KINDS, refuseInput, unclear } from '../../../../nodes/shared/contract/outcome';
import type { Tried } from '../../../../nodes/shared/send/failover';
import { attemptsShown, decisive, mayGoOn } from '../../../../nodes/shared/send/failover';
import { message } from '../../../support/messages';

const text = message(gateways.smsRu, {});
const refused = (more: Partial<ReturnType<typeof refuseInput>> = {}): Outcome => ({
	...refuseInput('invalid_recipient', 'It is refused', 'Change it.'),
	...more,
});
const accepted: Outcome = { accepted: true, messageId: '1', status: 'queued', cost: null, segments: 1 };
const doubt = unclear('SMS.RU', 'Nobody knows');
const tried = (outcome: Outcome, more: Partial<Tried> = {}): Tried => ({
	by: { gateway: gateways.smsRu, sender: gateways.smsRu.texts },
	message: text,
	outcome,
	wasAsked: true,
	reply: null,
	at: Date.UTC(2026, 10, 22, 7),
	...more,
});

describe('another gateway', () => {
	// Of the account, the gateway or its routes; the others are about the person or the text.
	const ofGateway = [
		'authentication',
		'insufficient_funds',
		'invalid_sender',
		'no_route',
		'rate_limited',
		'temporary',
	];

	it.each(ERROR_KINDS)('gets a text that was refused as %s only where that is about the first', (kind) => {
		expect(mayGoOn(tried(refused({ kind })))).toBe(ofGateway.includes(kind));
	});

	it('gets what the first would refuse of everybody', () => {
		expect(mayGoOn(tried(refused({ kind: 'unknown', fatal: true })))).toBe(true);
		expect(mayGoOn(tried(refused({ kind: 'unknown', fatal: false })))).toBe(false);
	});

	it('gets what the first was not asked about, whatever the reason', () => {
		expect(mayGoOn(tried(refused(), { wasAsked: false }))).toBe(true);
	});

	it.each([
		['an accepted text', accepted],
		['a text that may have gone out', doubt],
	])('never gets %s, asked or not', (_, outcome) => {
		expect([true, false].map((wasAsked) => mayGoOn(tried(outcome, { wasAsked })))).toEqual([false, false]);
	});
});

describe('what is reported', () => {
	const good = tried(refused({ retry: 'never' }));
	const later = tried(refused({ retry: 'later' }));
	const unasked = tried(refused({ retry: 'never' }), { wasAsked: false });

	it('is the last that was asked', () => {
		const last = tried(refused({ retry: 'never' }));
		expect(decisive([good, last, unasked])).toBe(last);
	});

	it('is the first where nobody was asked', () => {
		expect(decisive([unasked, tried(refused(), { wasAsked: false })])).toBe(unasked);
	});

	it('is an earlier one that time may cure, sooner than a refusal for good', () => {
		expect(decisive([later, good])).toBe(later);
	});

	it('is the latest of those that time may cure', () => {
		const latest = tried(refused({ retry: 'later' }));
		expect(decisive([later, latest, good])).toBe(latest);
		expect(decisive([good, later, latest])).toBe(latest);
	});

	it.each([
		['accepted', accepted],
		['in doubt', doubt],
	])('is the last where that is %s', (_, outcome) => {
		const last = tried(outcome);
		expect(decisive([later, last])).toBe(last);
	});
});

describe('the attempts', () => {
	const redact = (code: string): string => code.replace('secret', '***');

	it('are not shown where only one gateway had to do with the text', () => {
		expect(attemptsShown([tried(accepted)], redact)).toEqual([]);
	});

	it('are shown in order, with the code redacted and the time', () => {
		const { smsc } = gateways;
		const at = Date.UTC(2026, 10, 22, 7, 0, 1);
		expect(
			attemptsShown(
				[
					tried(refused({ kind: 'no_route', code: 'secret 25' })),
					tried(refused({ code: null }), { wasAsked: false }),
					tried(doubt),
					tried(accepted, { by: { gateway: smsc, sender: smsc.texts }, at }),
				],
				redact,
			),
		).toEqual([
			{
				gateway: 'smsRu',
				outcome: 'refused',
				kind: 'no_route',
				code: '*** 25',
				at: '2026-11-22T07:00:00.000Z',
			},
			{
				gateway: 'smsRu',
				outcome: 'notAsked',
				kind: 'invalid_recipient',
				code: null,
				at: '2026-11-22T07:00:00.000Z',
			},
			{ gateway: 'smsRu', outcome: 'unclear', kind: doubt.kind, code: null, at: '2026-11-22T07:00:00.000Z' },
			{ gateway: 'smsc', outcome: 'accepted', kind: null, code: null, at: '2026-11-22T07:00:01.000Z' },
		]);
	});
});
