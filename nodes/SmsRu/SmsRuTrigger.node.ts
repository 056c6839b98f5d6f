import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { triggerFrame } from '../shared/panel/frames';
import type { Operation } from '../shared/contract/operation';
import type { JsonRecord } from '../shared/contract/request';
import { eventsField, registrationNotice } from '../shared/panel/triggerFields';
import { eventsSubtitle } from '../shared/panel/subtitle';
import { smsRuGateway } from './gateway';
import { addCallback } from './operations/addCallback';
import { getCallbacks } from './operations/getCallbacks';
import { removeCallback } from './operations/removeCallback';
import { readSmsRuCall } from './webhook';

/** Reports are signed with the API ID: with login and password nobody could tell a forged one. */
async function apiIdOf(context: IHookFunctions | IWebhookFunctions): Promise<string> {
	const { authentication, apiId } = await context.getCredentials('smsRuApi');
	return authentication !== 'login' && typeof apiId === 'string' ? apiId.trim() : '';
}

async function needApiId(context: IHookFunctions): Promise<void> {
	if ((await apiIdOf(context)) !== '') return;
	throw new NodeOperationError(context.getNode(), 'This trigger needs the API ID of your SMS.RU account', {
		description:
			"Open the credential and set 'Authentication' to API ID: delivery reports are signed with it.",
	});
}

/** The rows of the answer; n8n shows the reason when there is none. */
async function ask<Q extends JsonRecord>(
	context: IHookFunctions,
	operation: Operation<Q>,
	query: Q,
): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
	const { queryOnce } = await import('../shared/operations/queryOnce');
	const answer = await queryOnce(context, smsRuGateway, operation, query);
	if ('rows' in answer) return answer.rows;
	const { message, hint: description } = answer.failure;
	throw new NodeApiError(context.getNode(), { message, description }, { message, description });
}

const events = eventsField(['status', 'callCheck']);

export class SmsRuTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SMS.RU Trigger',
		name: 'smsRuTrigger',
		icon: { light: 'file:../../icons/smsRu.svg', dark: 'file:../../icons/smsRu.dark.svg' },
		...triggerFrame,
		subtitle: eventsSubtitle([events]),
		description: 'Send texts through SMS.RU, or start on its delivery reports and call checks',
		eventTriggerDescription: 'Waiting for SMS.RU to report a delivery or a call check',
		defaults: { name: 'SMS.RU Trigger' },
		credentials: [{ name: 'smsRuApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'webhook',
			},
		],
		properties: [
			registrationNotice(
				'This trigger registers its address at SMS.RU when the workflow is activated (published, in n8n 2), and removes it on deactivation. The credential has to use the API ID, because reports are signed with it.',
			),
			events,
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				// Here, since n8n creates nothing where the address is registered already.
				await needApiId(this);
				const url = this.getNodeWebhookUrl('default');
				const rows = await ask(this, getCallbacks, {});
				return rows.some((row) => row.url === url);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const url = this.getNodeWebhookUrl('default') ?? '';
				await ask(this, addCallback, { url });
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				const url = this.getNodeWebhookUrl('default') ?? '';
				await ask(this, removeCallback, { url });
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { runWebhook } = await import('../shared/webhook/runWebhook');
		return await runWebhook(this, async (call) => readSmsRuCall(call, await apiIdOf(this)));
	}
}
