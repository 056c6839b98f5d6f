/** Backup gateways in the panel. */
import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
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

export const LEAVES_OUT = { name: 'backupLeavesOut', label: 'Leave Out Options the Backup Lacks' } as const;

export const gatewayOptions: INodePropertyOptions[] = GATEWAY_IDS.map((id) => ({
	name: gateways[id].displayName,
	value: id,
})).sort(alphabetical(({ name }) => name));

/** Behind the Test Gateway a real one would send real texts. */
export const withRealGateway = { show: onSendAndPreview.show, hide: { gateway: [testGateway.id] } };

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
		'The gateway that gets the texts the first one certainly did not take, for example because the account is empty. A text that may have gone out is never sent again. Choose its credential below Gateway.',
		withRealGateway,
	),
	fromField(first, withBackup),
	placeField(second, 'The gateway that gets the texts neither of the others took', withBackup),
	fromField(second, withSecond),
	{
		displayName: LEAVES_OUT.label,
		name: LEAVES_OUT.name,
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

/** When a gateway is in use as a backup: one condition for each of its places. */
export function usedAsBackup(id: GatewayId): readonly IDisplayOptions[] {
	const at = (place: string, shown: IDisplayOptions): IDisplayOptions => {
		return { ...shown, show: { ...shown.show, [place]: [id] } };
	};
	return [at(first.field, withRealGateway), at(second.field, withBackup)];
}
