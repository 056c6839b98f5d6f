/** Options that a text asks for and a gateway does not have. */
import { COMMON_OPTIONS, COMMON_OPTION_LABELS, RUN_OPTIONS } from '../contract/options';
import type { Sender } from '../contract/sender';

/** An option as people see it. */
export interface OptionName {
	readonly name: string;
	readonly label: string;
}

/** What a row asks for and this gateway does not have. */
export function foreignAmong(sender: Sender, requested: readonly string[]): readonly OptionName[] {
	return requested.flatMap((name): OptionName[] => {
		if (RUN_OPTIONS.has(name) || sender.ownOptions.has(name)) return [];
		const common = COMMON_OPTIONS.find((option) => option === name);
		if (common === undefined) return [{ name, label: name }];
		return sender.commonOptions.has(common) ? [] : [{ name, label: COMMON_OPTION_LABELS[common] }];
	});
}

/** Without them the text still arrives, at the same time and with the same words. */
const MAY_BE_LEFT_OUT: ReadonlySet<string> = new Set(['flash', 'transliterate', 'ttl']);

export function mayBeLeftOut({ name }: OptionName): boolean {
	return MAY_BE_LEFT_OUT.has(name);
}
