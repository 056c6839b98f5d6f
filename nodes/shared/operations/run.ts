/** Rows to asks to requests to items, for everything that is not sending. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { clock } from '../time/clock';
import { DEFAULT_TIMEOUT_MS, connectForRun } from '../requests/connection';
import type { Connection } from '../requests/connection';
import { retryAfterMs } from '../requests/retryAfter';
import type { Gateway } from '../contract/gateway';
import type { GatewayReply, GatewayRequest, JsonRecord } from '../contract/request';
import { failureJson, nodeError } from '../output/failure';
import { noAnswerOfFault, noAnswerOfStatus, stopped } from '../requests/noAnswer';
import type { Answer, Operation } from '../contract/operation';
import type { FieldReader } from '../contract/fields';
import { CheckedFields } from '../input/fields';
import type { MessageStatus, NoAnswer } from '../contract/outcome';
import { MESSAGE_STATUSES, refuseInput } from '../contract/outcome';
import { loadRecipientReader } from '../phone/recipients';
import type { RecipientReader } from '../phone/recipients';
import { createRedactor } from '../requests/redaction';
import { isFinal, isProgress } from '../contract/status';
import { countryReader, perRow, textOf } from '../input/parameters';
import { readSettingValues } from '../input/settings';
import { asRecord } from '../contract/json';

/** Pauses before the same is asked again, after a reply that did not come or a gateway that was busy. */
const AGAIN_AFTER_MS = [1000, 4000];
const LONGEST_RETRY_AFTER_MS = 60_000;
/** Waiting for a final status: SMSC allows five questions a minute about one message; the last pause repeats. */
const POLL_AFTER_MS = [5_000, 10_000, 20_000, 40_000, 60_000];
const NAP_MS = 250;
/** A gateway that pages without end is believed for so many pages. */
const MOST_PAGES = 10_000;
/** So many requests in a row without a readable answer, and the rest is not asked: the gateway has died. */
const LOST_IN_A_ROW = 5;

/**
 * A reply of so many characters stands whole in each of its items; a longer one only in the first. n8n (1.123 and 2.41)
 * writes out what items share once for each of them when it shows or hands on data: 1,000 rows of a reply of 0.18 MB
 * would be 180 MB.
 */
const SMALL_REPLY = 2_000;
const SAME_REPLY = 'The same reply as in an earlier item.';

/** One thing to be asked, whichever rows want it, and what came of it. */
interface Entry {
	readonly ask: JsonRecord;
	answer: Answer | null;
	/** The last one. */
	reply: GatewayReply | null;
	/** Of each row of the answer, the reply that it stood in: a gateway may answer page by page. */
	rowReplies?: ReadonlyArray<GatewayReply | null>;
}

/** What one input row wants to know, or why it cannot be asked. */
interface RowAsks {
	readonly entries: readonly Entry[];
	readonly problem: NoAnswer | null;
}

interface Settings {
	readonly timeoutMs: number;
	readonly includeRaw: boolean;
	/** Rows wanted for each ask; null for all. */
	readonly limit: number | null;
	readonly simplify: boolean;
	/** How long to wait for final statuses, in milliseconds; 0: not at all. */
	readonly waitMs: number;
	/** What is wrong with one of these. */
	readonly problem: NoAnswer | null;
}

/**
 * Runs an operation for all items: equal asks are made once, each row gets its own items. With On Error = Stop Workflow
 * it throws only when no row got an answer; with the other settings it never throws (n8n would send every row to the
 * success output).
 */
export async function runOperation(
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const reading = await readRows(context, gateway, operation);
	let connection: Connection | null = null;
	const open = [...reading.entries.values()];
	if (open.length > 0) {
		try {
			connection = await connectForRun(context, gateway, reading.settings.timeoutMs);
			await new Asking(context, gateway, operation, reading.settings, connection).ask(open);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			settleRest(open, `The run could not be prepared. Details: ${why}`, 'Open the credential and check it.');
		}
	}
	return toItems(context, gateway, operation, reading, connection);
}

/**
 * What came of things that were just sent: for each ask the latest row, or null. Waits as long as the fields "Wait Until
 * Final" and "Wait at Most" say. @throws never
 */
