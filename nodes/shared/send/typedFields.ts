/** What a person typed into the node's fields, before any expression is evaluated. */
import { COMMON_OPTION_LABELS, LIMIT_LABELS, OPTION_COLLECTIONS } from '../contract/options';
import { withoutPlace } from '../codes/code';
import { asRecord } from '../contract/json';
import { valueAt } from '../input/cells';
import type { Job } from './job';

export interface TypedField {
	readonly name: string;
	/** As the person sees it. */
	readonly label: string;
	/** The parameter as it is saved. */
	readonly value: unknown;
	/** It holds the text, in which a brace may be meant. */
	readonly isText: boolean;
}

/** The fields that are read for each row, options and limits among them. */
export function typedFields(job: Job): readonly TypedField[] {
	return [...ownFields(job), ...collections(job)];
}

function ownFields({ context, gateway, billed, backups, routes, makesCodes }: Job): TypedField[] {
	const { parameters } = context.getNode();
	const field = (name: string, label: string, isText = false): TypedField => {
		return { name, label, value: valueAt(parameters, name.split('.')), isText };
	};
	const own = (billed?.fields ?? gateway.ownMessageFields)
		.filter(({ type }) => type === 'string')
		.map(({ name, displayName }) => field(name, displayName, billed !== null && name === 'message'));
	if (billed !== null) return own;
	const message = field('message', 'Message', true);
	const places = [...backups, ...routes.flatMap((route) => [route.place, ...(route.backups ?? [])])];
	const senders = places.map(({ from: { name, label } }) => field(name, label));
	const sent = [field('to', 'To'), field('from', 'From'), ...senders];
	if (!makesCodes) return [...sent, message, ...own];
	const { value } = message;
	return [...sent, { ...message, value: typeof value === 'string' ? withoutPlace(value) : value }];
}

function collections({ context }: Job): TypedField[] {
	const { parameters } = context.getNode();
	const labels: Readonly<Record<string, string>> = { ...COMMON_OPTION_LABELS, ...LIMIT_LABELS };
	const values = [...Object.values(OPTION_COLLECTIONS), 'limits'].flatMap((name) =>
		Object.entries(asRecord(parameters[name]) ?? {}),
	);
	return values.map(([name, value]) => ({ name, label: labels[name] ?? name, value, isText: false }));
}
