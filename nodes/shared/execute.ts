/** From n8n's items to n8n's items: the one place that has the run, and the one that promises nobody is lost. */
import { createHash, randomUUID } from 'node:crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { clock } from './time/clock';
import { DEFAULT_TIMEOUT_MS, connectForRun } from './requests/connection';
import type { Line } from './requests/connection';
import { deliver } from './send/deliver';
import type { Delivery } from './send/deliver';
import type { DuplicateGuard } from './send/duplicates';
import { SKIP_DUPLICATES, createDuplicateGuard } from './send/duplicates';
import { unclear, MESSAGE_STATUSES, NOTHING_SENT, isFailure, refuseInput } from './contract/outcome';
import { COMMON_OPTIONS, COMMON_OPTION_LABELS, LARGEST_BATCH, RUN_OPTIONS } from './contract/options';
import type { Attachment } from './contract/request';
import type { BaseOptions, Message } from './contract/message';
import type { FollowUp, Gateway, BilledOperation } from './contract/gateway';
import type { Sender } from './contract/sender';
import type { ItemContext, Result } from './send/items';
import { errorToThrow, toItems } from './send/items';
import { failureJson, nodeError } from './output/failure';
import { Ledger, textKey } from './send/ledger';
import type { FieldReader } from './contract/fields';
import { CheckedFields } from './input/fields';
import type { OptionValues } from './input/fields';
import type { Outcome, Refused, Unclear } from './contract/outcome';
import { loadRecipientReader } from './phone/recipients';
import type { RecipientReader } from './phone/recipients';
import type { RefusedRecipient, ValidRecipient } from './phone/types';
import { columnsOf, findUnfilled } from './input/placeholders';
import type { Columns, FieldKind } from './input/placeholders';
import { planBatches } from './send/plan';
import { previewItems } from './send/preview';
import { createRedactor } from './requests/redaction';
import type { Redactor } from './requests/redaction';
import { createRowReader, pickedValue, readSettingValues, textOf } from './input/rows';
import { askUntilFinal, runOperation } from './operations/run';
import type { Row } from './input/rows';
import { measureSegments } from './segments/segments';
import { asRecord } from './contract/json';

/** What concerns the whole run rather than one text. */
interface RunSettings {
	readonly batchSize: number | null;
	readonly requestsPerSecond: number | null;
	readonly timeoutMs: number;
	readonly includeRaw: boolean;
	readonly sendsBraces: boolean;
	readonly guard: DuplicateGuard;
}

type Recipient = (ValidRecipient | RefusedRecipient) & { readonly isNumber: boolean };

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
	const resource = context.getNodeParameter('resource', 0, 'message');
	const operation = context.getNodeParameter('operation', 0, 'send');
	const isChosen = (one: { resource: string; operation: string }): boolean =>
		one.resource === resource && one.operation === operation;
	const question = gateway.operations.find(isChosen);
	if (question !== undefined) return [await runOperation(context, gateway, question)];
	const billed = gateway.billedOperations.find(isChosen);
	if (billed !== undefined) return [await new Run(context, gateway, billed.sender, items).send(billed)];
	const run = new Run(context, gateway, gateway.texts, items);
	if (resource === 'message' && operation === 'send') return [await run.send()];
	if (resource === 'message' && operation === 'preview') return [await run.preview()];
	return [run.cannot()];
}

/** Send SMS with a gateway that does not exist (a value from an expression or from another version of this package). */
export function refuseGateway(context: IExecuteFunctions, chosen: unknown): INodeExecutionData[][] {
	const items = context.getInputData();
	const id = textOf(chosen) ?? '';
	const refusal = refuseInput(
		'invalid_parameter',
		`There is no gateway "${id}". ${NOTHING_SENT}`,
		"Choose one in 'Gateway'.",
	);
	const redactor = createRedactor([]);
	if (items.length > 0 && !context.continueOnFail()) {
		throw nodeError(context.getNode(), refusal, { isInput: true, row: 0, redactor });
	}
	const json = failureJson(refusal, { redactor, gateway: { id }, to: '', accepted: false, raw: {} });
	return [items.map((_, item) => ({ json, pairedItem: { item } }))];
}

