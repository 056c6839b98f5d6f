/** Run by a line's own Node with its own n8n-workflow: compares, and prints what came of it. The engine is the argument. */
import fc from 'fast-check';
import { Expression } from 'n8n-workflow';
import {
	draggedExpression,
	pairedExpression,
	plainDragged,
	plainRow,
	row,
	typedExpression,
} from '../../support/expressionCases';
import type { Tally } from '../../support/expressionReferee';
import { UPSTREAM, compare, comparePaired, lineWorkflow, workflow } from '../../support/expressionReferee';

const sample = <T>(what: fc.Arbitrary<T>, numRuns: number): T[] => fc.sample(what, { numRuns, seed: 41 });

async function main(engine: string | undefined): Promise<void> {
	if (engine === 'vm') {
		await Expression.initExpressionEngine({
			engine,
			poolSize: 1,
			maxCodeCacheSize: 1024,
			bridgeTimeout: 5000,
			bridgeMemoryLimit: 128,
		});
		for (const one of [workflow, lineWorkflow]) await one.expression.acquireIsolate();
	}
	const used = Expression.getActiveImplementation();
	if (used !== engine) throw new Error(`The engine is ${used}, not ${engine}`);
	const tallies: Readonly<Record<string, Tally>> = {
		plain: compare(sample(plainDragged, 40), sample(plainRow, 30)),
		dragged: compare(sample(draggedExpression, 80), sample(row, 40)),
		typed: compare(sample(typedExpression, 250), sample(row, 20)),
		paired: comparePaired(
			sample(pairedExpression(UPSTREAM), 80),
			sample(row, 20),
			sample(fc.integer({ min: 0, max: 19 }), 20),
		),
	};
	process.stdout.write(JSON.stringify(tallies), () => process.exit(0));
}

void main(process.argv[2]);
