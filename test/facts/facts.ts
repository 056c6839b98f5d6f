/**
 * What the tests have to know of a gateway. Each gateway has a file of its own here, written from the vendor's pages;
 * every test that goes through all gateways reads its facts from there, and everything else is the same for all.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Batch } from '../../nodes/shared/contract/message';
import type { WebhookCall } from '../../nodes/shared/webhook/call';
import type { Simulator } from '../../simulators/simulator';
import type { RunResult } from '../support/engine';

type Json = Readonly<Record<string, unknown>>;

/** One interface of a gateway, for the conformance suite. */
export interface InterfaceFacts {
	/** What the suite calls it, where a gateway has several. */
	readonly name?: string;
	/** Credential fields that differ from the simulator's own. */
	readonly credentials?: Readonly<Record<string, string>>;
	/** Vendor code (or sentence) of a whole request → kind; `null`: nobody knows whether it was accepted. */
	readonly requestCodes: ReadonlyArray<readonly [code: string, kind: string, accepted: false | null]>;
	/** Vendor code of one recipient → kind. */
	readonly recipientCode: readonly [code: string, kind: string];
	/** Whether the gateway can be asked what became of a request; `if taken`: it is believed only where it knows it. */
	readonly canBeAsked: boolean | 'if taken';
	/** Recipients that one request takes. */
	readonly perRequest: number;
	readonly speaksJson: boolean;
}

/** What makes things at the gateway before an operation asks about them. */
export interface Workshop {
	readonly simulator: Simulator;
	/** Runs another operation of this gateway: one row each, all of which must come out well. */
	run(parameters: INodeParameters, rows: readonly IDataObject[]): Promise<RunResult>;
	/** Lets so much time pass at the gateway. */
	pass(milliseconds: number): void;
}

/** An operation besides sending: what people fill in, what must be at the gateway before, and the right answer. */
export interface OperationFacts {
	/** Parameters of the node; rows fill in `$json`. */
	readonly parameters: INodeParameters;
	/** Makes what so many rows ask about; gives the rows. Without it rows differ in nothing that is asked. */
	prepare?(workshop: Workshop, rows: number): Promise<readonly IDataObject[]>;
	/** The items of a row, without `gateway`. */
	expected(row: IDataObject, simulator: Simulator): ReadonlyArray<Record<string, unknown>>;
	/** Requests for so many rows that ask for different things. */
	requests(rows: number): number;
	/** Where the gateway itself allows fewer rows at a time than the suite asks. */
	readonly mostRows?: number;
	/** Half of the reply is a good reply with another value: nobody can tell. */
	readonly halfLooksWhole?: true;
}

/**
 * What the vendor's pages say of success, by the place in the reply (`*` is a row). `id`: the text's id, of which any
 * word or number is one. `only this`: no other value means success, and without it nobody knows. `number`: whose row it
 * is: with another's number in it, it says nothing of the first.
 */
export type Sign = 'id' | 'only this' | 'number';

export interface ReplyFacts {
	/** The sign that a text was taken, as a test of the reply's text alone. */
	readonly acceptance: RegExp;
	/** The same by its place in a reply in JSON. */
	readonly signs: ReadonlyArray<readonly [place: string, sign: Sign]>;
	/** Where the rows of such a reply are: a list, or a map by number. */
	readonly rows: string;
	/** The vendor's refusal of one recipient, as it is in the row of an accepted one. */
	readonly refusal: Json;
	/** A sign of failure put into a reply of success, for the whole and for a row: then the two contradict each other. */
	readonly failure: { readonly whole?: Json; readonly row?: Json };
	/** Options that change the layout of the reply, if there are any. */
	readonly layouts?: ReadonlyArray<{ readonly options: INodeParameters; readonly json: boolean }>;
	/** The same for options with which nothing is sent. */
	readonly otherLayouts?: readonly INodeParameters[];
	/** True replies to sending, for +79161234567 and +79161234568. */
	readonly toSending: readonly string[];
	/** True replies to operations, for the asks in fuzz.test.ts. */
	readonly toOperations: readonly string[];
	/** A refusal with this sentence in it, where that is no JSON. */
	refusalWith?(sentence: string): Answer;
}

