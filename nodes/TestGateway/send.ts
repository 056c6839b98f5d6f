/** One text a request, so that a lost answer or a refusal of one number is about that number alone. */
import { outcomeOfCode, outcomeOfUnknownCode } from '../shared/contract/codes';
import { asNumber, asRecord, asText, pick } from '../shared/contract/json';
import type { Batch } from '../shared/contract/message';
import type { Outcome } from '../shared/contract/outcome';
import { notMentioned } from '../shared/contract/replyRows';
import type { GatewayReply, GatewayRequest } from '../shared/contract/request';
import { NAME, TEST_REFUSALS } from './codes';

function build(path: string, { messages: [message] }: Batch): GatewayRequest {
	const { digits, measure, options } = message;
	const value = { to: digits, segments: measure.segments, sendAt: options.scheduledFor };
	return { method: 'POST', path, body: { kind: 'json', value } };
}

export const buildTestSend = (batch: Batch): GatewayRequest => build('/send', batch);
export const buildTestPrice = (batch: Batch): GatewayRequest => build('/price', batch);

export function readTestSend({ json }: GatewayReply): readonly Outcome[] | null {
	const reply = asRecord(json);
	if (reply === null) return null;
	const code = asText(pick(reply, 'error'));
	if (code !== null) {
		const known = TEST_REFUSALS[code];
		return [
			known === undefined ? outcomeOfUnknownCode(NAME, code, null) : outcomeOfCode(NAME, code, known, null),
		];
	}
	const messageId = asText(pick(reply, 'id'));
	if (messageId === null) return [notMentioned(NAME)];
	const cost = asNumber(pick(reply, 'cost'));
	const segments = asNumber(pick(reply, 'segments'));
	return [{ accepted: true, messageId, status: 'queued', cost, segments }];
}

export function readTestPrice({ json }: GatewayReply): readonly Outcome[] | null {
	const reply = asRecord(json);
	if (reply === null) return null;
	const segments = asNumber(pick(reply, 'segments'));
	return [{ accepted: false, quoted: true, cost: asNumber(pick(reply, 'cost')), segments }];
}
