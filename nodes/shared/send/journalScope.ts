/** What ties a run to an earlier one of the same execution: n8n gives a Retry a new id, and no word of the old one. */
import type { IExecuteFunctions, WorkflowExecuteMode } from 'n8n-workflow';
import type { Job } from './job';

/** What n8n tells of an execution. */
export interface Execution {
	readonly mode: WorkflowExecuteMode;
	/** Epoch milliseconds; null where n8n does not say. */
	readonly establishedAt: number | null;
	/** The mode in which this was established; a Retry that was handed its execution's has another than its own. */
	readonly source: string | null;
	readonly hasTrigger: boolean;
	readonly isSubExecution: boolean;
}

export interface JournalScope {
	readonly scopes: readonly string[];
	readonly isRetry: boolean;
	/** When the first mark that matters can have been written: epoch milliseconds. */
	readonly since: number;
}

const DAY_MS = 24 * 60 * 60_000;

export function executionOf(context: IExecuteFunctions): Execution {
	const known = context.getExecutionContext();
	return {
		mode: context.getMode(),
		establishedAt: known?.establishedAt ?? null,
		source: known?.source ?? null,
		hasTrigger: known?.triggerNode !== undefined,
		isSubExecution: known?.parentExecutionId !== undefined,
	};
}

/**
 * When an execution began, in epoch milliseconds: the same for a Retry of it. Null where n8n does not hand that on. A
 * crash leaves what n8n had saved by then. n8n 2.41 has saved when the execution was established, and tells the trigger;
 * n8n 1.123 has not, nor has either for the execution of a sub-workflow.
 */
export function beginOf(execution: Execution): number | null {
	const { establishedAt, hasTrigger, isSubExecution } = execution;
	return isOfFirstRun(execution) && hasTrigger && !isSubExecution ? establishedAt : null;
}

function isOfFirstRun({ mode, source }: Execution): boolean {
	return !(mode === 'retry' && source === 'retry');
}

/** Null for test runs: they cannot be retried when n8n has died, and are not in anybody's way. */
export function journalScope(execution: Execution, now: number): JournalScope | null {
	const { mode, establishedAt } = execution;
	if (mode === 'manual' || mode === 'evaluation') return null;
	const isRetry = mode === 'retry';
	const begin = beginOf(execution);
	if (begin !== null) return { scopes: [`execution ${begin}`], isRetry, since: begin };
	const isHandedOn = establishedAt !== null && isOfFirstRun(execution);
	const today = Math.floor((isHandedOn ? establishedAt : now) / DAY_MS);
	const days = isRetry && !isHandedOn ? [today - 1, today] : [today];
	return {
		scopes: days.map((day) => `day ${day}`),
		isRetry,
		since: Math.min(...days) * DAY_MS,
	};
}

/**
 * Somebody tries the workflow in the editor. n8n (1.123, 2.41) hands the mode of a run on to its Retry, which belongs to
 * what it repeats; a sub-workflow is not told that a test run started it.
 */
export function isTestRun({ context }: Pick<Job, 'context'>): boolean {
	const mode = context.getMode();
	const isOf = (one: string | undefined): boolean => one === 'manual' || one === 'evaluation';
	return isOf(mode) || (mode === 'retry' && isOf(context.getExecutionContext()?.source));
}

export function scopeOf({ context, now }: Job): JournalScope | null {
	return journalScope(executionOf(context), now);
}
