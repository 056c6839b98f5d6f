import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { nodeFrame } from '../shared/panel/frames';
import { gatewayHints, savedOption } from '../shared/panel/liveHints';
import { gatewayNodeFields } from '../shared/panel/nodeFields';
import { operationSubtitle } from '../shared/panel/subtitle';
import { senderSearch } from '../shared/operations/senderSearch';
import { smscGateway } from './gateway';
import { smscExpertOptions, smscOptionFields } from './options';
import { OPTION_COLLECTIONS } from '../shared/contract/options';
import { withSmscText } from './options/kind';

const properties = withSmscText(
	gatewayNodeFields(smscGateway, {
		phoneExample: '+79161234567',
		own: smscOptionFields,
		expert: smscExpertOptions,
	}),
);

/** For n8n's editor: neither another kind of message nor bytes. */
const isSmscText = `($parameter["messageKind"] || "sms") === "sms" && !${savedOption('binary', OPTION_COLLECTIONS.expert)}`;

export class Smsc implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMSC',
		name: 'smsc',
		icon: { light: 'file:../../icons/smsc.svg', dark: 'file:../../icons/smsc.dark.svg' },
		...nodeFrame,
		subtitle: operationSubtitle(properties),
		hints: gatewayHints(smscGateway, isSmscText),
		description: 'Send text messages through SMSC (smsc.ru, smsc.kz, smscentre.com)',
		defaults: { name: 'SMSC' },
		usableAsTool: true,
		credentials: [
			// A preview needs it for prices only. In one entry: n8n looks at the first of a type alone when a credential is fetched.
			{ name: 'smscApi', required: true, displayOptions: { hide: { includePrice: [false] } } },
		],
		properties,
	};

	methods = { listSearch: { searchSenders: senderSearch(smscGateway) } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executeSmsNode } = await import('../shared/execute');
		return await executeSmsNode(this, smscGateway);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receiveAnswer } = await import('../shared/answer/receive');
		return await receiveAnswer(this);
	}
}
