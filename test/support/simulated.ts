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

/**
 * Starts one on a clock that stands still until a test moves it, as new for each test.
 *
 * @param started gets each that is started, also by `restart`
 * @param usual the options of the first
 */
export function simulateAt<O>(
	start: number,
	make: (options?: O) => GatewaySimulation,
	started: (simulator: Simulator) => void,
	usual?: O,
): {
	readonly clock: { now: number };
	/** Starts another in its place. */
	readonly restart: (options?: O, latencyMs?: number) => Promise<void>;
} {
	const clock = { now: start };
	let simulator: Simulator | null = null;
	const restart = async (options?: O, latencyMs = 0): Promise<void> => {
		await simulator?.close();
		clock.now = start;
		simulator = await startSimulator(make(options), { now: () => new Date(clock.now), latencyMs });
		started(simulator);
	};
	beforeAll(async () => await restart(usual));
	beforeEach(() => {
		clock.now = start;
		simulator?.reset();
	});
	afterAll(async () => await simulator?.close());
	return { clock, restart };
}
