/**
 * Calling back: how a gateway tells its customer of deliveries, replies and phone calls. The vendor's part (method, fields,
 * signature, batches) is its simulation's; here is what all share: addresses, attempts, time limits, the record of calls.
 */

/** Where a message can be. Each simulation has its vendor's own codes for these, and refuses what its vendor never says. */
export const DELIVERY_STATES = [
	'queued',
	'scheduled',
	'sending',
	'sent',
	'delivered',
	'read',
	'expired',
	'undelivered',
	'rejected',
	'cancelled',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** The vendor's own words for a state: SMSC `{code: '20', error: '13'}`, Advanta SMS `{code: 'AbsentSubscriber'}`. */
export interface VendorState {
	readonly code: string;
	/** The reason of a failure, where the vendor has one beside the status (SMSC's `err`). */
	readonly error?: string;
}

/** Where a message is at this moment. */
export interface MessageState {
	/** Null: the vendor's code has no word among them. */
	readonly state: DeliveryState | null;
	/** As the gateway's status method tells it. */
	readonly code: string;
	readonly error: string;
}

/** What the customer sets in the vendor's cabinet, for tests to write into. */
export interface CallbackSettings {
	/** Delivery reports go here; at SMSC everything does. SMS.RU's callback/add and callback/del change this list. */
	reportUrls: string[];
	/** Incoming texts go here: Advanta SMS, VoIP Communications. */
	incomingUrls: string[];
	/** SMSC's calls, and the incoming texts of Advanta SMS and VoIP Communications. */
	method: 'GET' | 'POST';
	/** SMSC: what the hashes are made with. Empty: calls carry no hash. */
	secret: string;
	/** Advanta SMS: an interactive short code names its fields otherwise than a non-interactive one. */
	interactive: boolean;
	/** VoIP Communications publishes no names: these are the caller's choice. */
	fields: { from: string; to: string; text: string };
	/** VoIP Communications: how the fields of a POST are written. */
	bodyType: 'form' | 'json' | 'multipart';
	/** VoIP Communications: the bytes of a form's or a multipart body's texts. What Latin-1 has no place for becomes `?`. */
	charset: 'utf-8' | 'latin1';
	/**
	 * Advanta SMS: JSON goes out as `application/x-www-form-urlencoded`, which is what PHP's curl names a body that was given
	 * as a string.
	 */
	jsonAsForm: boolean;
	/**
	 * Advanta SMS: "Your endpoint can return an auto-response, which we will send to the user automatically via your SMS
	 * account" – when the vendor was asked to enable that.
	 */
	autoResponse: boolean;
}

export interface IncomingText {
	/** International digits of whoever wrote it. */
	readonly from: string;
	/** The customer's number or short code. */
	readonly to: string;
	readonly text: string;
}

export interface PhoneCall {
	/** International digits of whoever called. */
	readonly from: string;
	/** SMS.RU: false when the time for the call ran out. Default: true. */
	readonly confirmed?: boolean;
}

/** A request of the vendor's, ready to leave. */
export interface OutgoingCall {
	readonly method: 'GET' | 'POST';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Buffer;
}

export interface MadeCall {
	readonly gateway: string;
	readonly at: string;
	readonly method: 'GET' | 'POST';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
	/** Counts the tries of one call from 1; wanted repeats count on. */
	readonly attempt: number;
	/** Status of the receiver's answer; null when there was none: see `fault`. */
	readonly status: number | null;
	readonly answer: string;
	readonly answerHeaders: Readonly<Record<string, string>>;
	/** Whether the vendor takes this answer for "received". */
	readonly confirmed: boolean;
	readonly fault: string | null;
}

export interface CallOptions {
	/** Called in place of the addresses that are set. */
	readonly urls?: readonly string[];
	/** Makes the signature with a wrong secret. */
	readonly forge?: boolean;
	/** How often the same call is made once more after it was confirmed. Default: 0. */
	readonly repeat?: number;
	/** How often an unconfirmed call is made before it is given up. Default: 3, or 1 where no repeats are published. */
	readonly attempts?: number;
	/** Milliseconds between two of them; the vendors take minutes. Default: 20. */
	readonly everyMs?: number;
	/** Default: 15 seconds. */
	readonly timeoutMs?: number;
	/** Changes the finished call before it leaves: raw bodies, other headers. */
	readonly change?: (call: OutgoingCall) => OutgoingCall;
	/** SMS.RU: records that come before those of the event in the same call, each as its lines. They are signed, too. */
	readonly records?: readonly string[];
	/** SMS.RU: the first index of `data[…]`. Default: 0. */
	readonly firstIndex?: number;
}

export interface ReportOptions extends CallOptions {
	/** SMSC: one of the several numbers that share the id. Default: all of them. */
	readonly to?: string;
	/** The message need not be one of this gateway's memory: other software of the customer's may have sent it. */
	readonly stranger?: boolean;
}

/** What a gateway can tell its customer of. */
export type Ability = 'report' | 'receive' | 'phoneCall' | 'heartbeat';

/** What tests and people do to make a gateway call its customer. */
export interface Callbacks {
	readonly abilities: ReadonlySet<Ability>;
	/** The customer's settings; a reset() empties them unless it is told to keep them. */
	readonly callbacks: CallbackSettings;
	/** Every call that was made, the newest last. */
	readonly calls: readonly MadeCall[];
	/** What `receive` has brought, the newest last. */
	readonly incoming: readonly IncomingText[];
	/** Sets one address for everything, as a customer does in the cabinet, and other settings with it. */
	callTo(url: string, settings?: Partial<CallbackSettings>): void;
	/**
	 * Gives messages a state, which the gateway's status method tells from now on, and calls every address with it. Throws
	 * when there is no such message or the vendor has no such state. An empty list of ids: `options.records` alone.
	 */
	report(
		messageIds: string | readonly string[],
		state: DeliveryState | VendorState,
		options?: ReportOptions,
	): Promise<readonly MadeCall[]>;
	/** A text comes in from a phone. Throws when the gateway has no incoming texts. */
	receive(text: IncomingText, options?: CallOptions): Promise<readonly MadeCall[]>;
	/** Somebody calls to confirm a number (SMSC wait_call, SMS.RU callcheck). Throws when nobody waits for that number. */
	phoneCall(call: PhoneCall, options?: CallOptions): Promise<readonly MadeCall[]>;
	/** SMS.RU's `test` record. Throws when the gateway has no such thing. */
	heartbeat(options?: CallOptions): Promise<readonly MadeCall[]>;
	/** Any request at all, as it is. */
	callback(call: OutgoingCall, options?: CallOptions): Promise<readonly MadeCall[]>;
}

export interface ReportOrder {
	readonly messageIds: readonly string[];
	readonly state: DeliveryState | VendorState;
	readonly to: string | null;
	readonly stranger: boolean;
}

/** What a simulation needs to write its calls. */
export interface Desk {
	readonly settings: CallbackSettings;
	/** The addresses to call with a delivery report, and with an incoming text. */
	readonly reportUrls: readonly string[];
	readonly incomingUrls: readonly string[];
	readonly forge: boolean;
	readonly records: readonly string[];
	readonly firstIndex: number;
}

/** The vendor's part. `report` and the others throw an Error with a sentence for the test that asked too much. */
export interface Caller<World> {
	/** Whether an answer ends the repeats. */
	confirms(status: number, body: string): boolean;
	/** Tries of an unconfirmed call, where nothing else is asked for. */
	readonly attempts: number;
	report?(order: ReportOrder, desk: Desk, world: World): readonly OutgoingCall[];
	receive?(text: IncomingText, desk: Desk, world: World): readonly OutgoingCall[];
	/** What becomes of a confirmed answer to an incoming text. */
	answered?(text: IncomingText, answer: string, desk: Desk, world: World): void;
	phoneCall?(call: PhoneCall, desk: Desk, world: World): readonly OutgoingCall[];
	heartbeat?(desk: Desk, world: World): readonly OutgoingCall[];
}

export const emptySettings = (): CallbackSettings => ({
	reportUrls: [],
	incomingUrls: [],
	method: 'POST',
	secret: '',
	interactive: false,
	fields: { from: 'from', to: 'to', text: 'msg' },
	bodyType: 'form',
	charset: 'utf-8',
	jsonAsForm: false,
	autoResponse: false,
});

/** The vendor's code for a state; throws when it has none. */
export function codeOf(
	state: DeliveryState | VendorState,
	codes: Readonly<Partial<Record<DeliveryState, VendorState>>>,
	displayName: string,
): VendorState {
	if (typeof state !== 'string') return state;
	const code = codes[state];
	if (code === undefined) throw new Error(`${displayName} never reports a message as ${state}`);
	return code;
}

/** The word for a vendor's code; null when there is none. */
export function wordOf(
	code: string,
	codes: Readonly<Partial<Record<DeliveryState, VendorState>>>,
): DeliveryState | null {
	return DELIVERY_STATES.find((state) => codes[state]?.code === code) ?? null;
}
