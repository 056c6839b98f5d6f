/**
 * What an operation's items look like, as JSON schema: n8n offers these fields for dragging before anything has run. Keys
 * are those of good items; a failed row has `reason`, `hint` and `error` besides.
 */
import type { EventKind } from './event';
import type { EventKey, KeyType, ResultKey } from './resultKeys';
import { EVENT_KEYS, RESULT_KEYS } from './resultKeys';

export interface PropertySchema {
	readonly type: KeyType;
	readonly items?: PropertySchema;
	readonly properties?: Readonly<Record<string, PropertySchema>>;
}

export interface OutputSchema {
	readonly type: 'object';
	readonly properties: Readonly<Record<string, PropertySchema>>;
	readonly version: 1;
}

const STRING: PropertySchema = { type: 'string' };

/** What is inside those that hold something. */
const INSIDE: Readonly<Record<string, Omit<PropertySchema, 'type'>>> = {
	parts: { items: STRING },
	forcesUnicode: { items: { type: 'object', properties: { character: STRING, replacement: STRING } } },
	attempts: {
		items: {
			type: 'object',
			properties: { gateway: STRING, outcome: STRING, kind: STRING, code: STRING, at: STRING },
		},
	},
	error: { properties: { kind: STRING, code: STRING, message: STRING, hint: STRING } },
};

/** What a text that was accepted, or a call or a look-up, says. */
const TAKEN_KEYS = [
	'to',
	'status',
	'cost',
	'currency',
	'messageId',
	'accepted',
	'alreadySent',
	'from',
	'toCorrectedFrom',
	'scheduledFor',
] as const satisfies readonly ResultKey[];

/** What a text says besides: what it is charged by, and what only its options can ask for. */
const TEXT_KEYS = [
	'segments',
	'encoding',
	'scheduledForLocal',
	'testMode',
] as const satisfies readonly ResultKey[];

/** Of a text with a code; `reason` and `hint` where nobody knows whether it went out. */
const CODE_KEYS = ['codeId', 'expiresAt', 'reason', 'hint'] as const satisfies readonly ResultKey[];

const PREVIEW_KEYS = [
	'to',
	'segments',
	'encoding',
	'characters',
	'remaining',
	'from',
	'toCorrectedFrom',
	'scheduledFor',
	'testMode',
	'gateway',
] as const satisfies readonly ResultKey[];

const PRICE_KEYS = ['cost', 'currency', 'chargedSegments'] as const satisfies readonly ResultKey[];

/** The longest cells are last. */
const SHOWN_TEXT = ['text', 'parts', 'forcesUnicode'] as const satisfies readonly ResultKey[];

const ALL_EVENTS = [
	'event',
	'status',
	'messageId',
	'from',
	'to',
	'text',
	'error',
	'occurredAt',
	'gateway',
	'raw',
] as const satisfies readonly EventKey[];

const EVENTS_OF_KIND: Readonly<Record<EventKind, readonly EventKey[]>> = {
	status: ['reason', 'hint'],
	reply: ['optOut'],
	optOut: ['optOut'],
	callCheck: ['checkId', 'confirmed', 'state'],
	waitCall: [],
};

const RESULT_ORDER = Object.keys(RESULT_KEYS) as ResultKey[];
const EVENT_ORDER = Object.keys(EVENT_KEYS) as EventKey[];

/** @param keys those of its rows; what was deleted is told by `deleted` alone */
export function operationSchema(keys: readonly ResultKey[]): OutputSchema {
	return resultSchema(keys.includes('deleted') ? keys : [...keys, 'gateway']);
}

/** @param details what this gateway may tell besides */
export function sendSchema(isText: boolean, details: readonly ResultKey[]): OutputSchema {
	return operationSchema([...TAKEN_KEYS, ...(isText ? TEXT_KEYS : []), ...details]);
}

/** @param details what this gateway may tell besides */
export function sendCodeSchema(details: readonly ResultKey[]): OutputSchema {
	return sendSchema(true, [...CODE_KEYS, ...details]);
}

export function checkCodeSchema(): OutputSchema {
	return operationSchema(['to', 'confirmed', 'state', 'triesLeft', 'testMode']);
}

/** What Send and Wait for Response gives once the answer has come. */
export function answerSchema(): OutputSchema {
	const data: PropertySchema = {
		type: 'object',
		properties: { approved: { type: 'boolean' }, text: STRING, respondedAt: STRING },
	};
	return schemaOf({ data, ...resultSchema(['to', 'messageId', 'gateway']).properties });
}

/** @param hasPrices the gateway tells them where they are wanted */
export function previewSchema(hasPrices: boolean): OutputSchema {
	const { properties } = resultSchema([...PREVIEW_KEYS, ...(hasPrices ? PRICE_KEYS : [])]);
	return schemaOf({ ...properties, ...resultSchema(SHOWN_TEXT).properties });
}

/** @param details what this gateway may tell besides */
export function eventSchema(kinds: readonly EventKind[], details: readonly EventKey[]): OutputSchema {
	const keys = new Set([...ALL_EVENTS, ...kinds.flatMap((kind) => EVENTS_OF_KIND[kind]), ...details]);
	return schemaOf(propertiesOf(EVENT_ORDER, keys, EVENT_KEYS));
}

function resultSchema(keys: readonly ResultKey[]): OutputSchema {
	return schemaOf(propertiesOf(RESULT_ORDER, new Set(keys), RESULT_KEYS));
}

function propertiesOf<K extends string>(
	order: readonly K[],
	keys: ReadonlySet<K>,
	types: Readonly<Record<K, KeyType>>,
): Readonly<Record<string, PropertySchema>> {
	const wanted = order.filter((key) => keys.has(key));
	return Object.fromEntries(wanted.map((key) => [key, { type: types[key], ...INSIDE[key] }]));
}

function schemaOf(properties: OutputSchema['properties']): OutputSchema {
	return { type: 'object', properties, version: 1 };
}
