/** In which order a text's gateways are asked. */
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { inWords } from '../shared/contract/inWords';
import { testGateway } from '../TestGateway/gateway';
import { BACKUP_PLACES, NO_BACKUP, withRealGateway } from './backupFields';
import { GATEWAY_IDS, offered } from './gateways';
import { ROUTES } from './routeFields';

export const GATEWAY_ORDER = {
	name: 'gatewayOrder',
	label: 'Gateway Order',
	listed: 'listed',
	cheapest: 'cheapest',
} as const;

const [{ field: backup }] = BACKUP_PLACES;
const { listed: AS_LISTED } = GATEWAY_ORDER;
const { show, hide } = withRealGateway;

/** Where there are several gateways: a backup, or routes without one. */
const PLACES: readonly IDisplayOptions[] = [
	{ show, hide: { ...hide, [backup]: [NO_BACKUP] } },
	{ show: { ...show, [backup]: [NO_BACKUP], [ROUTES.name]: [...GATEWAY_IDS] }, hide },
];

const withPrices = offered.filter(({ prices, credential }) => prices !== null && credential !== null);

const field: INodeProperties = {
	displayName: GATEWAY_ORDER.label,
	name: GATEWAY_ORDER.name,
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'As Listed',
			value: AS_LISTED,
			description: 'Texts go to Gateway, or to their route, first, and then to the backup gateways in order',
		},
		{
			name: 'Cheapest First',
			value: GATEWAY_ORDER.cheapest,
			description: 'Before sending, the gateways are asked for the price of each text',
		},
	],
	default: AS_LISTED,
	description: `Which gateway a text goes to first. ${inWords(withPrices.map(({ displayName }) => displayName))} provide prices; the others come last. Gateways whose prices are in different currencies stay in the listed order.`,
};

/** Below all the gateways that it is about. */
export const orderFields: readonly INodeProperties[] = PLACES.map((displayOptions) => {
	return { ...field, displayOptions };
});

/**
 * Include Price, which Cheapest First leaves no choice about: then it is hidden. One entry for each place that it has:
 * after the order is hidden, n8n's editor (2.41) keeps the choice, which must decide nothing any more.
 */
export function includePriceFields(includePrice: INodeProperties): INodeProperties[] {
	const asked = includePrice.displayOptions?.show;
	const routed = { [ROUTES.name]: [...GATEWAY_IDS] };
	const cheapest = { [GATEWAY_ORDER.name]: [GATEWAY_ORDER.cheapest] };
	return [
		{ show: { ...asked, gateway: [testGateway.id] } },
		{ show: { ...show, ...asked, [backup]: [NO_BACKUP] }, hide: { ...hide, ...routed } },
		...PLACES.map((place) => {
			return { show: { ...place.show, ...asked }, hide: { ...place.hide, ...cheapest } };
		}),
	].map((displayOptions) => {
		return { ...includePrice, displayOptions };
	});
}
