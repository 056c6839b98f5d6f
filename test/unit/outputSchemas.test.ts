/** What n8n shows of a node's results before a first run is what the node gives. */
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import { GATEWAY_IDS, gateways } from '../../nodes/SendSms/gateways';
import { outputSchemas } from '../../nodes/SendSms/outputSchemas';
import { startGateways, type GatewayId } from '../../simulators';
import type { Simulator } from '../../simulators/simulator';
import { facts } from '../facts';
import { hurry, realTime } from '../support/clock';
import type { RunResult } from '../support/engine';
import { runNode } from '../support/engine';
import { misfits, nodes, schemaFor } from '../support/outputSchemas';

let simulators: Record<GatewayId, Simulator>;
beforeAll(async () => {
	simulators = await startGateways();
	hurry(100);
});
afterAll(async () => {
	realTime();
	await Promise.all(Object.values(simulators).map((simulator) => simulator.close()));
});

const valuesOf = ({ options = [] }: INodeProperties): string[] =>
	options.flatMap((option) => ('value' in option ? [String(option.value)] : []));

/** The operations that the panel offers, as `resource/operation`. */
function offered(properties: readonly INodeProperties[]): string[] {
	const resources = properties.filter(({ name }) => name === 'resource').flatMap(valuesOf);
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap((field) => {
			const shown = (field.displayOptions?.show?.resource as string[] | undefined) ?? resources;
			return shown.flatMap((resource) => valuesOf(field).map((operation) => `${resource}/${operation}`));
		});
}

it.each(Object.keys(nodes).filter((name) => !name.endsWith('Trigger')))(
	'%s has a schema for each of its operations, and no other',
	(name) => {
		const { description } = nodes[name] ?? {};
		if (description === undefined) throw new Error('unreachable');
		const wanted = offered(description.properties).map((path) => `v1.0.0/${path}.json`);
		expect(wanted.length).toBeGreaterThan(2);
		expect(Object.keys(outputSchemas(description)).sort()).toEqual(wanted.sort());
	},
);

it.each(Object.keys(nodes).filter((name) => name.endsWith('Trigger')))(
	'%s has a schema for each of its versions',
	(name) => {
		const { description } = nodes[name] ?? {};
		if (description === undefined) throw new Error('unreachable');
		expect(Object.keys(outputSchemas(description)).sort()).toEqual(['v1.0.0.json', 'v2.0.0.json']);
	},
);

it('tells a misfit', () => {
	const schema = schemaFor('smsRu', 'v1.0.0/message/preview.json');
	expect(misfits({ to: '+1', segments: 1, parts: ['a'] }, schema)).toEqual([]);
	expect(misfits({ to: 1, surprise: true, parts: [1], forcesUnicode: [{ letter: 'x' }] }, schema)).toEqual([
		'.to is number, not string',
		'.surprise is not in the schema',
		'.parts[0] is number, not string',
		'.forcesUnicode[0].letter is not in the schema',
	]);
});

async function run(id: GatewayId, node: string, parameters: INodeParameters): Promise<RunResult> {
	const simulator = simulators[id];
	simulator.reset();
	const result = await runNode({
		node,
		credentials: { [gateways[id].credential.type]: simulator.credentials },
		rows: [{}],
		parameters: { gateway: id, ...parameters },
	});
	expect(result.error).toBeNull();
	expect(result.success).toHaveLength(1);
	return result;
}

function fits({ success }: RunResult, node: string, path: string): void {
	const schema = schemaFor(node, `v1.0.0/${path}.json`);
	for (const { json } of success) {
		expect(json.error).toBeUndefined();
		expect(misfits(json, schema)).toEqual([]);
	}
}

describe.each(GATEWAY_IDS)('%s', (id) => {
	const { texts, prices, billedOperations, homeCountry } = gateways[id];
	const { number, parameters: always } = facts[id];
	// As people type it: the result has toCorrectedFrom.
	const to = number(1).replace(/(\d{3})$/, ' $1');
	const sendAt = new Date(Date.now() + 2 * 86_400_000).toISOString();
	const options = {
		...(texts.commonOptions.has('sendAt') ? { sendAt } : {}),
		...(texts.commonOptions.has('testMode') ? { testMode: true } : {}),
	};
	const text = { ...always, to, message: 'Hi “there”', defaultCountry: homeCountry };

	describe.each([id, 'sendSms'])('in the node %s', (node) => {
		it.each<[string, INodeParameters]>([
			['now', {}],
			['with options', options],
		])('Send %s', async (_, wanted) => {
			const result = await run(id, node, { ...text, options: wanted });
			fits(result, node, 'message/send');
			expect(result.success[0]?.json).toHaveProperty('toCorrectedFrom');
			if ('sendAt' in wanted) expect(result.success[0]?.json).toHaveProperty('scheduledForLocal');
		});

		it.each(prices === null ? [false] : [false, true])('Preview, with prices: %s', async (includePrice) => {
			const result = await run(id, node, { ...text, operation: 'preview', includePrice, options: {} });
			fits(result, node, 'message/preview');
			expect(result.success[0]?.json).toMatchObject({ forcesUnicode: [{}, {}] });
		});
	});

	// Not every gateway has one, and a table may not be empty.
	for (const { resource, operation } of billedOperations) {
		const path = `${resource}/${operation}`;
		it(path, async () => {
			const result = await run(id, id, { ...text, resource, operation, options: {} });
			fits(result, id, path);
		});
	}
});
