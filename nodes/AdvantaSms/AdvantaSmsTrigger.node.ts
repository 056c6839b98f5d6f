import type {
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { manualWebhooks, registeredManually } from '../shared/webhook/manualWebhooks';
import { triggerFrame } from '../shared/panel/frames';
import { eventsField, optOutOption, registrationNotice, triggerOptions } from '../shared/panel/triggerFields';
import type { GatewayEvent } from '../shared/contract/event';
import type { QueryAnswer, MessageQuery } from '../shared/contract/operation';
import { eventsSubtitle } from '../shared/panel/subtitle';
import { confirmedReport, getWord } from './confirm';
import { advantaSmsGateway } from './gateway';
import { callsIn, readAdvantaCall, reportWordOf } from './webhook';

/**
 * "Your endpoint can return an auto-response, which we will send to the user automatically via your SMS account"
 * (https://developers.advantasms.com/shortcode-api): whatever a message, or a call that may be one, is answered with can
 * go out as a text. So nothing is said that the person has not typed here.
 */
const NOTHING = '';
/** For delivery reports the vendor names no answer; nobody is texted by it. */
const RECEIVED = 'OK';

function answerTo(context: IWebhookFunctions, read: ReadonlyArray<{ readonly event: GatewayEvent }>): string {
	if (read.some(({ event }) => event.event === 'reply'))
		return String(context.getNodeParameter('options.replyText', NOTHING));
	return read.length === 0 ? NOTHING : RECEIVED;
}

const replyTextOption: INodeProperties = {
	displayName: 'Reply Text',
	name: 'replyText',
	type: 'string',
	noDataExpression: true,
	default: NOTHING,
	placeholder: 'e.g. Thank you. We will call you back.',
	description:
		'Reply that is sent to everybody who writes to your short code, and charged to your account. Your gateway has to turn on auto-responses first. Leave empty to send none.',
};

const events = eventsField(['status', 'reply']);

export class AdvantaSmsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Advanta SMS Trigger',
		name: 'advantaSmsTrigger',
		icon: { light: 'file:../../icons/advantaSms.svg', dark: 'file:../../icons/advantaSms.dark.svg' },
		...triggerFrame,
		subtitle: eventsSubtitle([events]),
		description:
			'Send texts through Advanta, TextSMS, Celcom and others, or start on their delivery reports and short code messages',
		eventTriggerDescription: 'Waiting for your gateway to report a delivery or a short code message',
		defaults: { name: 'Advanta SMS Trigger' },
		// Said with `hide`: n8n's editor (2.41) hides a field that all credentials name under `show`.
		credentials: [
			{ name: 'advantaSmsApi', required: true, displayOptions: { hide: { confirmReports: [false] } } },
		],
		webhooks: manualWebhooks,
		properties: [
			registrationNotice(
				'Open Webhook URLs above, copy the Production URL, and paste it in your account as the callback URL (Partners, your account, API), and ask your gateway to use it for your short code. Keep it to yourself: calls are not signed, so whoever knows the address could make up reports. It works while the workflow is active (published, in n8n 2).',
			),
			events,
			{
				displayName: 'Confirm Reports',
				name: 'confirmReports',
				type: 'boolean',
				default: false,
				description:
					'Whether to ask the gateway about each message before its report is trusted. A report that it does not confirm yet is refused, so that the gateway sends it again. Recommended where money depends on it.',
			},
			triggerOptions([optOutOption, replyTextOption]),
		],
	};

	webhookMethods = { default: registeredManually, setup: registeredManually };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { runWebhook } = await import('../shared/webhook/runWebhook');
		const { queryOnce } = await import('../shared/operations/queryOnce');
		return await runWebhook(this, async (call) => {
			const read = callsIn(call).flatMap((one) => {
				const event = readAdvantaCall(one);
				return event === null ? [] : [{ event, word: reportWordOf(one) ?? '' }];
			});
			const queryWord = async (query: MessageQuery): Promise<QueryAnswer> =>
				await queryOnce(this, advantaSmsGateway, getWord, query);
			const believed: GatewayEvent[] = [];
			const confirms = this.getNodeParameter('confirmReports', false) === true;
			for (const { event, word } of read) {
				const confirmed =
					confirms && event.event === 'status' ? await confirmedReport(queryWord, event, word) : event;
				if (confirmed === 'later') return { outcome: 'later' };
				if (confirmed !== null) believed.push(confirmed);
			}
			return { outcome: 'events', events: believed, answer: answerTo(this, read) };
		});
	}
}
