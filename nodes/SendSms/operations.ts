/**
 * What the generic node offers besides sending: how it looks. The gateways' own operations do the work. It asks several of
 * them in one run: those that the rows name.
 */
import type { INodeProperties } from 'n8n-workflow';
import { BALANCE, STATUS } from '../shared/contract/operation';
import type { OperationShown } from '../shared/panel/nodeFields';
import { sentMessageIdField, toField } from '../shared/panel/operationFields';
import { gatewayOptions } from './backupFields';
import type { GatewayId } from './gateways';
import { GATEWAY_IDS, gateways } from './gateways';

export const OTHER_GATEWAYS = { name: 'otherGateways', label: 'Other Gateways' } as const;

const otherGateways = (description: string): INodeProperties => ({
	displayName: OTHER_GATEWAYS.label,
	name: OTHER_GATEWAYS.name,
	type: 'multiOptions',
	noDataExpression: true,
	options: gatewayOptions,
	default: [],
	description,
});

const sentThrough = otherGateways(
	'Other gateways that these texts may have gone through. Each row is looked up at the gateway in its column "gateway", which the results of Send have.',
);

/** The gateways that want the number besides the ID. */
const wantNumber = (operation: string): GatewayId[] =>
	GATEWAY_IDS.filter((id) =>
		gateways[id].operations.some(
			(one) =>
				one.resource === 'message' &&
				one.operation === operation &&
				one.fields.some(({ name }) => name === 'to'),
		),
	);

/** Shown where one of the gateways in use wants it. */
function numberFields(operation: string): readonly INodeProperties[] {
	const gateway = wantNumber(operation);
	const field: INodeProperties = {
		...toField('Phone number the message went to. This gateway needs it besides the ID.'),
		default: '={{ $json.to }}',
	};
	return [
		{ ...field, displayOptions: { show: { gateway } } },
		{ ...field, displayOptions: { show: { [OTHER_GATEWAYS.name]: gateway }, hide: { gateway } } },
	];
}

export const getStatus: OperationShown = {
	resource: 'message',
	operation: STATUS.operation,
	name: 'Get Status',
	action: 'Get status of a text message',
	description: 'Find out whether messages were delivered',
	fields: [sentMessageIdField, ...numberFields(STATUS.operation), sentThrough],
	tellsStatus: true,
};

export const cancel: OperationShown = {
	resource: 'message',
	operation: 'cancel',
	name: 'Cancel',
	action: 'Cancel text message',
	description: 'Cancel a message before it is sent, where the gateway can do that',
	fields: [sentMessageIdField, ...numberFields('cancel'), sentThrough],
};

export const getBalance: OperationShown = {
	resource: 'account',
	operation: BALANCE.operation,
	name: 'Get Balance',
	action: 'Get balance of the account',
	description: 'Get the money or units left on the account',
	fields: [otherGateways('Other gateways whose balance to get as well')],
};
