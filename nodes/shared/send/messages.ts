/** Rows to messages: one for each person in a row. What cannot become a message is refused here. */
import type { Message } from '../contract/message';
import { refuseInput } from '../contract/outcome';
import type { RowReading, Row } from '../input/rows';
import { loadRecipientReader } from '../phone/recipients';
import { afterColon } from '../phone/sentences';
import type { RefusedRecipient, ValidRecipient } from '../phone/types';
import { measureSegments } from '../segments/segments';
import type { Attached } from './attachments';
import { readAttachments } from './attachments';
import type { Job } from './job';
import type { OptionReading } from './options';
import { createOptionReader } from './options';
import { readRecipients } from './recipients';
import type { Result } from './result';
import { refusedResult } from './result';

/** A message that may go out if it passes the checks. */
export interface Draft {
	readonly message: Message;
	readonly result: Result;
	readonly options: OptionReading;
	readonly attached: Attached;
}

/** @param results gets one result for each recipient, in the order of the rows */
export async function makeMessages(
	job: Job,
	rows: readonly RowReading[],
	results: Result[],
): Promise<Draft[]> {
	const parse = await loadRecipientReader();
	const readOptions = createOptionReader(job);
	const drafts: Draft[] = [];
	for (const [index, reading] of rows.entries()) {
		if ('problem' in reading) {
			results.push(refusedResult(index, reading.to, reading.problem));
			continue;
		}
		const { row } = reading;
		const options = readOptions(row.options);
		const attached = await readAttachments(job, index, options.options);
		const inRow = new Set<string>();
		for (const recipient of readRecipients(job.sender, row, options.options, parse)) {
			if (recipient.outcome === 'invalid') {
				results.push(unusable(index, recipient));
				continue;
			}
			// One row and one person is one message, however often the number is in the cell.
			if (inRow.has(recipient.e164)) continue;
			inRow.add(recipient.e164);
			const message = messageFor(job, row, recipient, options, attached);
			const correctedFrom = recipient.outcome === 'corrected' ? recipient.input : null;
			const result: Result = {
				row: index,
				to: message.to,
				correctedFrom,
				message,
				outcome: null,
				reply: null,
			};
			results.push(result);
			drafts.push({ message, result, options, attached });
		}
	}
	return drafts;
}

function unusable(row: number, { input, why, fix }: RefusedRecipient): Result {
	const isWithoutNumber = input === '';
	const message = isWithoutNumber
		? 'This row has no phone number.'
		: `Cannot send to "${input}": ${afterColon(why)}`;
	const result = refusedResult(row, input, refuseInput('invalid_recipient', message, fix));
	return isWithoutNumber ? { ...result, isWithoutNumber } : result;
}

function messageFor(
	{ sender }: Job,
	{ text, from }: Row,
	{ e164, isNumber }: ValidRecipient & { readonly isNumber: boolean },
	{ options, key }: OptionReading,
	attached: Attached,
): Message {
	return {
		to: e164,
		digits: isNumber ? e164.replace(/^\+/, '') : e164,
		text,
		from,
		options,
		optionsKey: `${key}${attached.key}${isNumber ? '' : ` ${e164}`}`,
		measure: sender.measure?.(text, options) ?? measureSegments(text),
		isNumber,
		attachments: attached.files,
	};
}
