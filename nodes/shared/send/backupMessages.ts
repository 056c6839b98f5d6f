/** A text as it is meant for a backup gateway: its options are read anew, and it has a sender of its own. */
import type { Message } from '../contract/message';
import type { Refused } from '../contract/outcome';
import { perRow } from '../input/parameters';
import { measureFor } from './measure';
import type { Draft } from './messages';
import type { OptionReading } from './options';
import { createOptionReader } from './options';
import { foreignAmong } from './optionsLacked';
import { refuseLacking, refusedAt, senderAt } from './places';
import type { OtherLeg } from './start';

export interface BackupMessage {
	readonly message: Message;
	/** What keeps it from this gateway; null when nothing does. */
	readonly problem: Refused | null;
	/** The problem lies in what was typed into the node, so that it is told before anything is sent. */
	readonly isOfNode: boolean;
}

/** Null for what only the first gateway knows, such as a group of its address book. */
type Reader = (draft: Draft) => BackupMessage | null;

/** Made when a text is checked, and used again when it goes on. */
const readers = new WeakMap<OtherLeg, Reader>();

export function backupMessages(leg: OtherLeg): Reader {
	const reader = readers.get(leg) ?? remembering(readerFor(leg));
	readers.set(leg, reader);
	return reader;
}

function remembering(read: Reader): Reader {
	const known = new WeakMap<Draft, BackupMessage>();
	return (draft) => {
		const there = known.get(draft) ?? read(draft);
		if (there !== null) known.set(draft, there);
		return there;
	};
}

function readerFor(leg: OtherLeg): Reader {
	const { sender, place, context } = leg;
	const readFrom = perRow(context, place.from.name, '');
	const optionsFor = optionsOf(leg);
	return (draft) => {
		const { message: first, result, attached } = draft;
		if (!first.isNumber) return null;
		const { reading, problem } = optionsFor(draft.options);
		const from = senderAt(place, readFrom, result.row);
		const message: Message = {
			...first,
			from: typeof from === 'string' ? from : '',
			options: reading.options,
			optionsKey: `${reading.key}${attached.key}`,
			measure: measureFor(sender, first.text, reading.options),
		};
		const typed = typeof from === 'string' ? problem : from;
		if (typed !== null) return { message, problem: typed, isOfNode: true };
		const refusal = sender.checkMessage(message);
		if (refusal?.kind !== 'invalid_sender') return { message, problem: refusal, isOfNode: false };
		return { message, problem: refusedAt(place, refusal), isOfNode: true };
	};
}

interface BackupOptions {
	readonly reading: OptionReading;
	readonly problem: Refused | null;
}

/** One answer for all rows with the same options: a refusal is then about the node, and n8n shows it as such. */
function optionsOf(leg: OtherLeg): (first: OptionReading) => BackupOptions {
	const read = createOptionReader(leg, leg.place.leavesOut);
	const known = new WeakMap<OptionReading, BackupOptions>();
	return (first) => {
		const answer = known.get(first) ?? optionsThere(leg, read(first.values));
		known.set(first, answer);
		return answer;
	};
}

function optionsThere({ sender, place, settings }: OtherLeg, reading: OptionReading): BackupOptions {
	const [lacking] = foreignAmong(sender, reading.requested);
	const waits = settings.limits.allowedHours?.waits === true;
	if (lacking !== undefined) return { reading, problem: refuseLacking(place, lacking, waits) };
	return { reading, problem: reading.problem === null ? null : refusedAt(place, reading.problem) };
}
