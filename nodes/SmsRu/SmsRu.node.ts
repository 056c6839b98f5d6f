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
import { senderSearch } from '../shared/operations/senderSearch';
import { smsRuGateway } from './gateway';
import { smsRuDescriptions, smsRuExpertOptions, smsRuOptionFields } from './options';

const properties = gatewayNodeFields(smsRuGateway, {
	phoneExample: '+79161234567',
	own: smsRuOptionFields,
	expert: smsRuExpertOptions,
	descriptions: smsRuDescriptions,
});

export class SmsRu implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMS.RU',
		name: 'smsRu',
		icon: { light: 'file:../../icons/smsRu.svg', dark: 'file:../../icons/smsRu.dark.svg' },
		...nodeFrame,
		subtitle: operationSubtitle(properties),
		hints: gatewayHints(smsRuGateway),
		description: 'Send text messages through SMS.RU',
		defaults: { name: 'SMS.RU' },
		usableAsTool: true,
		credentials: [
			// A preview needs it for prices only. In one entry: n8n looks at the first of a type alone when a credential is fetched.
			{ name: 'smsRuApi', required: true, displayOptions: { hide: { includePrice: [false] } } },
		],
		properties,
	};

	methods = { listSearch: { searchSenders: senderSearch(smsRuGateway) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executeSmsNode } = await import('../shared/execute');
		return await executeSmsNode(this, smsRuGateway);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receiveAnswer } = await import('../shared/answer/receive');
		return await receiveAnswer(this);
	}
}
