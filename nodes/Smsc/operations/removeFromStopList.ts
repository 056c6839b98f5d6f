import type { NumberQuery } from '../../shared/contract/operation';
import { defineOperation } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import { changeStopList } from './stopList';

export const removeFromStopList = defineOperation<NumberQuery>({
	...changeStopList('del_black', () => ({ deleted: true })),
	operation: 'remove',
	name: 'Remove',
	action: 'Remove number from stop list',
	description: 'Allow texts to a number again',
	keys: ['deleted'],
	fields: [numberField('Phone number to remove from the list. Separate multiple values with commas.')],
});
