/**
 * n8n is killed at random moments while every gateway sends; then Retry is pressed for one half of the workflows, and the
 * same rows come again to the other half, with Across Runs. Nobody may have two texts, nobody may be missing without being
 * named, and few may be in doubt. CRASH_SEED and CRASH_ROUNDS repeat a run, or make it longer.
 */
import type { INodeExecutionData } from 'n8n-workflow';
import { GATEWAY_IDS, type GatewayId, gateways as products } from '../../../nodes/SendSms/gateways';
import type { Simulator } from '../../../simulators/simulator';
import { verdictOf } from '../../support/referee';
import type { Active } from '../real-n8n/mortal';
import { MortalN8n, isOver, log, sms, until } from '../real-n8n/mortal';
import { fresh } from '../real-n8n/stage';

const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000_000);
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 5);
const PEOPLE = 24;
const BATCH = 3;
/** From the first call on; by then the slowest has sent all, or almost all. */
const LATEST_KILL_MS = 5_000;

/** Simulated gateways that texts go through: the Test Gateway sends none. */
const GATEWAYS = GATEWAY_IDS.filter((id) => id in products);
/** Numbers that each gateway takes. */
const PREFIX: Partial<Record<GatewayId, string>> = {
	advantaSms: '+25471200',
	africasTalking: '+25471300',
	alphaSms: '+38067100',
	voipCommunications: '+1212555',
};

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

let mortal: MortalN8n;
beforeAll(async () => {
	mortal = await MortalN8n.start();
	log(`CRASH_SEED=${SEED} CRASH_ROUNDS=${ROUNDS}`);
});
afterAll(async () => {
	await mortal?.stop();
});

interface Case {
	readonly gateway: GatewayId;
	readonly way: 'Retry' | 'again';
	readonly phones: readonly string[];
	readonly active: Active;
}

async function caseOf(gateway: GatewayId, way: Case['way'], round: number): Promise<Case> {
	const offset = round * 2 * PEOPLE + (way === 'Retry' ? 0 : PEOPLE);
	const phones = Array.from(
		{ length: PEOPLE },
		(_, n) => `${PREFIX[gateway] ?? '+7916100'}${4000 + offset + n}`,
	);
	const maxBatch = products[gateway].maxBatchSize;
	const options = { requestsPerSecond: maxBatch > 1 ? 3 : 8, ...(maxBatch > 1 ? { batchSize: BATCH } : {}) };
	const limits =
		way === 'Retry'
			? {}
			: {
					skipDuplicates: 'acrossRuns',
					skipDuplicatesScope: { scope: { oncePer: 'campaign', campaign: 'c' } },
				};
	const parameters = { to: '={{ $json.phone }}', message: 'Your order is ready', options, limits };
	const rows = phones.map((phone) => ({ phone }));
	return { gateway, way, phones, active: await mortal.activate(rows, sms(gateway, 'SMS', parameters)) };
}

const textsTo = (simulator: Simulator, phone: string): number =>
	simulator.texts.filter(({ to }) => `+${to.replace(/^\+/, '')}` === phone).length;

interface Tally {
	twice: number;
	missing: number;
	wrong: string[];
	inDoubt: number;
	had: number;
}

function tally({ gateway, phones }: Case, items: readonly INodeExecutionData[], had: number): Tally {
	const simulator = mortal.gateways[gateway];
	const verdicts = new Map(items.map(verdictOf).map((verdict) => [verdict.to, verdict]));
	const wrong: string[] = [];
	let [twice, missing, inDoubt] = [0, 0, 0];
	for (const phone of phones) {
		const texts = textsTo(simulator, phone);
		if (texts > 1) twice++;
		const verdict = verdicts.get(phone);
		if (verdict === undefined) missing++;
		else if (verdict.accepted === null) inDoubt++;
		else if ((verdict.accepted || verdict.error?.kind === 'duplicate') !== (texts === 1))
			wrong.push(`${phone} has ${texts}, and is said to be ${JSON.stringify(verdict.json)}`);
	}
	return { twice, missing, wrong, inDoubt, had };
}

it(`killed at ${ROUNDS} random moments: nobody has two texts, and nobody is missing without being named`, async () => {
	const random = randomFrom(SEED);
	const found: string[] = [];
	let inTheMiddle = 0;
	for (let round = 0; round < ROUNDS; round++) {
		for (const gateway of GATEWAYS) fresh(mortal.gateways[gateway]);
		const cases: Case[] = [];
		for (const gateway of GATEWAYS)
			for (const way of ['Retry', 'again'] as const) cases.push(await caseOf(gateway, way, round));
		await Promise.all(cases.map(async ({ active }) => await active.call()));
		const killAt = Math.round(random() * LATEST_KILL_MS);
		await new Promise((done) => setTimeout(done, killAt));
		await mortal.dieAndComeBack();
		const had = (one: Case): number =>
			one.phones.filter((phone) => textsTo(mortal.gateways[one.gateway], phone) > 0).length;
		const before = new Map(cases.map((one) => [one, had(one)]));
		for (const one of cases) {
			const { active, way, gateway } = one;
			await until(async () => isOver((await active.executions())[0]?.status));
			const [first] = await active.executions();
			if (first?.status === 'crashed' && (before.get(one) ?? 0) > 0) inTheMiddle++;
			// What has ended cannot be retried.
			if (way === 'Retry' && first?.status !== 'crashed') continue;
			const execution = way === 'Retry' ? await mortal.pressRetry(active) : await mortal.run(active);
			const outputs = mortal.n8n.nodeItems(execution, 'SMS')[0] ?? [];
			const counted = tally(one, outputs.flat() as INodeExecutionData[], before.get(one) ?? 0);
			const { twice, missing, wrong, inDoubt } = counted;
			const line = `${gateway} ${way}: killed after ${killAt} ms, ${counted.had} of ${PEOPLE} had a text; twice ${twice}, missing ${missing}, in doubt ${inDoubt}`;
			log(line);
			if (twice + missing + wrong.length > 0) found.push([line, ...wrong].join('\n'));
			// What was under way: a block, and the other requests in flight.
			const inFlight = products[gateway].requestsInFlight * (products[gateway].maxBatchSize > 1 ? BATCH : 1);
			if (inDoubt > 2 * inFlight + BATCH) found.push(`${line}: too many`);
		}
	}
	expect(found).toEqual([]);
	expect(inTheMiddle).toBeGreaterThan(0);
});
