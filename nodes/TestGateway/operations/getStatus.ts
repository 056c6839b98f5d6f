import { asNumber, asRecord, pick } from '../../shared/contract/json';
import type { QueryAnswer, MessageQuery } from '../../shared/contract/operation';
import {
	STATUS,
	defineOperation,
	isoOfSeconds,
	messageNotMentioned,
	messageQueries,
	statusRow,
} from '../../shared/contract/operation';
import { messageIdField } from '../../shared/panel/operationFields';
import { COURSES, NAME, type Course } from '../codes';
import { ID_PATTERN, readId } from '../ids';
import { CURRENCY } from '../answers';

export const getStatus = defineOperation<MessageQuery>({
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get status of a text message',
	description: 'Find out whether messages were delivered',
	keys: [...STATUS.keys, 'testMode'],
	fields: [messageIdField],
	tellsStatus: true,
	perRequest: 100,
	queriesIn: messageQueries(ID_PATTERN),
	build: () => ({ method: 'GET', path: '/status' }),
	read({ json }, queries) {
		const now = asNumber(pick(asRecord(json), 'now'));
		return now === null ? null : queries.map(({ messageId }) => statusAt(messageId, now / 1000));
	},
});

function statusAt(messageId: string, now: number): QueryAnswer {
	const sent = readId(messageId);
	if (sent === null) return messageNotMentioned(NAME);
	const { startsAt } = sent;
	const { steps, reason }: Course = COURSES[sent.course];
	const [seconds, status] = steps.filter(([after]) => startsAt + after <= now).at(-1) ?? [0, 'scheduled'];
	const isLast = status === steps.at(-1)?.[1];
	const row = {
		messageId,
		to: null,
		status,
		reason: isLast ? reason : null,
		code: null,
		cost: null,
		currency: CURRENCY,
		occurredAt: status === 'scheduled' ? null : isoOfSeconds(startsAt + seconds),
	};
	return { rows: [statusRow(row, { testMode: true })] };
}
