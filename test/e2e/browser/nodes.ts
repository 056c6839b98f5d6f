/** The nodes that people can add, and where each of them is in the package. */
export type NodeFolder = 'SendSms' | 'Smsc' | 'SmsRu' | 'AlphaSms' | 'AdvantaSms' | 'VoipCommunications';

export interface OurNode {
	readonly folder: NodeFolder;
	readonly type: string;
	readonly displayName: string;
}

const DISPLAY_NAMES: Readonly<Record<NodeFolder, string>> = {
	SendSms: 'Send SMS',
	Smsc: 'SMSC',
	SmsRu: 'SMS.RU',
	AlphaSms: 'AlphaSMS',
	AdvantaSms: 'Advanta SMS',
	VoipCommunications: 'VoIP Communications',
};

export const typeOf = (folder: NodeFolder): string =>
	`n8n-nodes-sms-gateways.${folder.charAt(0).toLowerCase()}${folder.slice(1)}`;

export const NODES: readonly OurNode[] = (Object.keys(DISPLAY_NAMES) as NodeFolder[]).map((folder) => ({
	folder,
	type: typeOf(folder),
	displayName: DISPLAY_NAMES[folder],
}));

/** The triggers, each beside its gateway's node. n8n shows both under the node's name. */
export const TRIGGERS: ReadonlyArray<{ readonly folder: NodeFolder; readonly displayName: string }> = (
	['Smsc', 'SmsRu', 'AdvantaSms', 'VoipCommunications'] as const
).map((folder) => ({ folder, displayName: DISPLAY_NAMES[folder] }));
