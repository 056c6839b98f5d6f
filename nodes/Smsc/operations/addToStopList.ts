import type { Operation } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import type { NumberAsk } from './numbers';
import { changeStopList } from './stopList';

export const addToStopList: Operation<NumberAsk> = {
	...changeStopList('add_black', ({ to }) => ({ to, added: true })),
	operation: 'add',
	name: 'Add',
	action: 'Add number to stop list',
	description: 'Never text a number again from this account',
	fields: [
		numberField('Phone number that should no longer receive texts. Separate multiple values with commas.'),
	],
};
