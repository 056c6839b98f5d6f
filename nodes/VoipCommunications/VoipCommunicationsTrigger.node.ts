import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { addressesByHand, registeredByHand } from '../shared/webhook/byHand';
import { eventsField, optOutOption, triggerOptions, triggerVersions } from '../shared/panel/triggerFields';
import { eventsSubtitle } from '../shared/panel/subtitle';
import { runWebhook } from '../shared/webhook/runWebhook';
import { readVoipCommunicationsWebhook, voipCommunicationsCharsets } from './webhook';

const events = eventsField(['reply']);

export class VoipCommunicationsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'VoIP Communications Trigger',
		name: 'voipCommunicationsTrigger',
		icon: {
			light: 'file:../../icons/voipCommunications.svg',
			dark: 'file:../../icons/voipCommunications.dark.svg',
		},
		group: ['trigger'],
		...triggerVersions,
		subtitle: eventsSubtitle([events]),
		description: 'Starts the workflow on replies to a number of VoIP Communications',
		defaults: { name: 'VoIP Communications Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		webhooks: addressesByHand,
		properties: [
			{
				displayName:
					'Open Webhook URLs above, copy the Production URL, and paste it as the callback URL of your number in your VoIP Communications account. Keep it to yourself: calls are not signed. The vendor does not document what it sends, so all of it is in raw. It works while the workflow is active (published, in n8n 2).',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			events,
			triggerOptions([optOutOption]),
		],
	};

	webhookMethods = { default: registeredByHand, setup: registeredByHand };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await runWebhook(this, readVoipCommunicationsWebhook, voipCommunicationsCharsets);
	}
}
