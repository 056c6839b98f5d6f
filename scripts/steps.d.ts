import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';

export type Log = (line: string) => void;
export type NodeChild = ChildProcessByStdio<null, Readable, Readable>;

export interface NodeOptions {
	/** Default: the Node that runs this process. */
	readonly node?: string;
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
}

export class Problem extends Error {}

export class CommandFailed extends Error {
	readonly output: string;
}

export function checkRegistry(options: {
	readonly cwd?: string;
	readonly log: Log;
	readonly signal?: AbortSignal | undefined;
}): Promise<void>;
export function consoleLog(): Log;
export function endGroup(child: NodeChild, patienceMs?: number): Promise<void>;
export function findNpm(): string;
export function lastLines(text: string, count?: number): string;
export function npmEnvironment(extra?: Record<string, string>): NodeJS.ProcessEnv;
export function npmProblem(output: string): string | null;
export function runNode(
	title: string,
	program: string,
	args: readonly string[],
	options: NodeOptions & { readonly log: Log; readonly signal?: AbortSignal | undefined },
): Promise<string>;
export function spawnNode(program: string, args: readonly string[], options?: NodeOptions): NodeChild;
export function withProgress<T>(title: string, log: Log, work: () => Promise<T>): Promise<T>;
