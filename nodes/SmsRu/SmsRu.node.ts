import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { messageFields, messageOperations, optionsField } from '../shared/descriptions';
import { executeSmsNode } from '../shared/execute';
import { smsRuGateway } from './gateway';
import { smsRuCommonOptions, smsRuDescriptions, smsRuOptionFields } from './options';

export class SmsRu implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMS.RU',
		name: 'smsRu',
		icon: { light: 'file:../../icons/smsRu.svg', dark: 'file:../../icons/smsRu.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Send text messages through SMS.RU',
		defaults: { name: 'SMS.RU' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'smsRuApi', required: true, displayOptions: { show: { operation: ['send'] } } }],
		properties: [
			...messageOperations,
			...messageFields,
			optionsField({
				common: smsRuCommonOptions,
				own: smsRuOptionFields,
				maxBatchSize: smsRuGateway.maxBatchSize,
				descriptions: smsRuDescriptions,
			}),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeSmsNode(this, smsRuGateway);
	}
}
