/** A batch as a request to `send.php`. */
import type { Batch } from '../../shared/contract/message';
import type { Attachment, FormFields, GatewayRequest } from '../../shared/contract/request';
import type { SmscOptions } from '../options';
import { bodyText, encodedBody, inCharset } from './content';
import type { SmscList } from './list';
import { composeList } from './list';

export function buildSmscSend(batch: Batch<SmscOptions>): GatewayRequest {
	const [first] = batch.messages;
	const { options } = first;
	const fields: Record<string, string | Uint8Array> = {};
	let shared: SmscList['shared'] = { sender: first.from, tz: options.tz };
	if (batch.style === 'sameText') {
		// With the + SMSC takes the number as it is; without it, it might "correct" it.
		fields.phones = batch.messages.map(({ to }) => to).join(',');
		const body = bodyText(first);
		if (body !== '') fields.mes = encodedBody(body, options);
	} else {
		const composed = composeList(batch.messages);
		fields.list = encodedBody(composed.list, options);
		({ shared } = composed);
	}
	fields.id = options.messageId ?? batch.reference;
	if (shared !== null && shared.sender !== '') fields.sender = shared.sender;
	for (const [name, value] of Object.entries(options.parameters)) fields[name] = inCharset(value, options);
	if (shared !== null && shared.tz !== null) fields.tz = String(shared.tz);
	fields.charset = options.charset;
	fields.fmt = String(options.replyFormat);
	return { method: 'POST', path: '/sys/send.php', body: bodyOf(fields, first.attachments) };
}

type Body = NonNullable<GatewayRequest['body']>;

function bodyOf(fields: FormFields, files: readonly Attachment[]): Body {
	return files.length === 0 ? { kind: 'form', fields } : { kind: 'multipart', fields, files };
}
