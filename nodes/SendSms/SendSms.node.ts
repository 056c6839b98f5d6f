import type {
	ICredentialsDisplayOptions,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { codeFields } from '../shared/panel/codeFields';
import { nodeFrame } from '../shared/panel/frames';
import { includeLinkField } from '../shared/panel/waitFields';
import { limitsField } from '../shared/panel/limitFields';
import { includePriceField, messageFields, onSend, onSendAndPreview } from '../shared/panel/messageFields';
import { optionsField } from '../shared/panel/optionsField';
import type { Home } from '../shared/panel/defaultCountry';
import { COMMON_OPTIONS, LARGEST_BATCH } from '../shared/contract/options';
import { chosenGatewayHints } from '../shared/panel/liveHints';
import { operationFields } from '../shared/panel/nodeFields';
import { selectors } from '../shared/panel/selectors';
import { gatewaySubtitle } from '../shared/panel/subtitle';
import { testRunFields } from '../shared/panel/testRunFields';
import { testGateway } from '../TestGateway/gateway';
import { backupFields, gatewayOptions } from './backupFields';
import { FIRST_GATEWAY, GATEWAY_IDS, gateways, offered } from './gateways';
import type { GatewayId } from './gateways';
import { cancel, getBalance, getStatus } from './operations';
import { includePriceFields, orderFields } from './orderFields';
import { routeFields } from './routeFields';
import { usedGateways, whenUsed } from './usedGateways';
import { whoHasOptions, whoTellsPrices } from './whoHas';

/**
 * When a gateway's credential is asked for: while it is a chosen one, and for a preview only where it tells prices and
 * they are wanted. One entry for each type: n8n looks at the first of a type alone when a credential is fetched. With a
 * slash: see the note in panel/nodeFields.ts.
 */
function whenAskedFor(gateway: GatewayId): ICredentialsDisplayOptions {
	const isPriced = gateways[gateway].prices !== null;
	return {
		show: whenUsed(gateway),
		hide: isPriced ? { '/includePrice': [false] } : { '/operation': ['preview'] },
	};
}

const gatewayField: INodeProperties = {
	displayName: 'Gateway',
	name: 'gateway',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: `${testGateway.displayName} (Sends Nothing)`,
			value: testGateway.id,
			description: 'Try the whole workflow without an account. No text leaves n8n.',
		},
		...gatewayOptions,
	],
	default: FIRST_GATEWAY,
	description: 'The company that sends the texts for you',
};

/** The gateways' home countries, those that share one together. */
const homes: readonly Home[] = [...new Set(offered.map(({ homeCountry }) => homeCountry))].map((country) => ({
	country,
	gateways: offered.filter(({ homeCountry }) => homeCountry === country).map(({ id }) => id),
}));

const asked = [cancel, getStatus, getBalance];

const properties: INodeProperties[] = [
	gatewayField,
	{ displayName: 'Credential', name: 'credential', type: 'credentials', default: '' },
	...selectors(asked),
	...messageFields({ listsSenders: false, homes }),
	...includePriceFields(whoTellsPrices(includePriceField, offered)),
	includeLinkField,
	...testRunFields({ ...onSend, hide: { gateway: [testGateway.id] } }),
	optionsField({
		common: new Set(COMMON_OPTIONS),
		own: [],
		maxBatchSize: LARGEST_BATCH,
		...whoHasOptions(offered),
	}),
	limitsField(onSendAndPreview),
	...backupFields,
	...routeFields,
	...orderFields,
	...operationFields(asked, homes),
	...codeFields({ listsSenders: false, homes }),
	...usedGateways,
];

export class SendSms implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Send SMS',
		name: 'sendSms',
		icon: { light: 'file:../../icons/sendSms.svg', dark: 'file:../../icons/sendSms.dark.svg' },
		...nodeFrame,
		subtitle: gatewaySubtitle(properties),
		hints: chosenGatewayHints(offered),
		description: 'Send text messages through one of several SMS gateways',
		defaults: { name: 'Send SMS' },
		usableAsTool: true,
		credentials: GATEWAY_IDS.map((id) => ({
			name: gateways[id].credential.type,
			required: true,
			displayOptions: whenAskedFor(id),
		})),
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { executeSendSms } = await import('./execute');
		return await executeSendSms(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { receiveAnswer } = await import('../shared/answer/receive');
		return await receiveAnswer(this);
	}
}
