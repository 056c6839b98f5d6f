import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { nodeFrame } from '../shared/panel/frames';
import { gatewayHints } from '../shared/panel/liveHints';
import { gatewayNodeFields } from '../shared/panel/nodeFields';
import { operationSubtitle } from '../shared/panel/subtitle';
import { voipCommunicationsGateway } from './gateway';
import { voipCommunicationsOptionFields } from './options';

const properties = gatewayNodeFields(voipCommunicationsGateway, {
	phoneExample: '+12812345678',
	senderExample: '18772234078',
	own: voipCommunicationsOptionFields,
});

export class VoipCommunications implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'VoIP Communications',
		name: 'voipCommunications',
		icon: {
			light: 'file:../../icons/voipCommunications.svg',
			dark: 'file:../../icons/voipCommunications.dark.svg',
		},
		...nodeFrame,
		subtitle: operationSubtitle(properties),
		hints: gatewayHints(voipCommunicationsGateway),
		description: 'Send text messages through VoIP Communications (voip-communications.net)',
		defaults: { name: 'VoIP Communications' },
		usableAsTool: true,
		credentials: [
			{ name: 'voipCommunicationsApi', required: true, displayOptions: { hide: { operation: ['preview'] } } },
		],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executeSmsNode } = await import('../shared/execute');
		return await executeSmsNode(this, voipCommunicationsGateway);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receiveAnswer } = await import('../shared/answer/receive');
		return await receiveAnswer(this);
	}
}
