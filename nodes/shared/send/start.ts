/** The start of a run: its settings are read, the credential is opened, and what earlier tries did is at hand. */
import { randomUUID } from 'node:crypto';
import type { BaseOptions, Message } from '../contract/message';
import type { Outcome } from '../contract/outcome';
import type { Sender } from '../contract/sender';
import type { Connection, OpenConnection } from '../requests/connection';
import { countryReader, readsInputRows } from '../input/parameters';
import type { PhoneTools } from '../phone/tools';
import { loadPhoneTools } from '../phone/tools';
import { connectForRun } from '../requests/connection';
import { clock } from '../time/clock';
import type { Codes } from './codes';
import { openCodes, settingsForCodes } from './codes';
import type { Delivery } from './deliver';
import type { DuplicateGuard } from './duplicates';
import { createDuplicateGuard } from './duplicates';
import type { Job } from './job';
import { Ledger } from './ledger';
import type { Once } from './once';
import { readOnce } from './once';
import type { Place, RoutePlan } from './places';
import { routeFinder } from './routing';
import type { Settings } from './settings';
import { readSettings } from './settings';
import type { StopList } from './stopList';
import { readStopList } from './stopList';
import { TestMemory } from './testMemory';
import type { TestRun } from './testRun';
import { readTestRun, sendsInTestRun } from './testRun';
import type { Uncompared } from './uncompared';
import { nothingUncompared } from './uncompared';

/** One gateway's part of a run. */
export interface Leg extends Job {
	readonly settings: Settings;
	readonly phone: PhoneTools;
	/** Null where there is none. */
	readonly stopList: StopList | null;
	/** Null where the gateway is asked nothing: a preview without prices. */
	readonly connection: Connection | null;
	readonly guard: DuplicateGuard;
	/** Null where nothing is compared with earlier runs. */
	readonly once: Once | null;
	/** What earlier runs have sent, as far as that was looked up. */
	readonly sentBefore: Map<Message, Outcome>;
	/** Null where texts have no codes. */
	readonly codes: Codes | null;
	/** Null in production. */
	readonly testRun: TestRun | null;
	/** Null where nothing is sent in a test run. */
	readonly testMemory: TestMemory | null;
	/** Null in a preview. */
	readonly ledger: Ledger | null;
	/** A row stays the same in every try; the one row of an agent's tool does not. */
	readonly hasFixedRows: boolean;
}

/** What concerns the texts that begin at one gateway: how they are read and checked, and where they may go on. */
export interface Run extends Leg {
	/** Where it is not the first. */
	readonly place: Place | null;
	/** Gateways that get, in this order, what the ones before certainly did not take. */
	readonly later: readonly OtherLeg[];
	/** The routes, opened. */
	readonly branches: readonly Route[];
	/** Null for a number that begins at the first gateway. */
	readonly routeOf: (e164: string) => Route | null;
	readonly uncompared: Uncompared;
}

export interface OtherLeg extends Leg {
	readonly place: Place;
}

/** Texts to some numbers begin at another gateway than the first. */
export interface Route extends Run {
	readonly place: Place;
}

/** All texts of a run, or those of one route. */
export function runOf(run: Run, { route }: { readonly route: Route | null }): Run {
	return route ?? run;
}

/** A text may go through another gateway than the first. */
export function hasSeveral({ later, routes }: Run): boolean {
	return later.length > 0 || routes.length > 0;
}