export async function askUntilFinal(
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
	asks: readonly JsonRecord[],
): Promise<ReadonlyArray<JsonRecord | null>> {
	const entries = asks.map((ask): Entry => ({ ask, answer: null, reply: null }));
	const settings = readSettings(context, gateway, operation);
	if (settings.waitMs === 0 || entries.length === 0) return asks.map(() => null);
	const connection = await connectForRun(context, gateway, settings.timeoutMs);
	await new Asking(context, gateway, operation, settings, connection).ask(entries);
	return entries.map(({ answer }) => (answer !== null && 'rows' in answer ? (answer.rows[0] ?? null) : null));
}

function settleRest(entries: readonly Entry[], message: string, hint: string): void {
	const failure: NoAnswer = { kind: 'invalid_parameter', code: null, message, hint, retry: 'after_fix' };
	for (const entry of entries) entry.answer ??= { failure };
}

interface Reading {
	readonly rows: readonly RowAsks[];
	/** By what is asked. */
	readonly entries: ReadonlyMap<string, Entry>;
	readonly settings: Settings;
}

async function readRows(
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
): Promise<Reading> {
	const items = context.getInputData();
	const parse = await loadRecipientReader();
	const readCountry = countryReader(context);
	const names = operation.fields.map(({ name }) => name);
	const readers = new Map(names.map((name) => [name, perRow(context, name, '')]));
	const readOptions = perRow(context, 'options', {});
	const entries = new Map<string, Entry>();
	const now = clock.now();
	const timezone = context.getTimezone();

	const settings = readSettings(context, gateway, operation);

	const readRow = (index: number): RowAsks => {
		if (settings.problem !== null) return { entries: [], problem: settings.problem };
		try {
			const options = asRecord(readOptions(index)) ?? {};
			const values: Record<string, unknown> = { ...options };
			for (const [name, read] of readers) values[name] = read(index);
			const about = { timezone, now, gatewayName: gateway.displayName, sends: false };
			const fields = new CheckedFields(values, about);
			const country = readCountry(index);
			const numbers = (name: string, label: string): readonly string[] =>
				readNumbers(fields, values[name], label, parse, country);
			const asks = operation.readAsks({ fields, numbers });
			if (asks.length === 0 && fields.problems.length === 0) {
				fields.refuse(operation.name, 'has nothing to ask for in this row', 'Fill in its fields');
			}
			const [problem] = fields.problems;
			if (problem !== undefined) return { entries: [], problem };
			// The same typed twice in a row is one thing.
			return { entries: [...new Set(asks.map(entryOf))], problem: null };
		} catch (error) {
			return { entries: [], problem: unreadableField('A field of this row', error) };
		}
	};
	const entryOf = (ask: JsonRecord): Entry => {
		const key = JSON.stringify(ask);
		const known = entries.get(key);
		if (known !== undefined) return known;
		const entry: Entry = { ask, answer: null, reply: null };
		entries.set(key, entry);
		return entry;
	};
	const rows = items.map((_, index) => readRow(index));
	return { rows, entries, settings };
}

function unreadableField(what: string, error: unknown): NoAnswer {
	const why = error instanceof Error ? error.message : 'An expression could not be evaluated';
	return refuseInput(
		'invalid_parameter',
		`${what} could not be read: ${why.replace(/\.?$/, '.')}`,
		'Check the expressions in this node.',
	);
}

function readNumbers(
	fields: FieldReader,
	value: unknown,
	label: string,
	parse: RecipientReader,
	country: string,
): readonly string[] {
	if ((textOf(value) ?? '').trim() === '') return [];
	return parse(value, country).flatMap((recipient) => {
		if (recipient.outcome !== 'invalid') return [recipient.e164];
		const { input, why, fix } = recipient;
		fields.refuse(label, `is "${input}": ${why.replace(/\.$/, '')}`, fix.replace(/\.$/, ''));
		return [];
	});
}

/** What concerns the whole run is that of the first row. @throws never */
function readSettings(context: IExecuteFunctions, gateway: Gateway, operation: Operation): Settings {
	try {
		return settingsOfFirstRow(context, gateway, operation);
	} catch (error) {
		const problem = unreadableField('A field of the first row, which holds for the whole run,', error);
		const none = { timeoutMs: DEFAULT_TIMEOUT_MS, includeRaw: false, limit: null, simplify: true, waitMs: 0 };
		return { ...none, problem };
	}
}

