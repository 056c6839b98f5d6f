/** Include Raw Reply: the gateway's reply as a part of an item, without secrets. */
import type { IDataObject } from 'n8n-workflow';
import type { GatewayReply } from '../contract/request';
import type { Redactor } from '../requests/redaction';

/**
 * A reply of so many characters stands whole in each of its items; a longer one only in the first. n8n (1.123 and 2.41)
 * writes out what items share once for each of them when it shows or hands on data: 1,000 rows of a reply of 0.18 MB
 * would be 180 MB.
 */
const SMALL_REPLY = 2_000;
const SAME_REPLY = 'The same reply as in an earlier item.';

type ShowRaw = (reply: GatewayReply | null) => IDataObject;

/** For the items of a run. Failed ones may leave by another output, where the whole reply has to be seen as well. */
export interface RawReplies {
	readonly ofSuccess: ShowRaw;
	readonly ofFailure: ShowRaw;
}

export function rawReplies(includeRaw: boolean, redactor: Redactor): RawReplies {
	const redacted = new Map<GatewayReply, IDataObject | string>();
	const forOutput = (): ShowRaw => {
		const shown = new Set<GatewayReply>();
		return (reply) => {
			if (!includeRaw || reply === null) return {};
			if (shown.has(reply) && reply.text.length > SMALL_REPLY) return { raw: SAME_REPLY };
			shown.add(reply);
			const raw = redacted.get(reply) ?? (redactor.data(reply.json ?? reply.text) as IDataObject | string);
			redacted.set(reply, raw);
			return { raw };
		};
	};
	return { ofSuccess: forOutput(), ofFailure: forOutput() };
}
