import { COMMON_OPTION_LABELS, LIMIT_LABELS } from '../../contract/options';
import type { Refused } from '../../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import { asRecord } from '../../contract/json';
import { pickedValue } from '../../input/parameters';
import type { Columns, TypedField } from '../../input/placeholders';
import { columnsOf, findUnfilled } from '../../input/placeholders';
import type { Job } from '../job';
import type { Run } from '../start';
import type { Check } from './check';

/** A placeholder that was typed into the node and would go out as it stands. */
export const placeholders: Check = { ofRun: findUnfilledField };

interface Field extends Omit<TypedField, 'typed'> {
	readonly name: string;
	readonly value: unknown;
	/** It holds the text, in which a brace may be meant. */
	readonly isText: boolean;
}

function findUnfilledField(run: Run): Refused | null {
	let known: Columns | null = null;
	const columns = (): Columns => (known ??= columnsOf(run.items.map(({ json }) => json)));
	for (const field of [...typedFields(run), ...typedOptions(run)]) {
		// No number and no sender has braces.
		if (run.settings.sendsBraces && field.name !== 'to' && field.name !== 'from') continue;
		const typed = pickedValue(field.value);
		if (typeof typed !== 'string') continue;
		const found = findUnfilled({ label: field.label, kind: field.kind, typed }, columns);
		if (found === null) continue;
		const fix = field.isText
			? `${found.fix} To send the braces themselves, turn on 'Send Braces as Typed' in the options.`
			: found.fix;
		return refuseInput('invalid_parameter', `${found.what} ${NOTHING_SENT}`, fix);
	}
	return null;
}

function typedFields({ context, gateway, billed }: Job): Field[] {
	const { parameters } = context.getNode();
	const field = (name: string, label: string, isText = false): Field => {
		return { name, label, kind: 'text', value: parameters[name], isText };
	};
	const own = (billed?.fields ?? gateway.messageFields)
		.filter(({ type }) => type === 'string')
		.map(({ name, displayName }) => field(name, displayName, billed !== null && name === 'message'));
	if (billed !== null) return own;
	const text: Field =
		parameters.textSource === 'template'
			? { ...field('messageTemplate', 'Message Template', true), kind: 'template' }
			: field('message', 'Message', true);
	const to = parameters.recipientSource === 'field' ? [] : [field('to', 'To')];
	return [...to, field('from', 'From'), text, ...own];
}

function typedOptions({ context }: Job): Field[] {
	const { options, limits } = context.getNode().parameters;
	const labels: Readonly<Record<string, string>> = { ...COMMON_OPTION_LABELS, ...LIMIT_LABELS };
	return Object.entries({ ...asRecord(options), ...asRecord(limits) }).map(([name, value]) => {
		return { name, label: labels[name] ?? name, kind: 'text', value, isText: false };
	});
}
