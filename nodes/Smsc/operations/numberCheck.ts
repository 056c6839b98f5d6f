/** SMSC: what goes out to a number to learn about it, and is paid for; the result comes with the status. */
import type { BilledOperation } from '../../shared/contract/gateway';
import { numberField } from '../../shared/panel/operationFields';
import { DUPLICATE_LOOK_UP } from '../codes';
import { getStatus } from './getStatus';
import { orderOptionFields, orderSender } from './order';

type Words = Pick<BilledOperation, 'operation' | 'name' | 'action' | 'description'>;

/** @param flag the parameter that makes a request one for this check */
export function numberCheck(flag: 'hlr' | 'ping', words: Words): BilledOperation {
	return {
		...words,
		resource: 'number',
		fields: [numberField('Phone number. Separate multiple values with commas.')],
		optionFields: orderOptionFields,
		sender: orderSender({
			parameters: { [flag]: '1' },
			detailKeys: ['balance', 'mccmnc'],
			duplicate: DUPLICATE_LOOK_UP,
		}),
		followUp: {
			operation: getStatus,
			// With the message's kind, to tell a lookup without a result from a finished one.
			query: (messageId, to) => ({ messageId, to, all: '1' }),
		},
	};
}
