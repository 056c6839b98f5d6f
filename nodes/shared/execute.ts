/** From n8n's items to n8n's items: the one place that has the run, and the one that promises nobody is lost. */
import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { readBaseUrl } from './baseUrl';
import { clock } from './clock';
import { dispatch } from './dispatcher';
import type { DuplicateGuard } from './duplicates';
import { SKIP_DUPLICATES, createDuplicateGuard } from './duplicates';
import { unclear } from './faults';
import { COMMON_OPTIONS, COMMON_OPTION_LABELS, LARGEST_BATCH, RUN_OPTIONS } from './gateway';
import type { BaseOptions, Gateway, Message } from './gateway';
import { createTransport } from './http';
import type { ItemContext, Result } from './items';
import { errorToThrow, toItems } from './items';
import { Ledger, textKey } from './ledger';
import { FieldReader } from './options';
import type { OptionValues } from './options';
import type { Outcome, Refused } from './outcome';
import { refuseInput } from './outcome';
import { loadRecipientParser } from './phone/recipients';
import type { RecipientParser } from './phone/recipients';
import { planBatches } from './planner';
import { previewItems } from './preview';
import { createRedactor } from './redaction';
import type { Redactor } from './redaction';
import { createRowReader } from './rows';
import type { Row } from './rows';
import { measureSegments } from './segments/segments';

const DEFAULT_TIMEOUT_MS = 60_000;

/** What concerns the whole run rather than one text. */
interface RunSettings {
	readonly batchSize: number | null;
	readonly requestsPerSecond: number | null;
	readonly timeoutMs: number;
	readonly includeRaw: boolean;
	readonly guard: DuplicateGuard;
}

interface CheckedOptions {
	readonly options: BaseOptions;
	readonly key: string;
	readonly maxSegments: number | null;
	readonly problems: readonly Refused[];
}

/**
 * Runs the node's operation for all items. With On Error = Stop Workflow it throws only when nothing was accepted;
 * with the other settings it never throws: n8n (1.123 and 2.41) would send every row to the success output.
 */
export async function executeSmsNode(
	context: IExecuteFunctions,
	gateway: Gateway,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const operation = context.getNodeParameter('operation', 0);
	const run = new Run(context, gateway, items);
	if (operation === 'preview') return [await run.preview()];
	return [await run.send()];
}

