/** A simulated gateway for the tests of a file or of a block. */
import { startSimulator } from '../../simulators/server';
import type { GatewaySimulation, Simulator } from '../../simulators/simulator';
import { hurry, realTime } from './clock';

/** Starts one, as new for each test, and makes waiting short. @param started gets it before the first test */
export function simulate(make: () => GatewaySimulation, started: (simulator: Simulator) => void): void {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator(make());
		started(simulator);
		hurry(100);
	});
	beforeEach(() => simulator.reset());
	afterAll(async () => {
		realTime();
		await simulator.close();
	});
}
