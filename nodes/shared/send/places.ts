/** A gateway other than the first: a backup, or one that a route leads to. What is said of it, and its sender. */
import type { CountryCode } from '../contract/countries';
import type { Gateway } from '../contract/gateway';
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../contract/outcome';
import { textOf } from '../input/parameters';
import type { OptionName } from './optionsLacked';
import { mayBeLeftOut } from './optionsLacked';

export interface Place {
	readonly gateway: Gateway;
	/** The field with the sender for it: its path, as it is saved, and its name, as people see it. */
	readonly from: { readonly name: string; readonly label: string };
	/** Options that it lacks are left out there, where that harms nothing. */
	readonly leavesOut: boolean;
	readonly words: PlaceWords;
}

/** How sentences speak of it. */
export interface PlaceWords {
	/** Behind its name, such as `the backup gateway`. */
	readonly role: string;
	/** With its name, such as `the backup gateway SMS.RU`. */
	readonly name: string;
	/** How to get along without it, such as `choose another backup gateway`. */
	readonly change: string;
	/** The switch for `leavesOut`, as people see it. */
	readonly leavesOut: string;
}

/** Numbers that have a gateway of their own. */
export interface RoutePlan {
	readonly place: Place;
	readonly countries: ReadonlySet<CountryCode>;
	/** Digits of E.164 without the plus. */
	readonly prefixes: readonly string[];
	/** What may get the texts that it certainly did not take; null: the backups of the first gateway. */
	readonly backups: readonly Place[] | null;
}

/** The sender for a row, or why it cannot be read. */
export function senderAt(
	{ from: { label } }: Place,
	read: (row: number) => unknown,
	row: number,
): string | Refused {
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

/** @param waits the option was not asked for, but comes from Allowed Hours that wait */
export function refuseLacking({ gateway, words }: Place, option: OptionName, waits: boolean): Refused {
	const fix =
		option.name === 'sendAt' && waits
			? "Let 'Outside These Hours' reject instead of wait"
			: mayBeLeftOut(option)
				? `Turn on '${words.leavesOut}', or remove it from the options`
				: 'Remove it from the options';
	return refuseInput(
		'invalid_parameter',
		`'${option.label}' is not supported by ${gateway.displayName}, ${words.role}.`,
		`${fix}, or ${words.change}. ${NOTHING_SENT}`,
	);
}

/** Whose rule it is, since the first gateway may well take this. */
export function refusedAt({ from, words }: Place, refusal: Refused): Refused {
	const { message, kind, hint } = refusal;
	const fix = kind === 'invalid_sender' ? ` It is set in '${from.label}'.` : '';
	return { ...refusal, message: `For ${words.name}: ${message}`, hint: `${hint}${fix}` };
}
