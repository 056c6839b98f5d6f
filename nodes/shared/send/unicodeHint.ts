import type { NodeExecutionHint } from 'n8n-workflow';
import { isFailure } from '../contract/outcome';
import { isGsm7 } from '../segments/gsm7';
import { suggestReplacement } from '../segments/replacements';
import { measureSegments } from '../segments/segments';
import type { Job } from './job';
import type { Result } from './result';

/** So many characters are named. */
const MOST_NAMED = 4;

/** A text in the cheaper alphabet, and what stood in its way; null where something has no equal there. */
interface Cheaper {
	readonly saved: number;
	readonly replaced: ReadonlyMap<string, string>;
}

/** Typographic quotes and dashes, which word processors put in unasked, can double the price of a text. */
export function unicodeHint({ sender }: Job, results: readonly Result[]): NodeExecutionHint | null {
	const known = new Map<string, Cheaper | null>();
	const replaced = new Map<string, string>();
	let texts = 0;
	let saved = 0;
	for (const { message, outcome, by = { sender } } of results) {
		if (message === null || outcome === null || isFailure(outcome)) continue;
		if (message.measure.encoding !== 'UCS-2' || !by.sender.isTextMessage(message.options)) continue;
		const { text } = message;
		const cheaper = known.has(text) ? known.get(text) : cheaperText(text);
		known.set(text, cheaper ?? null);
		if (cheaper === null || cheaper === undefined || cheaper.saved === 0) continue;
		texts++;
		saved += cheaper.saved;
		for (const [character, instead] of cheaper.replaced) replaced.set(character, instead);
	}
	if (texts === 0) return null;
	return {
		message: sentenceOf(texts, results.length, saved, replaced),
		type: 'info',
		location: 'outputPane',
	};
}

function cheaperText(text: string): Cheaper | null {
	const replaced = new Map<string, string>();
	let plain = '';
	for (const character of text) {
		const instead = isGsm7(character) ? character : suggestReplacement(character);
		if (instead === null) return null;
		if (instead !== character) replaced.set(character, instead);
		plain += instead;
	}
	return { saved: measureSegments(text).segments - measureSegments(plain).segments, replaced };
}

function sentenceOf(
	texts: number,
	all: number,
	saved: number,
	replaced: ReadonlyMap<string, string>,
): string {
	const pairs = [...replaced].slice(0, MOST_NAMED).map(([character, instead]) => {
		return instead === '' ? `${named(character)} by nothing` : `${named(character)} by ${instead}`;
	});
	const more = replaced.size > MOST_NAMED ? ', …' : '';
	const which = all === 1 ? 'This text takes' : `${texts} of ${all} texts take`;
	const segments = saved === 1 ? '1 segment' : `${saved} segments`;
	return `${which} ${segments} more than needed, because of characters that only Unicode has. Replace ${pairs.join(', ')}${more}.`;
}

/** A blank of its own kind, or none at all, would not be seen. */
function named(character: string): string {
	if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return character;
	const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
	return `the invisible character U+${code}`;
}
