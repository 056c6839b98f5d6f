/** What the generic node offers besides sending: how it looks. The chosen gateway's own operation does the work. */
import type { OperationShown } from '../shared/panel/nodeFields';
import { sentMessageIdField, toField } from '../shared/panel/operationFields';
import { GATEWAY_IDS, gateways } from './gateways';

/** The gateways whose Get Status wants the number besides the ID. */
const needNumber = GATEWAY_IDS.filter((id) =>
	gateways[id].operations.some(
		({ resource, operation, fields }) =>
			`${resource}.${operation}` === 'message.getStatus' && fields.some(({ name }) => name === 'to'),
	),
);

export const getStatus: OperationShown = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get status of a text message',
	description: 'Find out whether messages were delivered',
	fields: [
		sentMessageIdField,
		{
			...toField('Phone number the message went to. This gateway needs it besides the ID.'),
			default: '={{ $json.to }}',
			displayOptions: { show: { gateway: needNumber } },
		},
	],
	tellsStatus: true,
};

export const getBalance: OperationShown = {
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get balance of the account',
	description: 'Get the money or units that are left on the account',
	fields: [],
};
