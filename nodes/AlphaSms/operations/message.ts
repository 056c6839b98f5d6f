/** AlphaSMS: the status of a message, and taking back one that waits for its time. One message a request. */
import { messageIdField } from '../../shared/panel/operationFields';
import { readIds } from '../../shared/contract/fields';
import type { Answer, Operation } from '../../shared/contract/operation';
import type { RowFields } from '../../shared/contract/fields';
import { statusRow } from '../../shared/contract/operation';
import { alphaSmsStatus, codeInStatus } from '../codes';
import type { Pairs } from '../send';
import { NAME } from '../send';
import { alphaSmsRequest, readText } from './text';

interface MessageAsk {
	readonly [key: string]: string;
	readonly messageId: string;
}

const readMessageIds = ({ fields }: RowFields): readonly MessageAsk[] =>
	readIds(fields, 'messageId', 'Message ID', /^\d{1,20}$/, 'Use the messageId of a result of Send').map(
		(messageId) => ({ messageId }),
	);

/** ISO 8601: the vendor's recorded replies have a time with an offset; its page shows a day alone, which stays one. */
function timeOf(text: string | undefined): string | null {
	const instant = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([+-]\d\d):?(\d\d)$/.exec(text ?? '');
	if (instant !== null) return isoOf(`${instant[1]}${instant[2]}:${instant[3]}`);
	const day = /^(\d{4})[/-](\d\d)[/-](\d\d)$/.exec(text ?? '');
	return day === null ? null : (isoOf(`${day[1]}-${day[2]}-${day[3]}`)?.slice(0, 10) ?? null);
}

function isoOf(text: string): string | null {
	const time = new Date(text);
	return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** The status that a reply tells; null when it tells none. Its code is missing in the page's table, not in its sample. */
function statusIn(pairs: Pairs): { readonly code: string | null } | null {
	const code = pairs.get('code')?.[0] ?? '';
	if (code !== '') return { code };
	const status = pairs.get('status')?.[0];
	return status === undefined ? null : { code: codeInStatus(status) };
}

export const getStatus: Operation<MessageAsk> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get status of a text message',
	description: 'Find out whether messages were delivered',
	fields: [{ ...messageIdField, placeholder: 'e.g. 84523377' }],
	tellsStatus: true,
	perRequest: 1,
	readAsks: readMessageIds,
	build: ([{ messageId }]) => alphaSmsRequest('receive', { id: messageId }),
	read(reply, [{ messageId }]) {
		const read = readText(reply);
		if (read === null || 'failure' in read) return read === null ? null : [read];
		const told = statusIn(read.pairs);
		if (told === null) return null;
		const { code } = told;
		const [status, reason] = alphaSmsStatus(code ?? '');
		const occurredAt = timeOf(read.pairs.get('status_time')?.[0]);
		const row = { messageId, to: null, status, reason, code, cost: null, currency: null, occurredAt };
		return [{ rows: [statusRow(row)] }];
	},
};

export const cancel: Operation<MessageAsk> = {
	resource: 'message',
	operation: 'cancel',
	name: 'Cancel',
	action: 'Cancel text message',
	description: 'Take back a message that waits for its time to be sent',
	fields: [{ ...messageIdField, placeholder: 'e.g. 84523377' }],
	perRequest: 1,
	readAsks: readMessageIds,
	build: ([{ messageId }]) => alphaSmsRequest('delete', { id: messageId }),
	read(reply, [{ messageId }]) {
		const read = readText(reply);
		if (read === null || 'failure' in read) return read === null ? null : [read];
		const told = statusIn(read.pairs);
		// A word that nobody knows does not say that the message stays.
		return told === null || told.code === null ? null : [cancelled(told.code, messageId)];
	},
};

/** The vendor answers with the state that the message has now: 10 is "deleted". */
function cancelled(code: string, messageId: string): Answer {
	if (code === '10') return { rows: [{ deleted: true }] };
	const [status] = alphaSmsStatus(code);
	return {
		failure: {
			kind: 'invalid_parameter',
			code,
			message: `${NAME} could not take this message back: its status is "${status}".`,
			hint: 'Only a message that waits for its time can be taken back.',
			retry: 'never',
			messageId,
		},
	};
}
