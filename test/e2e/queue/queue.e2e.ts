/**
 * n8n in queue mode under work and under fire: who gets how many texts when many workers share the work, and when a
 * worker, PostgreSQL or Redis dies in the middle. Figures of docs/scaling.md come from the table at the end.
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdvantaSms } from '../../../simulators/advantaSms';
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import { createSmsRu } from '../../../simulators/smsRu';
import { createSmsc } from '../../../simulators/smsc';
import { lastLines } from '../../../scripts/steps';
import { call, campaign, chunkSender, inChunks, people, publish, singleText } from './campaigns';
import type { CampaignOptions, Person } from './campaigns';
import { startFleet } from './fleet';
import type { Fleet, Member } from './fleet';
import type { Server } from './servers';
import { executionsOf, percentile, states, tally, textsByNumber, untruths, verdictsOf } from './tally';
import type { Tally } from './tally';

const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** Of a gateway that answers as slowly as this, a campaign lasts long enough to be hit in the middle. */
const SLOW = { latencyMs: 1_000 };
const END_TIMEOUT_MS = 150_000;
/** Lock and two checks of fleet.ts, and a little more. */
const STALLED_MS = 20_000;
const CALLERS = 20;
const CHUNK = 100;
/** People of a campaign that is to be hit, and how many share a request: 50 requests, a second each. */
const HIT = 1_000;
const SMALL_BATCHES = { batchSize: 20 };

const gatewayNames = ['fastRu', 'smsc', 'advanta', 'slowRu', 'slowChunks', 'slowSmsc'] as const;
type GatewayName = (typeof gatewayNames)[number];

let gateways: Record<GatewayName, Simulator>;
let fleet: Fleet;
const table: string[][] = [['what', 'people', 'texts', 'none', 'twice', 'executions', 'figures']];

beforeAll(async () => {
	const [fastRu, smsc, advanta, slowRu, slowChunks, slowSmsc] = await Promise.all([
		startSimulator(createSmsRu()),
		startSimulator(createSmsc()),
		startSimulator(createAdvantaSms()),
		startSimulator(createSmsRu(), SLOW),
		startSimulator(createSmsRu(), SLOW),
		startSimulator(createSmsc(), SLOW),
	]);
	gateways = { fastRu, smsc, advanta, slowRu, slowChunks, slowSmsc };
	const seeds = gatewayNames.map((name) => {
		const { gateway, credentials } = gateways[name];
		return { id: name, name, type: `${gateway}Api`, data: credentials };
	});
	fleet = await startFleet(seeds, log);
	for (const simulator of Object.values(gateways)) refresh(simulator);
});

afterAll(async () => {
	await fleet?.stop();
	await Promise.all(Object.values(gateways).map((gateway) => gateway.close()));
	const widths = (table[0] ?? []).map((_, column) =>
		Math.max(...table.map((row) => row[column]?.length ?? 0)),
	);
	log('');
	for (const row of table)
		log(
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		);
});

function refresh(simulator: Simulator): Simulator {
	simulator.reset();
	simulator.balance = 1_000_000;
	return simulator;
}

function note(
	what: string,
	{ people, texts, none, twice }: Tally,
	executions: string,
	figures: string,
): void {
	table.push([what, String(people), String(texts), String(none), String(twice), executions, figures]);
}

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** For a workflow's parameters: which gateway, and the credential of this name. */
const via = (name: GatewayName, path: string): CampaignOptions => ({
	path,
	gateway: gateways[name].gateway,
	credential: name,
});

async function until(what: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
	const deadline = Date.now() + END_TIMEOUT_MS;
	while (!(await isTrue())) {
		if (Date.now() > deadline) throw new Error(`${what} did not come true in ${END_TIMEOUT_MS / 1000} s`);
		await sleep(100);
	}
}

const hasEnded = (status: string): boolean => !['new', 'running', 'waiting'].includes(status);