class Run {
	private readonly results: Result[] = [];
	private readonly now = clock.now();
	private redactor: Redactor = createRedactor([]);
	private includeRaw = false;
	private readonly checked = new Map<unknown, CheckedOptions>();
	private readonly underWay = new Set<Result>();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly gateway: Gateway,
		private readonly items: readonly INodeExecutionData[],
	) {}

	private get itemContext(): ItemContext {
		const { gateway, redactor, includeRaw, now } = this;
		return { gateway, redactor, includeRaw, now, redacted: new Map() };
	}

	async preview(): Promise<INodeExecutionData[]> {
		try {
			await this.readRows();
		} catch (error) {
			this.settleUnforeseen(error);
		}
		return this.finish(previewItems(this.results, this.itemContext));
	}

	async send(): Promise<INodeExecutionData[]> {
		try {
			await this.readRows();
			await this.sendResults();
		} catch (error) {
			// Only what is unforeseen gets here. Rows without an outcome never left; they must not go missing.
			this.settleUnforeseen(error);
		}
		return this.finish(toItems(this.results, this.itemContext));
	}

	private finish(items: INodeExecutionData[]): INodeExecutionData[] {
		if (this.context.continueOnFail()) return items;
		const error = errorToThrow(this.context.getNode(), this.results, this.itemContext);
		if (error !== null) throw error;
		return items;
	}

	private settleUnforeseen(error: unknown): void {
		const known = new Set(this.results.map(({ row }) => row));
		this.items.forEach((_, row) => {
			if (!known.has(row)) this.results.push(refusedResult(row, '', null));
		});
		this.results.sort((a, b) => a.row - b.row);
		const what = error instanceof NodeOperationError ? error.message : 'The run could not be prepared';
		const why = error instanceof Error ? error.message : String(error);
		const refusal = refuseInput('invalid_parameter', `${what}. Nothing was sent.`, `Details: ${why}`);
		for (const result of this.results) {
			result.outcome ??= this.underWay.has(result)
				? unclear(this.gateway.displayName, `The run broke off while this text was being sent: ${why}`)
				: refusal;
		}
	}

	/** Fills `results`: one for each recipient, with an outcome already where it is refused. */
	private async readRows(): Promise<void> {
		const parse = await loadRecipientParser();
		const readRow = createRowReader(this.context, this.items);
		for (let index = 0; index < this.items.length; index++) {
			const reading = readRow(index);
			if ('problem' in reading) this.results.push(refusedResult(index, reading.to, reading.problem));
			else this.addRecipients(index, reading.row, parse);
		}
	}

	private addRecipients(index: number, row: Row, parse: RecipientParser): void {
		const inRow = new Set<string>();
		const { options, key, maxSegments, problems } = this.checkOptions(row.options);
		for (const recipient of parse(row.to, row.defaultCountry)) {
			if (recipient.outcome === 'invalid') {
				const { input, reason } = recipient;
				// The reason says why, and then what to change.
				const [, why = reason, fix = reason] = /^(.*?[.!?])\s+(.+)$/s.exec(reason) ?? [];
				const message =
					input === '' ? 'This row has no phone number.' : `"${input}" cannot be texted: ${why}`;
				const refusal = refuseInput('invalid_recipient', message, fix);
				this.results.push(refusedResult(index, input, refusal));
				continue;
			}
			// One row and one person is one text, however often the number stands in the cell.
			if (inRow.has(recipient.e164)) continue;
			inRow.add(recipient.e164);
			const message: Message = {
				to: recipient.e164,
				digits: recipient.e164.slice(1),
				text: row.text,
				from: row.from,
				options,
				optionsKey: key,
				measure: measureSegments(row.text),
			};
			this.results.push({
				row: index,
				to: recipient.e164,
				correctedFrom: recipient.outcome === 'corrected' ? recipient.input : null,
				message,
				outcome: problems[0] ?? checkText(message, maxSegments) ?? this.gateway.checkMessage(message),
				reply: null,
			});
		}
	}

	private checkOptions(values: OptionValues): CheckedOptions {
		const known = this.checked.get(values);
		if (known !== undefined) return known;
		const fields = new FieldReader(values, {
			timezone: this.context.getTimezone(),
			now: this.now,
			gatewayName: this.gateway.displayName,
		});
		refuseForeignOptions(fields, this.gateway);
		const options = this.gateway.readOptions(fields);
		const maxSegments = fields.integer('maxSegments', 'Max Segments', 1, 255) ?? null;
		const { problems } = fields;
		const checked = { options, key: JSON.stringify(options), maxSegments, problems };
		this.checked.set(values, checked);
		// Options with expressions are a new object for every row.
		if (this.checked.size > 1000) this.checked.clear();
		return checked;
	}

	private readSettings(): RunSettings {
		// Options that concern the whole run are those of the first row.
		const reading = createRowReader(this.context, this.items)(0);
		const values = 'row' in reading ? reading.row.options : {};
		const { gateway, now } = this;
		const fields = new FieldReader(values, { timezone: 'UTC', now, gatewayName: gateway.displayName });
		// The generic node offers one range for all gateways; as an upper limit it is kept by a smaller one, too.
		const isGeneric = this.context.getNode().parameters.gateway !== undefined;
		const largest = isGeneric ? LARGEST_BATCH : gateway.maxBatchSize;
		const batchSize = fields.integer('batchSize', 'Batch Size', 1, largest) ?? null;
		const requestsPerSecond = fields.decimal('requestsPerSecond', 'Requests per Second', 0.01, 1000) ?? null;
		const timeoutMs = fields.integer('timeout', 'Timeout', 100, 600_000) ?? DEFAULT_TIMEOUT_MS;
		const skipDuplicates = fields.choice('skipDuplicates', 'Skip Duplicates', SKIP_DUPLICATES) ?? 'inThisRun';
		const minutes = fields.integer('skipDuplicatesMinutes', 'Skip Duplicates for (Minutes)', 1, 43_200) ?? 60;
		this.includeRaw = fields.flag('includeRaw', 'Include Raw Reply') ?? false;
		const [problem] = fields.problems;
		if (problem !== undefined) for (const result of this.results) result.outcome ??= problem;
		const staticData = (): Record<string, unknown> => this.context.getWorkflowStaticData('node');
		return {
			batchSize: batchSize === null ? null : Math.min(batchSize, gateway.maxBatchSize),
			requestsPerSecond: slower(requestsPerSecond, gateway.requestsPerSecond),
			timeoutMs,
			guard: createDuplicateGuard(skipDuplicates, minutes, staticData, now),
			includeRaw: this.includeRaw,
		};
	}

	private async sendResults(): Promise<void> {
		const { context, gateway, results } = this;
		const settings = this.readSettings();
		const credential = await context.getCredentials(gateway.credentialType);
		this.redactor = redactorFor(credential);
		const baseUrl = readBaseUrl(credential);
		if (!baseUrl.ok) {
			const refusal = refuseInput(
				'invalid_parameter',
				baseUrl.reason,
				"Open the credential and mend 'Base URL'.",
			);
			for (const result of results) result.outcome ??= refusal;
			return;
		}

		const ledger = new Ledger(
			{
				// Without an id no later try can be told from another run: then nothing is remembered.
				executionId: context.getExecutionId() || randomUUID(),
				nodeId: context.getNode().id,
				runIndex: context.getWorkflowDataProxy(0).$runIndex,
			},
			this.now,
		);
		const keyOf = ({ row, message }: Result): string =>
			message === null
				? ''
				: textKey(row, message.to, gateway.id, message.from, message.text, message.optionsKey);

		const open = new Map<Message, Result>();
		for (const result of results) {
			const { message } = result;
			if (message === null || result.outcome !== null) continue;
			result.outcome =
				settings.guard.inThisRun(result.row, message) ??
				ledger.settled(keyOf(result), gateway.displayName) ??
				settings.guard.recently(message);
			if (result.outcome === null) open.set(message, result);
		}

		await dispatch({
			gateway,
			batches: planBatches(gateway, [...open.keys()], settings.batchSize),
			transport: createTransport(context, {
				credentialType: gateway.credentialType,
				baseUrl: baseUrl.url,
				timeoutMs: settings.timeoutMs,
			}),
			address: baseUrl.url,
			requestsInFlight: gateway.requestsInFlight,
			requestsPerSecond: settings.requestsPerSecond,
			cancelled: () => context.getExecutionCancelSignal()?.aborted ?? false,
			clock,
			onStart: (batch) => {
				for (const message of batch.messages) {
					const result = open.get(message);
					if (result === undefined) continue;
					this.underWay.add(result);
					ledger.begin(keyOf(result));
				}
			},
			onOutcomes: (batch, outcomes, reply) => {
				batch.messages.forEach((message, index) => {
					const result = open.get(message);
					const outcome = outcomes[index];
					if (result === undefined || outcome === undefined) return;
					this.settle(result, outcome, settings, ledger, keyOf(result));
					if (settings.includeRaw) result.reply = reply;
				});
			},
		});
	}

	private settle(result: Result, outcome: Outcome, settings: RunSettings, ledger: Ledger, key: string): void {
		result.outcome = outcome;
		ledger.settle(key, outcome);
		const { message } = result;
		const mayBeOut = outcome.accepted !== false;
		if (mayBeOut && message !== null) settings.guard.remember(message);
	}
}

