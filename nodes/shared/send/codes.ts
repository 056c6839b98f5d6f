/** The codes of a run: one for each person, which only the text has. */
import { randomUUID } from 'node:crypto';
import { marksNeeded } from '../codes/claims';
import type { CodeOrigin } from '../codes/code';
import { codeId, makeCode, putCode } from '../codes/code';
import type { CodeKey } from '../codes/key';
import { keyOfNode } from '../codes/owner';
import type { CodeSettings } from '../codes/settings';
import { readCodeSettings } from '../codes/settings';
import { writeToken } from '../codes/token';
import { TEST_CODE } from '../contract/oneTimeCode';
import type { Refused } from '../contract/outcome';
import type { Connection } from '../requests/connection';
import type { Redactor } from '../requests/redaction';
import { REDACTED } from '../requests/redaction';
import type { Job } from './job';
import { beginOf, executionOf } from './journalScope';
import type { Settings } from './settings';

export interface Issued {
	/** Names the code; tells nothing about it. */
	readonly id: string;
	/** For Check Code. */
	readonly token: string;
	/** Epoch milliseconds. */
	readonly expiresAt: number;
	/** With the code in it. */
	readonly text: string;
	readonly isInText: boolean;
}

interface Source {
	/** Null where nothing will be sent: `problem` says why. */
	readonly key: CodeKey | null;
	readonly problem: Refused | null;
	/** The codes are known, since nothing is sent. */
	readonly isTest: boolean;
	readonly origin: Omit<CodeOrigin, 'to'>;
	readonly executionId: string;
	readonly now: number;
}

/** Null where texts have no codes. */
export async function openCodes(job: Job, connection: Connection | null): Promise<Codes | null> {
	const { context, gateway, makesCodes, now } = job;
	if (!makesCodes || connection === null) return null;
	const settings = readCodeSettings(context, { now, gatewayName: gateway.displayName });
	const { key, problem } = await keyOfNode(context, gateway, connection);
	const executionId = context.getExecutionId() || randomUUID();
	const begin = beginOf(executionOf(context));
	return new Codes(settings, {
		key,
		problem,
		isTest: gateway.credential === null,
		origin: {
			workflowId: context.getWorkflow().id ?? '',
			nodeId: context.getNode().id,
			// A Retry makes the same codes where n8n hands on when the execution began.
			execution: begin === null ? executionId : `began ${begin}`,
			runIndex: context.getWorkflowDataProxy(0).$runIndex,
		},
		executionId,
		now,
	});
}

/** The same code twice is one code, and it goes out now or not at all. */
export function settingsForCodes(settings: Settings, codes: Codes | null): Settings {
	if (codes === null) return settings;
	return {
		...settings,
		limits: { ...settings.limits, skipDuplicates: 'inThisRun', onePerNumber: null, allowedHours: null },
		// A reply may repeat the text.
		includeRaw: false,
		problem: settings.problem ?? codes.problem,
	};
}

export class Codes {
	private readonly codes = new Set<string>();

	constructor(
		readonly settings: CodeSettings,
		private readonly source: Source,
	) {}

	get problem(): Refused | null {
		return this.settings.problem ?? this.source.problem;
	}

	get executionId(): string {
		return this.source.executionId;
	}

	/** For the journal: so many texts more have marks to be kept. */
	get textsKept(): number {
		return Math.ceil(marksNeeded(this.settings.limits) / 2);
	}

	/** The same for the same person in every try of a run. */
	issue(to: string, typed: string): Issued {
		const { digits, minutesValid, tries, website } = this.settings;
		const { key, isTest, origin, now } = this.source;
		const expiresAt = now + minutesValid * 60_000;
		if (key === null) return { id: '', token: '', expiresAt, text: typed, isInText: true };
		const id = codeId(key, { ...origin, to });
		const code = isTest ? TEST_CODE.slice(0, digits) : makeCode(key, id, digits);
		const text = putCode(typed, code, website);
		this.codes.add(code);
		const token = writeToken(key, { id, to, expiresAt, digits, tries }, code);
		return { id, token, expiresAt, text: text ?? typed, isInText: text !== null };
	}

	/** Keeps the codes out of sentences as well: a gateway may quote a text that it refuses. */
	redactor(base: Redactor): Redactor {
		const text = (value: string): string =>
			base.text(value).replace(/\d+/g, (digits) => (this.codes.has(digits) ? REDACTED : digits));
		return { ...base, text };
	}
}