async function allEnded(workflowId: string, count: number): Promise<boolean> {
	const executions = await executionsOf(fleet.postgres, workflowId);
	return executions.length >= count && executions.every(({ status }) => hasEnded(status));
}

interface CallResult {
	readonly person: Person;
	readonly milliseconds: number;
	/** What the webhook answered; null when it answered with an error, or not at all. */
	readonly answer: unknown;
	/** Why there is no answer. */
	readonly problem: string | null;
}

/** Calls the webhook for everybody, `CALLERS` at a time. */
async function callForAll(path: string, everybody: readonly Person[]): Promise<CallResult[]> {
	const results: CallResult[] = [];
	const queue = everybody.values();
	const caller = async (): Promise<void> => {
		for (const person of queue) {
			const start = Date.now();
			const [answer, problem] = await call(fleet.webhook.url, path, person).then(
				(given) => [given, null] as const,
				(error: unknown) => [null, String((error as Error).cause ?? error)] as const,
			);
			results.push({ person, milliseconds: Date.now() - start, answer, problem });
		}
	};
	await Promise.all(Array.from({ length: CALLERS }, caller));
	return results;
}

const startedBy = (worker: Member, executionId: string): boolean =>
	worker.logText().includes(`Worker started execution ${executionId} `);

const jobsOf = (worker: Member): number => worker.logText().split('Worker started execution ').length - 1;

describe('work that is shared', () => {
	it('1,000 calls of a webhook, a text each: everybody gets one', async () => {
		const simulator = refresh(gateways.fastRu);
		const workflowId = await publish(fleet.main, singleText(via('fastRu', 'single')));
		await call(fleet.webhook.url, 'single', { phone: '+79160999999', name: 'First' });
		refresh(simulator);
		const everybody = people(1_000, 0, 'smsRu');
		const before = fleet.workers.map(jobsOf);
		const load = loadavg()[0] ?? 0;
		const start = Date.now();
		const results = await callForAll('single', everybody);
		const took = Date.now() - start;
		const spread = fleet.workers.map((worker, index) => jobsOf(worker) - (before[index] ?? 0));
		const counted = tally(simulator, everybody);
		const answered = results.filter(({ answer }) => answer !== null);
		const times = answered.map(({ milliseconds }) => milliseconds);
		note(
			'1,000 webhook calls',
			counted,
			states(await executionsOf(fleet.postgres, workflowId)),
			`${(took / 1000).toFixed(1)} s, ${(1e6 / took).toFixed(1)}/s, p50 ${percentile(times, 0.5)} ms, ` +
				`p95 ${percentile(times, 0.95)} ms, ${answered.length} answered, workers ${spread.join(' + ')}, load before ${load.toFixed(1)}`,
		);
		expect(counted).toEqual({ people: 1_000, texts: 1_000, none: 0, twice: 0, strangers: 0 });
		// n8n loses an answer now and then on its way through Redis: the text is out, and the caller waits in vain.
		expect(answered.length).toBeGreaterThan(980);
		for (const { person, answer } of answered)
			expect(answer).toMatchObject({ to: person.phone, accepted: true });
		for (const jobs of spread) expect(jobs).toBeGreaterThan(100);
	});

	it('three campaigns of 2,000 rows at once: everybody gets one, and the results say so', async () => {
		const names = ['fastRu', 'smsc', 'advanta'] as const;
		const runs = await Promise.all(
			names.map(async (name) => {
				const simulator = refresh(gateways[name]);
				const workflowId = await publish(fleet.main, campaign(via(name, `campaign-${name}`)));
				return { name, simulator, workflowId, rows: people(2_000, 10_000, simulator.gateway) };
			}),
		);
		const start = Date.now();
		await Promise.all(
			runs.map(async ({ name, rows }) => await call(fleet.webhook.url, `campaign-${name}`, { rows })),
		);
		await until('The end of three campaigns', async () => {
			const ended = await Promise.all(runs.map(async ({ workflowId }) => await allEnded(workflowId, 1)));
			return ended.every(Boolean);
		});
		const took = seconds(start);
		for (const { simulator, workflowId, rows } of runs) {
			const executions = await executionsOf(fleet.postgres, workflowId);
			const counted = tally(simulator, rows);
			const by = fleet.workers.filter((worker) => startedBy(worker, executions[0]?.id ?? ''));
			const requests = simulator.requests.length;
			const figures = `${took} for all three, ${requests} requests, by ${by.map(({ name }) => name).join()}`;
			note(`2,000 rows, ${simulator.displayName}`, counted, states(executions), figures);
			expect(counted).toEqual({ people: 2_000, texts: 2_000, none: 0, twice: 0, strangers: 0 });
			expect(states(executions)).toBe('1 success');
			const told = verdictsOf(await fleet.main.waitForExecution(executions[0]?.id ?? ''));
			expect(untruths(told, simulator, rows)).toEqual([]);
		}
	});
});

