/**
 * Replies that a hostile or broken gateway may give to everything besides sending: names that mean something to
 * JavaScript, control characters and HTML, in whole replies of its own and in every place of true ones.
 */
import type { INodeParameters } from 'n8n-workflow';
import { gateways } from '../../nodes/SendSms/gateways';
import { startSimulator } from '../../simulators/server';
import type { Simulator } from '../../simulators/simulator';
import { facts } from '../facts';
import { hurry, realTime } from '../support/clock';
import { runNode } from '../support/engine';
import { subjects } from './subjects';
import type { Subject } from './subjects';

const ODD = '\u0000\u001b[31m\u202e<img src=x onerror=alert(1)>';

/** Own keys, as JSON.parse makes them. */
const NAMES =
	'{"__proto__":{"polluted":"yes","status":"delivered","isAdmin":true},"constructor":{"prototype":{"polluted":"yes"}},"toString":"x","hasOwnProperty":1,"then":"x","length":-1}';

function spoil(json: unknown): unknown {
	if (typeof json === 'string') return `${json}${ODD}`;
	if (Array.isArray(json)) return json.map(spoil);
	if (typeof json !== 'object' || json === null) return json;
	const names = JSON.parse(NAMES) as object;
	return Object.fromEntries([
		...Object.entries(names),
		...Object.entries(json).map(([key, value]) => [key, spoil(value)] as const),
	]);
}

const rude = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A whole reply, and the same within a list. */
const REPLIES = [
	`{"status":"OK","status_code":100,"success":true,"error":"${rude(ODD)}","error_code":2,"data":[${NAMES}],"response-code":1006,"response-description":"${rude(ODD)}","balance":"${rude(ODD)}",${NAMES.slice(1)}`,
	`[${NAMES},"${rude(ODD)}",null,[[]],7]`,
	`errors:${ODD}`,
	`<!DOCTYPE html><script>alert(1)</script>${ODD}`,
	'constructor',
	'{"__proto__":null}',
];

/** Enough for every operation to have something to ask; each takes what it knows. */
function values({ gateway, number }: Subject): INodeParameters {
	return {
		...{ messageId: '1042', to: number(0), phone: number(0), number: number(0), numbers: number(0) },
		...{
			message: 'Hello',
			text: 'Hello',
			note: 'Asked to',
			sender: 'ACME',
			code: '1234',
			checkId: '202647-1',
			ownNumber: '17134567890',
		},
		...{
			from: facts[gateway].sender ?? 'ACME',
			start: '2029-12-01',
			end: '2029-12-02',
			date: '2029-12-01',
			url: 'https://example.com/x',
		},
		...{ returnAll: true, limit: 50, simplify: false, waitUntilFinal: false },
		options: { includeRaw: true, timeout: 5000 },
	};
}

function expectHarmless(value: unknown, path = 'json'): void {
	if (typeof value !== 'object' || value === null) return;
	const prototype: unknown = Object.getPrototypeOf(value);
	expect({ path, isPlain: prototype === Object.prototype || prototype === Array.prototype }).toEqual({
		path,
		isPlain: true,
	});
	for (const [key, inner] of Object.entries(value)) expectHarmless(inner, `${path}.${key}`);
}

const SEND = { resource: 'message', operation: 'send' } as const;

const cases = subjects.flatMap((subject) => {
	const { operations, billedOperations } = gateways[subject.gateway];
	// What another way to sign in cannot do is refused before anything is asked.
	const isUsualWay = subject.credentials?.authentication === undefined;
	const billed = billedOperations.filter(({ senderFor }) => isUsualWay || senderFor === undefined);
	return [...operations, ...billed, SEND].map(
		({ resource, operation }) =>
			[`${subject.name}: ${resource}.${operation}`, subject, { resource, operation }] as const,
	);
});

let simulators: ReadonlyMap<Subject, Simulator>;
const asked = new Set<string>();

beforeAll(async () => {
	hurry(1000);
	simulators = new Map(
		await Promise.all(
			subjects.map(async (subject) => [subject, await startSimulator(subject.simulation())] as const),
		),
	);
});
afterAll(async () => {
	realTime();
	for (const simulator of simulators.values()) await simulator.close();
});

describe.each(cases)('%s', (name, subject, which) => {
	async function run(): Promise<void> {
		const simulator = simulators.get(subject);
		if (simulator === undefined) throw new Error('no simulator');
		const known = Object.getOwnPropertyNames(Object.prototype).sort();
		const { success, failed, error } = await runNode({
			node: subject.gateway,
			credentials: { [subject.credentialType]: { ...simulator.credentials, ...subject.credentials } },
			onError: 'continueErrorOutput',
			parameters: { ...subject.parameters, ...values(subject), ...subject.parameters, ...which },
		});
		expect(error).toBeNull();
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(known);
		const items = [...success, ...failed];
		for (const { json, pairedItem } of items) {
			expect(pairedItem).toBeDefined();
			expectHarmless(json);
			expect(json).not.toHaveProperty('polluted');
			const told = json.error;
			if (typeof told !== 'object' || told === null) continue;
			const { message, hint } = told as { message: string; hint: string };
			expect(`${message}${hint}`).not.toMatch(/[\p{Cc}]/u);
			expect(message.length).toBeLessThan(1000);
		}
		if (simulator.requests.length > 0) asked.add(name);
	}

	it.each(REPLIES.map((body, index) => [index, body] as const))('reply %i', async (_index, body) => {
		const simulator = simulators.get(subject);
		simulator?.reset();
		const reply = { status: 200, headers: { 'content-type': 'application/json' }, body };
		simulator?.fault({ at: 'before', how: 'reply', reply, times: Infinity, matches: () => true });
		await run();
	});

	it('a true reply with all of it everywhere', async () => {
		const simulator = simulators.get(subject);
		simulator?.reset();
		simulator?.fault({ at: 'after', how: 'mutate', mutate: spoil, times: Infinity, matches: () => true });
		await run();
	});
});

it('all of them did ask their gateway', () => {
	const silent = cases.map(([name]) => name).filter((name) => !asked.has(name));
	expect(silent).toEqual([]);
});
