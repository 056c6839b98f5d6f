/** The numbers of people who want no texts, read as the recipients are: `8 916 …` in the list is `+7916…` in a row. */
import { LIMIT_LABELS } from '../contract/options';
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../contract/outcome';
import type { PhoneTools } from '../phone/tools';
import type { Limits } from './limits';

export interface StopList {
	/** E.164. */
	readonly numbers: ReadonlySet<string>;
	/** Why nobody may be texted: the list says less than it should. Null when it can be used. */
	readonly problem: Refused | null;
}

/** So many unreadable entries are named. */
const MOST_NAMED = 3;

/** @param country of the list's numbers without a country code */
export function readStopList(
	{ stopList }: Pick<Limits, 'stopList'>,
	{ read }: Pick<PhoneTools, 'read'>,
	country: string,
): StopList | null {
	if (stopList === null) return null;
	const { typed, mayBeEmpty } = stopList;
	const numbers = new Set<string>();
	const unreadable: string[] = [];
	for (const entry of read(typed, country)) {
		if (entry.outcome !== 'invalid') numbers.add(entry.e164);
		// Blank cells of a column, and commas with nothing between them.
		else if (/[\p{L}\p{N}]/u.test(entry.input)) unreadable.push(entry.input);
	}
	if (unreadable.length > 0) return { numbers, problem: refuseUnreadable(unreadable, country) };
	return { numbers, problem: numbers.size === 0 && !mayBeEmpty ? refuseEmpty() : null };
}

/** Somebody who asked for no texts may be meant by it. */
function refuseUnreadable(unreadable: readonly string[], country: string): Refused {
	const named = unreadable
		.slice(0, MOST_NAMED)
		.map((entry) => `"${entry}"`)
		.join(', ');
	const count =
		unreadable.length === 1
			? 'an entry that is not a phone number'
			: `${unreadable.length} entries that are not phone numbers`;
	const more = unreadable.length > MOST_NAMED ? ' …' : '';
	const isList = unreadable.some((entry) => entry.startsWith('['));
	const fix = isList
		? `Have the expression return only the numbers: {{ $('Stop List').all().map((item) => item.json.phone) }}.`
		: 'Correct or remove them in the list.';
	const code = country === '' ? " Numbers without a country code need 'Default Country'." : '';
	return refuseInput(
		'invalid_parameter',
		`'${LIMIT_LABELS.stopList}' has ${count}: ${named}${more}. ${NOTHING_SENT}`,
		`${fix}${code}`,
	);
}

function refuseEmpty(): Refused {
	const { stopList, stopListMayBeEmpty } = LIMIT_LABELS;
	return refuseInput(
		'invalid_parameter',
		`'${stopList}' is empty, so it would not stop any text. ${NOTHING_SENT}`,
		`Check where the list comes from. If it may be empty, add '${stopListMayBeEmpty}' under Limits.`,
	);
}
