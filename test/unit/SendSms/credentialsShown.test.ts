/** Which credentials Send SMS asks for, by n8n's own code that decides what is shown. */
import fc from 'fast-check';
import type { INode, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { SendSms } from '../../../nodes/SendSms/SendSms.node';
import { GATEWAY_IDS, gateways } from '../../../nodes/SendSms/gateways';
import { routeNames } from '../../../nodes/SendSms/routeFields';

const { description } = new SendSms();

/** As n8n fills in a saved node before it runs it or shows it. */
function filledIn(parameters: INodeParameters): INode {
	const node: INode = {
		id: 'n',
		name: 'SMS',
		type: 'sendSms',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const { properties } = description;
	const values = NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description);
	return { ...node, parameters: values ?? {} };
}

/** The gateways whose credentials are asked for. */
function asked(parameters: INodeParameters): string[] {
	const node = filledIn(parameters);
	const types = (description.credentials ?? [])
		.filter((one) => NodeHelpers.displayParameter(node.parameters, one, node, description))
		.map(({ name }) => name);
	return GATEWAY_IDS.filter((id) => types.includes(gateways[id].credential.type)).sort();
}

const backupOf = (id: (typeof GATEWAY_IDS)[number]): string => routeNames(id).backup.name;

it.each<[string, INodeParameters, readonly string[]]>([
	['one gateway', { gateway: 'smsc' }, ['smsc']],
	['a backup', { gateway: 'smsc', backupGateway: 'smsRu' }, ['smsRu', 'smsc']],
	['a second backup without a first', { gateway: 'smsc', secondBackupGateway: 'smsRu' }, ['smsc']],
	['two routes', { gateway: 'smsc', routes: ['advantaSms', 'alphaSms'] }, ['advantaSms', 'alphaSms', 'smsc']],
	[
		'the backup of a route',
		{ gateway: 'smsc', routes: ['advantaSms'], [backupOf('advantaSms')]: 'africasTalking' },
		['advantaSms', 'africasTalking', 'smsc'],
	],
	[
		'the backup of what is no route',
		{ gateway: 'smsc', [backupOf('advantaSms')]: 'africasTalking' },
		['smsc'],
	],
	['routes behind the Test Gateway', { gateway: 'test', routes: ['advantaSms'], backupGateway: 'smsc' }, []],
	[
		'routes and the balance',
		{ gateway: 'smsc', routes: ['smsRu'], resource: 'account', operation: 'getBalance' },
		['smsc'],
	],
	[
		'balances of several',
		{ gateway: 'smsc', resource: 'account', operation: 'getBalance', otherGateways: ['smsRu'] },
		['smsRu', 'smsc'],
	],
	[
		'statuses of several',
		{ gateway: 'smsc', operation: 'getStatus', otherGateways: ['smsRu'], routes: ['alphaSms'] },
		['smsRu', 'smsc'],
	],
	['sending, after statuses of several', { gateway: 'smsc', otherGateways: ['smsRu'] }, ['smsc']],
	['a preview', { gateway: 'smsc', routes: ['smsRu'], operation: 'preview' }, []],
	[
		'a preview with prices',
		{ gateway: 'smsc', routes: ['smsRu', 'advantaSms'], operation: 'preview', includePrice: true },
		['smsRu', 'smsc'],
	],
	[
		'a preview, cheapest first: those that tell prices',
		{ gateway: 'smsc', routes: ['smsRu', 'advantaSms'], operation: 'preview', gatewayOrder: 'cheapest' },
		['smsRu', 'smsc'],
	],
	[
		'cheapest first, with nothing to choose from',
		{ gateway: 'smsc', operation: 'preview', gatewayOrder: 'cheapest' },
		[],
	],
])('%s', (_, parameters, expected) => {
	expect(asked(parameters)).toEqual(expected);
});

it('any choice: each gateway that has a place, and no other', () => {
	const ids = [...GATEWAY_IDS];
	const orNone = fc.constantFrom<string>('none', ...ids);
	fc.assert(
		fc.property(
			fc.constantFrom<string>(...ids),
			orNone,
			orNone,
			fc.subarray(ids),
			fc.array(fc.constantFrom<string>('same', 'none', ...ids), {
				minLength: ids.length,
				maxLength: ids.length,
			}),
			(gateway, backupGateway, secondBackupGateway, routes, backups) => {
				const routeBackups = Object.fromEntries(ids.map((id, n) => [backupOf(id), backups[n] ?? 'same']));
				const places = [gateway, backupGateway, backupGateway === 'none' ? 'none' : secondBackupGateway];
				const inRoutes = routes.flatMap((id) => [id, backups[ids.indexOf(id)] ?? 'same']);
				const expected = ids.filter((id) => [...places, ...inRoutes].includes(id)).sort();
				const chosen = { gateway, backupGateway, secondBackupGateway, routes, ...routeBackups };
				expect(asked(chosen)).toEqual(expected);
			},
		),
		{ numRuns: 60 },
	);
});

it('the fields of a route are there while its gateway is chosen', () => {
	const shown = (parameters: INodeParameters): string[] => {
		const node = filledIn(parameters);
		return description.properties
			.filter(({ type }) => type !== 'hidden')
			.filter((one) => NodeHelpers.displayParameter(node.parameters, one, node, description))
			.map(({ displayName }) => displayName)
			.filter((label) => /Route|Backup of/.test(label));
	};
	expect(shown({ gateway: 'smsc' })).toEqual(['Routes']);
	expect(shown({ gateway: 'smsc', routes: ['smsRu', 'advantaSms'] })).toEqual([
		'Routes',
		'Route: Advanta SMS',
		'Backup of Advanta SMS',
		'Route: SMS.RU',
		'Backup of SMS.RU',
	]);
	expect(shown({ gateway: 'test', routes: ['smsRu'] })).toEqual([]);
});

it('the order of gateways is there where there are several, and replaces Include Price', () => {
	const shown = (parameters: INodeParameters): string[] => {
		const node = filledIn(parameters);
		return description.properties
			.filter(({ name }) => ['gatewayOrder', 'includePrice'].includes(name))
			.filter((one) => NodeHelpers.displayParameter(node.parameters, one, node, description))
			.map(({ displayName }) => displayName);
	};
	expect(shown({ gateway: 'smsc' })).toEqual([]);
	expect(shown({ gateway: 'smsc', backupGateway: 'smsRu' })).toEqual(['Gateway Order']);
	expect(shown({ gateway: 'smsc', routes: ['smsRu'] })).toEqual(['Gateway Order']);
	expect(shown({ gateway: 'smsc', routes: ['smsRu'], backupGateway: 'smsRu' })).toEqual(['Gateway Order']);
	expect(shown({ gateway: 'test', backupGateway: 'smsRu' })).toEqual([]);
	expect(shown({ gateway: 'smsc', backupGateway: 'smsRu', operation: 'getStatus' })).toEqual([]);
	const preview = { gateway: 'smsc', backupGateway: 'smsRu', operation: 'preview' };
	expect(shown(preview)).toEqual(['Include Price', 'Gateway Order']);
	expect(shown({ ...preview, gatewayOrder: 'cheapest' })).toEqual(['Gateway Order']);
	// What was chosen once does not hide it where there is nothing to order.
	const alone = { gateway: 'smsc', operation: 'preview', gatewayOrder: 'cheapest' };
	expect(shown(alone)).toEqual(['Include Price']);
});

describe('Include Price', () => {
	const isShown = (parameters: INodeParameters): boolean => {
		const node = filledIn(parameters);
		// What the editor holds: also what is hidden by now.
		const values = { ...node.parameters, ...parameters };
		return description.properties
			.filter(({ name }) => name === 'includePrice')
			.some((field) => NodeHelpers.displayParameter(values, field, node, description));
	};
	const preview = { operation: 'preview', gatewayOrder: 'cheapest' };

	it.each<[string, INodeParameters, boolean]>([
		['the Test Gateway', { gateway: 'test' }, true],
		['one gateway, after the backup went', { gateway: 'smsc', backupGateway: 'none' }, true],
		['a backup, the cheapest first', { gateway: 'smsc', backupGateway: 'smsRu' }, false],
		['a backup, as listed', { gateway: 'smsc', backupGateway: 'smsRu', gatewayOrder: 'listed' }, true],
		['a route, the cheapest first', { gateway: 'smsc', routes: ['smsRu'] }, false],
	])('%s', (_, parameters, shown) => {
		expect(isShown({ ...preview, ...parameters })).toBe(shown);
		expect(isShown({ ...preview, ...parameters, operation: 'send' })).toBe(false);
	});
});
