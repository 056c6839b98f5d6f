/** What AlphaSMS's node changes in the fields that all sending nodes share. */
import type { INodeProperties } from 'n8n-workflow';
import { withOptionalText } from '../shared/panel/optionalText';
import { KINDS, MAY_HAVE_NO_TEXT, WITHOUT_SENDER } from './channels/kinds';

const isNode = (option: unknown): option is INodeProperties =>
	typeof option === 'object' && option !== null && 'type' in option;

/** Three days instead of the usual one. */
function withLongLife(field: INodeProperties): INodeProperties {
	const options = field.options?.map((option) =>
		isNode(option) && option.name === 'ttl'
			? { ...option, typeOptions: { ...option.typeOptions, maxValue: 4320 }, default: 2880 }
			: option,
	);
	return options === undefined ? field : ({ ...field, options } as INodeProperties);
}

function withoutSender(field: INodeProperties): INodeProperties {
	if (field.name !== 'from') return field;
	const hide = { ...field.displayOptions?.hide, messageKind: [...WITHOUT_SENDER] };
	return { ...field, displayOptions: { ...field.displayOptions, hide } };
}

export function alphaSmsFields(fields: readonly INodeProperties[]): INodeProperties[] {
	const needing = KINDS.filter((kind) => !MAY_HAVE_NO_TEXT.includes(kind));
	return withOptionalText(fields, KINDS, needing).map((field) => withLongLife(withoutSender(field)));
}

export const TTL_DESCRIPTION =
	'How long AlphaSMS tries to deliver: 60 to 4320 minutes for a text message, 1 to 2880 for Viber, RCS and Telegram';
