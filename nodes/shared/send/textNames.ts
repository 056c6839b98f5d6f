/** Names for texts, by which they are known again. */
import type { Message } from '../contract/message';
import type { Sender } from '../contract/sender';
import { withoutLink } from './waitSettings';
import { textNames } from './nameOf';
import type { Result } from './result';
import type { Run } from './start';

/** Names each text by number and content, and by how many equal ones stand before it: a Retry has the same rows. */
export function keysOf(run: Run, results: readonly Result[]): Map<Message, string> {
	const times = new Map<string, number>();
	const keys = new Map<Message, string>();
	const contentOf = contentReader(run);
	const nameText = textNames();
	for (const { message, row, issued, by } of results) {
		if (message === null) continue;
		// A text with a code in it must not be written down, not even as a hash: it has so few digits that all can be tried.
		const words = issued === undefined ? contentOf(message, row, by?.sender ?? run.sender) : [issued.id];
		const name = nameText(message.to, words);
		const before = times.get(name) ?? 0;
		times.set(name, before + 1);
		// In front: what stands behind a name is a recipient, in which anything may be.
		keys.set(message, before === 0 ? name : `${before} ${name}`);
	}
	return keys;
}

/** Gives another value whenever it is evaluated, or whenever the workflow runs. */
const CHANGES = /\$now|\$today|\bDate\b|\bDateTime\b|\bMath\s*\.\s*random\b|\$execution|\$runIndex/;

/**
 * What makes a text another text for the same person: not the link in it, which is another in each execution. One that
 * changes by itself is named by its row instead.
 */
function contentReader({
	context,
	items,
	link,
}: Run): (message: Message, row: number, sender: Sender) => string[] {
	const { message: typed } = context.getNode().parameters;
	const changes = typeof typed === 'string' && typed.startsWith('=') && CHANGES.test(typed);
	return ({ text, options, optionsKey }, row, sender) => {
		const words = changes ? [typed, JSON.stringify(items[row]?.json)] : [withoutLink(text, link)];
		return sender.isTextMessage(options) ? words : [...words, optionsKey];
	};
}
