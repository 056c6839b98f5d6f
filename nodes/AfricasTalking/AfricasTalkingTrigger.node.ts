import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { triggerFrame } from '../shared/panel/frames';
import { eventsField, optOutOption, registrationNotice, triggerOptions } from '../shared/panel/triggerFields';
import { manualWebhooks, registeredManually } from '../shared/webhook/manualWebhooks';
import { eventsSubtitle } from '../shared/panel/subtitle';
import { readAfricasTalkingWebhook } from './webhook';

const events = eventsField(['status', 'reply', 'optOut']);

export class AfricasTalkingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: "Africa's Talking Trigger",
		name: 'africasTalkingTrigger',
		icon: {
			light: 'file:../../icons/africasTalking.svg',
			dark: 'file:../../icons/africasTalking.dark.svg',
		},
		...triggerFrame,
		subtitle: eventsSubtitle([events]),
		description:
			"Send texts through Africa's Talking, or start on its delivery reports, replies and opt-outs",
		eventTriggerDescription: "Waiting for Africa's Talking to report a delivery, a reply or an opt-out",
		defaults: { name: "Africa's Talking Trigger" },
		webhooks: manualWebhooks,
		properties: [
			registrationNotice(
				"Open Webhook URLs above, copy the Production URL, and paste it in your Africa's Talking dashboard under SMS, SMS Callback URLs: once for each of Delivery Reports, Incoming Messages and Bulk SMS Opt Out that you want. Keep it to yourself: calls are not signed. It works while the workflow is active (published, in n8n 2).",
			),
			events,
			triggerOptions([optOutOption]),
		],
	};

	webhookMethods = { default: registeredManually, setup: registeredManually };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { runWebhook } = await import('../shared/webhook/runWebhook');
		return await runWebhook(this, readAfricasTalkingWebhook);
	}
}
