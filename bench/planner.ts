/** Planning and result mapping for 10⁴, 10⁵ and 10⁶ rows: the cost of a row must not grow. `npx tsx bench/planner.ts` */
import { smsRuGateway } from '../nodes/SmsRu/gateway';
import type { GatewayReply } from '../nodes/shared/contract/request';
import type { Message } from '../nodes/shared/contract/message';
import type { ItemContext } from '../nodes/shared/send/items';
import { toItems } from '../nodes/shared/send/items';
import type { Result } from '../nodes/shared/send/result';
import { CheckedFields } from '../nodes/shared/input/fields';
import { planBatches } from '../nodes/shared/send/plan';
import { rawReplies } from '../nodes/shared/output/rawReply';
import { createRedactor } from '../nodes/shared/requests/redaction';
import { grouped, printTable } from './measure';

const fields = new CheckedFields({}, { timezone: 'UTC', now: Date.now(), gatewayName: 'SMS.RU' });
const options = smsRuGateway.texts.readOptions(fields);
const measure = { encoding: 'GSM-7', segments: 1, characters: 20, remaining: 140 } as const;

function messages(count: number, isOneText: boolean): Message<typeof options>[] {
	return Array.from({ length: count }, (_, n) => {
		const digits = String(79_000_000_000 + n);
		const text = isOneText ? 'Your order is ready' : `Your order ${n} is ready`;
		return {
			to: `+${digits}`,
			digits,
			text,
			from: '',
			options,
			optionsKey: '',
			measure,
			isNumber: true,
			attachments: [],
		};
	});
}

const rows: string[][] = [
	['rows', 'texts', 'planning, µs a row', 'reading and mapping, µs a row', 'requests'],
];
for (const isOneText of [true, false]) {
	for (const count of [10_000, 100_000, 1_000_000]) {
		const all = messages(count, isOneText);
		const start = performance.now();
		const batches = planBatches(smsRuGateway.texts, all, null);
		const planned = performance.now();
		const redactor = createRedactor(['secret-key']);
		const context: ItemContext = {
			gateway: smsRuGateway,
			sender: smsRuGateway.texts,
			isPreview: false,
			waits: false,
			isOneOfSeveral: false,
			redactor,
			wordsRedactor: redactor,
			raw: rawReplies(false, redactor),
			hasErrorOutput: false,
			now: 0,
			timezone: 'UTC',
		};
		let row = 0;
		let items = 0;
		for (const batch of batches) {
			const sms = Object.fromEntries(
				batch.messages.map(({ digits }) => [
					digits,
					{ status: 'OK', status_code: 100, sms_id: `1-${digits}`, cost: '3.50' },
				]),
			);
			const reply: GatewayReply = {
				status: 200,
				headers: {},
				text: '',
				json: { status: 'OK', status_code: 100, sms },
			};
			const outcomes = smsRuGateway.texts.read(reply, batch) ?? [];
			const results = batch.messages.map(
				(message, index): Result => ({
					row: row++,
					to: message.to,
					correctedFrom: null,
					message,
					outcome: outcomes[index] ?? null,
					reply: null,
				}),
			);
			items += toItems(results, context).length;
		}
		const mapped = performance.now();
		if (items !== count) throw new Error(`${items} items for ${count} rows`);
		rows.push([
			grouped(count),
			isOneText ? 'one' : 'different',
			(((planned - start) * 1000) / count).toFixed(2),
			(((mapped - planned) * 1000) / count).toFixed(2),
			grouped(batches.length),
		]);
	}
}
printTable(rows);
