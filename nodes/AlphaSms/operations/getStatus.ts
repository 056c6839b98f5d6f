/** AlphaSMS: the status of a message. */
import { sentMessageIdField } from '../../shared/panel/operationFields';
import type { MessageQuery } from '../../shared/contract/operation';
import { STATUS, defineOperation, statusRow } from '../../shared/contract/operation';
import { alphaSmsStatus } from '../codes';
import { alphaSmsIdField, alphaSmsMessageIds, alphaSmsRequest, readAlphaSms, statusIn } from './request';

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

export const getStatus = defineOperation<MessageQuery>({
	...STATUS,
	fields: [{ ...alphaSmsIdField, default: sentMessageIdField.default }],
	queriesIn: alphaSmsMessageIds,
	build: ([{ messageId }]) => alphaSmsRequest('receive', { id: messageId }),
	read: (reply, [{ messageId }]) =>
		readAlphaSms(reply, (pairs) => {
			const told = statusIn(pairs);
			if (told === null) return null;
			const { code } = told;
			const [status, reason] = alphaSmsStatus(code ?? '');
			const occurredAt = timeOf(pairs.get('status_time')?.[0]);
			const row = { messageId, to: null, status, reason, code, cost: null, currency: null, occurredAt };
			return { rows: [statusRow(row)] };
		}),
});
