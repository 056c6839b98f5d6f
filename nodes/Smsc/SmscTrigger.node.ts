import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { manualWebhooks, registeredManually } from '../shared/webhook/manualWebhooks';
import { triggerFrame } from '../shared/panel/frames';
import { eventsField, optOutOption, registrationNotice, triggerOptions } from '../shared/panel/triggerFields';
import { eventsSubtitle } from '../shared/panel/subtitle';
import { readSmscCall } from './webhook';

const events = eventsField(['status', 'reply', 'waitCall']);

export class SmscTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMSC Trigger',
		name: 'smscTrigger',
		icon: { light: 'file:../../icons/smsc.svg', dark: 'file:../../icons/smsc.dark.svg' },
		...triggerFrame,
		subtitle: eventsSubtitle([events]),
		description: 'Send texts through SMSC, or start on its delivery reports, replies and expected calls',
		eventTriggerDescription: 'Waiting for SMSC to report a delivery, a reply or a call',
		defaults: { name: 'SMSC Trigger' },
		credentials: [{ name: 'smscApi', required: true, displayOptions: { hide: { checkSignature: [false] } } }],
		webhooks: manualWebhooks,
		properties: [
			registrationNotice(
				'Open Webhook URLs above, copy the Production URL, add <code>?charset=utf-8</code> to it, and paste it in your SMSC account as the address of your handler ("Settings", section for callbacks). It works while the workflow is active (published, in n8n 2).',
			),
			events,
			{
				displayName: 'Check Signature',
				name: 'checkSignature',
				type: 'boolean',
				default: false,
				description:
					"Whether to take only calls that are signed with the Callback Secret of the credential. Add '&md5&sha1' to the address that you paste in your SMSC account.",
			},
			triggerOptions([optOutOption]),
		],
	};

	webhookMethods = { default: registeredManually, setup: registeredManually };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { runWebhook } = await import('../shared/webhook/runWebhook');
		return await runWebhook(this, async (call) => {
			if (this.getNodeParameter('checkSignature', false) !== true) return readSmscCall(call, '');
			const { callbackSecret } = await this.getCredentials('smscApi');
			// Without a secret nothing can be checked, so nothing is taken.
			if (typeof callbackSecret !== 'string' || callbackSecret === '') return { outcome: 'forged' };
			return readSmscCall(call, callbackSecret);
		});
	}
}
