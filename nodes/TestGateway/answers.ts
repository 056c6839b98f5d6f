/** The gateway's own side: what a server would answer, worked out here. It remembers nothing. */
import { asNumber, asRecord, asText, pick } from '../shared/contract/json';
import type { GatewayReply, GatewayRequest, JsonRecord } from '../shared/contract/request';
import { LOST_ANSWER, TEST_REFUSALS, caseOf, courseOf } from './codes';
import { newId } from './ids';

/** Per segment, in `XTS`: the code that ISO 4217 keeps for tests, so that no sum of it is taken for money. */
const PRICE_IN_CENTS = 5;
export const CURRENCY = 'XTS';
export const BALANCE = 100;

export function answerTest({ path, body }: GatewayRequest, now: number): GatewayReply | null {
	const asked = body?.kind === 'json' ? body.value : null;
	switch (path) {
		case '/send':
			return sent(asked, now);
		case '/price':
			return reply(priced(asked));
		case '/balance':
			return reply({ balance: BALANCE });
		// A status is read from the ID, at the time of asking.
		case '/status':
			return reply({ now });
		default:
			return reply({}, 404);
	}
}

function sent(asked: JsonRecord | null, now: number): GatewayReply | null {
	const digits = asText(pick(asRecord(asked), 'to')) ?? '';
	const number = caseOf(digits);
	if (number === LOST_ANSWER) return null;
	if (number !== null && Object.hasOwn(TEST_REFUSALS, number)) return reply({ error: number });
	const startsAt = Math.floor(Math.max(now, asNumber(pick(asRecord(asked), 'sendAt')) ?? now) / 1000);
	return reply({ id: newId({ course: courseOf(digits), startsAt }), ...priced(asked) });
}

function priced(asked: JsonRecord | null): { readonly segments: number; readonly cost: number } {
	const segments = asNumber(pick(asRecord(asked), 'segments')) ?? 1;
	return { segments, cost: (segments * PRICE_IN_CENTS) / 100 };
}

function reply(json: JsonRecord, status = 200): GatewayReply {
	return { status, headers: {}, text: JSON.stringify(json), json };
}
