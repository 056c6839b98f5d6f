import type { INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { manualWebhooks, registeredManually } from '../shared/webhook/manualWebhooks';
import { triggerFrame } from '../shared/panel/frames';
import { eventsField, registrationNotice } from '../shared/panel/triggerFields';
import { eventsSubtitle } from '../shared/panel/subtitle';
import { rawFields } from '../shared/webhook/call';
import { alphaSmsGateway } from './gateway';
import { messageIdIn, reportOf } from './webhook';
import { getStatus } from './operations/getStatus';

const events = eventsField(['status']);

export class AlphaSmsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'AlphaSMS Trigger',
		name: 'alphaSmsTrigger',
		icon: { light: 'file:../../icons/alphaSms.svg', dark: 'file:../../icons/alphaSms.dark.svg' },
		...triggerFrame,
		subtitle: eventsSubtitle([events]),
		description: 'Send texts through AlphaSMS, or start on their delivery reports',
		eventTriggerDescription: 'Waiting for AlphaSMS to report a delivery',
		defaults: { name: 'AlphaSMS Trigger' },
		credentials: [{ name: 'alphaSmsApi', required: true }],
		webhooks: manualWebhooks,
		properties: [
			registrationNotice(
				'Open Webhook URLs above, copy the Production URL, and paste it in "Status URL" among the options of each node that sends. To know which row a report is about, add a field of the row, such as ?order={{ $json.order }}: it comes back in raw. AlphaSMS does not document its calls, so the trigger asks it for the status each time: an API key is needed. It works while the workflow is active (published, in n8n 2).',
			),
			events,
		],
	};

	webhookMethods = { default: registeredManually, setup: registeredManually };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { received, runWebhook } = await import('../shared/webhook/runWebhook');
		const { queryOnce } = await import('../shared/operations/queryOnce');
		return await runWebhook(this, async (call) => {
			const { originalUrl, url } = this.getRequestObject();
			const messageId = messageIdIn(originalUrl ?? url ?? '');
			if (messageId === null) return received(null, '');
			const event = await reportOf(
				async (query) => await queryOnce(this, alphaSmsGateway, getStatus, query),
				messageId,
				rawFields(call),
			);
			return event === 'later' ? { outcome: 'later' } : received(event, 'OK');
		});
	}
}
