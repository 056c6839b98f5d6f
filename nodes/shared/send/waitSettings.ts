/** Send and Wait for Response: what is asked, how long n8n waits, and the link that goes out with the text. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Question } from '../answer/pendingQuestion';
import { linkParameters } from '../answer/pendingQuestion';
import type { Language } from '../answer/words';
import { LANGUAGES, PAGE_WORDS } from '../answer/words';
import { asRecord } from '../contract/json';
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../contract/outcome';
import { CheckedFields } from '../input/fields';
import { textOf } from '../input/parameters';
import { TIME_UNITS, UNIT_MS } from '../time/units';

export interface WaitSettings {
	readonly question: Question;
	readonly language: Language;
	/** Epoch milliseconds; null: as long as it takes. */
	readonly deadline: number | null;
	readonly run: number;
	readonly link: string;
	/** What the agent is about to do, in words; null where no agent asks. */
	readonly tool: string | null;
	/** Why nothing can be asked; null when all is fine. */
	readonly problem: Refused | null;
}

const LIMIT = 'Limit Wait Time';

/** Never throws: what cannot be read is the problem. */
export function readWaitSettings(context: IExecuteFunctions, gatewayName: string, now: number): WaitSettings {
	const run = runIndexOf(context);
	const unread = {
		question: { kind: 'freeText', submit: '' },
		language: 'en',
		deadline: null,
		tool: null,
	} as const;
	try {
		const link = signedLink(context, run);
		const fields = new CheckedFields(asRecord(context.getNodeParameter('options', 0, {})) ?? {}, {
			timezone: context.getTimezone(),
			now,
			gatewayName,
		});
		const language = fields.choice('pageLanguage', 'Page Language', LANGUAGES) ?? 'en';
		const question = readQuestionFields(context, language);
		const limit = readDeadline(context, gatewayName, now);
		const tool = toolOf(context);
		const problem = asTool(context) ?? fields.problems[0] ?? limit.problem;
		return { question, language, deadline: limit.deadline, run, link, tool, problem };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		const problem = refuseInput(
			'invalid_parameter',
			`The question could not be read: ${why.replace(/\.$/, '')}. ${NOTHING_SENT}`,
			'Check the expressions in this node.',
		);
		return { ...unread, run, link: '', problem };
	}
}

function runIndexOf(context: IExecuteFunctions): number {
	const run: unknown = context.getWorkflowDataProxy(0).$runIndex;
	return typeof run === 'number' ? run : 0;
}

/** n8n 1.x looks at the signature only where the node has asked for it, by a function that 2.x has no more. */
interface SignsOnWish {
	setSignatureValidationRequired?(): void;
}

function signedLink(context: IExecuteFunctions, run: number): string {
	const signing: IExecuteFunctions & SignsOnWish = context;
	signing.setSignatureValidationRequired?.();
	return context.getSignedResumeUrl(linkParameters(run));
}

/** As long as a link of this node would be, without being one: for Preview. Null where none is wanted, or n8n has none. */
export function sampleLink(context: IExecuteFunctions): string | null {
	try {
		if (context.getNodeParameter('includeLink', 0, false) !== true) return null;
		const link = new URL(context.getSignedResumeUrl());
		for (const [name, value] of link.searchParams) link.searchParams.set(name, '0'.repeat(value.length));
		return link.toString();
	} catch {
		return null;
	}
}

function readQuestionFields(context: IExecuteFunctions, language: Language): Question {
	const words = PAGE_WORDS[language];
	const label = (value: unknown, usual: string): string => (textOf(value) ?? '').trim() || usual;
	if (context.getNodeParameter('responseType', 0, 'approval') === 'freeText') {
		const typed = context.getNodeParameter('options.submitLabel', 0, '');
		return { kind: 'freeText', submit: label(typed, words.submit) };
	}
	const typed = asRecord(context.getNodeParameter('approvalOptions.values', 0, {})) ?? {};
	return {
		kind: 'approval',
		approve: label(typed.approveLabel, words.approve),
		decline: typed.approvalType === 'double' ? label(typed.disapproveLabel, words.decline) : null,
	};
}

function readDeadline(
	context: IExecuteFunctions,
	gatewayName: string,
	now: number,
): { readonly deadline: number | null; readonly problem: Refused | null } {
	const typed = asRecord(context.getNodeParameter('options.limitWaitTime.values', 0, {})) ?? {};
	if (Object.keys(typed).length === 0) return { deadline: null, problem: null };
	const fields = new CheckedFields(typed, { timezone: context.getTimezone(), now, gatewayName });
	const deadline = typed.limitType === 'atSpecifiedTime' ? moment(fields) : later(fields, now);
	// An expression that gives nothing must not mean "for ever".
	if (deadline === undefined && fields.problems.length === 0) {
		fields.refuse(LIMIT, 'is empty', 'Fill it in, or remove it to wait without a limit');
	}
	return { deadline: deadline ?? null, problem: fields.problems[0] ?? null };
}

function moment(fields: CheckedFields): number | undefined {
	return fields.futureInstant('maxDateAndTime', `${LIMIT}: Max Date and Time`);
}

function later(fields: CheckedFields, now: number): number | undefined {
	const amount = fields.decimal('resumeAmount', `${LIMIT}: Amount`, 0.01, 100_000);
	const unit = fields.choice('resumeUnit', `${LIMIT}: Unit`, TIME_UNITS) ?? 'minutes';
	return amount === undefined ? undefined : now + Math.round(amount * UNIT_MS[unit]);
}

/** A tool answers its agent at once. n8n 2.x has another node for this purpose, made from this one. */
function asTool(context: IExecuteFunctions): Refused | null {
	if (!/(?<!Hitl)Tool$/.test(context.getNode().type)) return null;
	return refuseInput(
		'invalid_parameter',
		`A tool of an AI agent cannot wait for an answer. ${NOTHING_SENT}`,
		"Choose 'Send' here. To have a person approve what the agent does, add this node as 'Human review' between the agent and the tool (n8n 2).",
		'never',
	);
}

function toolOf(context: IExecuteFunctions): string | null {
	if (!context.getNode().type.endsWith('HitlTool')) return null;
	const parameters = asRecord(context.evaluateExpression('{{ $tool.parameters }}', 0));
	if (parameters === null) return null;
	const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
	return Object.entries(parameters)
		.map(([name, value]) => `${name}: ${shown(value)}`)
		.join(', ');
}

/** The message that n8n gives a new Human review (2.41) has the tool's parameters in it, and prints them like this. */
export function withTool(text: string, tool: string | null): string {
	return tool === null ? text : text.replaceAll('[object Object]', () => tool);
}

/** The text as it goes out. One without words stays so, and is refused. */
export function withLink(text: string, link: string | null): string {
	return link === null || text.trim() === '' ? text : `${text.trimEnd()}\n${link}`;
}

export function withoutLink(text: string, link: string | null): string {
	return link !== null && text.endsWith(`\n${link}`) ? text.slice(0, -link.length - 1) : text;
}
