/** The list of checks: what is in the folder is applied, in the order of the list. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Refused } from '../../../../nodes/shared/contract/outcome';
import { refuseInput } from '../../../../nodes/shared/contract/outcome';
import { CHECKS, LAST_CHECKS } from '../../../../nodes/shared/send/checks';
import { applyChecks } from '../../../../nodes/shared/send/checks/apply';
import type { Check } from '../../../../nodes/shared/send/checks/check';
import type { Draft } from '../../../../nodes/shared/send/messages';
import type { Result } from '../../../../nodes/shared/send/result';
import { refusedResult } from '../../../../nodes/shared/send/result';
import type { Run } from '../../../../nodes/shared/send/start';

const FOLDER = join(__dirname, '../../../../nodes/shared/send/checks');
const NO_CHECKS = ['apply.ts', 'check.ts', 'index.ts'];

it('every check in the folder is in the list', async () => {
	const files = readdirSync(FOLDER).filter((file) => !NO_CHECKS.includes(file));
	expect(files.length).toBeGreaterThan(10);
	const applied = [...CHECKS, ...LAST_CHECKS];
	const forgotten: string[] = [];
	for (const file of files) {
		const checks = Object.values((await import(join(FOLDER, file))) as Record<string, Check>);
		if (!checks.every((check) => applied.includes(check))) {
			forgotten.push(`checks/${file} is not applied: add it to the list in checks/index.ts.`);
		}
	}
	expect(forgotten).toEqual([]);
	expect(applied).toHaveLength(files.length);
});

describe('applying checks', () => {
	const refusal = (message: string): Refused => refuseInput('invalid_parameter', message, 'Mend it.');
	const run = {} as Run;
	const drafted = (): { readonly drafts: Draft[]; readonly results: Result[] } => {
		const results = [0, 1, 2].map(
			(row): Result => ({ row, to: '', correctedFrom: null, message: null, outcome: null, reply: null }),
		);
		const drafts = results.map((result) => ({ result }) as unknown as Draft);
		return { drafts, results };
	};
	const ofRow = (row: number, message: string): Check => ({
		ofMessages: () => (draft) => (draft.result.row === row ? refusal(message) : null),
	});
	const words = (results: readonly Result[]): unknown[] =>
		results.map(({ outcome }) => (outcome as Refused | null)?.message ?? null);

	it('the first that finds something settles a message, and the rest go on', () => {
		const { drafts, results } = drafted();
		const open = applyChecks(
			[ofRow(1, 'first'), ofRow(1, 'second'), ofRow(2, 'second')],
			run,
			drafts,
			results,
		);
		expect(words(results)).toEqual([null, 'first', 'second']);
		expect(open).toEqual([drafts[0]]);
	});

	it('later checks do not see what an earlier one has settled', () => {
		const { drafts, results } = drafted();
		const seen: number[] = [];
		const look: Check = {
			ofMessages:
				() =>
				({ result }) => {
					seen.push(result.row);
					return null;
				},
		};
		applyChecks([look, ofRow(0, 'first'), look], run, drafts, results);
		expect(seen).toEqual([0, 1, 2, 1, 2]);
	});

	it('a result that shares another is not sent, and has no outcome of its own', () => {
		const { drafts, results } = drafted();
		const [first] = results;
		const shares: Check = {
			ofMessages: () => (draft) =>
				first === undefined || draft.result === first ? null : { sharesWith: first },
		};
		expect(applyChecks([shares, ofRow(1, 'later')], run, drafts, results)).toEqual([drafts[0]]);
		expect(words(results)).toEqual([null, null, null]);
		expect(results[1]?.sharesWith).toBe(first);
	});

	it('a problem of the run is larger than a problem of a row, and one object for all', () => {
		const { drafts, results } = drafted();
		results.push(refusedResult(3, 'office', refusal('of the row')));
		const ofAll = refusal('of the run');
		expect(applyChecks([{ ofRun: () => ofAll }, ofRow(0, 'later')], run, drafts, results)).toEqual([]);
		expect(results.every(({ outcome }) => outcome === ofAll)).toBe(true);
	});
});
