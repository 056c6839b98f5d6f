/** Lets the nodes' waits pass faster than real time, all in proportion, so that minutes of look-ups take seconds. */
import { clock } from '../../nodes/shared/time/clock';

const realNow = clock.now;
const realSleep = clock.sleep;

export function hurry(factor: number): void {
	const start = realNow();
	clock.now = () => start + (realNow() - start) * factor;
	clock.sleep = async (milliseconds) => await realSleep(milliseconds / factor);
}

/** Time stands still but for the nodes' waits, which are over at once. */
export function onlyWaits(): void {
	let now = realNow();
	clock.now = () => now;
	clock.sleep = async (milliseconds) => {
		now += milliseconds;
		await new Promise<void>((done) => setImmediate(done));
	};
}

export function realTime(): void {
	clock.now = realNow;
	clock.sleep = realSleep;
}
