/** The start of a run: its settings are read, the credential is opened, and what earlier tries did is at hand. */
import { randomUUID } from 'node:crypto';
import type { BaseOptions } from '../contract/message';
import type { Sender } from '../contract/sender';
import type { Connection, Line } from '../requests/connection';
import { countryReader, readsInputRows } from '../input/parameters';
import type { PhoneTools } from '../phone/tools';
import { loadPhoneTools } from '../phone/tools';
import { connectForRun } from '../requests/connection';
import { clock } from '../time/clock';
import type { Delivery } from './deliver';
import type { DuplicateGuard } from './duplicates';
import { createDuplicateGuard } from './duplicates';
import type { Job } from './job';
import { Ledger } from './ledger';
import type { Settings } from './settings';
import { readSettings } from './settings';
import type { StopList } from './stopList';
import { readStopList } from './stopList';
import { TestMemory } from './testMemory';
import type { TestRun } from './testRun';
import { readTestRun, sendsInTestRun } from './testRun';

export interface Run extends Job {
	readonly settings: Settings;
	readonly phone: PhoneTools;
	/** Null where there is none. */
	readonly stopList: StopList | null;
	/** Null where the gateway is asked nothing: a preview without prices. */
	readonly connection: Connection | null;
	readonly guard: DuplicateGuard;
	/** Null in production. */
	readonly testRun: TestRun | null;
	/** Null where nothing is sent in a test run. */
	readonly testMemory: TestMemory | null;
	/** Null in a preview. */
	readonly ledger: Ledger | null;
	/** A row stays the same in every try; the one row of an agent's tool does not. */
	readonly hasFixedRows: boolean;
}

export async function startRun(job: Job): Promise<Run> {
	const settings = readSettings(job);
	const { context, gateway, isPreview } = job;
	const needsGateway = !isPreview || (settings.includePrice && gateway.prices !== null);
	const connection = needsGateway ? await connectForRun(context, gateway, settings.timeoutMs) : null;
	const guard = openGuard(job, settings);
	const phone = await loadPhoneTools();
	const country = countryReader(context)(0);
	const stopList = readStopList(settings.limits, phone, country);
	const testRun = readTestRun(job, phone, country);
	const testMemory = sendsInTestRun(testRun) ? new TestMemory(job, clock) : null;
	const ledger = isPreview ? null : openLedger(job);
	const hasFixedRows = readsInputRows(context);
	const opened = { settings, phone, stopList, testRun, testMemory, connection, guard, ledger };
	return { ...job, ...opened, hasFixedRows };
}

function openGuard({ context, sender, isPreview, now }: Job, settings: Settings): DuplicateGuard {
	const staticData = (): Record<string, unknown> => {
		const saved = context.getWorkflowStaticData('node');
		// A preview looks, and leaves nothing behind.
		return isPreview ? { ...saved } : saved;
	};
	const { skipDuplicates, skipDuplicatesMinutes } = settings.limits;
	return createDuplicateGuard(
		skipDuplicates,
		skipDuplicatesMinutes,
		staticData,
		now,
		({ options, optionsKey }) => (sender.isTextMessage(options) ? null : optionsKey),
	);
}

function openLedger({ context, now }: Job): Ledger {
	const identity = {
		// Without an id, a later try cannot be told from another run: then nothing is remembered.
		executionId: context.getExecutionId() || randomUUID(),
		nodeId: context.getNode().id,
		runIndex: context.getWorkflowDataProxy(0).$runIndex,
	};
	return new Ledger(identity, now);
}

/** With another way to sign in, texts may travel in another way. */
export function senderFor({ gateway, sender, billed, connection }: Run): Sender {
	if (billed !== null || connection === null) return sender;
	return gateway.textsFor?.(connection.authentication) ?? sender;
}

/** Where the requests of this run go, at what pace, and what stops them. */
export function deliverySettings(
	{ context, gateway, settings }: Run,
	{ transport, address }: Line,
): Omit<Delivery<BaseOptions>, 'sender' | 'batches' | 'admit' | 'onStart' | 'onOutcomes'> {
	return {
		gatewayName: gateway.displayName,
		transport,
		address,
		requestsInFlight: gateway.requestsInFlight,
		requestsPerSecond: settings.requestsPerSecond,
		isCancelled: () => context.getExecutionCancelSignal()?.aborted ?? false,
		clock,
	};
}
