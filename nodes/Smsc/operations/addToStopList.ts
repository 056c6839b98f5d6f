import type { NumberQuery } from '../../shared/contract/operation';
import { defineOperation } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import { changeStopList } from './stopList';

export const addToStopList = defineOperation<NumberQuery>({
	...changeStopList('add_black', ({ to }) => ({ to, added: true })),
	operation: 'add',
	name: 'Add',
	action: 'Add number to stop list',
	description: 'Never text a number again from this account',
	keys: ['to', 'added'],
	fields: [
		numberField('Phone number that should no longer receive texts. Separate multiple values with commas.'),
	],
});
