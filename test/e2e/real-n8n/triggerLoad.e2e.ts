/**
 * Many reports at once, each in a call of its own: in n8n as it is installed, and with the setting that docs/scaling.md
 * recommends for it.
 */
import { fresh, setStage } from './stage';
import type { Stage } from './stage';
import { lineUnderTest } from './lines';
import { activeWorkflow, until } from './listening';

const CALLS_A_SECOND = 100;

/**
 * Setting, calls and environment. n8n 1.123 has no such setting, and runs without sandboxes here (see lines.ts). Of 2.41
 * as it is installed, 1,000 calls take up to 11 GB of memory: it gets a tenth of them, as fast.
 */
const SETTINGS: ReadonlyArray<readonly [string, number, Readonly<Record<string, string>>]> =
	lineUnderTest() === '2.41'
		? [
				['as it is installed', 100, {}],
				['with sandboxes made when they are needed', 1000, { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' }],
			]
		: [['as it is installed', 1000, {}]];

describe.each(SETTINGS)('n8n %s, up to %i reports', (setting, most, env) => {
	let stage: Stage;
	beforeAll(async () => {
		stage = await setStage((line) => process.stderr.write(`${line}\n`), env);
	});
	afterAll(async () => await stage.close());

	// SMSC's calls take another way through the trigger alone, so a quarter of them shows as much.
	it.each([
		['smsRu', most],
		['smsc', Math.min(most, 250)],
	] as const)(
		'%s, %i reports, a hundred a second: none is lost, none comes twice',
		async (gateway, count) => {
			const simulator = fresh(stage.gateways[gateway]);
			const trigger = await activeWorkflow(stage, `${gateway}Trigger`, gateway, { events: ['status'] });
			const ids = Array.from({ length: count }, (_, n) => `${20_260_000 + n}`);
			const start = Date.now();
			const waiting = ids.map(async (id, n) => {
				await new Promise((done) => setTimeout(done, (n * 1000) / CALLS_A_SECOND));
				// Gateways repeat what is not answered, and n8n may take its time.
				const patience = { attempts: 20, everyMs: 500, timeoutMs: 60_000 };
				return await simulator.report(id, 'delivered', { stranger: true, urls: [trigger.url], ...patience });
			});
			const calls = (await Promise.all(waiting)).flat();
			process.stderr.write(
				`${gateway}, n8n ${setting}: ${count} reports in ${calls.length} calls were answered in ${Date.now() - start} ms\n`,
			);
			expect(calls.filter(({ confirmed }) => confirmed)).toHaveLength(count);
			const filter = encodeURIComponent(JSON.stringify({ workflowId: trigger.id, status: ['success'] }));
			await until(async () => {
				const { count: done } = await stage.n8n.rest<{ count: number }>(
					'GET',
					`/executions?filter=${filter}&limit=1`,
				);
				return done >= count;
			}, 60_000);
			const told = (await trigger.events(count)).flat().map(({ messageId }) => messageId);
			expect([...told].sort()).toEqual(ids);
			await trigger.stop();
		},
	);
});
