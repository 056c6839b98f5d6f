/**
 * Time for whatever waits or remembers, so that tests can set it. n8n's lint allows nodes no timers but n8n's own
 * `sleep`.
 */
import { sleep } from 'n8n-workflow';

export interface Clock {
	/** Epoch milliseconds. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
}

export const clock: Clock = { now: () => Date.now(), sleep };