/** Starts campaigns, waits for the middle of all of them, and kills what runs them. */
async function hit(
	campaigns: ReadonlyArray<{ name: GatewayName; path: string; workflowId: string }>,
	rows: readonly Person[],
	alsoKilled: readonly Member[] = [],
	killMore: () => Promise<void> = async () => undefined,
): Promise<{ had: Map<GatewayName, ReadonlySet<string>>; killedAt: number }> {
	for (const { path } of campaigns) await call(fleet.webhook.url, path, { rows });
	await until('The middle of all campaigns', () =>
		campaigns.every(({ name }) => gateways[name].texts.length >= rows.length * 0.15),
	);
	const running = await Promise.all(
		campaigns.map(async ({ workflowId }) => await executionsOf(fleet.postgres, workflowId)),
	);
	const ids = running.map(([execution]) => execution?.id ?? '');
	const holders = fleet.workers.filter((worker) => ids.some((id) => startedBy(worker, id)));
	await Promise.all([killMore(), ...[...holders, ...alsoKilled].map(async (member) => await member.kill())]);
	const killedAt = Date.now();
	const had = new Map(campaigns.map(({ name }) => [name, new Set(textsByNumber(gateways[name]).keys())]));
	// It was the middle: n8n had them all under way, and there were people with and without a text.
	expect(running.map(states)).toEqual(campaigns.map(() => '1 running'));
	for (const { name } of campaigns) {
		expect(had.get(name)?.size).toBeLessThan(rows.length * 0.9);
		expect(tally(gateways[name], rows)).toMatchObject({ twice: 0, strangers: 0 });
	}
	await Promise.all(holders.map(async () => await fleet.startWorker()));
	return { had, killedAt };
}

const ACROSS = {
	options: SMALL_BATCHES,
	limits: {
		skipDuplicates: 'acrossRuns',
		skipDuplicatesScope: { scope: { oncePer: 'campaign', campaign: 'spring' } },
	},
};

describe('Skip Duplicates across runs', () => {
	const everybody = people(50, 15_000, 'smsRu');
	const sendTwice = async (path: string, workflowId: string): Promise<void> => {
		refresh(gateways.fastRu);
		for (const run of [1, 2]) {
			await call(fleet.webhook.url, path, { rows: everybody });
			await until('The end', async () => await allEnded(workflowId, run));
		}
	};

	it('remembers from run to run, whichever worker takes it', async () => {
		const id = await publish(fleet.main, campaign({ ...via('fastRu', 'again'), ...ACROSS }));
		await sendTwice('again', id);
		note(
			'50 rows twice',
			tally(gateways.fastRu, everybody),
			states(await executionsOf(fleet.postgres, id)),
			'',
		);
		expect(tally(gateways.fastRu, everybody)).toMatchObject({ texts: 50, none: 0, twice: 0 });
	});

	it('remembers inside a sub-workflow', async () => {
		const sender = await publish(fleet.main, chunkSender({ ...via('fastRu', 'sub'), ...ACROSS }));
		const id = await publish(fleet.main, inChunks('again-sub', CHUNK, sender));
		await sendTwice('again-sub', id);
		const executions = states(await executionsOf(fleet.postgres, id));
		note('50 rows twice, sub-workflow', tally(gateways.fastRu, everybody), executions, '');
		expect(tally(gateways.fastRu, everybody)).toMatchObject({ texts: 50, none: 0, twice: 0 });
	});
});

