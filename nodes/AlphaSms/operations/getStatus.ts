/** AlphaSMS: the status of a message. */
import { sentMessageIdField } from '../../shared/panel/operationFields';
import type { MessageQuery } from '../../shared/contract/operation';
import { STATUS, defineOperation, statusRow } from '../../shared/contract/operation';
import type { QueryAnswer } from '../../shared/contract/operation';
import type { GatewayReply } from '../../shared/contract/request';
import { asRecord, asText, pick } from '../../shared/contract/json';
import { alphaSmsStatus, queryFailureOfSentences } from '../codes';
import { idIn, isOwnId, isTrue, jsonRequest, readJsonReply } from '../jsonItems';
import { statusOfWord } from '../statusWords';
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

/** A message whose own id nobody knows is asked for by ours, in the other interface. */
function readByOwnId(reply: GatewayReply, messageId: string): QueryAnswer | null {
	const read = readJsonReply(reply);
	if (read === null) return null;
	if ('sentence' in read) return { failure: queryFailureOfSentences([read.sentence]) };
	const [item] = read.items;
	if (item === undefined || !read.isAlone) return null;
	const sentence = asText(pick(item, 'error'));
	if (sentence !== null) return { failure: queryFailureOfSentences([sentence]) };
	const word = asText(pick(asRecord(pick(item, 'data')), 'status'));
	const isAboutIt = idIn(item) === messageId;
	return !isTrue(pick(item, 'success')) || word === null || !isAboutIt
		? null
		: rowFor(messageId, statusOfWord(word), word, null);
}

function rowFor(
	messageId: string,
	[status, reason]: ReturnType<typeof statusOfWord>,
	code: string | null,
	occurredAt: string | null,
): QueryAnswer {
	const row = { messageId, to: null, status, reason, code, cost: null, currency: null, occurredAt };
	return { rows: [statusRow(row)] };
}

export const getStatus = defineOperation<MessageQuery>({
	...STATUS,
	fields: [{ ...alphaSmsIdField, default: sentMessageIdField.default }],
	queriesIn: alphaSmsMessageIds,
	build: ([{ messageId }]) =>
		isOwnId(messageId)
			? jsonRequest([{ type: 'status', id: Number(messageId) }])
			: alphaSmsRequest('receive', { id: messageId }),
	read(reply, [{ messageId }]) {
		if (isOwnId(messageId)) {
			const answer = readByOwnId(reply, messageId);
			return answer === null ? null : [answer];
		}
		return readAlphaSms(reply, (pairs) => {
			const found = statusIn(pairs);
			if (found === null) return null;
			const { code } = found;
			return rowFor(messageId, alphaSmsStatus(code ?? ''), code, timeOf(pairs.get('status_time')?.[0]));
		});
	},
});
