/** What only some gateways have, told in Send SMS beside what all have. */
import type { INodeProperties } from 'n8n-workflow';
import type { Gateway } from '../shared/contract/gateway';
import { inWords } from '../shared/contract/inWords';
import type { CommonOption } from '../shared/contract/options';
import { COMMON_OPTIONS } from '../shared/contract/options';
import { commonOptionFields } from '../shared/panel/commonOptionFields';
import type { OptionFieldChoice } from '../shared/panel/optionsField';

type Shown = Required<Pick<OptionFieldChoice, 'labels' | 'descriptions'>>;

type Labelled = Pick<INodeProperties, 'displayName' | 'description'>;

/** In characters: n8n's panel (2.41) cuts off longer ones. */
const LONGEST_LABEL = 28;

/** Label (where there is room) and description with the gateways that have it, or with the few that lack it; as they are where all have it. */
function withOwners(
	{ displayName, description = '' }: Labelled,
	gateways: readonly Gateway[],
	has: (gateway: Gateway) => boolean,
): { displayName: string; description: string } {
	const withAccount = gateways.filter(({ credential }) => credential !== null);
	const having = withAccount.filter(has).map((one) => one.displayName);
	const lacking = withAccount.filter((one) => !has(one)).map((one) => one.displayName);
	if (lacking.length === 0) return { displayName, description };
	if (having.length > lacking.length)
		return { displayName, description: `${description} Not for ${inWords(lacking)}.` };
	const labelled = `${displayName} · ${having.join(', ')}`;
	return {
		displayName: labelled.length <= LONGEST_LABEL ? labelled : displayName,
		description: `${description} Only for ${inWords(having)}.`,
	};
}

/**
 * How Send SMS names its options. All of them stay in sight: n8n drops what a panel hides without a word, so after Test
 * Mode was added, a run through another gateway would send for real.
 */
export function whoHasOptions(gateways: readonly Gateway[]): Shown {
	const labels: Partial<Record<CommonOption, string>> = {};
	const descriptions: Partial<Record<CommonOption, string>> = {};
	for (const option of COMMON_OPTIONS) {
		const has = ({ texts }: Gateway): boolean => texts.commonOptions.has(option);
		const { displayName, description } = withOwners(commonOptionFields[option], gateways, has);
		labels[option] = displayName;
		descriptions[option] = description;
	}
	return { labels, descriptions };
}

/** A field about prices, which some gateways tell. Their names beside its label would not fit into the panel. */
export function whoTellsPrices(field: INodeProperties, gateways: readonly Gateway[]): INodeProperties {
	const { description } = withOwners(field, gateways, ({ prices }) => prices !== null);
	return { ...field, description };
}
