/** Builds what gateways get and what they answer, for tests of the pure halves. */
import type { BaseOptions, Batch, Message } from '../../nodes/shared/contract/message';
import type { Gateway } from '../../nodes/shared/contract/gateway';
import type { Sender } from '../../nodes/shared/contract/sender';
import type { GatewayReply, GatewayRequest } from '../../nodes/shared/contract/request';
import { CheckedFields } from '../../nodes/shared/input/fields';
import type { Refused } from '../../nodes/shared/contract/outcome';
import { measureSegments } from '../../nodes/shared/segments/segments';
import { encodeForm, encodeMultipart } from '../../nodes/shared/requests/encoding';
import { parseJson } from '../../nodes/shared/contract/json';

/** 1 December 2029, 12:00 in Moscow: what the tests call now. */
export const NOW = Date.UTC(2029, 11, 1, 9, 0, 0);

/** A gateway stands for how it sends texts. */
export type Sending<O extends BaseOptions> = Gateway<O> | Sender<O>;

export function readOptions<O extends BaseOptions>(
	sending: Sending<O>,
	values: Record<string, unknown>,
	timezone = 'Europe/Moscow',
): { options: O; problems: readonly Refused[] } {
	const isGateway = 'texts' in sending;
	const gatewayName = isGateway ? sending.displayName : 'the gateway';
	const fields = new CheckedFields(values, { timezone, now: NOW, gatewayName });
	const options = (isGateway ? sending.texts : sending).readOptions(fields);
	return { options, problems: fields.problems };
}

export interface MessageInput {
	readonly to?: string;
	readonly text?: string;
	readonly from?: string;
	readonly options?: Record<string, unknown>;
	readonly timezone?: string;
}

/** @throws when the options are refused: a test of refusals uses readOptions. */
export function message<O extends BaseOptions>(sending: Sending<O>, input: MessageInput = {}): Message<O> {
	const {
		to = '+79161234567',
		text = 'Your order is ready',
		from = '',
		options: values = {},
		timezone,
	} = input;
	const { options, problems } = readOptions(sending, values, timezone);
	if (problems[0] !== undefined) throw new Error(problems[0].message);
	return {
		to,
		digits: to.slice(1),
		text,
		from,
		options,
		optionsKey: JSON.stringify(options),
		measure: measureSegments(text),
		isNumber: to.startsWith('+'),
		attachments: [],
	};
}

export function batch<O extends BaseOptions>(
	style: Batch<O>['style'],
	...[first, ...rest]: [Message<O>, ...Message<O>[]]
): Batch<O> {
	return { style, messages: [first, ...rest], reference: 'n8n-0123456789abcdef012345' };
}

/** One message in a request of its own. */
export function alone<O extends BaseOptions>(sending: Sending<O>, input: MessageInput = {}): Batch<O> {
	return batch('sameText', message(sending, input));
}

/** The body's exact bytes, as text, and empty where there is none; credentials are not in it yet. */
export function bodyOf({ body }: GatewayRequest): string {
	if (body === undefined) return '';
	switch (body.kind) {
		case 'form':
			return encodeForm(body.fields);
		case 'json':
			return JSON.stringify(body.value);
		case 'multipart':
			return Buffer.from(encodeMultipart('BOUNDARY', body.fields, body.files)).toString('latin1');
	}
}

export function reply(
	body: string | object,
	status = 200,
	headers: Record<string, string> = {},
): GatewayReply {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { status, headers, text, json: parseJson(text) };
}
