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
import { alphaSmsGateway } from './gateway';
import { alphaSmsExpertOptions, alphaSmsOptionFields } from './options';
import { TTL_DESCRIPTION, alphaSmsFields } from './panel';

const properties = alphaSmsFields(
	gatewayNodeFields(alphaSmsGateway, {
		phoneExample: '+380501234567',
		own: alphaSmsOptionFields,
		expert: alphaSmsExpertOptions,
		descriptions: { ttl: TTL_DESCRIPTION },
	}),
);

/** For n8n's editor: what goes out as an SMS, with this text. */
const isAlphaSmsText = '($parameter["messageKind"] || "sms") === "sms"';

export class AlphaSms implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AlphaSMS',
		name: 'alphaSms',
		icon: { light: 'file:../../icons/alphaSms.svg', dark: 'file:../../icons/alphaSms.dark.svg' },
		...nodeFrame,
		subtitle: operationSubtitle(properties),
		hints: gatewayHints(alphaSmsGateway, isAlphaSmsText),
		description: 'Send text messages through AlphaSMS (alphasms.ua, alphasms.net)',
		defaults: { name: 'AlphaSMS' },
		usableAsTool: true,
		credentials: [
			// A preview needs it for prices only. In one entry: n8n looks at the first of a type alone when a credential is fetched.
			{ name: 'alphaSmsApi', required: true, displayOptions: { hide: { includePrice: [false] } } },
		],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executeSmsNode } = await import('../shared/execute');
		return await executeSmsNode(this, alphaSmsGateway);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receiveAnswer } = await import('../shared/answer/receive');
		return await receiveAnswer(this);
	}
}