describe('workers killed in the middle of two campaigns', () => {
	const everybody = people(HIT, 20_000, 'smsRu');
	const MESSAGE_ID = 'spring-sale';
	let plainId = '';
	let smscId = '';
	let had = new Map<GatewayName, ReadonlySet<string>>();

	const startAgain = async (path: string, id: string, rows: readonly Person[]): Promise<void> => {
		const before = (await executionsOf(fleet.postgres, id)).length;
		await call(fleet.webhook.url, path, { rows });
		await until('The end of the second start', async () => await allEnded(id, before + 1));
	};

	beforeAll(async () => {
		for (const name of ['slowRu', 'slowSmsc'] as const) refresh(gateways[name]);
		plainId = await publish(fleet.main, campaign({ ...via('slowRu', 'hit-plain'), ...ACROSS }));
		const withId = { ...SMALL_BATCHES, messageId: MESSAGE_ID };
		smscId = await publish(fleet.main, campaign({ ...via('slowSmsc', 'hit-smsc'), options: withId }));
		const campaigns = [
			{ name: 'slowRu', path: 'hit-plain', workflowId: plainId },
			{ name: 'slowSmsc', path: 'hit-smsc', workflowId: smscId },
		] as const;
		const result = await hit(campaigns, everybody);
		({ had } = result);
		await until('The end of all campaigns', async () => {
			const found = campaigns.map(async ({ workflowId }) => await executionsOf(fleet.postgres, workflowId));
			return (await Promise.all(found)).every((executions) => states(executions) === '1 error');
		});
		const known = seconds(result.killedAt);
		for (const { name, workflowId } of campaigns)
			note(
				`worker killed, ${name}`,
				tally(gateways[name], everybody),
				states(await executionsOf(fleet.postgres, workflowId)),
				`${had.get(name)?.size} texts at the kill, n8n says error after ${known}`,
			);
	});

	it('n8n sends nothing more by itself, and nobody got two', () => {
		for (const [name, numbers] of had)
			expect(tally(gateways[name], everybody)).toMatchObject({ texts: numbers.size, twice: 0, strangers: 0 });
	});

	it('n8n has thrown the rows away, and its Retry sends nothing', async () => {
		const [execution] = await executionsOf(fleet.postgres, plainId);
		const { data } = await fleet.main.waitForExecution(execution?.id ?? '');
		expect(data.resultData.runData).toEqual({});
		const before = gateways.slowRu.texts.length;
		await fleet.main.rest('POST', `/executions/${execution?.id}/retry`, { loadWorkflow: false });
		await sleep(2_000);
		expect(gateways.slowRu.texts.length).toBe(before);
		const executions = states(await executionsOf(fleet.postgres, plainId));
		note('  Retry by hand', tally(gateways.slowRu, everybody), executions, 'sends nothing');
	});

	it('the same rows started again, across runs: nobody gets two, and few are in doubt', async () => {
		await startAgain('hit-plain', plainId, everybody);
		const counted = tally(gateways.slowRu, everybody);
		note('  started again', counted, states(await executionsOf(fleet.postgres, plainId)), '');
		expect(counted).toMatchObject({ twice: 0, strangers: 0 });
		expect(counted.none).toBeLessThan(everybody.length / 10);
	});

	it('SMSC with a Message ID tells exactly who has the text; sent to the others, nobody gets two', async () => {
		const simulator = gateways.slowSmsc;
		const known = await knownToSmsc(simulator, MESSAGE_ID, everybody);
		expect(known).toEqual(had.get('slowSmsc'));
		const others = everybody.filter(({ phone }) => !known.has(phone));
		await startAgain('hit-smsc', smscId, others);
		const counted = tally(simulator, everybody);
		const executions = states(await executionsOf(fleet.postgres, smscId));
		note('  SMSC asked, others sent', counted, executions, `SMSC knew ${known.size}`);
		expect(counted).toEqual({ people: HIT, texts: HIT, none: 0, twice: 0, strangers: 0 });
	});
});

