/** The Options collection of sending and preview. */
import type { INodeProperties } from 'n8n-workflow';
import type { CommonOption } from '../contract/options';
import { COMMON_OPTIONS } from '../contract/options';
import { alphabetical } from './alphabetical';
import { askOptionFields } from './askFields';
import { commonOptionFields } from './commonOptionFields';
import { onSendAndPreview } from './messageFields';
import { runOptionFields } from './runOptionFields';

export interface OptionFieldChoice {
	readonly common: ReadonlySet<CommonOption>;
	readonly own: readonly INodeProperties[];
	readonly maxBatchSize: number;
	/** Words of the vendor to add to a common field, by field name. */
	readonly descriptions?: Readonly<Partial<Record<CommonOption, string>>>;
}

/** The Options collection of a sending node, in alphabetical order as n8n wants it. */
export function optionsField({
	common,
	own,
	maxBatchSize,
	descriptions,
}: OptionFieldChoice): INodeProperties {
	const shared = COMMON_OPTIONS.filter((name) => common.has(name)).map((name) => {
		const field = commonOptionFields[name];
		const description = descriptions?.[name];
		return description === undefined ? field : { ...field, description };
	});
	const fields = [...shared, ...own, ...runOptionFields(maxBatchSize), ...askOptionFields];
	fields.sort(alphabetical(({ displayName }) => displayName));
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: onSendAndPreview,
		options: fields,
	};
}
