/** SMSC's stop list: one number in or out. Source: careful public clients of `phones.php`; confidence medium. */
import type { CodeTable } from '../../shared/contract/codes';
import { parameter, unknownMessage } from '../../shared/contract/codeShapes';
import { asRecord, asText, pick } from '../../shared/contract/json';
import type { NumberQuery, Operation } from '../../shared/contract/operation';
import { numberQueries } from '../../shared/contract/operation';
import type { ResultRow } from '../../shared/contract/resultKeys';
import { isOk, readSmsc, smscRequest } from './call';

const STOP_LIST_CODES: CodeTable = {
	'3': unknownMessage(
		'SMSC does not have this number on its list',
		'It may already have been removed. Check the number of this row.',
	),
	'5': parameter('SMSC did not change the stop list', 'Check the number of this row.'),
};

type Change = Pick<Operation<NumberQuery>, 'resource' | 'queriesIn' | 'build' | 'read'>;

/** @param rowOf what the item says once it is done */
export function changeStopList(
	command: 'add_black' | 'del_black',
	rowOf: (query: NumberQuery) => ResultRow,
): Change {
	return {
		resource: 'stopList',
		queriesIn: numberQueries,
		build: ([{ to }]) => smscRequest('phones', { [command]: '1', phone: to.slice(1) }),
		read(reply, queries) {
			// `OK`, or the id of what was made.
			const isDone = isOk(reply) || asText(pick(asRecord(reply.json), 'id')) !== null;
			const read = () => (isDone ? queries.map((query) => ({ rows: [rowOf(query)] })) : null);
			return readSmsc(reply, queries, read, STOP_LIST_CODES);
		},
	};
}
