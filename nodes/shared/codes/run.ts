/** Check Code: rows to verdicts. It asks nobody but n8n's database, and a wrong code is an answer, not a failure. */
import { randomUUID } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import { resultInOrder } from '../contract/resultKeys';
import { refuseMissing } from '../input/missingFields';
import { perRow, textOf } from '../input/parameters';
import { unreadableRow } from '../input/unreadable';
import type { MarkWriter } from '../journal/marks';
import { N8nMarks } from '../journal/n8nMarks';
import { nodeName } from '../journal/nodeName';
import { failureJson, hasErrorOutput, nodeError } from '../output/failure';
import { refuseEveryRow } from '../output/refusal';
import { DEFAULT_TIMEOUT_MS, connectForRun } from '../requests/connection';
import { createRedactor } from '../requests/redaction';
import { clock } from '../time/clock';
import { answersOf, forgetAnswers } from './answers';
import type { CodeVerdict } from './judge';
import { judge } from './judge';
import type { CodeKey } from './key';
import { keyOfNode } from './owner';
import { Tries } from './tries';

/** Marks that are kept of so many codes: tries, and that they were used. */
const TEXTS_KEPT = 2_500;

type RowVerdict = { readonly verdict: CodeVerdict } | { readonly problem: Refused };

/** @throws with On Error = Stop Workflow, when no row got an answer */
export async function checkCodes(
	context: IExecuteFunctions,
	gateway: Gateway,
): Promise<INodeExecutionData[]> {
	const connection = await connectForRun(context, gateway, DEFAULT_TIMEOUT_MS);
	const { key, problem } = await keyOfNode(context, gateway, connection);
	const refusal = problem ?? missing(context);
	if (refusal !== null) return refuseEveryRow(context, gateway, refusal);
	return itemsOf(context, gateway, key === null ? [] : await answerRows(context, key));
}

function missing(context: IExecuteFunctions): Refused | null {
	const { codeId, code } = context.getNode().parameters;
	return refuseMissing(context, [
		{ label: 'Code ID', value: codeId },
		{ label: 'Code', value: code },
	]);
}

async function answerRows(context: IExecuteFunctions, key: CodeKey): Promise<readonly RowVerdict[]> {
	const now = clock.now();
	const node = nodeName(context);
	const run = runName(context);
	const known = answersOf(run, now);
	const tries = new Tries(storeFor(context), node, now);
	const readId = perRow(context, 'codeId', '');
	const readCode = perRow(context, 'code', '');
	const answers: RowVerdict[] = [];
	// One after the other: two rows may be about one code.
	for (const row of context.getInputData().keys()) {
		try {
			const codeId = (textOf(readId(row)) ?? '').trim();
			const typed = readCode(row);
			const name = JSON.stringify([row, codeId, typed]);
			const verdict = known.get(name) ?? (await judgeRow(key, { codeId, typed }, tries, now));
			if ('state' in verdict) known.set(name, verdict);
			answers.push('state' in verdict ? { verdict } : { problem: verdict });
		} catch (error) {
			answers.push({ problem: unreadableRow(error) });
		}
	}
	const isFailedFirst = answers[0] !== undefined && 'problem' in answers[0];
	if (context.getNode().retryOnFail !== true || !isFailedFirst) forgetAnswers(run);
	return answers;
}

async function judgeRow(
	key: CodeKey,
	entered: { readonly codeId: string; readonly typed: unknown },
	tries: Tries,
	now: number,
): Promise<CodeVerdict | Refused> {
	if (entered.codeId === '') {
		return refuseInput(
			'invalid_parameter',
			"'Code ID' is empty.",
			'Drag the codeId that Send Code returned into the field.',
		);
	}
	try {
		return await judge(key, entered, tries, now);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return refuseInput(
			'temporary',
			"n8n's database could not record this attempt, so the code was not checked.",
			`Check it again later. Details: ${why}`,
			'later',
		);
	}
}

function runName(context: IExecuteFunctions): string {
	const { $runIndex } = context.getWorkflowDataProxy(0);
	return JSON.stringify([context.getExecutionId() || randomUUID(), context.getNode().id, $runIndex]);
}

function storeFor(context: IExecuteFunctions): MarkWriter {
	const store = new N8nMarks(context, { texts: TEXTS_KEPT, forgetsNothing: false, now: () => clock.now() });
	if (context.getMode() !== 'manual') return store;
	// A workflow that was never saved has no place in n8n's database: this process remembers alone.
	return {
		record: async (marks) => await store.record(marks).catch(() => new Set<string>()),
		remove: async (marks) => await store.remove(marks),
	};
}

function itemsOf(
	context: IExecuteFunctions,
	gateway: Gateway,
	answers: readonly RowVerdict[],
): INodeExecutionData[] {
	const redactor = createRedactor([]);
	const isTest = gateway.credential === null;
	const about = { redactor, gateway, to: '', raw: {}, hasErrorOutput: hasErrorOutput(context), isTest };
	const first = answers.findIndex((answer) => 'problem' in answer);
	const failed = answers[first];
	if (
		failed !== undefined &&
		'problem' in failed &&
		!context.continueOnFail() &&
		answers.every((answer) => 'problem' in answer)
	) {
		throw nodeError(context.getNode(), failed.problem, { isInput: true, row: first, redactor });
	}
	return answers.map((answer, item) => ({
		json:
			'problem' in answer
				? failureJson(answer.problem, about, { confirmed: false })
				: verdictJson(answer.verdict, gateway),
		pairedItem: { item },
	}));
}

function verdictJson({ state, to, triesLeft }: CodeVerdict, { id, credential }: Gateway): IDataObject {
	const test = credential === null ? { testMode: true } : {};
	const row = { to, confirmed: state === 'confirmed', state, triesLeft, ...test, gateway: id };
	return resultInOrder(row) as IDataObject;
}
