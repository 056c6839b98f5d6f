import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';
/** Below the range that systems hand out by themselves, so that nobody is given the port before we listen on it. */
const RANDOM_FROM = 20_000;
const RANDOM_COUNT = 10_000;
const ATTEMPTS = 200;

export async function isFree(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, LOOPBACK, () => server.close(() => resolve(true)));
	});
}

async function firstFree(candidate: (attempt: number) => number): Promise<number> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const port = candidate(attempt);
		if (await isFree(port)) return port;
	}
	throw new Error(`No free port on ${LOOPBACK} found in ${ATTEMPTS} attempts`);
}

/** A free loopback port. */
export const freePort = async (): Promise<number> =>
	await firstFree(() => RANDOM_FROM + Math.floor(Math.random() * RANDOM_COUNT));

/** The wanted loopback port, or the next one that is free. */
export const freePortFrom = async (wanted: number): Promise<number> =>
	await firstFree((attempt) => wanted + attempt);
