/** Rows to messages: one for each person in a row. What cannot become a message is refused here. */
import type { Message } from '../contract/message';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import type { OptionValues } from '../input/fields';
import { perRow } from '../input/parameters';
import type { RowReading, Row } from '../input/rows';
import { afterColon } from '../phone/sentences';
import type { RefusedRecipient, ValidRecipient } from '../phone/types';
import { withLink, withTool } from './waitSettings';
import type { Attached } from './attachments';
import { readAttachments } from './attachments';
import type { Job } from './job';
import { measureFor } from './measure';
import type { OptionReading } from './options';
import { createOptionReader } from './options';
import { senderAt } from './places';
import { readRecipients } from './recipients';
import type { Result } from './result';
import { refusedResult } from './result';
import type { Route, Run } from './start';
import type { TimingReader } from './timing';
import { createTimingReader } from './timing';

/** A message that may go out if it passes the checks. */
export interface Draft {
	readonly message: Message;
	/** As its row has it: a test run may send it to another number, which does not change whose limits it counts for. */
	readonly written: Message;
	readonly result: Result;
	/** Null where it begins at the first gateway. */
	readonly route: Route | null;
	/** As the gateway at which it begins reads them. */
	readonly options: OptionReading;
	readonly attached: Attached;
	/** Equal for two tries of one text, also where a text that waits is to go out at once in the second. */
	readonly identity: string;
	/** Why it may not go out at this time; null when it may. */
	readonly hoursProblem: Refused | null;
	/** The same for the time at which its request leaves. */
	readonly problemAt: (now: number) => Refused | null;
}

/** @param results gets one result for each recipient, in the order of the rows */
export async function makeMessages(
	run: Run,
	rows: readonly RowReading[],
	results: Result[],
): Promise<Draft[]> {
	const readOptions = createOptionReader(run);
	const deskOf = desks(run, readOptions);
	const drafts: Draft[] = [];
	for (const [index, reading] of rows.entries()) {
		if ('problem' in reading) {
			results.push(refusedResult(index, reading.to, reading.problem));
			continue;
		}
		const { row } = reading;
		const options = readOptions(row.options);
		const attached = await readAttachments(run, index, options.options);
		const inRow = new Set<string>();
		for (const recipient of readRecipients(run.sender, row, options.options, run.phone.read)) {
			if (recipient.outcome === 'invalid') {
				results.push(unusable(index, recipient));
				continue;
			}
			// One row and one person is one message, however often the number is in the cell.
			if (inRow.has(recipient.e164)) continue;
			inRow.add(recipient.e164);
			const desk = deskOf(recipient);
			const identity = optionsKeyOf(recipient, options, attached);
			const made = makeMessage(desk, index, row, recipient, attached, identity);
			results.push(made.result);
			if ('message' in made) drafts.push(made);
		}
	}
	return drafts;
}

/** Where texts that begin at one gateway are written. */
interface Desk {
	readonly run: Run;
	readonly route: Route | null;
	readonly readTiming: TimingReader;
	/** Null for the first gateway: its sender is read with the row. */
	readonly readFrom: ((row: number) => unknown) | null;
}

function desks(run: Run, readOptions: (values: OptionValues) => OptionReading): (to: Valid) => Desk {
	const first: Desk = { run, route: null, readTiming: createTimingReader(run, readOptions), readFrom: null };
	const others = new Map<Route, Desk>();
	const deskFor = (route: Route): Desk => {
		const { place, context } = route;
		const readTiming = createTimingReader(route, createOptionReader(route, place.leavesOut));
		return { run: route, route, readTiming, readFrom: perRow(context, place.from.name, '') };
	};
	return ({ e164, isNumber }) => {
		const route = isNumber ? run.routeOf(e164) : null;
		if (route === null) return first;
		const desk = others.get(route) ?? deskFor(route);
		others.set(route, desk);
		return desk;
	};
}

function makeMessage(
	{ run, route, readTiming, readFrom }: Desk,
	index: number,
	row: Row,
	recipient: Valid,
	attached: Attached,
	identity: string,
): Draft | { readonly result: Result } {
	const to = recipient.isNumber ? recipient.e164 : null;
	const timing = readTiming(index, to, row.options);
	const issued = run.codes?.issue(recipient.e164, row.text);
	const from = route === null || readFrom === null ? row.from : senderAt(route.place, readFrom, index);
	const read = { ...row, text: issued?.text ?? row.text, from: typeof from === 'string' ? from : '' };
	const message = messageFor(run, read, recipient, timing.options, attached);
	const result: Result = {
		row: index,
		to: message.to,
		correctedFrom: recipient.outcome === 'corrected' ? recipient.input : null,
		message,
		...(route === null ? {} : { by: route }),
		outcome: typeof from === 'string' ? null : from,
		reply: null,
		...(issued === undefined ? {} : { issued }),
	};
	if (typeof from !== 'string') return { result };
	const { options, problem: hoursProblem, problemAt } = timing;
	return { message, written: message, result, route, options, attached, identity, hoursProblem, problemAt };
}

function unusable(row: number, { input, why, fix }: RefusedRecipient): Result {
	const isWithoutNumber = input === '';
	const message = isWithoutNumber
		? 'This row has no phone number.'
		: `Cannot send to "${input}": ${afterColon(why)}`;
	const result = refusedResult(row, input, refuseInput('invalid_recipient', message, fix));
	return isWithoutNumber ? { ...result, isWithoutNumber } : result;
}

type Valid = ValidRecipient & { readonly isNumber: boolean };

function optionsKeyOf({ e164, isNumber }: Valid, { key }: OptionReading, attached: Attached): string {
	return `${key}${attached.key}${isNumber ? '' : ` ${e164}`}`;
}

function messageFor(
	{ sender, wait, link }: Job,
	{ text: typed, from }: Row,
	recipient: Valid,
	reading: OptionReading,
	attached: Attached,
): Message {
	const { e164, isNumber } = recipient;
	const { options } = reading;
	const text = withLink(withTool(typed, wait?.tool ?? null), link);
	return {
		to: e164,
		digits: isNumber ? e164.replace(/^\+/, '') : e164,
		text,
		from,
		options,
		optionsKey: optionsKeyOf(recipient, reading, attached),
		measure: measureFor(sender, text, options),
		isNumber,
		attachments: attached.files,
	};
}
