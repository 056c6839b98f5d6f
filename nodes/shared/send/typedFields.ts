/** What a person typed into the node's fields, before any expression is evaluated. */
import { COMMON_OPTION_LABELS, LIMIT_LABELS } from '../contract/options';
import { asRecord } from '../contract/json';
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

function ownFields({ context, gateway, billed, backups }: Job): TypedField[] {
	const { parameters } = context.getNode();
	const field = (name: string, label: string, isText = false): TypedField => {
		return { name, label, value: parameters[name], isText };
	};
	const own = (billed?.fields ?? gateway.messageFields)
		.filter(({ type }) => type === 'string')
		.map(({ name, displayName }) => field(name, displayName, billed !== null && name === 'message'));
	if (billed !== null) return own;
	const senders = backups.map(({ from: { name, label } }) => field(name, label));
	return [field('to', 'To'), field('from', 'From'), ...senders, field('message', 'Message', true), ...own];
}

function collections({ context }: Job): TypedField[] {
	const { options, limits } = context.getNode().parameters;
	const labels: Readonly<Record<string, string>> = { ...COMMON_OPTION_LABELS, ...LIMIT_LABELS };
	return Object.entries({ ...asRecord(options), ...asRecord(limits) }).map(([name, value]) => {
		return { name, label: labels[name] ?? name, value, isText: false };
	});
}
