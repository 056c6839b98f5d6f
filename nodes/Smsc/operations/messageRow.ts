/** A row of the status or history page, in words. Sources: the vendor's pages, its library and public clients. */
import { asNumber, asText, pick } from '../../shared/contract/json';
import { STATUS, isoOfSeconds, statusRow } from '../../shared/contract/operation';
import type { ResultKey, ResultRow } from '../../shared/contract/resultKeys';
import { hasText, smscStatus } from '../status';
import type { ReplyRow } from '../../shared/contract/replyRows';

/** `all` of the vendor's page: 0 status, 1 with the message, 2 with operator and region. */
export type Details = '0' | '1' | '2';

/** What a row may have: marks, what `all` adds, and what a look-up found. */
export const rowKeys: readonly ResultKey[] = [
	...STATUS.keys,
	'segments',
	'from',
	'text',
	'sentAt',
	'testMode',
	'paused',
	'clicked',
	'country',
	'operator',
	'formerOperator',
	'region',
	'network',
	'roamingCountry',
	'roamingNetwork',
	'mcc',
	'mnc',
	'mccmnc',
	'imsi',
	'msc',
];

/** Null when the row has no status. */
export function statusOfRow(
	row: ReplyRow,
	messageId: string,
	to: string | null,
	details: Details,
): ResultRow | null {
	const status = asText(pick(row, 'status'));
	if (status === null) return null;
	const { marks, ...state } = smscStatus(status, asText(pick(row, 'err')), asText(pick(row, 'type')));
	const occurredAt = isoOfSeconds(asNumber(pick(row, 'last_timestamp')));
	const cost = asNumber(pick(row, 'cost'));
	return statusRow(
		{ messageId, to, ...state, cost, currency: null, occurredAt },
		{ ...marks, ...messageDetails(row, details), ...lookUpDetails(row) },
	);
}

/** What `all` adds. */
function messageDetails(row: ReplyRow, details: Details): ResultRow {
	if (details === '0') return {};
	const text = (key: string): string | null => asText(pick(row, key));
	const content = {
		from: text('sender_id') ?? text('sender'),
		text: text('message'),
		segments: asNumber(pick(row, 'sms_cnt')),
	};
	const network = {
		country: text('country'),
		operator: text('operator'),
		formerOperator: text('operator_orig'),
		region: text('region'),
		mccmnc: text('mccmnc'),
	};
	return {
		// A lookup or a ping has no text, and "HLR" as its sender.
		...(hasText(text('type')) === false ? {} : content),
		sentAt: isoOfSeconds(asNumber(pick(row, 'send_timestamp'))),
		...(details === '2' ? network : {}),
	};
}

/** What a lookup found; empty for messages of other kinds. */
function lookUpDetails(row: ReplyRow): ResultRow {
	const text = (key: string): string | null => asText(pick(row, key));
	if (['imsi', 'msc', 'mcc', 'net'].every((key) => text(key) === null)) return {};
	return {
		imsi: text('imsi'),
		msc: text('msc'),
		mcc: text('mcc'),
		mnc: text('mnc'),
		country: text('cn') ?? text('country'),
		network: text('net'),
		roamingCountry: text('rcn'),
		roamingNetwork: text('rnet'),
	};
}
