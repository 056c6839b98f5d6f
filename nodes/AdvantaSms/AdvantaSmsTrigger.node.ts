import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { addressesByHand, registeredByHand } from '../shared/webhook/byHand';
import { eventsField, optOutOption, triggerOptions, triggerVersions } from '../shared/webhook/descriptions';
import type { GatewayEvent } from '../shared/webhook/events';
import { runWebhook } from '../shared/webhook/runWebhook';
import type { WebhookReading } from '../shared/webhook/runWebhook';
import { confirmedReport } from './confirm';
import { readAdvantaCall } from './webhook';

const taken = (event: GatewayEvent | null): WebhookReading => ({
	outcome: 'events',
	events: event === null ? [] : [event],
	answer: 'OK',
});

export class AdvantaSmsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Advanta SMS Trigger',
		name: 'advantaSmsTrigger',
		icon: { light: 'file:../../icons/advantaSms.svg', dark: 'file:../../icons/advantaSms.dark.svg' },
		group: ['trigger'],
		...triggerVersions,
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Starts the workflow on delivery reports and short code messages of Advanta and gateways of the same platform',
		defaults: { name: 'Advanta SMS Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		// Said with `hide`: n8n's editor (2.41) hides a field that all credentials name under `show`.
		credentials: [
			{ name: 'advantaSmsApi', required: true, displayOptions: { hide: { confirmReports: [false] } } },
		],
		webhooks: addressesByHand,
		properties: [
			{
				displayName:
					'Open Webhook URLs above, copy the Production URL, and paste it in your account as the callback URL (Partners, your account, API), and ask your gateway to use it for your short code. Keep it to yourself: calls are not signed, so whoever knows the address could make up reports. It works while the workflow is active (published, in n8n 2).',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			eventsField(['status', 'reply']),
			{
				displayName: 'Confirm Reports',
				name: 'confirmReports',
				type: 'boolean',
				default: false,
				description:
					'Whether to ask the gateway about each message before its report is believed. Recommended where money depends on it.',
			},
			triggerOptions([optOutOption]),
		],
	};

	webhookMethods = { default: registeredByHand, setup: registeredByHand };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await runWebhook(this, async (call) => {
			const event = readAdvantaCall(call);
			const confirms = this.getNodeParameter('confirmReports', false) === true;
			if (event?.event !== 'status' || !confirms) return taken(event);
			const confirmed = await confirmedReport(this, event);
			return confirmed === 'unreachable' ? { outcome: 'later' } : taken(confirmed);
		});
	}
}
