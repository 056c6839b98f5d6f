import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { manualWebhooks, registeredManually } from '../shared/webhook/manualWebhooks';
import { triggerFrame } from '../shared/panel/frames';
import { eventsField, optOutOption, registrationNotice, triggerOptions } from '../shared/panel/triggerFields';
import { eventsSubtitle } from '../shared/panel/subtitle';
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
		...triggerFrame,
		subtitle: eventsSubtitle([events]),
		description: 'Send texts through VoIP Communications, or start on replies to your number',
		eventTriggerDescription: 'Waiting for somebody to write to your number',
		defaults: { name: 'VoIP Communications Trigger' },
		webhooks: manualWebhooks,
		properties: [
			registrationNotice(
				'Open Webhook URLs above, copy the Production URL, and paste it as the callback URL of your number in your VoIP Communications account. Keep it to yourself: calls are not signed. The vendor does not document what it sends, so all of it is in raw. It works while the workflow is active (published, in n8n 2).',
			),
			events,
			triggerOptions([optOutOption]),
		],
	};

	webhookMethods = { default: registeredManually, setup: registeredManually };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { runWebhook } = await import('../shared/webhook/runWebhook');
		return await runWebhook(this, readVoipCommunicationsWebhook, voipCommunicationsCharsets);
	}
}
