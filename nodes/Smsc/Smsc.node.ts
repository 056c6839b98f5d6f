import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { messageFields, messageOperations, optionsField } from '../shared/descriptions';
import { executeSmsNode } from '../shared/execute';
import { smscGateway } from './gateway';
import { smscCommonOptions, smscOptionFields } from './options';

export class Smsc implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMSC',
		name: 'smsc',
		icon: { light: 'file:../../icons/smsc.svg', dark: 'file:../../icons/smsc.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Send text messages through SMSC (smsc.ru, smsc.kz, smscentre.com)',
		defaults: { name: 'SMSC' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'smscApi', required: true, displayOptions: { show: { operation: ['send'] } } }],
		properties: [
			...messageOperations,
			...messageFields,
			optionsField({
				common: smscCommonOptions,
				own: smscOptionFields,
				maxBatchSize: smscGateway.maxBatchSize,
			}),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeSmsNode(this, smscGateway);
	}
}
