import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { nodeFrame } from '../shared/panel/frames';
import { executeSmsNode } from '../shared/execute';
import { gatewayNodeFields } from '../shared/panel/nodeFields';
import { advantaSmsGateway } from './gateway';
import { advantaSmsOptionFields } from './options';

export class AdvantaSms implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Advanta SMS',
		name: 'advantaSms',
		icon: { light: 'file:../../icons/advantaSms.svg', dark: 'file:../../icons/advantaSms.dark.svg' },
		...nodeFrame,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Send text messages through Advanta, TextSMS, Celcom and other gateways of the same platform in Kenya',
		defaults: { name: 'Advanta SMS' },
		usableAsTool: true,
		credentials: [
			{ name: 'advantaSmsApi', required: true, displayOptions: { hide: { operation: ['preview'] } } },
		],
		properties: [
			...gatewayNodeFields(advantaSmsGateway, { phoneExample: '+254712345678', own: advantaSmsOptionFields }),
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeSmsNode(this, advantaSmsGateway);
	}
}
