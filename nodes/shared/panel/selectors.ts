/** The Resource and Operation drop-downs of a node, made from what a gateway can do. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ResourceId } from '../contract/operation';
import { RESOURCE_NAMES } from '../contract/operation';
import { alphabetical } from './alphabetical';

/** What every node can do. */
const onEveryNode = [
	{
		resource: 'message',
		operation: 'preview',
		name: 'Preview',
		action: 'Preview text message',
		description: 'Check the numbers and count the segments of each text. Nothing is sent or charged.',
	},
	{
		resource: 'message',
		operation: 'send',
		name: 'Send',
		action: 'Send text message',
		description: 'Send a text message to one or many people',
	},
	{
		resource: 'message',
		operation: 'sendAndWait',
		name: 'Send and Wait for Response',
		action: 'Send text message and wait for response',
		description: 'Send a text message with a link to a page, and wait until the person has answered there',
	},
	{
		resource: 'oneTimeCode',
		operation: 'send',
		name: 'Send Code',
		action: 'Send a one-time code',
		description: 'Text a one-time code to a person, to find out whether a phone number is theirs',
	},
	{
		resource: 'oneTimeCode',
		operation: 'check',
		name: 'Check Code',
		action: 'Check a one-time code',
		description: 'Find out whether a person entered the code that was sent to them',
	},
] as const satisfies ReadonlyArray<Listed>;

/** How an operation stands in the drop-downs. */
interface Listed {
	readonly resource: ResourceId;
	readonly operation: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
}

const byName = alphabetical<INodePropertyOptions>(({ name }) => name);

/** Resource, then the operations of each resource; `message` and `send` are chosen at first. */
export function selectors(others: readonly Listed[]): INodeProperties[] {
	const listed = [...onEveryNode, ...others];
	const resources = [...new Set(listed.map(({ resource }) => resource))];
	const resourceOptions = resources.map((value) => ({ name: RESOURCE_NAMES[value], value })).sort(byName);
	const operationFields = resources.map((resource): INodeProperties => {
		const options = listed
			.filter((one) => one.resource === resource)
			.map(({ name, operation: value, action, description }) => ({ name, value, action, description }))
			.sort(byName);
		const initial = resource === 'message' ? 'send' : (options[0]?.value ?? '');
		return {
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options,
			default: initial,
		};
	});
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resourceOptions,
			default: 'message',
		},
		...operationFields,
	];
}
