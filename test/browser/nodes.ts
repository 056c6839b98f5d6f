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
