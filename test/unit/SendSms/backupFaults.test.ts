/** A share of the fault injection over pairs of gateways; the whole of it is in test/e2e/faults. */
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import { startGateways } from '../../../simulators';
import type { Simulator } from '../../../simulators/simulator';
import { pairCases, shootPair } from '../../e2e/faults/pairs';
import { hurry, realTime } from '../../support/clock';

const STEP = 29;
const PEOPLE = 8;

let all: Readonly<Record<GatewayId, Simulator>>;
beforeAll(async () => {
	all = await startGateways();
	hurry(400);
});
afterAll(async () => {
	realTime();
	await Promise.all(Object.values(all).map((simulator) => simulator.close()));
});

it('nobody gets two texts over both gateways, nobody is lost, and every attempt is told as it was', async () => {
	let throughFirst = 0;
	let throughBackup = 0;
	for (const [n, one] of pairCases.entries()) {
		if (n % STEP !== 0) continue;
		const shot = await shootPair(all, one, PEOPLE, n);
		expect([one.name, shot.misses]).toEqual([one.name, []]);
		throughFirst += shot.throughFirst;
		throughBackup += shot.throughBackup;
	}
	// Both had something to do.
	expect(Math.min(throughFirst, throughBackup)).toBeGreaterThan(20);
}, 120_000);
