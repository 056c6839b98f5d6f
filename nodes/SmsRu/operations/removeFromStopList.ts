/** SMS.RU: takes a number off the stop list. */
import { numberField } from '../../shared/panel/operationFields';
import type { NumberQuery } from '../../shared/contract/operation';
import { REMOVE_FROM_STOP_LIST, defineOperation, numberQueries } from '../../shared/contract/operation';
import { readSmsRu, smsRuRequest } from './request';

export const removeFromStopList = defineOperation<NumberQuery>({
	...REMOVE_FROM_STOP_LIST,
	fields: [numberField('Phone number to remove from the list. Separate multiple values with commas.')],
	queriesIn: numberQueries,
	build: ([{ to }]) => smsRuRequest('/stoplist/del', { stoplist_phone: to.slice(1) }),
	read: (reply, queries) =>
		readSmsRu(reply, queries, () => queries.map(() => ({ rows: [{ deleted: true }] }))),
});
