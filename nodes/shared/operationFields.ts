/** Fields that several operations share, and how they are read. */
import type { INodeProperties } from 'n8n-workflow';
import type { RowFields } from './operations';
import type { FieldReader } from './options';

export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 000000-10000000',
	description: 'The messageId of a result of Send. Separate several by comma.',
};

/** A phone number that an operation is about. */
export function numberField(description: string, required = true): INodeProperties {
	return {
		displayName: 'To',
		name: 'to',
		type: 'string',
		required,
		default: '',
		placeholder: 'e.g. +79161234567',
		description,
	};
}

/** The numbers of the field `to`, one at least: a row that asks for nothing would vanish. */
export function readNumbers({ fields, numbers }: RowFields): readonly string[] {
	const to = numbers('to', 'To');
	if (to.length === 0 && fields.problems.length === 0) {
		fields.refuse('To', 'is empty', 'Give a phone number');
	}
	return to;
}

/**
 * The parts of a field that holds several values separated by comma, semicolon or blank; notes what does not match.
 * @param repeats whether one that is typed twice stands there twice
 */
export function readIds(
	fields: FieldReader,
	name: string,
	label: string,
	pattern: RegExp,
	fix: string,
	repeats = false,
): readonly string[] {
	const text = fields.text(name, label, /\S/, fix)?.trim() ?? '';
	if (text === '') {
		if (fields.problems.length === 0) fields.refuse(label, 'is empty', fix);
		return [];
	}
	const typed = text.split(/[\s,;]+/).filter((id) => id !== '');
	const ids = repeats ? typed : [...new Set(typed)];
	const odd = ids.find((id) => !pattern.test(id));
	if (odd !== undefined) fields.refuse(label, `has "${odd.slice(0, 60)}"`, fix);
	return ids;
}