function settingsOfFirstRow(context: IExecuteFunctions, gateway: Gateway, operation: Operation): Settings {
	const first = (name: string, fallback: unknown): unknown => context.getNodeParameter(name, 0, fallback);
	const { values: settingValues, problem: unreadable } = readSettingValues(context, [
		'timeout',
		'includeRaw',
	]);
	const values: Record<string, unknown> = { ...settingValues };
	for (const name of ['returnAll', 'limit', 'simplify', 'waitUntilFinal', 'waitMinutes']) {
		values[name] = first(name, '');
	}
	const about = { timezone: context.getTimezone(), now: clock.now(), gatewayName: gateway.displayName };
	const fields = new CheckedFields(values, { ...about, sends: false });
	const all = operation.returnsMany !== true || fields.flag('returnAll', 'Return All') === true;
	const waits = operation.tellsStatus === true && fields.flag('waitUntilFinal', 'Wait Until Final') === true;
	const settings = {
		timeoutMs: fields.integer('timeout', 'Timeout', 100, 600_000) ?? DEFAULT_TIMEOUT_MS,
		includeRaw: fields.flag('includeRaw', 'Include Raw Reply') ?? false,
		limit: all ? null : (fields.integer('limit', 'Limit', 1, 1_000_000) ?? 50),
		simplify: operation.simplified !== undefined && fields.flag('simplify', 'Simplify') !== false,
		waitMs: waits ? (fields.decimal('waitMinutes', 'Wait at Most (Minutes)', 0.1, 1440) ?? 10) * 60_000 : 0,
	};
	return { ...settings, problem: unreadable ?? fields.problems[0] ?? null };
}

class Asking {
	private readonly cancelled: () => boolean;
	private stoppedBy: NoAnswer | null = null;
	private lostInARow = 0;

	constructor(
		context: IExecuteFunctions,
		private readonly gateway: Gateway,
		private readonly operation: Operation,
		private readonly settings: Settings,
		private readonly connection: Connection,
	) {
		this.cancelled = () => context.getExecutionCancelSignal()?.aborted ?? false;
	}

	async ask(entries: readonly Entry[]): Promise<void> {
		const { problem, line } = this.connection;
		if (line === null) {
			for (const entry of entries) entry.answer = { failure: problem };
			return;
		}
		await this.askAll(entries);
		const deadline = clock.now() + this.settings.waitMs;
		for (let round = 0; this.settings.waitMs > 0 && !this.cancelled(); round++) {
			// A gateway that is away may come back; one that refuses everything from here is not asked again and again.
			if (this.stoppedBy !== null && this.stoppedBy.kind !== 'temporary') break;
			const waiting = entries.filter(isStillOnItsWay);
			const pause = POLL_AFTER_MS[Math.min(round, POLL_AFTER_MS.length - 1)] ?? 0;
			if (waiting.length === 0 || clock.now() + pause > deadline) break;
			await this.nap(pause);
			await this.askAgain(waiting);
		}
	}

	/** Later news replaces earlier one only where it is progress; a question without an answer replaces nothing. */
	private async askAgain(waiting: readonly Entry[]): Promise<void> {
		const fresh = waiting.map(({ ask }): Entry => ({ ask, answer: null, reply: null }));
		await this.askAll(fresh);
		fresh.forEach((entry, index) => {
			const known = waiting[index];
			if (known === undefined || !bringsNews(known.answer, entry.answer)) return;
			known.answer = entry.answer;
			known.reply = entry.reply;
			known.rowReplies = entry.rowReplies ?? [];
		});
	}

	private async askAll(entries: readonly Entry[]): Promise<void> {
		// Whoever waits for news asks again later: by then the gateway may be well.
		this.stoppedBy = null;
		this.lostInARow = 0;
		const queue = groups(this.operation, entries).values();
		const worker = async (): Promise<void> => {
			for (const group of queue) {
				try {
					await this.askGroup(group);
				} catch (error) {
					// Only a fault of our own gets here; the others must not be lost to it.
					const why = error instanceof Error ? error.message : String(error);
					settleRest(
						group,
						`${this.gateway.displayName}'s answer could not be handled: ${why}`,
						'Run it again.',
					);
				}
			}
		};
		await Promise.all(Array.from({ length: Math.max(1, this.gateway.requestsInFlight) }, worker));
	}

