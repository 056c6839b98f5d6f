/** The Options and Expert Options collections of sending and preview. */
import type { INodeProperties } from 'n8n-workflow';
import type { CommonOption } from '../contract/options';
import { COMMON_OPTIONS, OPTION_COLLECTIONS } from '../contract/options';
import { OPTIONS, collection } from './collection';
import { waitOptionFields } from './waitFields';
import { commonOptionFields } from './commonOptionFields';
import { onSendAndPreview } from './messageFields';
import { runOptionFields } from './runOptionFields';

export interface OptionFieldChoice {
	readonly common: ReadonlySet<CommonOption>;
	readonly own: readonly INodeProperties[];
	/** Names of those of its own that only somebody who has read the vendor's protocol looks for. */
	readonly expert?: ReadonlySet<string>;
	readonly maxBatchSize: number;
	/** What to say of a common field instead of the usual, by field name. */
	readonly descriptions?: Readonly<Partial<Record<CommonOption, string>>>;
	readonly labels?: Readonly<Partial<Record<CommonOption, string>>>;
}

/** The Options collection of a sending node. */
export function optionsField(choice: OptionFieldChoice): INodeProperties {
	const { common, own, expert, maxBatchSize, descriptions, labels } = choice;
	const shared = COMMON_OPTIONS.filter((name) => common.has(name)).map((name): INodeProperties => {
		const field = commonOptionFields[name];
		const [displayName = field.displayName, description] = [labels?.[name], descriptions?.[name]];
		return { ...field, displayName, ...(description === undefined ? {} : { description }) };
	});
	const plain = own.filter(({ name }) => expert?.has(name) !== true);
	const fields = [...shared, ...plain, ...runOptionFields(maxBatchSize), ...waitOptionFields];
	return collection({ ...OPTIONS, name: OPTION_COLLECTIONS.options }, fields, onSendAndPreview);
}

/** What only experts look for, in a collection of its own: none where the gateway has nothing of the kind. */
export function expertOptionsFields({
	own,
	expert,
}: Pick<OptionFieldChoice, 'own' | 'expert'>): INodeProperties[] {
	const fields = own.filter(({ name }) => expert?.has(name) === true);
	if (fields.length === 0) return [];
	const words = { displayName: 'Expert Options', placeholder: 'Add Expert Option' };
	return [collection({ ...words, name: OPTION_COLLECTIONS.expert }, fields, onSendAndPreview)];
}
