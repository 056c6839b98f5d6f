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
import { advantaSmsGateway } from './gateway';
import { advantaSmsExpertOptions, advantaSmsOptionFields } from './options';

const properties = gatewayNodeFields(advantaSmsGateway, {
	phoneExample: '+254712345678',
	own: advantaSmsOptionFields,
	expert: advantaSmsExpertOptions,
});

export class AdvantaSms implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Advanta SMS',
		name: 'advantaSms',
		icon: { light: 'file:../../icons/advantaSms.svg', dark: 'file:../../icons/advantaSms.dark.svg' },
		...nodeFrame,
		subtitle: operationSubtitle(properties),
		hints: gatewayHints(advantaSmsGateway),
		description:
			'Send text messages through Advanta, TextSMS, Celcom and other gateways of the same platform in Kenya',
		defaults: { name: 'Advanta SMS' },
		usableAsTool: true,
		credentials: [
			{ name: 'advantaSmsApi', required: true, displayOptions: { hide: { operation: ['preview'] } } },
		],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executeSmsNode } = await import('../shared/execute');
		return await executeSmsNode(this, advantaSmsGateway);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receiveAnswer } = await import('../shared/answer/receive');
		return await receiveAnswer(this);
	}
}
