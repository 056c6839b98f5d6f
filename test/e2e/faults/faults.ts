/** Everything that can go wrong between a node and a gateway, as faults that a simulator can be told to have. */
import type { Fault, SimulatedReply } from '../../../simulators/simulator';

export type Random = () => number;

/** Mulberry32: small, seeded, good enough to choose which requests are hit. */
export function seeded(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

type Spoiling = Omit<Fault, 'times' | 'matches'>;

export interface FaultCase {
	readonly name: string;
	/** Null: the fault lies before the gateway (see `baseUrl`) or in the run itself. */
	readonly spoil: Spoiling | null;
	/** Sends the requests somewhere else. */
	readonly baseUrl?: 'refused' | 'no such host' | 'not TLS';
	/** Replies that cannot be JSON make no sense for a gateway of plain text. */
	readonly jsonOnly?: boolean;
	/** Share of the requests that are hit. */
	readonly share: number;
	/** n8n's Retry On Fail is on, and the first row is bad. */
	readonly retryOnFail?: boolean;
	/** A person stops the run in the middle. */
	readonly cancel?: boolean;
}

const HTML = '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>It works!</h1></body></html>';

export const page = (
	status: number,
	body: string | Buffer = HTML,
	headers: Record<string, string> = {},
): SimulatedReply => ({
	status,
	headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
	body,
});

export const answer = (
	at: 'before' | 'after',
	name: string,
	reply: SimulatedReply,
	share = 0.4,
): FaultCase => ({
	name: `${name}, ${at === 'before' ? 'not acted on' : 'acted on'}`,
	spoil: { at, how: 'reply', reply },
	share,
});

export const both = (name: string, reply: SimulatedReply): FaultCase[] => [
	answer('before', name, reply),
	answer('after', name, reply),
];

/** Applies a change to the list (or map) of recipients in a reply, wherever the gateway keeps it. */
function rowsOf(json: unknown, change: (rows: unknown[]) => unknown[]): unknown {
	if (typeof json !== 'object' || json === null) return json;
	if (Array.isArray(json)) return change(json as unknown[]);
	const copy: Record<string, unknown> = { ...(json as Record<string, unknown>) };
	for (const name of ['phones', 'responses', 'send_log', 'data']) {
		if (Array.isArray(copy[name])) copy[name] = change(copy[name] as unknown[]);
	}
	if (typeof copy.sms === 'object' && copy.sms !== null) {
		copy.sms = Object.fromEntries(change(Object.entries(copy.sms)) as Array<[string, unknown]>);
	}
	return copy;
}

const mutation = (name: string, mutate: (json: unknown) => unknown): FaultCase => ({
	name,
	spoil: { at: 'after', how: 'mutate', mutate },
	jsonOnly: true,
	share: 0.5,
});

const everyLeaf = (json: unknown, change: (value: unknown) => unknown): unknown => {
	if (Array.isArray(json)) return json.map((value) => everyLeaf(value, change));
	if (typeof json !== 'object' || json === null) return change(json);
	return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, everyLeaf(value, change)]));
};

export const faultCases: readonly FaultCase[] = [
	{ name: 'nothing', spoil: null, share: 0 },
	{ name: 'connection refused', spoil: null, baseUrl: 'refused', share: 1 },
	{ name: 'no such host', spoil: null, baseUrl: 'no such host', share: 1 },
	{ name: 'TLS that cannot be agreed', spoil: null, baseUrl: 'not TLS', share: 1 },
	{ name: 'reset before it is read', spoil: { at: 'connect', how: 'reset' }, share: 0.4 },
	{ name: 'reset after it is read', spoil: { at: 'before', how: 'reset' }, share: 0.4 },
	{ name: 'reset after it is accepted', spoil: { at: 'after', how: 'reset' }, share: 0.4 },
	{ name: 'reset in the middle of the reply', spoil: { at: 'after', how: 'cut' }, share: 0.4 },
	{ name: 'stall, not acted on', spoil: { at: 'before', how: 'stall' }, share: 0.1 },
	{ name: 'stall, acted on', spoil: { at: 'after', how: 'stall' }, share: 0.1 },
	{ name: 'slow drip', spoil: { at: 'after', how: 'drip', everyMs: 1 }, share: 0.3 },
	answer('before', '429 with Retry-After', page(429, '', { 'retry-after': '3' })),
	answer('before', '429 without Retry-After', page(429)),
	...both('500', page(500)),
	...both('502', page(502)),
	...both('503', page(503, '')),
	...both('504', page(504)),
	...both('HTML with 200', page(200)),
	...both('empty 200', page(200, '')),
	{ name: 'truncated reply', spoil: { at: 'after', how: 'truncate' }, share: 0.4 },
	answer(
		'after',
		'wrong character set',
		page(200, Buffer.from([0xfe, 0xff, 0x00, 0x7b, 0x00, 0x22, 0x80, 0x81])),
	),
	answer('after', 'oversized reply', page(200, `{"a":"${'x'.repeat(2_000_000)}"}`), 0.1),
	answer('before', 'redirect (301) elsewhere', page(301, '', { location: 'https://example.invalid/' })),
	answer('before', 'redirect (302) elsewhere', page(302, '', { location: 'https://example.invalid/' })),
	mutation('numbers as strings', (json) =>
		everyLeaf(json, (value) => (typeof value === 'number' ? String(value) : value)),
	),
	mutation('nulls for values', (json) => everyLeaf(json, () => null)),
	mutation('objects for values', (json) => everyLeaf(json, (value) => ({ value }))),
	mutation('duplicate rows', (json) => rowsOf(json, (rows) => [...rows, ...rows])),
	mutation('missing rows', (json) => rowsOf(json, (rows) => rows.filter((_, index) => index % 3 !== 1))),
	mutation('rows nobody asked for', (json) =>
		rowsOf(json, (rows) => [
			...rows.map((row) =>
				Array.isArray(row)
					? [`99${String(row[0])}`, row[1] as unknown]
					: {
							...(row as { data?: object }),
							// AlphaSMS tells rows by the id inside.
							data: { ...(row as { data?: object }).data, id: 1 },
							phone: '9990000001',
							mobile: '9990000001',
							to: '9990000001',
							clientsmsid: 'x',
						},
			),
			...rows,
		]),
	),
	mutation('rows out of order', (json) => rowsOf(json, (rows) => [...rows].reverse())),
	{
		name: 'Retry On Fail, first row bad, answers lost',
		spoil: { at: 'after', how: 'reset' },
		share: 0.4,
		retryOnFail: true,
	},
	{
		name: 'Retry On Fail, first row bad, 429',
		spoil: { at: 'before', how: 'reply', reply: page(429) },
		share: 0.5,
		retryOnFail: true,
	},
	{ name: 'stopped by a person', spoil: { at: 'after', how: 'drip', everyMs: 5 }, share: 1, cancel: true },
];

/** @throws when there is none of that name */
export function faultNamed(name: string): FaultCase {
	const found = faultCases.find((fault) => fault.name === name);
	if (found === undefined) throw new Error(`There is no fault "${name}"`);
	return found;
}
