/** Advanta's reports are not signed: the gateway itself is asked whether one is true. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { askOnce } from '../shared/askOnce';
import type { GatewayEvent } from '../shared/webhook/events';
import { advantaSmsGateway } from './gateway';
import { getStatus } from './operations/message';

/** The event if the gateway says the same; null when it does not, `unreachable` when it cannot be asked now. */
export async function confirmedReport(
	context: IWebhookFunctions,
	event: GatewayEvent,
): Promise<GatewayEvent | null | 'unreachable'> {
	const messageId = event.messageId ?? '';
	if (!/^[\w.-]{1,64}$/.test(messageId)) return null;
	const answer = await askOnce(context, advantaSmsGateway, getStatus, { messageId });
	if ('failure' in answer) return answer.failure.retry === 'later' ? 'unreachable' : null;
	return answer.rows[0]?.status === event.status ? event : null;
}
