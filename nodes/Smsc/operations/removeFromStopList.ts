import type { Operation } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import type { NumberAsk } from './numbers';
import { changeStopList } from './stopList';

export const removeFromStopList: Operation<NumberAsk> = {
	...changeStopList('del_black', () => ({ deleted: true })),
	operation: 'remove',
	name: 'Remove',
	action: 'Remove number from stop list',
	description: 'Allow texts to a number again',
	fields: [numberField('Phone number to remove from the list. Separate multiple values with commas.')],
};
