/** What stands under the nodes on the canvas, as n8n evaluates it. */
import type { INode, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { listed } from '../../support/listed';

const nodes = Object.entries(listed<INodeType>('nodes', ({ description }) => description.name)).map(
	([name, { description }]) => ({
		name,
		subtitle: description.subtitle ?? '',
		fields: description.properties,
	}),
);

function shownFor(subtitle: string, parameters: INodeParameters): unknown {
	const node: INode = { id: 'n', name: 'SMS', type: 'n', typeVersion: 1, position: [0, 0], parameters: {} };
	const type = { description: { properties: [] } } as unknown as INodeType;
	const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	node.parameters = parameters;
	return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {}, undefined, '');
}

/** The choices of a drop-down: value and display name. */
function choices(field: INodeProperties): ReadonlyArray<{ readonly name: string; readonly value: string }> {
	return (field.options ?? []).flatMap((option) =>
		'value' in option ? [{ name: option.name, value: String(option.value) }] : [],
	);
}

it('of Send SMS are the operation and the gateway', () => {
	const subtitle = nodes.find(({ name }) => name === 'sendSms')?.subtitle ?? '';
	const about = { resource: 'message', operation: 'send' };
	expect(shownFor(subtitle, { ...about, gateway: 'smsRu' })).toBe('Send · SMS.RU');
	expect(shownFor(subtitle, { ...about, gateway: 'africasTalking' })).toBe("Send · Africa's Talking");
	expect(
		shownFor(subtitle, { resource: 'account', operation: 'getBalance', gateway: 'voipCommunications' }),
	).toBe('Get Balance · VoIP Communications');
});

it('of a trigger are its events', () => {
	const subtitle = nodes.find(({ name }) => name === 'smscTrigger')?.subtitle ?? '';
	expect(shownFor(subtitle, { events: ['status', 'reply', 'waitCall'] })).toBe(
		'Delivery Report, Incoming Message, Expected Call',
	);
});

it.each(nodes.filter(({ name }) => !/Trigger$/.test(name)).map((node) => [node.name, node] as const))(
	'of %s have words for everything it does',
	(name, { subtitle, fields }) => {
		const [resources] = fields.filter((field) => field.name === 'resource').map(choices);
		const gateways = fields.filter((field) => field.name === 'gateway').flatMap(choices);
		let seen = 0;
		for (const field of fields.filter((one) => one.name === 'operation')) {
			const resource = resources?.find(({ value }) => field.displayOptions?.show?.resource?.includes(value));
			for (const operation of choices(field)) {
				const [second = resource?.name ?? ''] = gateways.map((gateway) => gateway.name);
				const parameters = {
					resource: resource?.value ?? '',
					operation: operation.value,
					gateway: gateways[0]?.value ?? '',
				};
				expect([name, shownFor(subtitle, parameters)]).toEqual([name, `${operation.name} · ${second}`]);
				seen++;
			}
		}
		expect(seen).toBeGreaterThanOrEqual(2);
	},
);