export interface SentRow {
	readonly digits: string;
	readonly id: number;
}

/** Replies of any size, for tests of how the work grows with it. */
export interface GrowthFacts {
	/** The reply in JSON to a batch: `rows` are ours behind those of others. */
	sent(rows: readonly SentRow[], batch: Batch): object;
	/** A reply with prices, where it is in JSON and a row is for a recipient. */
	prices?(rows: readonly SentRow[], batch: Batch): object;
	/** The reply to the question what became of a batch. */
	reconciled?(rows: readonly SentRow[], batch: Batch): object;
	/** One reply for every operation, all its lists so long; where replies are in text, a line of them. */
	readonly operations: ((count: number) => object) | string;
	/** Replies to sending in plain text. */
	readonly texts?: ReadonlyArray<
		readonly [name: string, options: INodeParameters, reply: (repeated: Repeat) => string]
	>;
}

/** The line a thousand times, or more. */
export type Repeat = (line: string) => string;

export interface Answer {
	readonly status?: number;
	readonly body: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** What the vendor answers to the question of a credential's Test button; by the way to sign in, or `any`. */
export interface CredentialFacts {
	/** The ways to sign in, where there are several. */
	readonly ways?: readonly string[];
	/** When all is well. */
	readonly right: Readonly<Record<string, readonly Answer[]>>;
	/** The vendor's own words for a key that it does not take. */
	readonly wrongKey: Readonly<Record<string, readonly Answer[]>>;
	/** Refusals in its own words that are neither: it is the right address, and perhaps the right key. */
	readonly otherTrouble: readonly Answer[];
	/** Fields that sign in, made of two secrets. */
	fields(first: string, second: string): Readonly<Record<string, string>>;
}

export interface TriggerFacts {
	/** A word by which people look for the trigger. */
	readonly alias: 'delivery report' | 'reply';
	/** What reads a call: it takes anything. */
	readonly readers: ReadonlyArray<readonly [name: string, read: (call: WebhookCall) => unknown]>;
	/** A call with a wrong signature, where the vendor signs. */
	readonly forged?: {
		readonly parameters: INodeParameters;
		readonly body: string;
		/** The credential's field for the secret behind the signature, if it is not the key itself. */
		readonly secretField?: string;
	};
}

export interface GatewayFacts {
	/** Every method and parameter that the vendor's pages name, of requests, replies and calls; separated by blanks. */
	readonly documented: string;
	/** The country whose numbers come without a country code. */
	readonly homeCountry: string;
	/** E.164 numbers that the gateway delivers to, the n-th of them, up to half a million. */
	number(n: number): string;
	/** Parameters that every text needs besides to and message. */
	readonly parameters: INodeParameters;
	/** A sender that it takes. Default: ACME. */
	readonly sender?: string;
	/** An option that it does not have, with a value, and the option's label. */
	readonly lacks: readonly [options: INodeParameters, label: string];
	/** What a text of one segment costs in a preview, where the gateway tells prices. */
	readonly price?: readonly [cost: unknown, currency: string | null];
	/** Requests for a thousand recipients: of one text, of a thousand texts. */
	readonly thousand: readonly [sameText: number, differentTexts: number];
	/** The most requests that the sheet contacts.csv may take. */
	readonly sheet: number;
	/** The shape of a message ID. */
	readonly messageId: string;
	/** A code of a delivery that failed for good, where the status is asked for by message ID alone. */
	readonly undelivered?: string;
	/** With these a lost reply is not followed by minutes of asking. */
	readonly hasty?: { readonly options?: INodeParameters; readonly expertOptions?: INodeParameters };
	readonly interfaces: readonly [InterfaceFacts, ...InterfaceFacts[]];
	/** By resource.operation. */
	readonly operations: Readonly<Record<string, OperationFacts>>;
	readonly replies: ReplyFacts;
	readonly growth: GrowthFacts;
	readonly credential: CredentialFacts;
	readonly trigger?: TriggerFacts;
}