	private async askGroup(group: readonly [Entry, ...Entry[]]): Promise<void> {
		const { operation, settings } = this;
		const [first, ...others] = group;
		const asks: [JsonRecord, ...JsonRecord[]] = [first.ask, ...others.map(({ ask }) => ask)];
		let cursor: string | null = null;
		let pageBefore = '';
		const collected = group.map(() => ({
			rows: [] as JsonRecord[],
			replies: [] as Array<GatewayReply | null>,
		}));
		for (let page = 0; page < MOST_PAGES; page++) {
			const known = first.answer !== null && 'rows' in first.answer ? first.answer.rows : [];
			const wanted = settings.limit === null ? null : settings.limit - known.length;
			const { answers, reply } = await this.request(operation.build(asks, cursor, wanted), asks, cursor);
			// A gateway that does not know pages gives the first one again and again.
			const told = JSON.stringify(answers.map((one) => ('rows' in one ? one.rows : one)));
			if (page > 0 && told === pageBefore) return;
			pageBefore = told;
			group.forEach((entry, index) => {
				const answer = answers[index] ?? { failure: this.unreadable() };
				entry.reply = reply;
				if ('failure' in answer) {
					entry.answer = answer;
					return;
				}
				const { rows = [], replies = [] } = collected[index] ?? {};
				for (const row of answer.rows) {
					rows.push(row);
					replies.push(reply);
				}
				entry.answer = { ...answer, rows };
				entry.rowReplies = replies;
			});
			const answer = first.answer;
			const next = answer !== null && 'rows' in answer ? (answer.next ?? null) : null;
			const enough =
				settings.limit !== null &&
				answer !== null &&
				'rows' in answer &&
				answer.rows.length >= settings.limit;
			// A cursor that stays the same would page for ever.
			if (next === null || next === cursor || enough || operation.returnsMany !== true) return;
			cursor = next;
		}
	}

	private unreadable(): NoAnswer {
		const { displayName } = this.gateway;
		return {
			kind: 'unknown',
			code: null,
			message: `${displayName}'s answer does not mention what was asked.`,
			hint: 'Run this step again later.',
			retry: 'later',
		};
	}

	private async request(
		request: GatewayRequest,
		asks: readonly [JsonRecord, ...JsonRecord[]],
		cursor: string | null,
	): Promise<{ answers: readonly Answer[]; reply: GatewayReply | null }> {
		const { gateway, operation } = this;
		const { line } = this.connection;
		const name = gateway.displayName;
		for (let attempt = 0; ; attempt++) {
			const failAll = (failure: NoAnswer): { answers: Answer[]; reply: null } => ({
				answers: asks.map(() => ({ failure })),
				reply: null,
			});
			if (line === null || this.cancelled()) return failAll(stopped(name));
			if (this.stoppedBy !== null) return failAll(this.stoppedBy);
			const answer = await line.transport(request);
			const isReply = 'status' in answer;
			const read = isReply ? operation.read(answer, asks, cursor) : null;
			const answers: readonly Answer[] =
				read ??
				asks.map(() => ({
					failure: isReply
						? noAnswerOfStatus(answer, name, line.address)
						: noAnswerOfFault(answer, name, line.address),
				}));
			const pause = AGAIN_AFTER_MS[attempt];
			const again = answers.every((one) => 'failure' in one && one.failure.again === true);
			const wanted = isReply ? retryAfterMs(answer.headers, clock.now()) : null;
			if (again && pause !== undefined && (wanted ?? 0) <= LONGEST_RETRY_AFTER_MS) {
				await this.nap(Math.max(pause, wanted ?? 0));
				continue;
			}
			const [one] = answers;
			if (one !== undefined && 'failure' in one && one.failure.stopsRun === true) {
				this.stoppedBy ??= one.failure;
			}
			this.lostInARow = read === null ? this.lostInARow + 1 : 0;
			if (this.lostInARow >= LOST_IN_A_ROW && one !== undefined && 'failure' in one) {
				const message = `Not asked, because ${LOST_IN_A_ROW} requests in a row met this: ${one.failure.message}`;
				this.stoppedBy ??= { ...one.failure, message };
			}
			return { answers, reply: isReply ? answer : null };
		}
	}

	private async nap(milliseconds: number): Promise<void> {
		const end = clock.now() + milliseconds;
		for (let left = milliseconds; left > 0 && !this.cancelled(); left = end - clock.now()) {
			await clock.sleep(Math.min(left, NAP_MS));
		}
	}
}

