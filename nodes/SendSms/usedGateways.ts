/** Which credentials the node asks for: those of the gateways that are in use. */
import type { ICredentialsDisplayOptions, IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { usedAsBackup } from './backupFields';
import type { GatewayId } from './gateways';
import { GATEWAY_IDS, gateways } from './gateways';
import { OTHER_GATEWAYS, cancel, getBalance, getStatus } from './operations';
import { usedInRoutes } from './routeFields';

const ASKS_SEVERAL = [cancel, getStatus, getBalance].map(({ operation }) => operation);

const marker = (id: GatewayId): string => `uses${id.charAt(0).toUpperCase()}${id.slice(1)}`;

/**
 * Conditions of a credential are all to be met, and n8n (1.123 and 2.41) looks at the first entry of a type alone: so one
 * entry asks for a hidden field, which is there once for each place that a gateway can have. Those places are drop-downs
 * of the node itself: while n8n decides what is shown, it does not see what is in a collection.
 */
export const usedGateways: readonly INodeProperties[] = GATEWAY_IDS.flatMap((id) => {
	const places: readonly IDisplayOptions[] = [
		{ show: { gateway: [id] } },
		...usedAsBackup(id),
		...usedInRoutes(id),
		{ show: { operation: ASKS_SEVERAL, [OTHER_GATEWAYS.name]: [id] } },
	];
	return places.map((displayOptions): INodeProperties => {
		return {
			displayName: `Uses ${gateways[id].displayName}`,
			name: marker(id),
			type: 'hidden',
			default: true,
			displayOptions,
		};
	});
});

/** With a slash: see the note in panel/nodeFields.ts. */
export function whenUsed(id: GatewayId): NonNullable<ICredentialsDisplayOptions['show']> {
	return { [`/${marker(id)}`]: [true] };
}
