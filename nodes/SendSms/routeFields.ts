/** Routes in the panel: gateways that get the numbers of some countries. */
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { NO_COUNTRY, countryOptions } from '../shared/contract/countries';
import { alphabetical } from '../shared/panel/alphabetical';
import { NO_BACKUP, gatewayOptions, withRealGateway } from './backupFields';
import type { GatewayId } from './gateways';
import { GATEWAY_IDS, gateways } from './gateways';

export const ROUTES = { name: 'routes', label: 'Routes' } as const;

/** The backups of the node. */
export const SAME_BACKUPS = 'same';

/** The fields of one gateway's route, which are there while it is chosen in Routes. */
export interface RouteNames {
	/** The collection with all that no credential depends on. */
	readonly settings: { readonly name: string; readonly label: string };
	readonly backup: { readonly name: string; readonly label: string };
}

export function routeNames(id: GatewayId): RouteNames {
	const { displayName } = gateways[id];
	return {
		settings: { name: `${id}Route`, label: `Route: ${displayName}` },
		backup: { name: `${id}RouteBackup`, label: `Backup of ${displayName}` },
	};
}

/** In the collection. */
export const ROUTE_SETTINGS = {
	countries: 'Countries',
	prefixes: 'Prefixes',
	from: 'From',
	backupFrom: 'From (Backup)',
	leavesOut: 'Leave Out Options It Lacks',
} as const;

const settings: INodeProperties[] = [
	{
		displayName: ROUTE_SETTINGS.countries,
		name: 'countries',
		type: 'multiOptions',
		noDataExpression: true,
		options: countryOptions.filter(({ value }) => value !== NO_COUNTRY),
		default: [],
		description: 'Numbers of these countries go through this gateway. Type to search.',
	},
	{
		displayName: ROUTE_SETTINGS.from,
		name: 'from',
		type: 'string',
		default: '',
		placeholder: 'e.g. ACME',
		description:
			"Sender name or number that this gateway has approved for you. Leave empty for the account's default.",
	},
	{
		displayName: ROUTE_SETTINGS.backupFrom,
		name: 'backupFrom',
		type: 'string',
		default: '',
		placeholder: 'e.g. ACME',
		description: "Sender name or number for the backup of this route. Leave empty for the account's default.",
	},
	{
		displayName: ROUTE_SETTINGS.leavesOut,
		name: 'leavesOut',
		type: 'boolean',
		noDataExpression: true,
		default: true,
		description:
			'Whether to send without Flash Message, Time to Live and Transliterate where this gateway, or the backup of this route, does not support them. Otherwise these texts are not sent, and the result says which option it is. Other options are never left out.',
	},
	{
		displayName: ROUTE_SETTINGS.prefixes,
		name: 'prefixes',
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder: 'e.g. +7705, +7777',
		description:
			'Numbers that begin like this go through this gateway, whatever their country: separate several by comma. Begin with the country code. The longest prefix decides.',
	},
];

const whenRouted = (id: GatewayId): IDisplayOptions => {
	return { ...withRealGateway, show: { ...withRealGateway.show, [ROUTES.name]: [id] } };
};

function fieldsOf(id: GatewayId): INodeProperties[] {
	const names = routeNames(id);
	const { displayName } = gateways[id];
	return [
		{
			displayName: names.settings.label,
			name: names.settings.name,
			type: 'collection',
			placeholder: 'Add Setting',
			displayOptions: whenRouted(id),
			default: { countries: [], from: '' },
			description: `Which numbers go through ${displayName}`,
			options: settings,
		},
		{
			displayName: names.backup.label,
			name: names.backup.name,
			type: 'options',
			noDataExpression: true,
			displayOptions: whenRouted(id),
			options: [
				{
					name: 'As Without a Route',
					value: SAME_BACKUPS,
					description: 'The backup gateways that are chosen for all other numbers',
				},
				{ name: 'None', value: NO_BACKUP },
				...gatewayOptions.filter(({ value }) => value !== id),
			],
			default: SAME_BACKUPS,
			description: `The gateway that gets the texts ${displayName} certainly did not take`,
		},
	];
}

/** Below the backup gateways. */
export const routeFields: readonly INodeProperties[] = [
	{
		displayName: ROUTES.label,
		name: ROUTES.name,
		type: 'multiOptions',
		noDataExpression: true,
		displayOptions: withRealGateway,
		options: gatewayOptions,
		default: [],
		description:
			'Gateways for some countries or prefixes, which you then choose below. All other numbers go through Gateway.',
	},
	...[...GATEWAY_IDS].sort(alphabetical((id) => gateways[id].displayName)).flatMap(fieldsOf),
];

/** When a gateway is in use by a route: one condition for each of its places. */
export function usedInRoutes(id: GatewayId): readonly IDisplayOptions[] {
	const asBackup = GATEWAY_IDS.filter((route) => route !== id).map((route): IDisplayOptions => {
		const shown = whenRouted(route);
		return { ...shown, show: { ...shown.show, [routeNames(route).backup.name]: [id] } };
	});
	return [whenRouted(id), ...asBackup];
}
