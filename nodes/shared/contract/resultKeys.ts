/**
 * Every key that a result may have, in the order in which people look for it in n8n's Table view, and what is under it:
 * one word for one thing, whichever gateway and operation.
 */
import type { JsonRecord, JsonValue } from './request';

export type KeyType = 'string' | 'number' | 'boolean' | 'array' | 'object';

export const RESULT_KEYS = {
	deleted: 'boolean',
	to: 'string',
	status: 'string',
	final: 'boolean',
	// What the operation is about.
	code: 'string',
	confirmed: 'boolean',
	state: 'string',
	checkId: 'string',
	callPhone: 'string',
	callPhonePretty: 'string',
	added: 'boolean',
	limit: 'string',
	total: 'number',
	used: 'number',
	messages: 'number',
	zone: 'string',
	sender: 'string',
	senderId: 'string',
	url: 'string',
	note: 'string',
	direction: 'string',
	// What it costs, and what it is called.
	segments: 'number',
	cost: 'number',
	// What is left afterwards.
	balance: 'number',
	credit: 'number',
	unit: 'string',
	currency: 'string',
	paidIn: 'number',
	login: 'string',
	callCost: 'number',
	lookupCost: 'number',
	mmsCost: 'number',
	chargedSegments: 'number',
	messageId: 'string',
	accepted: 'boolean',
	alreadySent: 'boolean',
	// Why it did not arrive.
	reason: 'string',
	hint: 'string',
	reasonKind: 'string',
	reasonCode: 'string',
	encoding: 'string',
	characters: 'number',
	remaining: 'number',
	from: 'string',
	toCorrectedFrom: 'string',
	// In a test run: the recipient whose text went to another number.
	toRedirectedFrom: 'string',
	text: 'string',
	scheduledFor: 'string',
	// The same in the zone of the workflow.
	scheduledForLocal: 'string',
	sentAt: 'string',
	occurredAt: 'string',
	reportedAt: 'string',
	deliverySeconds: 'number',
	testMode: 'boolean',
	paused: 'boolean',
	clicked: 'boolean',
	members: 'number',
	membersRefused: 'number',
	// What is known of the number.
	country: 'string',
	operator: 'string',
	formerOperator: 'string',
	region: 'string',
	timezone: 'string',
	network: 'string',
	roamingCountry: 'string',
	roamingNetwork: 'string',
	mcc: 'string',
	mnc: 'string',
	mccmnc: 'string',
	imsi: 'string',
	msc: 'string',
	gateway: 'string',
	attempts: 'array',
	parts: 'array',
	forcesUnicode: 'array',
	raw: 'object',
	error: 'object',
} as const satisfies Readonly<Record<string, KeyType>>;

export type ResultKey = keyof typeof RESULT_KEYS;

/** A row of output: some of the keys. */
export type ResultRow = Readonly<Partial<Record<ResultKey, JsonValue>>>;

/** Keys of a trigger's items, in their order. What only some events have stands between the text and the time. */
export const EVENT_KEYS = {
	event: 'string',
	status: 'string',
	messageId: 'string',
	from: 'string',
	to: 'string',
	text: 'string',
	reason: 'string',
	hint: 'string',
	error: 'object',
	optOut: 'boolean',
	checkId: 'string',
	confirmed: 'boolean',
	state: 'string',
	cost: 'number',
	testMode: 'boolean',
	paused: 'boolean',
	clicked: 'boolean',
	occurredAt: 'string',
	reportedAt: 'string',
	deliverySeconds: 'number',
	gateway: 'string',
	raw: 'object',
} as const satisfies Readonly<Record<string, KeyType>>;

export type EventKey = keyof typeof EVENT_KEYS;

/** An item of a trigger: some of the keys. */
export type EventRow = Readonly<Partial<Record<EventKey, JsonValue>>>;

const RESULT_ORDER = Object.keys(RESULT_KEYS);
const EVENT_ORDER = Object.keys(EVENT_KEYS);

export function resultInOrder(row: ResultRow): JsonRecord {
	return inOrder(row, RESULT_ORDER);
}

export function eventInOrder(event: EventRow): JsonRecord {
	return inOrder(event, EVENT_ORDER);
}

function inOrder(record: Readonly<Record<string, JsonValue>>, order: readonly string[]): JsonRecord {
	const ordered: Record<string, JsonValue> = {};
	for (const key of order) {
		const value = record[key];
		if (value !== undefined) ordered[key] = value;
	}
	return ordered;
}