/** Entries that may share a request, in order, as many as a request takes. */
function groups(operation: Operation, entries: readonly Entry[]): Array<[Entry, ...Entry[]]> {
	const all: Array<[Entry, ...Entry[]]> = [];
	const filling = new Map<string, [Entry, ...Entry[]]>();
	for (const entry of entries) {
		const key = operation.shareKey?.(entry.ask) ?? '';
		const group = filling.get(key);
		if (group !== undefined && group.length < operation.perRequest) {
			group.push(entry);
			continue;
		}
		const fresh: [Entry, ...Entry[]] = [entry];
		filling.set(key, fresh);
		all.push(fresh);
	}
	return all;
}

function statusOf(answer: Answer | null): MessageStatus | null {
	const told = answer !== null && 'rows' in answer ? answer.rows[0]?.status : undefined;
	return MESSAGE_STATUSES.find((status) => status === told) ?? null;
}

/** Also one of which the gateway did not tell for the moment. */
function isStillOnItsWay({ answer }: Entry): boolean {
	if (answer !== null && 'failure' in answer) return answer.failure.retry === 'later';
	const status = statusOf(answer);
	return status !== null && !isFinal(status);
}

function bringsNews(before: Answer | null, after: Answer | null): boolean {
	const next = statusOf(after);
	return next !== null && isProgress(statusOf(before), next);
}

function toItems(
	context: IExecuteFunctions,
	gateway: Gateway,
	operation: Operation,
	{ rows, settings }: Reading,
	connection: Connection | null,
): INodeExecutionData[] {
	const redactor = connection?.redactor ?? createRedactor([]);
	const items: INodeExecutionData[] = [];
	const failures: Array<{ failure: NoAnswer; row: number; isInput: boolean }> = [];
	let answered = 0;
	const clean = new Map<GatewayReply, IDataObject | string>();
	// Failed rows may leave by another output: there the reply has to be seen as well.
	const shownOfAnswered = new Set<GatewayReply>();
	const shownOfFailed = new Set<GatewayReply>();
	const rawOf = (reply: GatewayReply | null, shown: Set<GatewayReply>): IDataObject => {
		if (!settings.includeRaw || reply === null) return {};
		if (shown.has(reply) && reply.text.length > SMALL_REPLY) return { raw: SAME_REPLY };
		shown.add(reply);
		const known = clean.get(reply) ?? (redactor.data(reply.json ?? reply.text) as IDataObject | string);
		clean.set(reply, known);
		return { raw: known };
	};
	rows.forEach(({ entries, problem }, row) => {
		const fail = (failure: NoAnswer, isInput: boolean, entry: Entry | null): void => {
			failures.push({ failure, row, isInput });
			const about = entry?.ask.to ?? entry?.ask.messageId ?? '';
			const raw = entry === null ? {} : rawOf(entry.reply, shownOfFailed);
			const json = failureJson(failure, { redactor, gateway, to: textOf(about) ?? '', raw });
			items.push({ json, pairedItem: { item: row } });
		};
		if (problem !== null) fail(problem, true, null);
		for (const entry of entries) {
			const { answer } = entry;
			if (answer === null || 'failure' in answer) {
				const failure = answer === null ? stopped(gateway.displayName) : answer.failure;
				fail(failure, 'origin' in failure && failure.origin === 'input', entry);
				continue;
			}
			answered++;
			const wanted = settings.limit === null ? answer.rows : answer.rows.slice(0, settings.limit);
			for (const [index, record] of wanted.entries()) {
				const raw = rawOf(entry.rowReplies?.[index] ?? null, shownOfAnswered);
				const shown = settings.simplify ? only(record, operation.simplified ?? []) : record;
				const data = redactor.data(shown) as IDataObject;
				// n8n's convention: what was deleted is told by `{deleted: true}` alone.
				const json = 'deleted' in record ? { ...data, ...raw } : { gateway: gateway.id, ...data, ...raw };
				items.push({ json, pairedItem: { item: row } });
			}
		}
	});
	const [first] = failures;
	if (first !== undefined && answered === 0 && !context.continueOnFail()) {
		throw nodeError(context.getNode(), first.failure, { ...first, redactor });
	}
	return items;
}

function only(record: JsonRecord, keys: readonly string[]): JsonRecord {
	return Object.fromEntries(keys.flatMap((key) => (key in record ? [[key, record[key] ?? null]] : [])));
}
