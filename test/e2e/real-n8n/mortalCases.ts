/** Texts that are under way through every gateway when n8n is killed, and how to count what came of them. */
import type { INodeExecutionData } from 'n8n-workflow';
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import type { Simulator } from '../../../simulators/simulator';
import { verdictOf } from '../../support/referee';
import type { Execution } from './executions';
import { type Active, type MortalN8n, type Rows, log, sms } from './mortal';

/** What a person does after the crash: press Retry, or start the same rows once more, with Skip Duplicates: Across Runs. */
export type Way = 'Retry' | 'again';

export const PEOPLE = 40;
export const BATCH = 2;
/** Across Runs asks the database more often, so it needs less of a pace to be in the middle at the same moment. */
const BATCHES_A_SECOND = { Retry: 2, again: 5 } as const;
const SINGLES_A_SECOND = { Retry: 4, again: 10 } as const;
const REQUESTS_IN_FLIGHT = 8;
/**
 * Texts that may be in doubt: a block, which is an eighth of the run at most, and what was under way or had just been
 * answered.
 */
export function mayBeInDoubt(people: number, ofRequest: number): number {
	const block = Math.floor(people / ofRequest / 8);
	return (block + REQUESTS_IN_FLIGHT) * ofRequest;
}

/** The gateways, and AlphaSMS in both ways. */
const SENDERS = {
	smsc: { gateway: 'smsc', start: 79_161_000_000 },
	smsRu: { gateway: 'smsRu', start: 79_162_000_000 },
	alphaSms: { gateway: 'alphaSms', start: 380_671_000_000 },
	// With a login, one text a request.
	alphaSmsText: { gateway: 'alphaSms', start: 380_672_000_000 },
	advantaSms: { gateway: 'advantaSms', start: 254_712_000_000 },
	voipCommunications: { gateway: 'voipCommunications', start: 12_125_550_000 },
	africasTalking: { gateway: 'africasTalking', start: 254_713_000_000 },
} as const satisfies Record<string, { gateway: GatewayId; start: number }>;
export type SenderName = keyof typeof SENDERS;
// Object.keys forgets which keys there are.
export const SENDER_NAMES = Object.keys(SENDERS) as readonly SenderName[];

export interface Case {
	readonly sender: SenderName;
	readonly gateway: GatewayId;
	readonly way: Way;
	readonly active: Active;
	/** @param people so many people further on @param order names this campaign */
	rows(order: string, people: number): Rows;
}

const ONCE = {
	skipDuplicates: 'acrossRuns',
	skipDuplicatesScope: { scope: { oncePer: 'value', value: '={{ $json.order }}' } },
};

/** Slow enough to be killed in the middle. */
export function parametersOf(sender: SenderName, way: Way): Readonly<Record<string, unknown>> {
	const takesOne = sender === 'alphaSmsText';
	const pace = takesOne
		? { requestsPerSecond: SINGLES_A_SECOND[way] }
		: { requestsPerSecond: BATCHES_A_SECOND[way], batchSize: BATCH };
	return {
		to: '={{ $json.phone }}',
		message: 'Your order is ready',
		// AlphaSMS wants a sender.
		...(sender === 'alphaSms' || takesOne ? { from: 'ACME' } : {}),
		options: pace,
		limits: way === 'again' ? ONCE : {},
	};
}

export async function caseOf(mortal: MortalN8n, sender: SenderName, way: Way): Promise<Case> {
	const { gateway, start } = SENDERS[sender];
	const credential = sender === 'alphaSmsText' ? mortal.alphaSmsLogin : undefined;
	const active = await mortal.activate(sms(gateway, 'SMS', parametersOf(sender, way), credential));
	// Each way has people of its own.
	const first = start + (way === 'Retry' ? 0 : 5_000);
	return {
		sender,
		gateway,
		way,
		active,
		rows: (order, people) =>
			Array.from({ length: PEOPLE }, (_, n) => ({ phone: `+${first + people + n}`, order })),
	};
}

export async function allCases(mortal: MortalN8n): Promise<Case[]> {
	const cases: Case[] = [];
	for (const sender of SENDER_NAMES)
		for (const way of ['Retry', 'again'] as const) cases.push(await caseOf(mortal, sender, way));
	return cases;
}

export const textsTo = ({ texts }: Pick<Simulator, 'texts'>, phone: string): number =>
	texts.filter(({ to }) => `+${to}` === phone).length;

export const had = (simulator: Simulator, rows: Rows): number =>
	rows.filter(({ phone = '' }) => textsTo(simulator, phone) > 0).length;

export interface Counted {
	readonly twice: number;
	/** They have no text, and the items do not name them. */
	readonly missing: number;
	readonly inDoubt: number;
	/** Sentences: what the items say and is not so. */
	readonly wrong: readonly string[];
}

/** Holds what the gateway took against what the last execution says. */
export function count(simulator: Simulator, rows: Rows, items: readonly INodeExecutionData[]): Counted {
	const verdicts = new Map(items.map(verdictOf).map((verdict) => [verdict.to, verdict]));
	const wrong: string[] = [];
	let [twice, missing, inDoubt] = [0, 0, 0];
	for (const { phone = '' } of rows) {
		const texts = textsTo(simulator, phone);
		if (texts > 1) twice++;
		const verdict = verdicts.get(phone);
		if (verdict === undefined) missing++;
		else if (verdict.accepted === null) inDoubt++;
		else if ((verdict.accepted || verdict.error?.kind === 'duplicate') !== texts > 0)
			wrong.push(`${phone} has ${texts}, and is said to be ${JSON.stringify(verdict.json)}`);
	}
	return { twice, missing, inDoubt, wrong };
}

export const itemsOf = (mortal: MortalN8n, execution: Execution, node = 'SMS'): INodeExecutionData[] =>
	(mortal.n8n.nodeItems(execution, node)[0] ?? []).flat() as INodeExecutionData[];

export interface After extends Counted {
	readonly one: Case;
	/** What n8n said of the execution that it died in. */
	readonly status: string;
	/** How many had a text when n8n died. */
	readonly had: number;
	/** Something that may not be. */
	readonly faults: readonly string[];
}

/** Does what a person would do, and counts. */
export async function repair(mortal: MortalN8n, one: Case, rows: Rows, before: number): Promise<After> {
	const { active, way, gateway, sender } = one;
	const simulator = mortal.gateways[gateway];
	const { id, status } = await mortal.latestEnded(active);
	const hasEnded = status === 'success';
	let execution: Execution;
	if (way === 'again') execution = await mortal.run(active, rows);
	// What has ended needs no Retry, and n8n offers none.
	else execution = hasEnded ? await mortal.n8n.waitForExecution(id) : await mortal.pressRetry(active);
	const counted = count(simulator, rows, itemsOf(mortal, execution));
	const { twice, missing, inDoubt, wrong } = counted;
	const line = `${sender} ${way}: ${status}, ${before} of ${rows.length} had a text when n8n died; then twice ${twice}, missing ${missing}, in doubt ${inDoubt}`;
	log(line);
	const faults = twice + missing + wrong.length > 0 ? [[line, ...wrong].join('\n')] : [];
	// SMSC can be asked.
	const isAsked = sender === 'smsc' && way === 'Retry';
	const ofRequest = sender === 'alphaSmsText' ? 1 : BATCH;
	if (inDoubt > (isAsked ? 0 : mayBeInDoubt(PEOPLE, ofRequest))) faults.push(`${line}: too many in doubt`);
	return { ...counted, one, status, had: before, faults };
}
