import { createHash } from 'node:crypto';

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
import { percentEncode } from '../encoding';
import type { AcceptedText, SimulatedReply, World } from '../simulator';
import { messagesOf, type Account } from './account';
import { finishCheck } from './calls';
import { failReply, okReply } from './replies';
import type { Parameters } from './request';
import { currentCode, setCurrentCode } from './status';

const CODES: Readonly<Partial<Record<DeliveryState, VendorState>>> = {
	queued: { code: '100' },
	sending: { code: '101' },
	sent: { code: '102' },
	delivered: { code: '103' },
	read: { code: '110' },
	expired: { code: '104' },
	undelivered: { code: '107' },
	rejected: { code: '108' },
};

/** Records of one call. */
const MAX_RECORDS = 100;

/**
 * `/callback/add`, `/callback/del` and `/callback/get`. Each answers with the list as it is then, and without the key when
 * it is empty. How many addresses an account may have is not published.
 */
export function manageCallbacks(
	action: 'add' | 'del' | 'get',
	parameters: Parameters,
	isJson: boolean,
	world: World,
): SimulatedReply {
	const urls = world.callbacks.reportUrls;
	const url = parameters.get('url') ?? '';
	if (action === 'add') {
		if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) return failReply(isJson, '901');
		if (!urls.includes(url)) urls.push(url);
	}
	if (action === 'del') {
		if (!urls.includes(url)) return failReply(isJson, '902');
		urls.splice(urls.indexOf(url), 1);
	}
	return okReply(isJson, urls.length === 0 ? [] : [['callback', [...urls]]], urls);
}

const bytes = (text: string): string => percentEncode(Buffer.from(text, 'utf8'));

/** The form that PHP's http_build_query() makes of `data` and `hash`. */
function callTo(url: string, records: readonly string[], apiId: string, desk: Desk): OutgoingCall {
	const hash = createHash('sha256')
		.update((desk.forge ? `not ${apiId}` : apiId) + records.join(''))
		.digest('hex');
	const fields = records.map(
		(record, index) => `${bytes(`data[${desk.firstIndex + index}]`)}=${bytes(record)}`,
	);
	return {
		method: 'POST',
		url,
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: [...fields, `hash=${hash}`].join('&'),
	};
}

export function stateOf(text: AcceptedText, world: World): MessageState | null {
	const message = messagesOf(world).get(text.messageId);
	if (message === undefined) return null;
	const code = currentCode(message, world);
	const waits = code === '100' && (message.scheduledFor?.getTime() ?? 0) > world.now().getTime();
	return { state: waits ? 'scheduled' : wordOf(code, CODES), code, error: '' };
}

/**
 * SMS.RU calls every address with up to 100 records at once, and repeats the call until the answer is `100` and nothing
 * else. It has no incoming texts.
 */
export function createCaller(account: Account): Caller<World> {
	const callAll = (events: readonly string[], desk: Desk): OutgoingCall[] => {
		const records = [...desk.records, ...events];
		const batches: string[][] = [];
		for (let at = 0; at < records.length; at += MAX_RECORDS)
			batches.push(records.slice(at, at + MAX_RECORDS));
		return desk.reportUrls.flatMap((url) => batches.map((batch) => callTo(url, batch, account.apiId, desk)));
	};
	const time = (world: World): number => Math.floor(world.now().getTime() / 1000);
	return {
		confirms: (_status, body) => body === '100',
		attempts: 3,
		report({ messageIds, state, stranger }, desk, world) {
			const { code } = codeOf(state, CODES, 'SMS.RU');
			const unknown = messageIds.find((id) => !messagesOf(world).has(id));
			if (unknown !== undefined && !stranger) throw new Error(`SMS.RU has no message ${unknown}`);
			for (const id of messageIds) {
				const message = messagesOf(world).get(id);
				if (message !== undefined) setCurrentCode(message, code, world);
			}
			return callAll(
				messageIds.map((id) => ['sms_status', id, code, time(world)].join('\n')),
				desk,
			);
		},
		phoneCall({ from, confirmed = true }, desk, world) {
			const check = finishCheck(from, confirmed, world);
			if (check === null) throw new Error(`Nobody is waiting for a call from ${from}`);
			return callAll([['callcheck_status', check.id, check.code, time(world)].join('\n')], desk);
		},
		heartbeat: (desk, world) => callAll([['test', time(world)].join('\n')], desk),
	};
}
