/** SMSC: the status of messages, with look-up results. A message is told by its id and its number together. */
import type { INodeProperties } from 'n8n-workflow';
import { messageIdField, numberField } from '../../shared/panel/operationFields';
import { readIds, readNumbers } from '../../shared/contract/fields';
import type { Answer, Operation } from '../../shared/contract/operation';
import type { JsonRecord } from '../../shared/contract/request';
import type { RowFields } from '../../shared/contract/fields';
import { isoOfSeconds, statusRow } from '../../shared/contract/operation';
import { asNumber, asText, pick } from '../../shared/contract/json';
import { smscStatus } from '../codes';
import { NAME } from '../send';
import type { StatusRow as Row } from '../statusRows';
import { rowsFor } from '../statusRows';
import { errorIn, isOk, rowsIn, smscRefusal, smscRequest } from './call';

export interface StatusAsk {
	readonly [key: string]: string;
	readonly messageId: string;
	readonly to: string;
	/** `all` of the vendor's page: 0 status, 1 with the message, 2 with operator and region. */
	readonly all: string;
}

const ids = { ...messageIdField, placeholder: 'e.g. 1042' };
const numbers = numberField(
	'Phone number the message went to. With one ID several numbers may be given; with several IDs one number for each, in the same order.',
);

const detailsField: INodeProperties = {
	displayName: 'Details',
	name: 'details',
	type: 'options',
	options: [
		{ name: 'Message', value: 1, description: 'Also text, sender, price and segments' },
		{ name: 'Message and Network', value: 2, description: 'Also country, operator and region' },
		{ name: 'Status Only', value: 0 },
	],
	default: 0,
	description: 'How much SMSC tells of each message',
};

/** Pairs of id and number, in the order typed. */
export function readPairs(row: RowFields): ReadonlyArray<{ messageId: string; to: string }> {
	const { fields } = row;
	const messageIds = readIds(
		fields,
		'messageId',
		'Message ID',
		/^[\w.-]{1,40}$/,
		'Use the messageId of a result of Send',
		// The messages of one list share an id.
		true,
	);
	const to = readNumbers(row);
	const [only] = messageIds;
	if (only === undefined) return [];
	if (to.length === 0) return [];
	if (messageIds.length === 1) return to.map((number) => ({ messageId: only, to: number }));
	if (messageIds.length !== to.length) {
		fields.refuse(
			'To',
			`has ${to.length} numbers for ${messageIds.length} message IDs`,
			'Give one number for each message ID, in the same order',
		);
		return [];
	}
	return messageIds.map((messageId, index) => ({ messageId, to: to[index] ?? '' }));
}

function pairFields(asks: ReadonlyArray<{ messageId: string; to: string }>): Record<string, string> {
	return {
		// With the +: without it, SMSC might "correct" a number, and not know the message.
		phone: asks.map(({ to }) => to).join(','),
		id: asks.map(({ messageId }) => messageId).join(','),
	};
}

/** The fields of a look-up, in words; empty for messages of other kinds. */
function lookUpDetails(row: Row): JsonRecord {
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

/** What `all` adds, in words. */
function messageDetails(row: Row, all: string): JsonRecord {
	const text = (key: string): string | null => asText(pick(row, key));
	// A look-up (4) or a ping (5) has no text, and "HLR" as its sender.
	const isMessage = !['4', '5'].includes(text('type') ?? '');
	const message = {
		...(isMessage
			? {
					from: text('sender_id') ?? text('sender'),
					text: text('message'),
					segments: asNumber(pick(row, 'sms_cnt')),
				}
			: {}),
		sentAt: isoOfSeconds(asNumber(pick(row, 'send_timestamp'))),
	};
	if (all === '0') return {};
	if (all === '1') return message;
	return {
		...message,
		country: text('country'),
		operator: text('operator'),
		formerOperator: text('operator_orig'),
		region: text('region'),
		mccmnc: text('mccmnc'),
	};
}

/** A row of the status or history page; null when it has no status. */
export function statusOfRow(row: Row, messageId: string, to: string | null, all: string): JsonRecord | null {
	const told = asText(pick(row, 'status'));
	if (told === null) return null;
	const type = asText(pick(row, 'type'));
	const { status, reason, code, marks } = smscStatus(told, asText(pick(row, 'err')), type);
	const occurredAt = isoOfSeconds(asNumber(pick(row, 'last_timestamp')));
	const cost = asNumber(pick(row, 'cost'));
	const news = { messageId, to, status, reason, code, cost } as const;
	const details = { ...marks, ...messageDetails(row, all), ...lookUpDetails(row) };
	return statusRow({ ...news, currency: null, occurredAt }, details);
}

export const getStatus: Operation<StatusAsk> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get status of a text message',
	description: 'Find out whether messages were delivered',
	fields: [ids, numbers, detailsField],
	tellsStatus: true,
	perRequest: 100,
	shareKey: ({ all }) => all,
	readAsks(row) {
		const all = String(row.fields.choice('details', 'Details', [0, 1, 2] as const) ?? 0);
		return readPairs(row).map((pair) => ({ ...pair, all }));
	},
	// Without the message's kind, which comes with all=1, a look-up that waits for its result looks like a text delivered.
	build: (asks) => smscRequest('status', { ...pairFields(asks), all: asks[0].all === '2' ? '2' : '1' }),
	read(reply, asks) {
		const error = errorIn(reply);
		if (error !== null) return asks.map(() => ({ failure: smscRefusal(error) }));
		const rows = rowsIn(reply, 'status');
		if (rows === null) return null;
		const found = rowsFor(rows, asks);
		return asks.map(({ messageId, to, all }, index): Answer => {
			const row = found[index];
			const told = row === undefined ? null : statusOfRow(row, messageId, to, all);
			return told === null ? { failure: notMentioned } : { rows: [told] };
		});
	},
};

const notMentioned = {
	kind: 'unknown',
	code: null,
	message: `${NAME}'s answer does not mention this message.`,
	hint: 'Run this step again later.',
	retry: 'later',
} as const;

interface PairAsk {
	readonly [key: string]: string;
	readonly messageId: string;
	readonly to: string;
}

export const cancel: Operation<PairAsk> = {
	resource: 'message',
	operation: 'cancel',
	name: 'Cancel',
	action: 'Cancel text message',
	description: 'Delete a message at SMSC. One that has left already cannot be taken back.',
	fields: [ids, numbers],
	// One by one: the reply does not say which of several were deleted.
	perRequest: 1,
	readAsks: readPairs,
	build: (asks) => smscRequest('status', { ...pairFields(asks), del: '1' }),
	read(reply) {
		const error = errorIn(reply);
		if (error !== null) return [{ failure: smscRefusal(error, { '5': notDeleted }) }];
		return isOk(reply) ? [{ rows: [{ deleted: true }] }] : null;
	},
};

const notDeleted = {
	kind: 'invalid_parameter',
	message: 'SMSC did not delete this message',
	hint: 'It may be deleted already. Check that the message ID and the number belong together.',
	retry: 'never',
} as const;
