/** n8n's table of processed data without a database, with the same order, limit and quirks (n8n 1.123 and 2.41), and n8n's death. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DataDeduplicationService } from 'n8n-core';
import type { IDataDeduplicator } from 'n8n-workflow';
import { forgetMarks } from '../../nodes/shared/journal/n8nMarks';
import { forgetEverything } from '../../nodes/shared/send/ledger';
import { forgetTestRuns } from '../../nodes/shared/send/testMemory';
import { clock } from '../../nodes/shared/time/clock';
import type { Simulator } from '../../simulators/simulator';

type ContextData = Parameters<IDataDeduplicator['checkProcessedAndRecord']>[2];

export class ProcessedData implements IDataDeduplicator {
	/** Keys by node, the oldest first. */
	readonly entries = new Map<string, string[]>();
	/** Calls that wrote. */
	writes = 0;
	/** Called before each call; may throw, or wait for ever. */
	before: () => Promise<void> | void = () => undefined;

	private historyOf({ workflow, node }: ContextData): string[] {
		const key = `${workflow.id}|${node?.id}`;
		const history = this.entries.get(key) ?? [];
		this.entries.set(key, history);
		return history;
	}

	async checkProcessedAndRecord(
		...[items, , contextData, { maxEntries }]: Parameters<IDataDeduplicator['checkProcessedAndRecord']>
	): ReturnType<IDataDeduplicator['checkProcessedAndRecord']> {
		await this.before();
		this.writes++;
		const history = this.historyOf(contextData);
		const known = new Set(history);
		const fresh = items.filter((item) => !known.has(String(item)));
		history.push(...fresh.map(String));
		if (maxEntries !== undefined) history.splice(0, history.length - maxEntries);
		return { new: fresh, processed: items.filter((item) => known.has(String(item))) };
	}

	async removeProcessed(
		...[items, , contextData]: Parameters<IDataDeduplicator['removeProcessed']>
	): Promise<void> {
		await this.before();
		this.writes++;
		const history = this.historyOf(contextData);
		for (const item of items) {
			const index = history.indexOf(String(item));
			if (index !== -1) history.splice(index, 1);
		}
	}

	async clearAllProcessedItems(): Promise<void> {
		await Promise.reject(new Error('The nodes do not clear anything'));
	}

	async getProcessedDataCount(
		...[, contextData]: Parameters<IDataDeduplicator['getProcessedDataCount']>
	): Promise<number> {
		await this.before();
		return this.historyOf(contextData).length;
	}
}

let current: ProcessedData | null = null;

/** Gives the nodes of this test file such a table, empty. */
export async function freshProcessedData(): Promise<ProcessedData> {
	const isFirst = current === null;
	current = new ProcessedData();
	if (isFirst) {
		const toCurrent = new Proxy({} as IDataDeduplicator, {
			get: (_, name) => Reflect.get(current ?? {}, name).bind(current),
		});
		await DataDeduplicationService.init(toCurrent);
	}
	return current;
}

/** A new process on the same database: what the nodes keep in memory is gone. */
export function restartN8n(): void {
	forgetMarks();
	forgetEverything();
	forgetTestRuns();
	if (current !== null) current.before = () => undefined;
}

/** A new process on an empty database. Its clock stands: blocks keep their size where nothing takes time. */
export async function freshN8n(): Promise<ProcessedData> {
	restartN8n();
	const now = Date.now();
	clock.now = () => now;
	return await freshProcessedData();
}

/** So many looks, each in a turn of the event loop: on a busy machine time alone says little. */
const QUIET_LOOKS = 15;

/** Until what is on its way has arrived. */
async function untilQuiet(simulators: readonly Simulator[]): Promise<void> {
	const seen = (): number => simulators.reduce((sum, { requests }) => sum + requests.length, 0);
	let before = seen();
	for (let quiet = 0; quiet < QUIET_LOOKS; quiet++) {
		await sleep(10);
		if (seen() !== before) quiet = 0;
		before = seen();
	}
}

/**
 * A run whose process dies at its n-th call to the database; what is on its way then still arrives. A new process follows.
 * False when the run came to its end before.
 */
export async function diesAtCall(
	call: number,
	simulators: readonly Simulator[],
	run: () => Promise<unknown>,
): Promise<boolean> {
	const table = current ?? (await freshProcessedData());
	let calls = 0;
	const isDead = await new Promise<boolean>((end) => {
		table.before = () => {
			if (++calls < call) return;
			return new Promise<void>(() => void untilQuiet(simulators).then(() => end(true)));
		};
		void run().then(() => end(false));
	});
	restartN8n();
	return isDead;
}