class Run {
	private readonly results: Result[] = [];
	private readonly now = clock.now();
	private redactor: Redactor = createRedactor([]);
	private includeRaw = false;
	private isPreview = false;
	private rowsWithoutNumber = 0;
	private allColumns: Columns | null = null;
	private readonly checked = new Map<unknown, CheckedOptions>();
	private readonly underWay = new Set<Result>();
	/** Results that have the answer of another. */
	private readonly sharers = new Map<Result, Result>();
	private ledger: Ledger | null = null;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly gateway: Gateway,
		private readonly sender: Sender,
		private readonly items: readonly INodeExecutionData[],
	) {}

	private get itemContext(): ItemContext {
		const { gateway, sender, redactor, includeRaw, isPreview, now } = this;
		return { gateway, sender, redactor, includeRaw, isPreview, now, redacted: new Map() };
	}

	private get columns(): Columns {
		this.allColumns ??= columnsOf(this.items.map(({ json }) => json));
		return this.allColumns;
	}

	/** Every check of a run that sends, and nothing of what follows them. */
	async preview(): Promise<INodeExecutionData[]> {
		this.isPreview = true;
		try {
			const settings = await this.prepare(null);
			for (const result of this.results) {
				const { message, row } = result;
				if (message === null || result.outcome !== null) continue;
				result.outcome = settings.guard.inThisRun(row, message) ?? settings.guard.recently(message);
			}
			if (this.context.getNodeParameter('includePrice', 0, false) === true) await this.askPrices(settings);
		} catch (error) {
			this.settleUnforeseen(error);
		}
		tellAsPreview(this.results);
		return this.finish(previewItems(this.results, this.itemContext));
	}

	/** @param other what is sent in place of texts */
	async send(other: BilledOperation | null = null): Promise<INodeExecutionData[]> {
		try {
			const settings = await this.prepare(other);
			if (other !== null) this.share();
			await this.sendResults(settings);
			if (other?.followUp !== undefined && other.followUp !== null) await this.waitForAnswers(other.followUp);
			this.tellSharers();
		} catch (error) {
			this.tellSharers();
			// Only what is unforeseen gets here. Rows without an outcome never left; they must not go missing.
			this.settleUnforeseen(error);
		}
		return this.finish(toItems(this.results, this.itemContext));
	}

	/**
	 * A look-up or a call is paid for, and a number in two rows wants it once: the later row shares the first one's answer.
	 * (A text that stands in two rows is left out there, which is told as a failure.)
	 */
	private share(): void {
		const firsts = new Map<string, Result>();
		for (const result of this.results) {
			const { message, outcome } = result;
			if (message === null || outcome !== null) continue;
			const key = JSON.stringify([message.to, message.from, message.text, message.optionsKey]);
			const first = firsts.get(key);
			if (first === undefined) firsts.set(key, result);
			else this.sharers.set(result, first);
		}
	}

	private tellSharers(): void {
		for (const [sharer, first] of this.sharers) {
			sharer.outcome ??= first.outcome;
			sharer.reply ??= first.reply;
		}
	}

	/** Every row fails, because the gateway has no such operation: the generic node offers what most of them can do. */
	cannot(): INodeExecutionData[] {
		const { displayName } = this.gateway;
		const refusal = refuseInput(
			'invalid_parameter',
			`${displayName} cannot do this: it offers no such request.`,
			'Choose another gateway, or another operation.',
		);
		this.items.forEach((_, row) => this.results.push(refusedResult(row, '', refusal)));
		return this.finish(toItems(this.results, this.itemContext));
	}

	private finish(items: INodeExecutionData[]): INodeExecutionData[] {
		const node = this.context.getNode();
		const error = this.context.continueOnFail() ? null : errorToThrow(node, this.results, this.itemContext);
		this.ledger?.close(node, error !== null || items[0]?.json.error !== undefined, clock.now());
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
			result.outcome ??= this.underWay.has(this.sharers.get(result) ?? result)
				? unclear(this.gateway.displayName, `The run broke off while this text was being sent: ${why}`)
				: refusal;
		}
	}

	/** Reads settings and rows, and refuses what is wrong with the node itself for every row. */
	private async prepare(other: BilledOperation | null): Promise<RunSettings> {
		const { settings, problem } = this.readSettings();
		await this.readRows();
		const unfilled = this.findUnfilledField(other, settings.sendsBraces);
		const ofAll = problem ?? unfilled;
		// Also where a row has a problem of its own: it is the smaller one.
		if (ofAll !== null) for (const result of this.results) result.outcome = ofAll;
		else if (this.rowsWithoutNumber === this.items.length) this.refuseEmptyRecipients(other);
		return settings;
	}

	/** A place-holder that was typed into the node and would go out as it stands. */
	private findUnfilledField(other: BilledOperation | null, sendsBraces: boolean): Refused | null {
		const { parameters } = this.context.getNode();
		const isTemplate = parameters.textSource === 'template';
		const text = isTemplate ? 'messageTemplate' : 'message';
		const fields: ReadonlyArray<readonly [name: string, label: string, kind: FieldKind]> =
			other === null
				? [
						...(parameters.recipientSource === 'field' ? [] : [['to', 'To', 'text'] as const]),
						['from', 'From', 'text'],
						[text, isTemplate ? 'Message Template' : 'Message', isTemplate ? 'template' : 'text'],
						...this.gateway.messageFields
							.filter(({ type }) => type === 'string')
							.map(({ name, displayName }) => [name, displayName, 'text'] as const),
					]
				: other.fields
						.filter(({ type }) => type === 'string')
						.map(({ name, displayName }) => [name, displayName, 'text'] as const);
		const typed: Array<{ name: string; label: string; kind: FieldKind; value: unknown }> = fields.map(
			([name, label, kind]) => ({ name, label, kind, value: parameters[name] }),
		);
		for (const [name, value] of Object.entries(asRecord(parameters.options) ?? {})) {
			const common = COMMON_OPTIONS.find((option) => option === name);
			const label = common === undefined ? name : COMMON_OPTION_LABELS[common];
			typed.push({ name, label, kind: 'text', value });
		}
		for (const { name, label, kind, value } of typed) {
			// Nobody's number or sender has braces.
			if (sendsBraces && name !== 'to' && name !== 'from') continue;
			const source = pickedValue(value);
			if (typeof source !== 'string') continue;
			const found = findUnfilled({ label, kind, typed: source }, () => this.columns);
			if (found === null) continue;
			const fix =
				name === text || (other !== null && name === 'message')
					? `${found.fix} To send the braces themselves, turn on 'Send Braces as Typed' in the options.`
					: found.fix;
			return refuseInput('invalid_parameter', `${found.what} ${NOTHING_SENT}`, fix);
		}
		return null;
	}

	/** No row has a number: that is a matter of the node, or of the whole sheet. */
	private refuseEmptyRecipients(other: BilledOperation | null): void {
		const { parameters } = this.context.getNode();
		const { names } = this.columns;
		const columns = names.length === 0 ? '' : ` The rows have: ${list(names)}.`;
		const isOne = this.items.length === 1;
		const inEveryRow = isOne ? '' : ' in every row';
		let what: string;
		let fix: string;
		if (other === null && parameters.recipientSource === 'field') {
			if (isOne) return;
			what = `'Phone Number Column' names a column that is empty${inEveryRow}.`;
			fix = `Name the column that holds the numbers.${columns}`;
		} else {
			const typed = textOf(parameters.to) ?? '';
			const used = columnsIn(typed);
			const misspelt = used.find((name) => !names.includes(name));
			if (!typed.startsWith('=')) {
				what = "'To' is empty.";
				fix = 'Type a phone number, or drag the column with the numbers into the field.';
			} else if (misspelt !== undefined) {
				what = `'To' is empty${inEveryRow}: ${isOne ? 'this row has' : 'the rows have'} no column "${misspelt}".`;
				fix = `Check the column's name in the expression.${columns}`;
			} else if (isOne) {
				return;
			} else {
				what = `'To' is empty${inEveryRow}.`;
				fix = `Check the column's name in the expression.${columns}`;
			}
		}
		const refusal = refuseInput('invalid_recipient', `${what} ${NOTHING_SENT}`, fix);
		for (const result of this.results) result.outcome = refusal;
	}

	/** Fills `results`: one for each recipient, with an outcome already where it is refused. */
	private async readRows(): Promise<void> {
		const parse = await loadRecipientReader();
		const extra = (this.sender === this.gateway.texts ? this.gateway.messageFields : []).map(
			({ name }) => name,
		);
		const readRow = createRowReader(this.context, this.items, extra);
		for (let index = 0; index < this.items.length; index++) {
			const reading = readRow(index);
			if ('problem' in reading) this.results.push(refusedResult(index, reading.to, reading.problem));
			else this.addRecipients(index, reading.row, parse, await this.readAttachments(index, reading.row));
		}
	}

	/** The files of a row's binary fields, or why they cannot be read. */
	private async readAttachments(index: number, row: Row): Promise<readonly Attachment[] | Refused> {
		const { readAttachmentFields } = this.sender;
		if (readAttachmentFields === undefined) return [];
		const attachments: Attachment[] = [];
		for (const field of readAttachmentFields(this.checkOptions(row.options).options)) {
			const binary = this.items[index]?.binary?.[field];
			if (binary === undefined) {
				return refuseInput(
					'invalid_parameter',
					`This row has no file in a binary field "${field}". Nothing was sent.`,
					"Check 'Input Binary Fields' in the options.",
				);
			}
			let data: Buffer;
			try {
				data = await this.context.helpers.getBinaryDataBuffer(index, field);
			} catch (error) {
				const why = error instanceof Error ? error.message : String(error);
				return refuseInput(
					'invalid_parameter',
					`The file in the binary field "${field}" could not be read. Nothing was sent.`,
					`Run the step that makes this file again. Details: ${why}`,
				);
			}
			const { fileName = field, mimeType: contentType } = binary;
			attachments.push({ fileName, contentType, data });
		}
		return attachments;
	}

	private addRecipients(
		index: number,
		row: Row,
		parse: RecipientReader,
		attached: readonly Attachment[] | Refused,
	): void {
		const inRow = new Set<string>();
		const { options, key, maxSegments, problems } = this.checkOptions(row.options);
		for (const recipient of this.recipientsOf(row, options, parse)) {
			if (recipient.outcome === 'invalid') {
				const { input, why, fix } = recipient;
				if (input === '') this.rowsWithoutNumber++;
				const message =
					input === '' ? 'This row has no phone number.' : `"${input}" cannot be texted: ${why}`;
				const refusal = refuseInput('invalid_recipient', message, fix);
				this.results.push(refusedResult(index, input, refusal));
				continue;
			}
			// One row and one person is one text, however often the number stands in the cell.
			if (inRow.has(recipient.e164)) continue;
			inRow.add(recipient.e164);
			const { isNumber } = recipient;
			const attachments = 'accepted' in attached ? [] : attached;
			const message: Message = {
				to: recipient.e164,
				digits: isNumber ? recipient.e164.replace(/^\+/, '') : recipient.e164,
				text: row.text,
				from: row.from,
				options,
				optionsKey: `${key}${attachments.length === 0 ? '' : filesKey(attachments)}${isNumber ? '' : ` ${recipient.e164}`}`,
				measure: this.sender.measure?.(row.text, options) ?? measureSegments(row.text),
				isNumber,
				attachments,
			};
			this.results.push({
				row: index,
				to: recipient.e164,
				correctedFrom: recipient.outcome === 'corrected' ? recipient.input : null,
				message,
				outcome:
					problems[0] ??
					('accepted' in attached ? attached : null) ??
					this.checkText(message, maxSegments) ??
					this.sender.checkMessage(message),
				reply: null,
			});
		}
	}

	/** The phone numbers of a row, and recipients that only this gateway knows, in the order they were typed. */
	private recipientsOf(row: Row, options: BaseOptions, parse: RecipientReader): Recipient[] {
		const { sender } = this;
		const numbers = (value: unknown): Recipient[] =>
			parse(value, row.defaultCountry).map((recipient) => ({ ...recipient, isNumber: true }));
		if (sender.readOtherRecipient === undefined) return numbers(row.to);
		const cells: readonly unknown[] = Array.isArray(row.to) ? (row.to as unknown[]) : [row.to];
		if (!cells.every((cell) => typeof cell === 'string')) return numbers(row.to);
		const typed = cells.flatMap((cell) => cell.split(/[,;\n]/)).map((part) => part.trim());
		const others = typed.map((part) => sender.readOtherRecipient?.(part, options) ?? null);
		if (others.every((other) => other === null)) return numbers(row.to);
		return typed.flatMap((input, index): Recipient[] => {
			const other = others[index] ?? null;
			if (other !== null) return [{ outcome: 'ok', e164: other, input, reason: null, isNumber: false }];
			return input === '' ? [] : numbers(input);
		});
	}

	private checkText(message: Message, maxSegments: number | null): Refused | null {
		const refusal = refuseHalfCharacters(message);
		return refusal ?? (this.sender.isTextMessage(message.options) ? checkText(message, maxSegments) : null);
	}

	private checkOptions(values: OptionValues): CheckedOptions {
		const known = this.checked.get(values);
		if (known !== undefined) return known;
		const fields = new CheckedFields(values, {
			timezone: this.context.getTimezone(),
			now: this.now,
			gatewayName: this.gateway.displayName,
			sends: !this.isPreview,
		});
		refuseForeignOptions(fields, this.gateway.displayName, this.sender);
		const options = this.sender.readOptions(fields);
		const maxSegments = fields.integer('maxSegments', 'Max Segments', 1, 255) ?? null;
		const { problems } = fields;
		const checked = { options, key: JSON.stringify(options), maxSegments, problems };
		this.checked.set(values, checked);
		// Options with expressions are a new object for every row.
		if (this.checked.size > 1000) this.checked.clear();
		return checked;
	}

	private readSettings(): { readonly settings: RunSettings; readonly problem: Refused | null } {
		const { gateway, sender, now } = this;
		const { values, problem } = readSettingValues(this.context, RUN_SETTINGS);
		const about = { timezone: 'UTC', now, gatewayName: gateway.displayName, sends: !this.isPreview };
		const fields = new CheckedFields(values, about);
		// The generic node offers one range for all gateways; as an upper limit it is kept by a smaller one, too.
		const isGeneric = this.context.getNode().parameters.gateway !== undefined;
		const largest = isGeneric ? LARGEST_BATCH : gateway.maxBatchSize;
		const batchSize = fields.integer('batchSize', 'Batch Size', 1, largest) ?? null;
		const requestsPerSecond = fields.decimal('requestsPerSecond', 'Requests per Second', 0.01, 1000) ?? null;
		const timeoutMs = fields.integer('timeout', 'Timeout', 100, 600_000) ?? DEFAULT_TIMEOUT_MS;
		const skipDuplicates = fields.choice('skipDuplicates', 'Skip Duplicates', SKIP_DUPLICATES) ?? 'inThisRun';
		const minutes = fields.integer('skipDuplicatesMinutes', 'Skip Duplicates for (Minutes)', 1, 43_200) ?? 60;
		this.includeRaw = fields.flag('includeRaw', 'Include Raw Reply') ?? false;
		const sendsBraces = fields.flag('sendBracesAsTyped', 'Send Braces as Typed') ?? false;
		const staticData = (): Record<string, unknown> => {
			const saved = this.context.getWorkflowStaticData('node');
			// A preview looks, and leaves nothing behind.
			return this.isPreview ? { ...saved } : saved;
		};
		const settings: RunSettings = {
			batchSize: batchSize === null ? null : Math.min(batchSize, gateway.maxBatchSize),
			requestsPerSecond: slower(requestsPerSecond, gateway.requestsPerSecond),
			timeoutMs,
			guard: createDuplicateGuard(skipDuplicates, minutes, staticData, now, ({ options, optionsKey }) =>
				sender.isTextMessage(options) ? null : optionsKey,
			),
			includeRaw: this.includeRaw,
			sendsBraces,
		};
		return { settings, problem: problem ?? fields.problems[0] ?? null };
	}

	/** The line to the gateway; null when every result has been given the reason why there is none. */
	private async connect(settings: RunSettings): Promise<(Line & { authentication: string }) | null> {
		const { redactor, line, problem, authentication } = await connectForRun(
			this.context,
			this.gateway,
			settings.timeoutMs,
		);
		this.redactor = redactor;
		if (line === null) for (const result of this.results) result.outcome ??= problem;
		return line === null ? null : { ...line, authentication };
	}

	/** How every dispatch of this run is paced and stopped. */
	private pace(
		settings: RunSettings,
	): Pick<Delivery<BaseOptions>, 'requestsPerSecond' | 'isCancelled' | 'clock'> {
		return {
			requestsPerSecond: settings.requestsPerSecond,
			isCancelled: () => this.context.getExecutionCancelSignal()?.aborted ?? false,
			clock,
		};
	}

	/** Gives every text that may be sent its price as a quoted outcome. Nothing is sent. */
	private async askPrices(settings: RunSettings): Promise<void> {
		const { gateway, results } = this;
		const { prices, displayName } = gateway;
		if (prices === null) {
			const fix = "Turn 'Include Price' off.";
			const refusal = refuseInput('invalid_parameter', `${displayName} tells no prices.`, fix);
			for (const result of results) result.outcome ??= refusal;
			return;
		}
		const line = await this.connect(settings);
		if (line === null) return;
		const open = new Map<Message, Result>();
		for (const result of results) {
			if (result.message !== null && result.outcome === null) open.set(result.message, result);
		}
		await deliver({
			gatewayName: displayName,
			sender: prices,
			batches: planBatches(prices, [...open.keys()], settings.batchSize),
			transport: line.transport,
			address: line.address,
			requestsInFlight: gateway.requestsInFlight,
			...this.pace(settings),
			onStart: () => undefined,
			onOutcomes: (batch, outcomes, reply) => {
				batch.messages.forEach((message, index) => {
					const result = open.get(message);
					const outcome = outcomes[index];
					if (result === undefined || outcome === undefined) return;
					result.outcome = outcome.accepted === null ? unpriced(outcome) : outcome;
					if (settings.includeRaw) result.reply = reply;
				});
			},
		});
	}

	private async sendResults(settings: RunSettings): Promise<void> {
		const { context, results } = this;
		const line = await this.connect(settings);
		if (line === null) return;
		const { gateway } = this;
		// With another way to sign in, texts may travel otherwise.
		const signedIn = this.sender === gateway.texts ? gateway.textsFor?.(line.authentication) : undefined;
		const sender = signedIn ?? this.sender;

		const ledger = new Ledger(
			{
				// Without an id no later try can be told from another run: then nothing is remembered.
				executionId: context.getExecutionId() || randomUUID(),
				nodeId: context.getNode().id,
				runIndex: context.getWorkflowDataProxy(0).$runIndex,
			},
			this.now,
		);
		this.ledger = ledger;
		const keyOf = ({ row, message }: Result): string =>
			message === null
				? ''
				: textKey(row, message.to, gateway.id, message.from, message.text, message.optionsKey);

		const open = new Map<Message, Result>();
		for (const result of results) {
			const { message } = result;
			if (message === null || result.outcome !== null || this.sharers.has(result)) continue;
			result.outcome =
				settings.guard.inThisRun(result.row, message) ??
				ledger.settled(keyOf(result), gateway.displayName) ??
				settings.guard.recently(message);
			if (result.outcome === null) open.set(message, result);
		}

		await deliver({
			gatewayName: gateway.displayName,
			sender,
			batches: planBatches(sender, [...open.keys()], settings.batchSize),
			transport: line.transport,
			address: line.address,
			requestsInFlight: gateway.requestsInFlight,
			...this.pace(settings),
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

	/** What came of what was accepted, as far as the person wants to wait for it. */
	private async waitForAnswers({ operation, ask }: FollowUp): Promise<void> {
		const sent = this.results.flatMap((result) => {
			const { outcome, to } = result;
			return outcome?.accepted === true && outcome.messageId !== null
				? [{ result, outcome, ask: ask(outcome.messageId, to) }]
				: [];
		});
		const answers = await askUntilFinal(
			this.context,
			this.gateway,
			operation,
			sent.map((one) => one.ask),
		);
		sent.forEach(({ result, outcome }, index) => {
			const row = answers[index];
			if (row === undefined || row === null) return;
			const { status, final, reason, cost, ...details } = row;
			const told = MESSAGE_STATUSES.find((one) => one === status) ?? 'unknown';
			const known = told === 'unknown' ? outcome.status : told;
			const price = typeof cost === 'number' ? cost : outcome.cost;
			result.outcome = {
				...outcome,
				status: known,
				cost: price,
				// The row's own id and number are those of the result.
				details: {
					...outcome.details,
					...details,
					final: final === true,
					reason: reason ?? null,
					to: result.to,
				},
			};
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

/** Options that concern the whole run. */
const RUN_SETTINGS = [
	'batchSize',
	'includeRaw',
	'requestsPerSecond',
	'sendBracesAsTyped',
	'skipDuplicates',
	'skipDuplicatesMinutes',
	'timeout',
] as const;

/** The columns of the row that an expression takes, by name. */
function columnsIn(expression: string): string[] {
	const names = expression.matchAll(/\$json(?:\??\.([\p{L}_][\p{L}\p{N}_]*)|\[\s*(['"])(.+?)\2\s*\])/gu);
	return [...names].map(([, plain, , quoted]) => plain ?? quoted ?? '');
}

function list(names: readonly string[]): string {
	const shown = names.slice(0, 10).join(', ');
	return names.length > 10 ? `${shown} …` : shown;
}

/** A preview was not going to send anything: that nothing was sent is no news there. */
function tellAsPreview(results: readonly Result[]): void {
	const without = (text: string): string => text.replace(` ${NOTHING_SENT}`, '');
	const known = new Map<Outcome, Outcome>();
	for (const result of results) {
		const { outcome } = result;
		// After a request it is news: a question about prices might have been one that sends.
		if (outcome === null || !isFailure(outcome) || outcome.accepted === null || outcome.origin !== 'input')
			continue;
		const told = known.get(outcome) ?? {
			...outcome,
			message: without(outcome.message),
			hint: without(outcome.hint),
		};
		known.set(outcome, told);
		result.outcome = told;
	}
}

/** An option that the gateway does not have is refused by name, never dropped without a word. */
function refuseForeignOptions(
	fields: FieldReader,
	displayName: string,
	{ commonOptions, ownOptions }: Sender,
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

/** A price that nobody told: nothing was sent, so there is nothing to check first. */
function unpriced({ kind, code, message }: Unclear): Refused {
	const hint = 'Run this step again later. Nothing was sent.';
	return { accepted: false, origin: 'gateway', kind, code, message, hint, retry: 'later' };
}

/** Equal for equal files. */
function filesKey(attachments: readonly Attachment[]): string {
	const hash = createHash('sha256');
	for (const { fileName, data } of attachments) hash.update(fileName).update(data);
	return hash.digest('hex');
}

function refusedResult(row: number, to: string, outcome: Refused | null): Result {
	return { row, to, correctedFrom: null, message: null, outcome, reply: null };
}

/** The slower of what the person and the gateway ask for; null when neither does. */
function slower(wished: number | null, asked: number | null): number | null {
	if (wished === null) return asked;
	return asked === null ? wished : Math.min(wished, asked);
}

/** Half of a UTF-16 pair cannot travel: a replacement character would arrive, and be paid for, in its place. */
function refuseHalfCharacters({ text, from }: Message): Refused | null {
	const HALF = /\p{Surrogate}/u;
	if (!HALF.test(text) && !HALF.test(from)) return null;
	return refuseInput(
		'invalid_parameter',
		`The ${HALF.test(text) ? 'text' : 'sender'} has half of a character in it, as of an emoji that was cut in two. Nothing was sent.`,
		'Take that character out. Where an expression shortens a text, let it count characters: [...text].slice(0, 70).join("").',
	);
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
