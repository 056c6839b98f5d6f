import type { MessageQuery, Operation } from '../../../../nodes/shared/contract/operation';
import { defineOperation } from '../../../../nodes/shared/contract/operation';
import type { RowFields } from '../../../../nodes/shared/contract/fields';

const words = {
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get balance',
	description: 'Get the balance',
	keys: ['balance'],
	build: (): ReturnType<Operation['build']> => ({
		method: 'POST',
		path: '/balance',
		body: { kind: 'form', fields: {} },
	}),
	read: (): null => null,
} as const;
const nothing = {} as RowFields;

it('an operation asks one question without fields, unless it says otherwise', () => {
	const operation = defineOperation(words);
	expect(operation).toMatchObject({ ...words, fields: [], perRequest: 1 });
	expect(operation.queriesIn(nothing)).toEqual([{}]);
});

it('what an operation says counts', () => {
	const queriesIn = (): MessageQuery[] => [{ messageId: '1' }, { messageId: '2' }];
	const operation = defineOperation<MessageQuery>({ ...words, perRequest: 100, queriesIn });
	expect(operation.perRequest).toBe(100);
	expect(operation.queriesIn(nothing)).toEqual([{ messageId: '1' }, { messageId: '2' }]);
});
