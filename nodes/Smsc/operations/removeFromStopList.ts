import type { NumberQuery } from '../../shared/contract/operation';
import { REMOVE_FROM_STOP_LIST, defineOperation } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import { changeStopList } from './stopList';

export const removeFromStopList = defineOperation<NumberQuery>({
	...REMOVE_FROM_STOP_LIST,
	...changeStopList('del_black', () => ({ deleted: true })),
	fields: [numberField('Phone number to remove from the list. Separate multiple values with commas.')],
});
