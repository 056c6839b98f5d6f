/** Backup gateways in the panel, and which credentials the node then asks for. */
import type {
	ICredentialsDisplayOptions,
	IDisplayOptions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { alphabetical } from '../shared/panel/alphabetical';
import { onSendAndPreview } from '../shared/panel/messageFields';
import { testGateway } from '../TestGateway/gateway';
import type { GatewayId } from './gateways';
import { GATEWAY_IDS, gateways } from './gateways';

export const NO_BACKUP = 'none';

/** A place in the order of gateways: its field, and the one with the sender for it. */
export interface BackupPlace {
	readonly field: string;
	readonly label: string;
	readonly from: { readonly name: string; readonly label: string };
}

export const BACKUP_PLACES = [
	{
		field: 'backupGateway',
		label: 'Backup Gateway',
		from: { name: 'backupFrom', label: 'From (Backup)' },
	},
	{
		field: 'secondBackupGateway',
		label: 'Second Backup Gateway',
		from: { name: 'secondBackupFrom', label: 'From (Second Backup)' },
	},
] as const satisfies readonly BackupPlace[];

export const gatewayOptions: INodePropertyOptions[] = GATEWAY_IDS.map((id) => ({
	name: gateways[id].displayName,
	value: id,
})).sort(alphabetical(({ name }) => name));

/** Behind the Test Gateway a real one would send real texts. */
const withRealGateway = { show: onSendAndPreview.show, hide: { gateway: [testGateway.id] } };

const [first, second] = BACKUP_PLACES;
const withBackup = { ...withRealGateway, hide: { ...withRealGateway.hide, [first.field]: [NO_BACKUP] } };
const withSecond = { ...withBackup, hide: { ...withBackup.hide, [second.field]: [NO_BACKUP] } };

function placeField(
	{ field, label }: BackupPlace,
	description: string,
	displayOptions: IDisplayOptions,
): INodeProperties {
	return {
		displayName: label,
		name: field,
		type: 'options',
		noDataExpression: true,
		displayOptions,
		options: [{ name: 'None', value: NO_BACKUP }, ...gatewayOptions],
		default: NO_BACKUP,
		description,
	};
}

/** Behind all that a first text needs. */
export const backupFields: readonly INodeProperties[] = [
	placeField(
		first,
		'The gateway that gets a text which the first one certainly did not take, for example because the account is empty. A text that may have gone out is never sent again. Its credential is asked for below Gateway.',
		withRealGateway,
	),
	fromField(first, withBackup),
	placeField(second, 'The gateway that gets a text which neither of the others took', withBackup),
	fromField(second, withSecond),
	{
		displayName: 'Leave Out Options the Backup Lacks',
		name: 'backupLeavesOut',
		type: 'boolean',
		default: false,
		displayOptions: withBackup,
		description:
			'Whether a backup gateway sends without Flash Message, Time to Live and Transliterate if it does not support them. Otherwise nothing is sent at all, and the result says which option it is. Other options are never left out.',
	},
];

function fromField({ from }: BackupPlace, displayOptions: IDisplayOptions): INodeProperties {
	return {
		displayName: from.label,
		name: from.name,
		type: 'string',
		displayOptions,
		default: '',
		placeholder: 'e.g. ACME',
		description:
			"Sender name or number that this gateway has approved for you. Leave empty for the account's default.",
	};
}

const marker = (id: GatewayId): string => `uses${id.charAt(0).toUpperCase()}${id.slice(1)}`;

/**
 * Conditions of a credential are all to be met, and n8n (1.123 and 2.41) looks at the first entry of a type alone: so one
 * entry asks for a hidden field, which is there once for each place that a gateway can have.
 */
export const usedGateways: readonly INodeProperties[] = GATEWAY_IDS.flatMap((id) => {
	const use = (displayOptions: IDisplayOptions): INodeProperties => ({
		displayName: `Uses ${gateways[id].displayName}`,
		name: marker(id),
		type: 'hidden',
		default: true,
		displayOptions,
	});
	const at = (place: string, shown: IDisplayOptions): INodeProperties =>
		use({ ...shown, show: { ...shown.show, [place]: [id] } });
	return [use({ show: { gateway: [id] } }), at(first.field, withRealGateway), at(second.field, withBackup)];
});

/** With a slash: see the note in panel/nodeFields.ts. */
export function whenUsed(id: GatewayId): NonNullable<ICredentialsDisplayOptions['show']> {
	return { [`/${marker(id)}`]: [true] };
}
