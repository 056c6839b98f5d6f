/** Send and Wait for Response where the gateway can shorten links: offered beside the question, and sent with it. */
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import type { GatewayId } from '../../../../nodes/SendSms/gateways';
import { gateways } from '../../../../nodes/SendSms/gateways';
import { allGateways } from '../../../support/allGateways';
import { runNode } from '../../../support/engine';
import { nodes } from '../../../support/outputSchemas';

const all = allGateways(100);

/** The options that the panel of a gateway's node offers at first. */
function optionsOf(id: GatewayId, operation: string): string[] {
	const description = nodes[id]?.description;
	if (description === undefined) throw new Error(`There is no node ${id}`);
	const { properties } = description;
	const node = {
		id,
		name: id,
		type: id,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: { resource: 'message', operation },
	};
	const values =
		NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description) ?? {};
	return properties
		.filter(
			(field) => field.name === 'options' && NodeHelpers.displayParameter(values, field, node, description),
		)
		.flatMap((field) => (field.options ?? []) as INodeProperties[])
		.filter((option) => NodeHelpers.displayParameterPath(values, option, 'options', node, description))
		.map(({ name }) => name);
}

const sent = async (id: GatewayId, parameters: INodeParameters): Promise<string> => {
	const { run } = await runNode({
		node: id,
		credentials: { [gateways[id].credential.type]: all.of(id).credentials },
		parameters: {
			operation: 'sendAndWait',
			message: 'Approve?',
			options: { shortenLinks: true },
			...parameters,
		},
	});
	expect(run.status).toBe('waiting');
	return all
		.of(id)
		.requests.map(({ body }) => String(body))
		.join('\n');
};

it.each(['smsc', 'alphaSms'] as const)('%s offers it', (id) => {
	expect(optionsOf(id, 'send')).toContain('shortenLinks');
	expect(optionsOf(id, 'sendAndWait')).toContain('shortenLinks');
	expect(optionsOf(id, 'sendAndWait')).toContain('limitWaitTime');
});

it('others do not', () => {
	expect(optionsOf('smsRu', 'sendAndWait')).not.toContain('shortenLinks');
});

it('SMSC is told to', async () => {
	expect(new URLSearchParams(await sent('smsc', { to: '+79161234567' })).get('tinyurl')).toBe('1');
});

it('AlphaSMS is told to', async () => {
	const body = await sent('alphaSms', { to: '+380971234567', from: 'ACME' });
	expect(JSON.parse(body)).toMatchObject({
		data: [{ short_link: true, sms_message: expect.stringContaining('signature=') }],
	});
});
