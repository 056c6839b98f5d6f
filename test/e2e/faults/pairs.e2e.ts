/** Fault injection over pairs of gateways, 20,000 recipients in all. The seed is printed; FAULTS_SEED=… repeats a run. */
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import { startGateways } from '../../../simulators';
import type { Simulator } from '../../../simulators/simulator';
import { hurry, realTime } from '../../support/clock';
import { pairCases, shootPair } from './pairs';

const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000);
const PEOPLE = Math.ceil(20_000 / pairCases.length);

let all: Readonly<Record<GatewayId, Simulator>>;
let throughFirst = 0;
let throughBackup = 0;

beforeAll(async () => {
	all = await startGateways();
	process.stderr.write(`Seed ${SEED}, ${pairCases.length} runs of ${PEOPLE} recipients\n`);
	hurry(200);
});
afterAll(async () => {
	realTime();
	process.stderr.write(
		`Texts through the first gateway ${throughFirst}, through the backup ${throughBackup}\n`,
	);
	await Promise.all(Object.values(all).map((simulator) => simulator.close()));
});

it.each(pairCases.map((one, n) => [one.name, one, n] as const))('%s', async (name, one, n) => {
	const shot = await shootPair(all, one, PEOPLE, SEED + n * 7919);
	expect({ name, seed: SEED, misses: shot.misses.slice(0, 5) }).toEqual({ name, seed: SEED, misses: [] });
	throughFirst += shot.throughFirst;
	throughBackup += shot.throughBackup;
});
