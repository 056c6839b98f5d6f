/**
 * What it costs to write each text down before it leaves: the same rows in an active workflow of a real n8n, without a
 * journal, with that of a Retry, and across runs. `npx tsx bench/journal.ts`; JOURNAL_ROWS and JOURNAL_ROUNDS change it.
 */
import { MortalN8n, sms } from '../test/e2e/real-n8n/mortal';
import type { Active } from '../test/e2e/real-n8n/mortal';
import { fresh } from '../test/e2e/real-n8n/stage';
import { printTable } from './measure';

const ROWS = Number(process.env.JOURNAL_ROWS ?? 10_000);
const ROUNDS = Number(process.env.JOURNAL_ROUNDS ?? 5);
const SINGLE = 40;

const scope = (values: Readonly<Record<string, unknown>>) => ({
	skipDuplicates: 'acrossRuns',
	skipDuplicatesScope: { scope: values },
});
const MODES = {
	Off: { skipDuplicates: 'off' },
	'In This Run (default)': {},
	'Across Runs, once per campaign': scope({ oncePer: 'campaign', campaign: 'spring' }),
	'Across Runs, once a day': scope({ oncePer: 'time', count: 1, unit: 'days' }),
} as const;
type Mode = keyof typeof MODES;
const modes = Object.keys(MODES) as Mode[];

const median = (values: readonly number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Milliseconds of the execution, as n8n has written them down. */
async function timed(n8n: MortalN8n, active: Active): Promise<number> {
	await n8n.run(active);
	const [latest] = (await active.executions()) as Array<{ startedAt?: string; stoppedAt?: string }>;
	return Date.parse(latest?.stoppedAt ?? '') - Date.parse(latest?.startedAt ?? '');
}

async function main(): Promise<void> {
	const n8n = await MortalN8n.start();
	const simulator = n8n.gateways.smsRu;
	const many = new Map<Mode, number[]>(modes.map((mode) => [mode, []]));
	const single = new Map<Mode, number[]>(modes.map((mode) => [mode, []]));
	const parameters = (mode: Mode, message: string) => ({
		to: '={{ $json.phone }}',
		message,
		limits: MODES[mode],
	});
	try {
		for (let round = 0; round < ROUNDS; round++) {
			for (const mode of modes) {
				fresh(simulator);
				const rows = Array.from({ length: ROWS }, (_, n) => ({ phone: `+79${160_000_000 + n}` }));
				const active = await n8n.activate(rows, sms('smsRu', 'SMS', parameters(mode, 'Your order is ready')));
				many.get(mode)?.push(await timed(n8n, active));
				if (simulator.texts.length !== ROWS) throw new Error(`${simulator.texts.length} texts`);
				console.error(round, mode, many.get(mode)?.at(-1));
			}
		}
		// A node that has run before; each text is another.
		const actives = new Map<Mode, Active>();
		for (const mode of modes) {
			const rows = [{ phone: '+79160000001' }];
			const text = '=Order {{ $execution.id }} is ready';
			actives.set(
				mode,
				await n8n.activate(
					rows,
					sms('smsRu', 'SMS', {
						...parameters(mode, text),
						limits:
							mode === 'Across Runs, once per campaign'
								? scope({ oncePer: 'value', value: '={{ $execution.id }}' })
								: MODES[mode],
					}),
				),
			);
		}
		for (let round = 0; round < SINGLE; round++) {
			for (const [mode, active] of actives) single.get(mode)?.push(await timed(n8n, active));
		}
	} finally {
		await n8n.stop();
	}
	const base = { many: median(many.get('Off') ?? []), single: median(single.get('Off') ?? []) };
	printTable([
		['Skip Duplicates', `${ROWS} rows, ms`, 'to Off', 'one text, ms', 'to Off'],
		...modes.map((mode) => {
			const [all, one] = [median(many.get(mode) ?? []), median(single.get(mode) ?? [])];
			return [
				mode,
				all.toFixed(0),
				(all / base.many).toFixed(2),
				one.toFixed(1),
				`${(one - base.single).toFixed(1)} ms`,
			];
		}),
	]);
}

void main();
