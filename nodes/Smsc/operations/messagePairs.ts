/** Which messages are meant: SMSC knows one by its id and its number together. */
import type { RowFields } from '../../shared/contract/fields';
import { readIds, readNumbers } from '../../shared/contract/fields';
import { messageIdField, sentMessageIdField, toField } from '../../shared/panel/operationFields';

export interface MessagePair {
	readonly [key: string]: string;
	readonly messageId: string;
	readonly to: string;
}

const toOfMessage = toField(
	'Phone number the message went to. One message ID may have several numbers; several IDs need one number each, in the same order.',
);

export const pairFields = [{ ...messageIdField, placeholder: 'e.g. 1042' }, toOfMessage];

/** For the operation that mostly follows Send: both are taken from its result. */
export const sentPairFields = [
	{ ...sentMessageIdField, placeholder: 'e.g. 1042' },
	{ ...toOfMessage, default: '={{ $json.to }}' },
];

/** Pairs of id and number, in the order typed. */
export function readPairs(row: RowFields): readonly MessagePair[] {
	const { fields } = row;
	const fix = 'Use the messageId returned by Send';
	// An id may be typed twice: the messages of one list share it.
	const messageIds = readIds(fields, 'messageId', 'Message ID', /^[\w.-]{1,40}$/, fix, true);
	const to = readNumbers(row, 'To');
	const [only] = messageIds;
	if (only === undefined || to.length === 0) return [];
	if (messageIds.length === 1) return to.map((number) => ({ messageId: only, to: number }));
	if (messageIds.length !== to.length) {
		fields.refuse(
			'To',
			`has ${to.length} numbers for ${messageIds.length} message IDs`,
			'Enter one number for each message ID, in the same order',
		);
		return [];
	}
	return messageIds.map((messageId, index) => ({ messageId, to: to[index] ?? '' }));
}

export function pairParameters(pairs: readonly MessagePair[]): Record<string, string> {
	return {
		// With the +: without it, SMSC might "correct" a number, and not know the message.
		phone: pairs.map(({ to }) => to).join(','),
		id: pairs.map(({ messageId }) => messageId).join(','),
	};
}