export async function startRun(job: Job): Promise<Run> {
	const typed = readSettings(job);
	const { context, isPreview } = job;
	const connection = await connectWhereNeeded(job, typed);
	const codes = await openCodes(job, connection);
	const settings = settingsForCodes(typed, codes);
	const rowOf = new Map<string, number>();
	const once = readOnce(job, settings);
	const guard = openGuard(job, settings, once, rowOf);
	const phone = await loadPhoneTools();
	const country = countryReader(context)(0);
	const stopList = readStopList(settings.limits, phone, country);
	const testRun = readTestRun(job, phone, country);
	const testMemory = sendsInTestRun(testRun) ? new TestMemory(job, clock) : null;
	const ledger = isPreview ? null : openLedger(job);
	const hasFixedRows = readsInputRows(context);
	const sentBefore = new Map<Message, Outcome>();
	const memories = { guard, once, sentBefore, testMemory, ledger };
	const opened = { settings, phone, stopList, testRun, connection, codes, ...memories };
	const first = { ...job, ...opened, hasFixedRows };
	const open = opener(first, rowOf);
	const later: OtherLeg[] = [];
	for (const place of job.backups) later.push(await open(place));
	const branches: Route[] = [];
	const plans: Array<RoutePlan & { readonly route: Route }> = [];
	for (const plan of job.routes) {
		const route = await openRoute(plan, later, open);
		branches.push(route);
		plans.push({ ...plan, route });
	}
	const find = routeFinder(plans, (e164) => phone.countriesOf(e164));
	const routeOf = (e164: string): Route | null => find(e164)?.route ?? null;
	return { ...first, place: null, later, branches, routeOf, uncompared: nothingUncompared() };
}

type Opener = (place: Place) => Promise<OtherLeg>;

/** What concerns the gateway is its own, the rest is shared. An account is signed in to once. */
function opener(first: Leg, rowOf: Map<string, number>): Opener {
	const connections = new Map([[first.gateway.id, first.connection]]);
	return async (place) => {
		const { gateway } = place;
		const own = { ...first, gateway, sender: gateway.texts };
		const settings = readSettings(own);
		const once = readOnce(own, settings);
		const guard = openGuard(own, settings, once, rowOf);
		const known = connections.get(gateway.id);
		const connection = known === undefined ? await connectWhereNeeded(own, settings) : known;
		connections.set(gateway.id, connection);
		return { ...own, settings, connection, once, guard, place };
	};
}

async function openRoute(
	{ place, backups }: RoutePlan,
	usual: readonly OtherLeg[],
	open: Opener,
): Promise<Route> {
	const later = usual.filter(({ gateway }) => gateway.id !== place.gateway.id);
	const own: OtherLeg[] = [];
	for (const backup of backups ?? []) own.push(await open(backup));
	const leg = await open(place);
	const its = { later: backups === null ? later : own, branches: [], routeOf: () => null };
	return { ...leg, ...its, uncompared: nothingUncompared() };
}

/** A preview without prices asks nobody. */
async function connectWhereNeeded(
	{ context, gateway, isPreview }: Job,
	{ includePrice, timeoutMs }: Settings,
): Promise<Connection | null> {
	if (isPreview && !(includePrice && gateway.prices !== null)) return null;
	return await connectForRun(context, gateway, timeoutMs);
}

function openGuard(
	{ sender }: Job,
	{ limits }: Settings,
	once: Once | null,
	rowOf: Map<string, number>,
): DuplicateGuard {
	const beyondText = ({ options, optionsKey }: Message): string | null =>
		sender.isTextMessage(options) ? null : optionsKey;
	return createDuplicateGuard(limits.skipDuplicates, once, beyondText, rowOf);
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
export function senderFor({ gateway, sender, billed, connection }: Leg): Sender {
	if (connection === null) return sender;
	const { authentication } = connection;
	return (
		(billed === null ? gateway.textsFor?.(authentication) : billed.senderFor?.(authentication)) ?? sender
	);
}

/** Where the requests of this run go, at what pace, and what stops them. */
export function deliverySettings(
	{ context, gateway, settings }: Leg,
	{ transport, address }: OpenConnection,
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

/** All that may have a text of this run. */
export function gatewayNames({ gateway, later }: Run): string {
	return [gateway, ...later.map((leg) => leg.gateway)].map(({ displayName }) => displayName).join(' or ');
}
