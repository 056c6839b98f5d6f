/** The panel's Message where some kinds of message do without a text. */
import type { INodeProperties } from 'n8n-workflow';

/** The field that must be filled in, shown for `needing`, and one that may stay empty, shown for the others. */
export function withOptionalText(
	fields: readonly INodeProperties[],
	kinds: readonly string[],
	needing: readonly string[],
): INodeProperties[] {
	return fields.flatMap((field) => {
		if (field.name !== 'message' || field.required !== true) return [field];
		const shownFor = (messageKind: readonly string[]): INodeProperties => ({
			...field,
			displayOptions: {
				...field.displayOptions,
				show: { ...field.displayOptions?.show, messageKind: [...messageKind] },
			},
		});
		const others = kinds.filter((kind) => !needing.includes(kind));
		return [shownFor(needing), { ...shownFor(others), required: false }];
	});
}
