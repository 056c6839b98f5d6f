/** A gateway's call to items: the one place that answers, ignores duplicates and never throws. */
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { CallCharsets, WebhookCall } from './call';
import { readCall } from './call';
import type { GatewayEvent } from '../contract/event';
import type { EventRow } from '../contract/resultKeys';
import { eventInOrder } from '../contract/resultKeys';
import { EventMemory } from './eventMemory';
import { OPT_OUT_WORDS, isOptOut, readWords } from './optOut';

/** What a gateway makes of a call. */
export type WebhookReading =
	/** `answer`: the exact body that the gateway takes for "received". */
	| { readonly outcome: 'events'; readonly events: readonly GatewayEvent[]; readonly answer: string }
	/** The signature is wrong or missing. */
	| { readonly outcome: 'forged' }
	/** It cannot be handled now: the gateway should call again. */
	| { readonly outcome: 'later' };

/** The reading of a call with one event, or with nothing that is known. */
export function received(event: GatewayEvent | null, answer: string): WebhookReading {
	return { outcome: 'events', events: event === null ? [] : [event], answer };
}

export type WebhookReader = (
	call: WebhookCall,
	context: IWebhookFunctions,
) => WebhookReading | Promise<WebhookReading>;

const memory = new EventMemory();

/** Says nothing where something is wrong: a short code may text any answer to the person who wrote. */
function respond(context: IWebhookFunctions, status: number, body = ''): IWebhookResponseData {
	const response = context.getResponseObject();
	response.status(status).setHeader('Content-Type', 'text/plain; charset=utf-8');
	response.end(body);
	return { noWebhookResponse: true };
}

/** Answers a call and starts an execution for what is new in it. */
export async function runWebhook(
	context: IWebhookFunctions,
	read: WebhookReader,
	charsets?: CallCharsets,
): Promise<IWebhookResponseData> {
	try {
		const call = await readCall(context, charsets);
		if (call === null) return respond(context, 413);
		const reading = await read(call, context);
		switch (reading.outcome) {
			case 'forged':
				return respond(context, 401);
			case 'later':
				return respond(context, 503);
			case 'events':
				return emit(context, reading.events, reading.answer);
		}
	} catch (error) {
		// Only a fault of our own gets here. The gateway should call again, and n8n should record no failed execution.
		logFault(context, error);
		return respond(context, 500);
	}
}

/**
 * Tells whoever runs n8n, since nobody else would know. An error's message may quote the call or a credential: only n8n's
 * own messages are logged, and of others where they happened. Both n8n lines have the logger (1.123 and 2.41).
 */
function logFault(context: IWebhookFunctions, error: unknown): void {
	try {
		const { name, type } = context.getNode();
		const workflow = context.getWorkflow().id ?? '';
		const details =
			error instanceof NodeOperationError
				? { why: error.message }
				: { error: error instanceof Error ? error.constructor.name : typeof error, at: placesOf(error) };
		context.logger.error(`A call to the trigger "${name}" could not be handled, and was answered with 500`, {
			nodeType: type,
			workflow,
			...details,
		});
	} catch {
		// The gateway's answer matters more.
	}
}

/** The uppermost lines of an error's stack, without its message. */
function placesOf(error: unknown): string[] {
	if (!(error instanceof Error) || error.stack === undefined) return [];
	return error.stack
		.replace(error.message, '')
		.split('\n')
		.filter((line) => /^\s+at /.test(line))
		.slice(0, 5)
		.map((line) => line.trim().slice(0, 200));
}

function emit(
	context: IWebhookFunctions,
	events: readonly GatewayEvent[],
	body: string,
): IWebhookResponseData {
	const chosen = context.getNodeParameter('events', []) as string | string[];
	const wanted = events.filter(({ event }) => chosen.includes(event));
	const place = [context.getWorkflow().id, context.getNode().id, context.getMode()].join('\n');
	const { fresh, forget } = memory.take(place, wanted);
	if (fresh.length === 0) return respond(context, 200, body);

	const response = context.getResponseObject();
	response.setHeader('Content-Type', 'text/plain; charset=utf-8');
	// n8n 2.x answers when the execution stands. If it says that there is none, the gateway calls again and has to come
	// through. A gateway that hangs up before n8n has answered calls again, too, and that is a repeat.
	response.once('finish', () => {
		if (response.statusCode >= 400) forget();
	});
	const words = readWords(String(context.getNodeParameter('options.optOutWords', OPT_OUT_WORDS)));
	const items = fresh.map((event) => ({ json: itemOf(event, words) }));
	return { webhookResponse: body, workflowData: [items] };
}

function itemOf({ details, ...event }: GatewayEvent, words: ReadonlySet<string>): IDataObject {
	const item = { ...event, ...details, ...ofKind(event, words) };
	return eventInOrder(item) as IDataObject;
}

/** What all events of a kind have in common. */
function ofKind(
	{ event, messageId, text, error }: Omit<GatewayEvent, 'details'>,
	words: ReadonlySet<string>,
): EventRow {
	switch (event) {
		case 'status':
			// As in a result of Get Status, besides `error`.
			return error === null ? { reason: null } : { reason: error.message ?? null, hint: error.hint ?? null };
		case 'reply':
			return { optOut: isOptOut(text ?? '', words) };
		case 'callCheck':
			return { checkId: messageId, messageId: null };
		case 'optOut':
		case 'waitCall':
			return {};
	}
}
