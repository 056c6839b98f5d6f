/** Advanta: the delivery report of a message. */
import { sentMessageIdField } from '../../shared/panel/operationFields';
import type { MessageQuery } from '../../shared/contract/operation';
import { STATUS, defineOperation, messageQueries, statusRow } from '../../shared/contract/operation';
import { NO_REPORT_YET, advantaReport } from '../codes';
import { dlrRequest, readDlr } from './dlr';

export const getStatus = defineOperation<MessageQuery>({
	...STATUS,
	keys: [...STATUS.keys, 'reportedAt', 'network', 'deliverySeconds'],
	description: 'Get the delivery report of messages',
	fields: [{ ...sentMessageIdField, placeholder: 'e.g. 8290842' }],
	queriesIn: messageQueries(/^[\w.-]{1,64}$/),
	build: ([{ messageId }]) => dlrRequest(messageId),
	read(reply, [{ messageId }]) {
		const dlr = readDlr(reply);
		if (dlr === null) return null;
		if (dlr.failure !== null) return [{ failure: dlr.failure }];
		const { word, reportedAt, network, deliverySeconds } = dlr;
		const [status, reason] = word === null ? (['unknown', NO_REPORT_YET] as const) : advantaReport(word);
		const news = { messageId, to: null, status, reason, code: word === null ? dlr.code : word || null };
		const details = { reportedAt, network, deliverySeconds };
		return [{ rows: [statusRow({ ...news, cost: null, currency: null, occurredAt: null }, details)] }];
	},
});
