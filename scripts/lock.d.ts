export type Release = () => void;

export function tryLock(file: string): { release: Release } | { release?: undefined; owner: number };

export function lock(
	file: string,
	options?: { onWait?: (owner: number) => void; signal?: AbortSignal | undefined },
): Promise<Release>;
