/** A text as it is meant for a backup gateway: its options are read anew, and it has a sender of its own. */
import type { Message } from '../contract/message';
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../contract/outcome';
import type { OptionValues } from '../input/fields';
import { perRow, textOf } from '../input/parameters';
import { measureSegments } from '../segments/segments';
import type { Draft } from './messages';
import type { OptionName, OptionReading } from './options';
import { createOptionReader, foreignOptions } from './options';
import type { BackupLeg } from './start';

export interface BackupMessage {
	readonly message: Message;
	/** What keeps it from this gateway; null when nothing does. */
	readonly problem: Refused | null;
	/** The problem lies in what was typed into the node, so that it is told before anything is sent. */
	readonly isOfNode: boolean;
}

/** Without them the text still arrives, at the same time and with the same words. */
const MAY_BE_LEFT_OUT: ReadonlySet<string> = new Set(['flash', 'transliterate', 'ttl']);

/** Null for what only the first gateway knows, such as a group of its address book. */
export function backupMessages(leg: BackupLeg): (draft: Draft) => BackupMessage | null {
	const { sender, backup, context, leavesOut } = leg;
	const readOptions = createOptionReader(leg);
	const readFrom = perRow(context, backup.from.name, '');
	const optionsFor = optionsOf(leg, readOptions, leavesOut);
	return (draft) => {
		const { message: first, result, attached } = draft;
		if (!first.isNumber) return null;
		const { reading, problem } = optionsFor(draft.options);
		const from = senderOf(readFrom, result.row, backup.from.label);
		const message: Message = {
			...first,
			from: typeof from === 'string' ? from : '',
			options: reading.options,
			optionsKey: `${reading.key}${attached.key}`,
			measure: sender.measure?.(first.text, reading.options) ?? measureOfText(first),
		};
		const typed = typeof from === 'string' ? problem : from;
		if (typed !== null) return { message, problem: typed, isOfNode: true };
		const refusal = sender.checkMessage(message);
		if (refusal?.kind !== 'invalid_sender') return { message, problem: refusal, isOfNode: false };
		return { message, problem: ofBackup(leg, refusal), isOfNode: true };
	};
}

/** Counted already, unless the first gateway was to send it as bytes. */
function measureOfText({ text, measure }: Message): Message['measure'] {
	return measure.encoding === 'binary' ? measureSegments(text) : measure;
}

interface BackupOptions {
	readonly reading: OptionReading;
	readonly problem: Refused | null;
}

/** One answer for all rows with the same options: a refusal is then about the node, and n8n shows it as such. */
function optionsOf(
	leg: BackupLeg,
	read: (values: OptionValues) => OptionReading,
	leavesOut: boolean,
): (first: OptionReading) => BackupOptions {
	const known = new WeakMap<OptionReading, BackupOptions>();
	return (first) => {
		const answer = known.get(first) ?? optionsThere(leg, read, leavesOut, first);
		known.set(first, answer);
		return answer;
	};
}

function optionsThere(
	leg: BackupLeg,
	read: (values: OptionValues) => OptionReading,
	leavesOut: boolean,
	{ values, requested }: OptionReading,
): BackupOptions {
	const foreign = foreignOptions(leg.sender, requested);
	const leftOut = leavesOut ? foreign.filter(({ name }) => MAY_BE_LEFT_OUT.has(name)) : [];
	const reading = read(leftOut.length === 0 ? values : without(values, leftOut));
	const [lacking] = foreign.filter((one) => !leftOut.includes(one));
	if (lacking !== undefined) return { reading, problem: refuseLacking(leg, lacking) };
	return { reading, problem: reading.problem === null ? null : ofBackup(leg, reading.problem) };
}

function without(values: OptionValues, leftOut: readonly OptionName[]): OptionValues {
	return Object.fromEntries(
		Object.entries(values).filter(([name]) => !leftOut.some((one) => one.name === name)),
	);
}

function senderOf(read: (row: number) => unknown, row: number, label: string): string | Refused {
	try {
		return (textOf(read(row)) ?? '').trim();
	} catch (error) {
		const why = error instanceof Error ? error.message : 'its expression could not be evaluated';
		return refuseInput(
			'invalid_parameter',
			`'${label}' could not be read for this row: ${why} ${NOTHING_SENT}`,
			`Check the expression in '${label}'.`,
		);
	}
}

function refuseLacking({ gateway, settings }: BackupLeg, { name, label }: OptionName): Refused {
	const { displayName } = gateway;
	const waits = name === 'sendAt' && settings.limits.allowedHours?.waits === true;
	const fix = waits
		? "Let 'Outside These Hours' reject instead of wait"
		: MAY_BE_LEFT_OUT.has(name)
			? "Turn on 'Leave Out Options the Backup Lacks', or remove it from the options"
			: 'Remove it from the options';
	return refuseInput(
		'invalid_parameter',
		`'${label}' is not supported by ${displayName}, the backup gateway.`,
		`${fix}, or choose another backup gateway. ${NOTHING_SENT}`,
	);
}

/** Whose rule it is, since the first gateway may well take this. */
function ofBackup({ gateway, backup }: BackupLeg, refusal: Refused): Refused {
	const { message, kind, hint } = refusal;
	const fix = kind === 'invalid_sender' ? ` It is set in '${backup.from.label}'.` : '';
	return {
		...refusal,
		message: `For the backup gateway ${gateway.displayName}: ${message}`,
		hint: `${hint}${fix}`,
	};
}
