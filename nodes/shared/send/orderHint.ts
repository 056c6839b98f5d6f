/** How it is told what kept Cheapest First from comparing prices. */
import type { NodeExecutionHint } from 'n8n-workflow';
import { inWords } from '../contract/inWords';
import type { Job } from './job';
import type { Result } from './result';
import type { Run } from './start';

export function orderHint(
	{ cheapestFirst }: Job,
	_results: readonly Result[],
	run: Run | null,
): NodeExecutionHint | null {
	if (!cheapestFirst || run === null) return null;
	const { silent, without, currencies } = run.uncompared;
	const sentences: string[] = [];
	const [one, ...others] = silent;
	if (one !== undefined) {
		const [provide, come] = others.length === 0 ? ['provides', 'comes'] : ['provide', 'come'];
		sentences.push(`${inWords([...silent])} ${provide} no prices and ${come} last.`);
	}
	for (const [name, texts] of without)
		sentences.push(
			`${name} gave no price for ${texts === 1 ? '1 text' : `${texts} texts`} and came last there.`,
		);
	if (currencies.size > 0) {
		const named = [...currencies].map(([name, currency]) => `${name} (${currency ?? 'currency not known'})`);
		sentences.push(
			`The prices of ${inWords(named)} are not in one currency: between these, the order is as listed.`,
		);
	}
	if (sentences.length === 0) return null;
	return { message: `Cheapest First: ${sentences.join(' ')}`, type: 'info', location: 'outputPane' };
}
