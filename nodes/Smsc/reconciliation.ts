/**
 * SMSC: what happened to a request whose reply got lost. `status.php` is asked about its numbers, by the id that we gave it:
 * -3 means that SMSC does not know it.
 */
import { entryOf } from '../shared/contract/codes';
import { asNumber, asText, pick } from '../shared/contract/json';
import type { Outcome } from '../shared/contract/outcome';
import type { Reconciliation } from '../shared/contract/sender';
import { REFUSING_STATUSES } from './codes';
import type { SmscOptions } from './options';
import { countOf, refusalOfNumber } from './send/outcomes';
import { isKnownStatus, smscStatus } from './status';
import { recordsOf, rowsFor } from './statusRows';
import type { ReplyRow } from '../shared/contract/replyRows';

export const smscReconciliation: Reconciliation<SmscOptions> = {
	// Status may be asked five times a minute; a request on its way is filed within a minute or two.
	delaysMs: [3_000, 15_000, 45_000, 90_000],
	build({ messages, reference }, outcomes = []) {
		const [{ options }] = messages;
		// An id of the person's own may belong to an older message: asking could find the wrong one.
		if (options.messageId !== null || options.priceOnly) return null;
		// Error 9 took nothing under this id, and "not found" would hide that an earlier request had the same text.
		if (outcomes.some((outcome) => 'code' in outcome && outcome.code === '9')) return null;
		if (messages.some(({ isNumber }) => !isNumber)) return null;
		const fields = {
			// With the +, as it was sent: "corrected", the number would read as unknown.
			phone: messages.map(({ to }) => to).join(','),
			id: messages.map(() => reference).join(','),
			// The price, and the kind: without it a lookup that waits for its result looks like a text delivered.
			all: '1',
			fmt: '3',
			charset: 'utf-8',
		};
		return { method: 'POST', path: '/sys/status.php', body: { kind: 'form', fields } };
	},
	read(reply, { messages, reference }) {
		const asked = messages.map(({ to }) => ({ messageId: reference, to }));
		return rowsFor(recordsOf(reply.json), asked).map((row) =>
			row === undefined ? null : outcomeOfRow(row, reference),
		);
	},
};

function outcomeOfRow(row: ReplyRow, messageId: string): Outcome | 'notFound' | null {
	const status = asText(pick(row, 'status'));
	if (status === null || pick(row, 'error_code') !== undefined) return null;
	if (status === '-3') return 'notFound';
	const error = asText(pick(row, 'err'));
	// 20 comes from the operator: SMSC had taken the text.
	if (status !== '20' && entryOf(REFUSING_STATUSES, status) !== undefined) {
		return refusalOfNumber({ status, error }, messageId);
	}
	if (!isKnownStatus(status)) return null;
	return {
		accepted: true,
		messageId,
		status: smscStatus(status, error, asText(pick(row, 'type'))).status,
		cost: asNumber(pick(row, 'cost')),
		segments: countOf(asNumber(pick(row, 'sms_cnt'))),
	};
}
