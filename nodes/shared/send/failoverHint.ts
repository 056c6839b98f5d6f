import type { NodeExecutionHint } from 'n8n-workflow';
import { inWords } from '../contract/inWords';
import { isFailure } from '../contract/outcome';
import type { Job } from './job';
import type { Result } from './result';

/** That a backup gateway had to step in: each text arrives, so nobody would look for what is wrong with the first one. */
export function failoverHint(_job: Job, results: readonly Result[]): NodeExecutionHint | null {
	const refusers = new Set<string>();
	const takers = new Map<string, number>();
	const reasons = new Set<string>();
	for (const { outcome, by, tried = [] } of results) {
		const [first] = tried;
		if (by === undefined || first === undefined || outcome === null || isFailure(outcome)) continue;
		if (by.gateway.id === first.by.gateway.id) continue;
		refusers.add(first.by.gateway.displayName);
		const { displayName } = by.gateway;
		takers.set(displayName, (takers.get(displayName) ?? 0) + 1);
		if (isFailure(first.outcome)) reasons.add(first.outcome.kind);
	}
	if (takers.size === 0) return null;
	const through = [...takers].map(([name, texts]) => `${texts} through ${name}`).join(', ');
	const message = `${inWords([...refusers])} did not take all texts (${[...reasons].join(', ')}). Sent by backup: ${through}. "attempts" in the results says more.`;
	return { message, type: 'warning', location: 'outputPane' };
}
