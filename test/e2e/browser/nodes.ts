/** The nodes that people can add, and where each of them is in the package. */
import { GATEWAY_IDS, gateways, type GatewayId } from '../../../nodes/SendSms/gateways';
import { facts } from '../../facts';

export type NodeFolder = 'SendSms' | Capitalize<GatewayId>;

export interface OurNode {
	readonly folder: NodeFolder;
	readonly type: string;
	readonly displayName: string;
}

export const typeOf = (folder: NodeFolder): string =>
	`n8n-nodes-sms-gateways.${folder.charAt(0).toLowerCase()}${folder.slice(1)}`;

const nodeOf = (folder: NodeFolder, displayName: string): OurNode => ({
	folder,
	type: typeOf(folder),
	displayName,
});

const ofGateway = (id: GatewayId): OurNode =>
	nodeOf(`${id.charAt(0).toUpperCase()}${id.slice(1)}` as Capitalize<GatewayId>, gateways[id].displayName);

export const NODES: readonly OurNode[] = [nodeOf('SendSms', 'Send SMS'), ...GATEWAY_IDS.map(ofGateway)];

/** The triggers, each beside its gateway's node. n8n shows both under the node's name. */
export const TRIGGERS: readonly OurNode[] = GATEWAY_IDS.filter((id) => facts[id].trigger !== undefined).map(
	ofGateway,
);
