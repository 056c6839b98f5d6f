import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import {
	codeOf,
	wordOf,
	type Caller,
	type DeliveryState,
	type Desk,
	type MessageState,
	type OutgoingCall,
	type VendorState,
} from '../callbacks';
import { encodeText, percentEncode, type Charset } from '../encoding';
import type { AcceptedText, World } from '../simulator';
import { messagesOf, type StoredMessage } from './account';
import { answerCall } from './data';
import { takeIncoming } from './incoming';
import { readPhone } from './recipients';
import { currentOf, moscow, setCurrent, unix, type Current } from './state';
import { lookupOf } from './status';

const CODES: Readonly<Partial<Record<DeliveryState, VendorState>>> = {
	queued: { code: '-1' },
	sent: { code: '0' },
	delivered: { code: '1' },
	read: { code: '2' },
	expired: { code: '3' },
	// The usual reasons: no such subscriber, number forbidden.
	undelivered: { code: '20', error: '1' },
	rejected: { code: '23', error: '252' },
};

const ALGORITHMS = ['md5', 'sha1', 'crc32'] as const;
type Algorithm = (typeof ALGORITHMS)[number];

function hash(algorithm: Algorithm, bytes: Buffer): string {
	if (algorithm === 'crc32') return crc32(bytes).toString(16).padStart(8, '0');
	return createHash(algorithm).update(bytes).digest('hex');
}

/**
 * SMSC page on the client's handler: "In the address of the handler, you can specify the charset parameter to select the
 * encoding of the transmitted parameters … The default encoding is windows-1251."
 */
function charsetOf(url: URL): Charset {
	const named = url.searchParams.get('charset')?.toLowerCase();
	return named === 'utf-8' || named === 'koi8-r' ? named : 'windows-1251';
}

type Fields = ReadonlyArray<readonly [name: string, value: string]>;

/** `signed`: what the hash is made of, before the secret. */
function callTo(address: string, fields: Fields, signed: readonly string[], desk: Desk): OutgoingCall {
	const url = new URL(address);
	const charset = charsetOf(url);
	const { secret, method } = desk.settings;
	// "You can additionally specify any of the md5, sha1, or crc32 parameters in the handler address"; where none is named,
	// a secret gives all three.
	const named = ALGORITHMS.filter((algorithm) => url.searchParams.has(algorithm));
	const used = secret === '' ? [] : named.length === 0 ? ALGORITHMS : named;
	const text = [...signed, desk.forge ? `not ${secret}` : secret].join(':');
	const hashes = used.map((algorithm) => [algorithm, hash(algorithm, encodeText(text, charset))] as const);
	const form = [...fields, ...hashes]
		.map(([name, value]) => `${name}=${percentEncode(encodeText(value, charset))}`)
		.join('&');
	if (method === 'POST') {
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		return { method, url: address, headers, body: form };
	}
	// The hash takes the place of the parameter that asked for it.
	for (const algorithm of named) url.searchParams.delete(algorithm);
	const own = url.search.slice(1);
	url.search = '';
	return { method, url: `${url.href}?${own === '' ? '' : `${own}&`}${form}`, headers: {}, body: '' };
}

function statusFields(message: StoredMessage, current: Current): Fields {
	return [
		['id', String(message.id)],
		['phone', message.phone],
		['status', current.status],
		['time', moscow(current.changedAt)],
		['ts', String(unix(current.changedAt))],
		['err', current.error === '' ? '0' : current.error],
		['cnt', String(message.parts)],
		['cost', message.cost],
		...(message.type === null ? [] : ([['type', String(message.type)]] as const)),
		// Its four lowest bits are the type; this account has nothing for the others.
		['flag', String(message.type ?? 0)],
		['sender', message.sender],
		...Object.entries(lookupOf(message, current))
			.filter(([name]) => name !== 'err')
			.map(([name, value]) => [name, String(value)] as const),
	];
}

function find(id: string, to: string | null, world: World): StoredMessage[] {
	return [...messagesOf(world).values()].filter(
		(message) => String(message.id) === id && (to === null || message.phone === to),
	);
}

/** What a report of a message from elsewhere says beside its id, number and status. */
function stranger(id: string, phone: string, world: World): StoredMessage {
	return {
		id: /^\d{1,10}$/.test(id) ? Number(id) : id,
		phone,
		text: '',
		comment: '',
		sender: 'SMSC.RU',
		parts: 1,
		cost: '1.40',
		acceptedAt: world.now(),
		scheduledFor: null,
		outcome: null,
		type: 0,
		intId: 0,
	};
}

export function stateOf(text: AcceptedText, world: World): MessageState | null {
	const [message] = find(text.messageId, text.to, world);
	if (message === undefined) return null;
	const { status, error } = currentOf(message, world);
	const waits = status === '-1' && (message.scheduledFor?.getTime() ?? 0) > world.now().getTime();
	return { state: waits ? 'scheduled' : wordOf(status, CODES), code: status, error };
}

/** SMSC calls one address for everything, once for each event, and repeats what was not answered with 200. */
export const caller: Caller<World> = {
	confirms: (status) => status === 200,
	attempts: 3,
	report({ messageIds, state, to, stranger: isStranger }, desk, world) {
		const code = codeOf(state, CODES, 'SMSC');
		return messageIds.flatMap((id) => {
			const known = find(id, to, world);
			if (known.length === 0 && !isStranger) {
				throw new Error(`SMSC has no message ${id}${to === null ? '' : ` to ${to}`}`);
			}
			const messages = known.length > 0 ? known : [stranger(id, to ?? '79990000000', world)];
			return messages.flatMap((message) => {
				const current = setCurrent(message, code, world);
				const signed = [String(message.id), message.phone, current.status];
				return desk.reportUrls.map((url) => callTo(url, statusFields(message, current), signed, desk));
			});
		});
	},
	receive(incoming, desk, world) {
		const phone = readPhone(incoming.from).digits;
		if (phone === null) throw new Error(`${incoming.from} is not a phone number`);
		const { id, to, text, at } = takeIncoming(phone, incoming, world);
		const fields: Fields = [
			['id', String(id)],
			['phone', phone],
			['mes', text],
			['to', to],
			['time', moscow(at)],
			['ts', String(unix(at))],
		];
		return desk.reportUrls.map((url) => callTo(url, fields, [phone, text, to], desk));
	},
	phoneCall({ from }, desk, world) {
		if (!answerCall(from, world)) throw new Error(`Nobody is waiting for a call from ${from}`);
		const ts = String(unix(world.now()));
		const fields: Fields = [
			['phone', from],
			['waitcall', '1'],
			['ts', ts],
		];
		return desk.reportUrls.map((url) => callTo(url, fields, [from, ts], desk));
	},
};
