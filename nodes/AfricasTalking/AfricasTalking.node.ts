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
import { africasTalkingGateway } from './gateway';
import { africasTalkingOptionFields } from './options';

const properties = gatewayNodeFields(africasTalkingGateway, {
	phoneExample: '+254711082001',
	senderExample: 'ACME',
	own: africasTalkingOptionFields,
});

export class AfricasTalking implements INodeType {
	description: INodeTypeDescription = {
		displayName: "Africa's Talking",
		name: 'africasTalking',
		icon: {
			light: 'file:../../icons/africasTalking.svg',
			dark: 'file:../../icons/africasTalking.dark.svg',
		},
		...nodeFrame,
		subtitle: operationSubtitle(properties),
		hints: gatewayHints(africasTalkingGateway),
		description: "Send text messages through Africa's Talking",
		defaults: { name: "Africa's Talking" },
		usableAsTool: true,
		credentials: [
			{ name: 'africasTalkingApi', required: true, displayOptions: { hide: { operation: ['preview'] } } },
		],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executeSmsNode } = await import('../shared/execute');
		return await executeSmsNode(this, africasTalkingGateway);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receiveAnswer } = await import('../shared/answer/receive');
		return await receiveAnswer(this);
	}
}
