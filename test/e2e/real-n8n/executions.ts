/** What n8n keeps of a run, and how to read it. */

/** A file of an item: in n8n's store under `id`, or, without one, base64 in `data`. */
export interface ExecutionFile {
	readonly data: string;
	readonly id?: string;
	readonly fileName?: string;
	readonly mimeType: string;
}

export interface ExecutionItem {
	readonly json: Readonly<Record<string, unknown>>;
	readonly binary?: Readonly<Record<string, ExecutionFile>>;
	readonly pairedItem?: unknown;
	readonly error?: unknown;
}

export interface ExecutionError {
	readonly name?: string;
	readonly message: string;
	readonly description?: string | null;
	readonly httpCode?: string | null;
	readonly context?: Readonly<Record<string, unknown>>;
	readonly node?: { readonly name: string };
}

/** One run of one node; with Retry On Fail all tries are one run, and the last try is what it shows. */
export interface NodeRun {
	readonly executionStatus: string;
	readonly startTime: number;
	readonly executionTime: number;
	readonly error?: ExecutionError;
	readonly data?: { readonly main?: ReadonlyArray<readonly ExecutionItem[] | null> };
	readonly hints?: ReadonlyArray<{ readonly message: string }>;
}

export interface Execution {
	readonly id: string;
	readonly workflowId: string;
	readonly mode: string;
	readonly status: 'success' | 'error' | 'canceled' | 'crashed' | 'waiting' | 'running' | 'new';
	readonly finished: boolean;
	readonly startedAt: string;
	readonly stoppedAt: string | null;
	readonly data: {
		readonly resultData: {
			readonly runData: Readonly<Record<string, readonly NodeRun[]>>;
			readonly error?: ExecutionError;
			readonly lastNodeExecuted?: string;
		};
	};
}

/** Per run of the node, per output: its items. */
export function nodeItems(execution: Execution, nodeName: string): ExecutionItem[][][] {
	const runs = execution.data.resultData.runData[nodeName] ?? [];
	return runs.map((run) => (run.data?.main ?? []).map((items) => [...(items ?? [])]));
}

/**
 * Reads the "flatted" format: an array of values in which a string inside an object or array is the index of the value
 * that belongs there, so that objects that occur twice, or in a circle, are written once.
 */
export function readFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const revived = new Map<number, unknown>();

	const resolve = (value: unknown): unknown => (typeof value === 'string' ? revive(Number(value)) : value);
	const revive = (index: number): unknown => {
		if (revived.has(index)) return revived.get(index);
		const value = values[index];
		if (Array.isArray(value)) {
			const list: unknown[] = [];
			revived.set(index, list);
			for (const entry of value as unknown[]) list.push(resolve(entry));
			return list;
		}
		if (typeof value === 'object' && value !== null) {
			const record: Record<string, unknown> = {};
			revived.set(index, record);
			for (const [key, entry] of Object.entries(value)) record[key] = resolve(entry);
			return record;
		}
		return value;
	};
	return revive(0);
}