/** An option that the gateway does not have is refused by name, never dropped without a word. */
function refuseForeignOptions(
	fields: FieldReader,
	{ displayName, commonOptions, ownOptions }: Gateway,
): void {
	for (const name of fields.requested()) {
		if (RUN_OPTIONS.has(name) || ownOptions.has(name)) continue;
		const common = COMMON_OPTIONS.find((option) => option === name);
		if (common !== undefined && commonOptions.has(common)) continue;
		const label = common === undefined ? name : COMMON_OPTION_LABELS[common];
		fields.refuse(
			label,
			`is not something that ${displayName} can do`,
			'Take it out of the options, or choose another gateway',
		);
	}
}

function refusedResult(row: number, to: string, outcome: Refused | null): Result {
	return { row, to, correctedFrom: null, message: null, outcome, reply: null };
}

/** The slower of what the person and the gateway ask for; null when neither does. */
function slower(wished: number | null, asked: number | null): number | null {
	if (wished === null) return asked;
	return asked === null ? wished : Math.min(wished, asked);
}

function checkText(message: Message, maxSegments: number | null): Refused | null {
	if (message.text.trim() === '') {
		return refuseInput(
			'invalid_parameter',
			'The text is empty. Nothing was sent.',
			"Fill in 'Message' for this row.",
		);
	}
	const { segments } = message.measure;
	if (maxSegments !== null && segments > maxSegments) {
		return refuseInput(
			'invalid_parameter',
			`This text needs ${segments} segments, and 'Max Segments' allows ${maxSegments}. Nothing was sent.`,
			"Shorten the text, or raise 'Max Segments'. The Preview operation shows what makes it long.",
		);
	}
	return null;
}

/** Fields of a credential that may be seen. Everything else in it counts as a secret. */
const PUBLIC_FIELDS = new Set([
	'baseUrl',
	'customBaseUrl',
	'authentication',
	'login',
	'partnerId',
	'shortcode',
]);

function redactorFor(credential: Readonly<Record<string, unknown>>): Redactor {
	const secrets: string[] = [];
	for (const [name, value] of Object.entries(credential)) {
		if (typeof value === 'string' && !PUBLIC_FIELDS.has(name)) secrets.push(value);
	}
	const { apiKey, apiPassword } = credential;
	const basic: Array<readonly [string, string]> =
		typeof apiKey === 'string' && typeof apiPassword === 'string' ? [[apiKey, apiPassword]] : [];
	return createRedactor(secrets, basic);
}
