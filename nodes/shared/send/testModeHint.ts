import type { NodeExecutionHint } from 'n8n-workflow';
import { TEST_CODE } from '../contract/oneTimeCode';
import type { Job } from './job';
import type { Result } from './result';

/** That texts which look sent were not: a workflow in this state can go unnoticed for days. Null after a real run. */
export function testModeHint(
	{ gateway, makesCodes }: Job,
	results: readonly Result[],
): NodeExecutionHint | null {
	const isPretended = ({ outcome, message }: Result): boolean =>
		outcome?.accepted === true && message?.options.testMode === true;
	if (!results.some(isPretended)) return null;
	const { displayName } = gateway;
	const code = makesCodes ? ` The code is made of the first digits of ${TEST_CODE}.` : '';
	const message =
		gateway.credential === null
			? `Nothing was sent: ${displayName} only shows what would happen. To send texts, choose another gateway in "Gateway".${code}`
			: `Nothing was sent: "Test Mode" is on, and ${displayName} only simulated sending. To send texts, remove it from the options.`;
	return { message, type: 'warning', location: 'outputPane' };
}