/** Asks SMSC's status page for a message id and numbers, as a person would with an HTTP Request node. */
async function knownToSmsc(simulator: Simulator, id: string, rows: readonly Person[]): Promise<Set<string>> {
	const known = new Set<string>();
	const { login = '', password = '' } = simulator.credentials;
	for (let from = 0; from < rows.length; from += 100) {
		const some = rows.slice(from, from + 100);
		const phone = some.map((person) => person.phone.slice(1)).join(',');
		const ids = some.map(() => id).join(',');
		const body = new URLSearchParams({ login, psw: password, phone, id: ids, fmt: '3' });
		const response = await fetch(`${simulator.baseUrl}/sys/status.php`, { method: 'POST', body });
		const found = (await response.json()) as Array<{ phone: string; status: number }>;
		for (const { phone: number, status } of found) if (status !== -3) known.add(`+${number}`);
	}
	return known;
}

describe.each([
	['PostgreSQL', 'postgres'],
	['Redis', 'redis'],
] as const)('%s restarted in the middle', (label, key) => {
	it('a campaign under way and calls coming in', async () => {
		const server: Server = fleet[key];
		const slow = refresh(gateways.slowRu);
		const fast = refresh(gateways.fastRu);
		const rows = people(HIT, 40_000, 'smsRu');
		const callers = people(200, 50_000, 'smsRu');
		const path = `restart-${key}`;
		const workflowId = await publish(
			fleet.main,
			campaign({ ...via('slowRu', path), options: SMALL_BATCHES }),
		);
		const singleId = await publish(fleet.main, singleText(via('fastRu', `${path}-single`)));
		await call(fleet.webhook.url, `${path}-single`, { phone: '+79160999999', name: 'First' });
		refresh(fast);
		await call(fleet.webhook.url, path, { rows });
		await until('The middle', () => slow.texts.length >= HIT * 0.2);
		const calls = callForAll(`${path}-single`, callers);
		await sleep(1_000);
		const atStop = slow.texts.length;
		const stoppedAt = Date.now();
		await server.stop();
		await sleep(2_000);
		await server.start();
		const down = seconds(stoppedAt);
		const results = await calls;
		await until('The end', async () => await allEnded(workflowId, 1)).catch(async (error: unknown) => {
			log(`${states(await executionsOf(fleet.postgres, workflowId))}, ${slow.texts.length} texts`);
			for (const { logText } of fleet.workers) log(lastLines(logText(), 25));
			throw error;
		});
		const [execution] = await executionsOf(fleet.postgres, workflowId);
		const counted = tally(slow, rows);
		const told = verdictsOf(await fleet.main.waitForExecution(execution?.id ?? ''));
		const failed = [...told.values()].filter(({ accepted }) => accepted !== true);
		note(
			`${label} down ${down}`,
			counted,
			states(await executionsOf(fleet.postgres, workflowId)),
			`${atStop} texts when it stopped, ${failed.length} failed: ${failed[0]?.message ?? '-'}`,
		);
		const answered = results.filter(({ answer }) => answer !== null);
		const singles = tally(fast, callers);
		note(
			'calls meanwhile',
			singles,
			states(await executionsOf(fleet.postgres, singleId)),
			`${answered.length} answered, else ${[...new Set(results.map(({ problem }) => problem ?? ''))].join(' ').slice(0, 200)}`,
		);
		expect(atStop).toBeLessThan(HIT * 0.9);
		expect(counted.twice + singles.twice + counted.strangers + singles.strangers).toBe(0);
		const got = textsByNumber(fast);
		for (const { person, answer } of answered)
			if ((answer as { accepted?: unknown }).accepted === true) expect(got.get(person.phone)).toBe(1);
		expect(untruths(told, slow, rows)).toEqual([]);
	});
});

