/**
 * SMSC's call: a delivery report, an incoming message or an awaited phone call, by GET or POST, signed where a secret is
 * set. Source: the vendor's callback page and clients that check the signature.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isoOfSeconds, reasonOf } from '../shared/contract/operation';
import { asNumber } from '../shared/contract/json';
import type { CallCharset, WebhookCall } from '../shared/webhook/call';
import { fieldText, rawFields } from '../shared/webhook/call';
import type { GatewayEvent } from '../shared/contract/event';
import { gatewayEvent } from '../shared/contract/event';
import type { WebhookReading } from '../shared/webhook/runWebhook';
import { received } from '../shared/webhook/runWebhook';
import { moscowTime } from './moscow';
import { recipientOf } from './recipients';
import { smscStatus } from './status';

/** Parameters of the handler's own address, and signatures: no part of what happened. */
const NOT_NEWS = ['charset', 'md5', 'sha1', 'crc32'];

/** What is signed, by kind of call: the fields, then the secret, joined by colons. */
const SIGNED = {
	status: ['id', 'phone', 'status'],
	reply: ['phone', 'mes', 'to'],
	waitCall: ['phone', 'ts'],
} as const;

function kindOf({ form }: WebhookCall): keyof typeof SIGNED | null {
	if (form.has('mes')) return 'reply';
	if (form.has('waitcall')) return 'waitCall';
	return form.has('id') && form.has('status') ? 'status' : null;
}

/** The bytes as they came are hashed: in which character set SMSC hashes them is not documented. */
function isSigned(call: WebhookCall, kind: keyof typeof SIGNED, secret: string): boolean {
	const parts = SIGNED[kind].map((name) => Buffer.from(call.form.get(name) ?? []));
	const colon = Buffer.from(':');
	const signed = Buffer.concat([...parts.flatMap((part) => [part, colon]), Buffer.from(secret)]);
	const hashes = (['md5', 'sha1'] as const).flatMap((algorithm) => {
		const given = fieldText(call, algorithm)?.trim() ?? '';
		return given === '' ? [] : [[algorithm, given] as const];
	});
	// crc32 proves nothing: anyone can make it fit.
	return (
		hashes.length > 0 &&
		hashes.every(([algorithm, given]) => {
			const expected = createHash(algorithm).update(signed).digest();
			if (!/^[0-9a-f]+$/i.test(given) || given.length !== expected.length * 2) return false;
			return timingSafeEqual(expected, Buffer.from(given, 'hex'));
		})
	);
}

const CHARSETS: readonly CallCharset[] = ['utf-8', 'windows-1251', 'koi8-r'];

function eventOf(call: WebhookCall, kind: keyof typeof SIGNED): GatewayEvent {
	const named = fieldText(call, 'charset')?.toLowerCase();
	const charset = CHARSETS.find((one) => one === named);
	const text = (name: string): string | null => fieldText(call, name, charset);
	const number = (name: string): string | null => recipientOf(text(name));
	const common = {
		gateway: 'smsc',
		messageId: text('id'),
		// Replies have no id. That `time` is Moscow's, as on the vendor's pages, is likely and not said.
		occurredAt: isoOfSeconds(asNumber(text('ts'))) ?? moscowTime(text('time')),
		raw: rawFields(call, NOT_NEWS),
	} as const;
	switch (kind) {
		case 'status': {
			const { status, reason, code, marks } = smscStatus(text('status') ?? '', text('err'), text('type'));
			return gatewayEvent({
				...common,
				event: 'status',
				to: number('phone'),
				from: text('sender') ?? text('sender_id'),
				status,
				error: reason === null ? null : reasonOf(reason, code),
				details: { cost: asNumber(text('cost')), ...marks },
			});
		}
		case 'reply':
			return gatewayEvent({
				...common,
				event: 'reply',
				to: number('to'),
				from: number('phone'),
				text: text('mes'),
			});
		case 'waitCall':
			return gatewayEvent({ ...common, event: 'waitCall', from: number('phone') });
	}
}

/** @param secret empty: calls are not signed */
export function readSmscCall(call: WebhookCall, secret: string): WebhookReading {
	const kind = kindOf(call);
	if (secret !== '' && (kind === null || !isSigned(call, kind, secret))) return { outcome: 'forged' };
	// Whatever else comes is answered, too: SMSC repeats a call that is not.
	return received(kind === null ? null : eventOf(call, kind), 'OK');
}
