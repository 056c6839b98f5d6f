/**
 * One suite for every gateway, in n8n's engine, over real sockets against the gateway's simulator. For each thing that
 * can go wrong: what the row shows, whether it may be tried again, that nobody is texted twice and nobody is missing.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { gateways } from '../../nodes/SendSms/gateways';
import type { Fault, SimulatedReply, SimulatedRequest, Simulator } from '../../simulators/simulator';
import { startSimulator } from '../../simulators/server';
import { hurry, realTime } from '../support/clock';
import type { RunResult } from '../support/engine';
import { runNode } from '../support/engine';
import { judge, verdictOf } from '../support/referee';
import type { Subject } from './subjects';
import { subjects } from './subjects';

const HTML = '<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>';

function page(status: number, body = HTML, headers: Record<string, string> = {}): SimulatedReply {
	return { status, headers: { 'content-type': 'text/html', ...headers }, body };
}

describe.each(subjects.map((subject) => [subject.name, subject] as const))(
	'%s',
	(_: string, subject: Subject) => {
		let simulator: Simulator;

		beforeAll(async () => {
			simulator = await startSimulator(subject.simulation());
			hurry(100);
		});
		beforeEach(() => simulator.reset());
		afterAll(async () => {
			realTime();
			await simulator.close();
		});

		interface Sending {
			readonly people?: number;
			readonly options?: INodeParameters;
			readonly text?: string;
			readonly baseUrl?: string;
			readonly node?: 'sendSms';
		}

		/** One row each, with the error output: that is where a failed row has to be. */
		async function send({
			people = 1,
			options = {},
			text = 'Hello',
			baseUrl,
			node,
		}: Sending = {}): Promise<RunResult> {
			const credential = {
				...simulator.credentials,
				...subject.credentials,
				...(baseUrl === undefined ? {} : { baseUrl }),
			};
			return await runNode({
				node: node ?? subject.gateway,
				credentials: { [subject.credentialType]: credential },
				onError: 'continueErrorOutput',
				rows: Array.from({ length: people }, (_, n) => ({ n, phone: subject.number(n) })),
				parameters: {
					...(node === undefined ? {} : { gateway: subject.gateway }),
					to: '={{ $json.phone }}',
					message: text,
					...subject.parameters,
					// Long enough for a busy machine; what waits for it says so.
					options: { timeout: 10_000, ...options },
				},
			});
		}

		/** The truth of a run: nobody twice, nobody missing, every claim right, failures on the error output. */
		function check({ success, failed, error }: RunResult, people = 1): ReturnType<typeof judge> {
			expect(error).toBeNull();
			// n8n puts the input row beside the error on this output: the row is `json` without `error`.
			expect(success.every(({ json }) => json.error === undefined)).toBe(true);
			for (const { json } of failed)
				expect(json).toMatchObject({ phone: expect.any(String), error: expect.any(Object) });
			const judgement = judge(simulator, [...success, ...failed], people, (row) => subject.number(row));
			expect(judgement.misses).toEqual([]);
			return judgement;
		}

		const outcomes = async (people: number, sending: Sending = {}): Promise<[number, number, number]> => {
			const { accepted, notAccepted, unclear } = check(await send({ ...sending, people }), people);
			return [accepted, notAccepted, unclear];
		};

		/** What a lost answer comes to: known where the gateway can be asked, else unclear. */
		const lost = (arrived: boolean): [number, number, number] => {
			if (subject.canBeAsked === false) return [0, 0, 1];
			if (arrived) return [1, 0, 0];
			return subject.canBeAsked === true ? [0, 1, 0] : [0, 0, 1];
		};

		describe('accepts', () => {
			it('one', async () => {
				const { success, failed } = await send();
				expect(failed).toEqual([]);
				expect(success[0]?.json).toMatchObject({
					gateway: subject.gateway,
					to: subject.number(0),
					messageId: expect.any(String),
					status: 'queued',
					accepted: true,
					segments: 1,
					encoding: 'GSM-7',
					scheduledFor: null,
				});
				// In the order in which people look for them in Table view.
				const own: readonly string[] = gateways[subject.gateway].texts.detailKeys;
				expect(Object.keys(success[0]?.json ?? {}).filter((key) => !own.includes(key))).toEqual([
					'to',
					'status',
					'segments',
					'cost',
					'currency',
					'messageId',
					'accepted',
					'encoding',
					'from',
					'scheduledFor',
					'gateway',
				]);
				expect(simulator.texts).toEqual([
					expect.objectContaining({
						to: subject.number(0).slice(1),
						text: 'Hello',
						messageId: success[0]?.json.messageId,
					}),
				]);
			});

			it('many, in as few requests as the gateway allows', async () => {
				expect(await outcomes(25)).toEqual([25, 0, 0]);
				expect(simulator.requests).toHaveLength(Math.ceil(25 / subject.perRequest));
			});

			it('through the generic node', async () => {
				expect(await outcomes(3, { node: 'sendSms' })).toEqual([3, 0, 0]);
			});

			it.each([
				'Заказ готов, ждём вас',
				'👨‍👩‍👧 family plan',
				'a+b & c=d; 100% "quoted" \'single\'',
				'Line one\nLine two; with: separators, all of them',
				'It\'s "quoted" \\n not a break',
				'<b>{"json":true}</b> [x] | ~ ^ \\ €',
			])('every character of %j', async (text) => {
				expect(await outcomes(1, { text })).toEqual([1, 0, 0]);
				expect(simulator.texts[0]?.text).toBe(text);
			});
		});

		describe('refusals', () => {
			it('of one number leave the others alone', async () => {
				const [code, kind] = subject.recipientCode;
				simulator.orders.recipientCodes.set(subject.number(1).slice(1), code);
				const result = await send({ people: 3 });
				check(result, 3);
				expect(result.failed.map(verdictOf)).toEqual([
					expect.objectContaining({
						row: 1,
						accepted: false,
						error: expect.objectContaining({ kind, gateway: subject.gateway }),
					}),
				]);
				expect(result.success).toHaveLength(2);
			});

			it.each(subject.requestCodes)('code %s of the request is %s', async (code, kind, accepted) => {
				simulator.orders.requestCode = code;
				const result = await send();
				check(result);
				const [verdict] = result.failed.map(verdictOf);
				expect(verdict?.error).toMatchObject({ kind, accepted });
				expect(String(verdict?.error?.message).length).toBeGreaterThan(10);
				expect(String(verdict?.error?.hint)).toMatch(/\.$/);
				if (accepted === null) expect(verdict?.error?.retry).toBe('check_first');
				else expect(['never', 'later', 'after_fix', 'check_first']).toContain(verdict?.error?.retry);
			});

			it('of the key stop the run: the rest is not tried in vain', async () => {
				const { credentials } = simulator;
				const wrong = Object.fromEntries(
					Object.entries(credentials).map(([name, value]) => [
						name,
						simulator.secrets.includes(value) ? 'not-the-key' : value,
					]),
				);
				const people = subject.perRequest * 12;
				const result = await runNode({
					node: subject.gateway,
					credentials: { [subject.credentialType]: wrong },
					onError: 'continueErrorOutput',
					rows: Array.from({ length: people }, (_, n) => ({ phone: subject.number(n) })),
					parameters: { to: '={{ $json.phone }}', message: 'Hi', ...subject.parameters },
				});
				expect(check(result, people)).toMatchObject({ accepted: 0, notAccepted: people, unclear: 0 });
				expect(result.failed[0]?.json.error).toMatchObject({ kind: 'authentication', retry: 'after_fix' });
				expect(simulator.requests.length).toBeGreaterThan(0);
				expect(simulator.requests.length).toBeLessThanOrEqual(8);
			});
		});

		describe('answers that cannot be read', () => {
			it.each<[string, Omit<Fault, 'at'>]>([
				['an HTML page', { how: 'reply', reply: page(200) }],
				['nothing', { how: 'reply', reply: page(200, '') }],
				['half of the answer', { how: 'truncate' }],
				[
					'bytes of no character set',
					{ how: 'reply', reply: { status: 200, headers: {}, body: Buffer.from([0xff, 0xfe, 0, 1]) } },
				],
				['500', { how: 'reply', reply: page(500) }],
				['502', { how: 'reply', reply: page(502) }],
				['503', { how: 'reply', reply: page(503, '') }],
				['504', { how: 'reply', reply: page(504) }],
				[
					'a redirect of the kind that may follow an action',
					{ how: 'reply', reply: page(302, '', { location: '/done' }) },
				],
			])('%s, after the text was taken: never tried again', async (_, fault) => {
				simulator.fault({ at: 'after', ...fault });
				expect(await outcomes(1)).toEqual(lost(true));
				expect(simulator.texts).toHaveLength(1);
			});

			it.each<[string, Omit<Fault, 'at'>]>([
				['an HTML page', { how: 'reply', reply: page(200) }],
				['nothing', { how: 'reply', reply: page(200, '') }],
				['500', { how: 'reply', reply: page(500) }],
				['502', { how: 'reply', reply: page(502) }],
			])('%s, before: nobody can know either, or the gateway says so', async (_, fault) => {
				simulator.fault({ at: 'before', ...fault });
				expect(await outcomes(1)).toEqual(lost(false));
				// The request came, and the gateway did not act on it.
				expect(simulator.requests[0]?.fault).not.toBeNull();
				expect(simulator.texts).toHaveLength(0);
			});
		});

		if (subject.speaksJson) {
			type Change = (value: unknown, key: string) => unknown;
			const everywhere = (change: Change) => {
				const walk = (value: unknown, key = ''): unknown => {
					const changed = change(value, key);
					// What was put in its place stays as it is: a change of that would never end.
					if (changed !== value) return changed;
					if (Array.isArray(changed)) return changed.map((inner) => walk(inner, key));
					if (typeof changed !== 'object' || changed === null) return changed;
					return Object.fromEntries(
						Object.entries(changed)
							.map(([name, inner]) => [name, walk(inner, name)] as const)
							.filter(([, inner]) => inner !== undefined),
					);
				};
				return (json: unknown): unknown => walk(json);
			};
			const counted =
				(mutate: (json: unknown) => unknown) =>
				(json: unknown): unknown => {
					const changed = mutate(json);
					if (JSON.stringify(changed) !== JSON.stringify(json)) changes++;
					return changed;
				};
			/** Replies that a change really changed: one that changes nothing would pass for nothing. */
			let changes = 0;
			beforeEach(() => {
				changes = 0;
			});

			it.each<[string, Change]>([
				['numbers as strings', (value) => (typeof value === 'number' ? String(value) : value)],
				[
					'numbers as strings and strings as numbers',
					(value) => {
						if (typeof value === 'number') return String(value);
						return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
					},
				],
			])('%s change nothing', async (_, change) => {
				simulator.fault({ at: 'after', how: 'mutate', mutate: counted(everywhere(change)) });
				expect(await outcomes(3)).toEqual([3, 0, 0]);
				expect(changes).toBe(1);
			});

			it.each<[string, (json: unknown) => unknown]>([
				['nulls', everywhere((value) => (typeof value === 'object' ? value : null))],
				[
					'[] for every map within',
					everywhere((value, key) =>
						key !== '' && typeof value === 'object' && !Array.isArray(value) ? [] : value,
					),
				],
				['objects for every value', everywhere((value) => (typeof value === 'object' ? value : { x: 1 }))],
				['a list around everything', (json) => [[json]]],
			])('%s never turn a text that was taken into one that was not', async (_, mutate) => {
				simulator.fault({ at: 'after', how: 'mutate', mutate: counted(mutate) });
				const [accepted, notAccepted, unclear] = await outcomes(3);
				expect(notAccepted).toBe(0);
				expect(accepted + unclear).toBe(3);
				expect(simulator.texts).toHaveLength(3);
				expect(changes).toBe(1);
			});

			it('every key of the reply, missing wherever it stands, never turns a text that was taken into one that was not', async () => {
				const keys = new Set<string>();
				simulator.fault({
					at: 'after',
					how: 'mutate',
					mutate: everywhere((value, key) => {
						keys.add(key);
						return value;
					}),
				});
				expect(await outcomes(3)).toEqual([3, 0, 0]);
				keys.delete('');
				expect(keys.size).toBeGreaterThan(3);
				for (const missing of keys) {
					simulator.reset();
					changes = 0;
					const change: Change = (value, key) => (key === missing ? undefined : value);
					simulator.fault({ at: 'after', how: 'mutate', mutate: counted(everywhere(change)) });
					const [accepted, notAccepted, unclear] = await outcomes(3);
					expect({ missing, changes, notAccepted, others: accepted + unclear }).toEqual({
						missing,
						changes: 1,
						notAccepted: 0,
						others: 3,
					});
					expect(simulator.texts).toHaveLength(3);
				}
			});
		}

		describe('lines that break', () => {
			it('refused connection: not sent, may be tried later, and says where it went', async () => {
				const closed = createServer();
				await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
				const { port } = closed.address() as AddressInfo;
				await new Promise((resolve) => closed.close(resolve));
				const result = await send({ baseUrl: `http://127.0.0.1:${port}` });
				check(result);
				expect(result.failed[0]?.json.error).toMatchObject({
					accepted: false,
					kind: 'temporary',
					retry: 'later',
					message: expect.stringContaining(`http://127.0.0.1:${port}`),
				});
			});

			it('a host that does not exist: not sent', async () => {
				const result = await send({ baseUrl: 'https://no-such-host.invalid' });
				check(result);
				expect(result.failed[0]?.json.error).toMatchObject({ accepted: false, retry: 'later' });
			});

			it.each<[string, Fault, boolean]>([
				['reset after it was read', { at: 'before', how: 'reset' }, false],
				['reset after it was taken', { at: 'after', how: 'reset' }, true],
				['cut in the middle of the answer', { at: 'after', how: 'cut' }, true],
				['stalled until the timeout, not taken', { at: 'before', how: 'stall' }, false],
				['stalled until the timeout, taken', { at: 'after', how: 'stall' }, true],
			])('%s: sent once at most, and never again by us', async (_, fault, arrived) => {
				simulator.fault(fault);
				expect(await outcomes(1, { options: fault.how === 'stall' ? { timeout: 400 } : {} })).toEqual(
					lost(arrived),
				);
				expect(simulator.requests[0]?.fault).not.toBeNull();
				expect(simulator.texts).toHaveLength(arrived ? 1 : 0);
			});

			it('closed as soon as it is opened: sent again only if nothing can have been read', async () => {
				// Node reports this as `connect ECONNRESET` (no byte left) or as a reset of a standing connection: a matter
				// of microseconds. The referee knows which of the two the items may claim.
				simulator.fault({ at: 'connect', how: 'reset' });
				const { accepted } = check(await send());
				expect(simulator.texts).toHaveLength(accepted);
			});

			it('a slow answer is still an answer', async () => {
				simulator.fault({ at: 'after', how: 'drip', everyMs: 20 });
				expect(await outcomes(1)).toEqual([1, 0, 0]);
			});

			it('a broken request in the middle costs nobody else', async () => {
				const people = subject.perRequest * 3;
				let seen = 0;
				simulator.fault({ at: 'after', how: 'reset', matches: () => ++seen === 2 });
				const { accepted, unclear } = check(await send({ people }), people);
				expect(accepted + unclear).toBe(people);
				expect(unclear).toBe(subject.canBeAsked === false ? subject.perRequest : 0);
				expect(simulator.texts).toHaveLength(people);
			});
		});

		describe('a hostile gateway', () => {
			/** Answers every request with a body that never ends. */
			async function endlessServer(
				pause: number,
			): Promise<{ baseUrl: string; sent: () => number; close: () => Promise<void> }> {
				let most = 0;
				const server = createServer((request, response) => {
					let bytes = 0;
					request.resume();
					response.writeHead(200, { 'content-type': 'application/json' });
					const chunk = Buffer.alloc(pause === 0 ? 65_536 : 1, 32);
					const more = (): void => {
						if (response.destroyed) return;
						bytes += chunk.length;
						most = Math.max(most, bytes);
						if (pause > 0) setTimeout(() => response.write(chunk, more), pause);
						else response.write(chunk, more);
					};
					more();
				});
				await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
				const { port } = server.address() as AddressInfo;
				return {
					baseUrl: `http://127.0.0.1:${port}`,
					sent: () => most,
					close: () =>
						new Promise((resolve) => {
							server.close(() => resolve());
							server.closeAllConnections();
						}),
				};
			}

			it.each([
				['as fast as it can', 0, 10_000],
				['a byte at a time', 20, 500],
			])('that answers without end, %s, is cut off', async (_, pause, timeout) => {
				const hostile = await endlessServer(pause);
				const result = await send({ baseUrl: hostile.baseUrl, options: { timeout } });
				const sent = hostile.sent();
				await hostile.close();
				expect(result.failed.map(verdictOf)).toEqual([expect.objectContaining({ accepted: null })]);
				expect(String((result.failed[0]?.json.error as { message: string }).message)).toContain(
					'was too long or too slow',
				);
				// What was cut off at 10 MB, and what lay in the buffers of the line.
				expect(sent).toBeLessThan(60_000_000);
			});

			it('that sends __proto__, HTML and control characters does no harm', async () => {
				const body =
					'{"__proto__":{"polluted":1},"error":"<img src=x onerror=alert(1)>\\u0000\\u001b[31m","error_code":6,' +
					'"error_message":"<b>x</b>\\u0007","status":"ERROR","status_code":216,"status_text":"\\u0000<script>","response-code":1001}';
				simulator.fault({ at: 'before', how: 'reply', reply: { status: 200, headers: {}, body } });
				const result = await send({ options: { includeRaw: true } });
				expect(simulator.requests[0]?.fault).not.toBeNull();
				expect(result.failed).toHaveLength(1);
				expect(({} as Record<string, unknown>).polluted).toBeUndefined();
				const message = String((result.failed[0]?.json.error as { message: string }).message);
				expect(message).not.toMatch(/\p{Cc}/u);
			});
		});

		describe('statuses that say no', () => {
			it('401 is a matter of the key, and the request is not repeated', async () => {
				simulator.fault({ at: 'before', how: 'reply', reply: page(401), times: Infinity });
				const result = await send();
				check(result);
				expect(result.failed[0]?.json.error).toMatchObject({
					accepted: false,
					kind: 'authentication',
					retry: 'after_fix',
				});
				expect(simulator.requests).toHaveLength(1);
			});

			it('429 is waited out, and then the text goes once', async () => {
				simulator.fault({ at: 'before', how: 'reply', reply: page(429, '', { 'retry-after': '2' }) });
				expect(await outcomes(1)).toEqual([1, 0, 0]);
			});

			it('429 for good is told as rate_limited', async () => {
				simulator.fault({ at: 'before', how: 'reply', reply: page(429), times: Infinity });
				const result = await send();
				check(result);
				expect(result.failed[0]?.json.error).toMatchObject({
					accepted: false,
					kind: 'rate_limited',
					retry: 'later',
				});
				expect(simulator.requests).toHaveLength(3);
			});

			it.each([301, 307, 308])('%i: nothing is sent on, credentials least of all', async (status) => {
				const elsewhere: string[] = [];
				const other = createServer((request, response) => {
					elsewhere.push(String(request.url));
					response.end('OK');
				});
				await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
				const { port } = other.address() as AddressInfo;
				simulator.fault({
					at: 'before',
					how: 'reply',
					reply: page(status, '', { location: `http://127.0.0.1:${port}/x` }),
				});
				const result = await send();
				expect(simulator.requests).toHaveLength(1);
				const kept = elsewhere.splice(0);
				// It was there to be found.
				await fetch(`http://127.0.0.1:${port}/control`);
				expect(elsewhere).toEqual(['/control']);
				await new Promise((resolve) => other.close(resolve));
				check(result);
				expect(result.failed[0]?.json.error).toMatchObject({
					accepted: false,
					kind: 'invalid_parameter',
					retry: 'after_fix',
				});
				expect(kept).toEqual([]);
			});

			it('404 is a matter of the address', async () => {
				simulator.fault({ at: 'before', how: 'reply', reply: page(404) });
				const result = await send();
				check(result);
				expect(result.failed[0]?.json.error).toMatchObject({
					accepted: false,
					hint: expect.stringMatching(/address in the credential/),
				});
			});
		});

		it('lets no secret out: not in items, errors, raw replies, or anything that n8n stores', async () => {
			const echo = JSON.stringify({
				error: true,
				error_message: simulator.secrets.join(' '),
				secrets: simulator.secrets,
			});
			const everything: string[] = [];
			/** What each request carried, as its gateway reads it. */
			const carried: string[] = [];
			const listen = ({ headers, body }: SimulatedRequest): void => {
				const [, basic = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
				const signed = [...Object.values(headers), Buffer.from(basic, 'base64').toString('utf8')];
				carried.push([body.toString('utf8'), ...signed].join('\n'));
			};
			const run = async (fault: Fault | null): Promise<void> => {
				simulator.reset();
				const seenBefore = carried.length;
				const isHit = fault !== null;
				simulator.fault({
					...(fault ?? { at: 'before', how: 'reset' }),
					matches: (request) => {
						listen(request);
						return isHit;
					},
				});
				const result = await send({ options: { includeRaw: true } });
				expect(result.error).toBeNull();
				everything.push(JSON.stringify(result.run));
				expect(carried.length).toBeGreaterThan(seenBefore);
				for (const { url } of simulator.requests)
					for (const secret of simulator.secrets) expect(url).not.toContain(secret);
			};
			await run(null);
			expect(simulator.texts).toHaveLength(1);
			for (const body of [echo, simulator.secrets.join('\n'), `errors:${simulator.secrets.join(' ')}`])
				await run({ at: 'before', how: 'reply', reply: { status: 200, headers: {}, body } });
			await run({ at: 'before', how: 'reset' });
			await run({ at: 'before', how: 'reply', reply: page(500, echo) });
			// There were requests, and what signs in (the password or the key, by the credential's way) was in each.
			const inAll = simulator.secrets.filter((secret) =>
				carried.every((request) => request.includes(secret)),
			);
			expect(inAll.length).toBeGreaterThan(0);
			expect(everything).toHaveLength(6);
			for (const stored of everything) {
				for (const secret of simulator.secrets) {
					expect(secret.length).toBeGreaterThan(7);
					expect(stored).not.toContain(secret);
					expect(stored).not.toContain(Buffer.from(secret).toString('base64'));
				}
			}
		});
	},
);