describe('all of n8n killed in the middle of two campaigns, and started again', () => {
	const everybody = people(HIT, 60_000, 'smsRu');
	let had = new Map<GatewayName, ReadonlySet<string>>();
	let plainId = '';
	let chunksId = '';

	beforeAll(async () => {
		for (const name of ['slowRu', 'slowChunks'] as const) refresh(gateways[name]);
		const sender = await publish(fleet.main, chunkSender({ ...via('slowChunks', 'sender'), ...ACROSS }));
		plainId = await publish(fleet.main, campaign({ ...via('slowRu', 'lost-plain'), ...ACROSS }));
		chunksId = await publish(fleet.main, inChunks('lost-chunks', CHUNK, sender));
		const campaigns = [
			{ name: 'slowChunks', path: 'lost-chunks', workflowId: chunksId },
			{ name: 'slowRu', path: 'lost-plain', workflowId: plainId },
		] as const;
		const result = await hit(campaigns, everybody, [fleet.webhook], async () => {
			await fleet.killMain();
		});
		({ had } = result);
		// As after a long boot: by now the new worker has found out that nobody works on these any more.
		await sleep(Math.max(0, result.killedAt + STALLED_MS - Date.now()));
		await fleet.startMain();
		await until('The end of both campaigns', async () => {
			const ended = await Promise.all([plainId, chunksId].map(async (id) => await allEnded(id, 1)));
			return ended.every(Boolean);
		});
		const known = seconds(result.killedAt);
		for (const { name, workflowId } of campaigns)
			note(
				`all killed, ${name}`,
				tally(gateways[name], everybody),
				states(await executionsOf(fleet.postgres, workflowId)),
				`${had.get(name)?.size} texts at the kill, n8n says so after ${known}`,
			);
	});

	const retry = async (id: string): Promise<void> => {
		const [execution] = await executionsOf(fleet.postgres, id);
		expect(execution?.status).toBe('crashed');
		await fleet.main.rest('POST', `/executions/${execution?.id}/retry`, { loadWorkflow: false });
		await until('The end of the retry', async () => await allEnded(id, 2));
	};

	it('n8n sends nothing more by itself, and nobody got two', () => {
		for (const [name, numbers] of had)
			expect(tally(gateways[name], everybody)).toMatchObject({ texts: numbers.size, twice: 0, strangers: 0 });
	});

	it('Retry by hand: who had a text is known, and nobody gets it again', async () => {
		await retry(plainId);
		const counted = tally(gateways.slowRu, everybody);
		note('  Retry by hand', counted, states(await executionsOf(fleet.postgres, plainId)), '');
		expect(counted).toMatchObject({ twice: 0, strangers: 0 });
		// What was under way is in doubt.
		expect(counted.texts).toBeGreaterThan(had.get('slowRu')?.size ?? 0);
	});

	it('in chunks of a sub-workflow, Retry by hand: nobody gets two, across runs', async () => {
		await retry(chunksId);
		const counted = tally(gateways.slowChunks, everybody);
		note('  Retry by hand, in chunks', counted, states(await executionsOf(fleet.postgres, chunksId)), '');
		expect(had.get('slowChunks')?.size).toBeGreaterThan(CHUNK);
		expect(counted).toMatchObject({ twice: 0, strangers: 0 });
		// What was under way is in doubt.
		expect(counted.none).toBeLessThan(CHUNK);
	});
});
