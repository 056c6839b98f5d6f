import type { NumberQuery } from '../../shared/contract/operation';
import { ADD_TO_STOP_LIST, defineOperation } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import { changeStopList } from './stopList';

export const addToStopList = defineOperation<NumberQuery>({
	...ADD_TO_STOP_LIST,
	...changeStopList('add_black', ({ to }) => ({ to, added: true })),
	fields: [
		numberField('Phone number that should no longer receive texts. Separate multiple values with commas.'),
	],
});
