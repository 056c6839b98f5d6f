import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

import { request } from 'undici';

import {
	emptySettings,
	type Callbacks,
	type CallOptions,
	type Desk,
	type IncomingText,
	type MadeCall,
	type OutgoingCall,
} from './callbacks';
import type { GatewaySimulation, World } from './simulator';

const EVERY_MS = 20;
const TIMEOUT_MS = 15_000;
/** More of an answer than anybody looks at. */
const ANSWER_LIMIT = 64 * 1024;

/** Simulators never call anybody but this computer. */
export function isLoopback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return (
		['http:', 'https:'].includes(protocol) &&
		(hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname))
	);
}

type Answer = Pick<MadeCall, 'status' | 'answer' | 'answerHeaders' | 'fault'>;

const noAnswer = (fault: string): Answer => ({ status: null, answer: '', answerHeaders: {}, fault });

function faultOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { code } = error as { code?: unknown };
	return typeof code === 'string' ? `${code}: ${error.message}` : `${error.name}: ${error.message}`;
}

async function ask(call: OutgoingCall, signal: AbortSignal): Promise<Answer> {
	if (!isLoopback(call.url)) return noAnswer('not called: the address is not on this computer');
	try {
		const response = await request(call.url, {
			method: call.method,
			headers: call.headers,
			body: call.method === 'GET' ? null : call.body,
			// No connection stays open after the answer.
			reset: true,
			signal,
		});
		const pieces: Buffer[] = [];
		let size = 0;
		for await (const piece of response.body) {
			const bytes = piece as Buffer;
			pieces.push(bytes);
			size += bytes.length;
			if (size > ANSWER_LIMIT) break;
		}
		return {
			status: response.statusCode,
			answer: Buffer.concat(pieces).toString('utf8'),
			answerHeaders: Object.fromEntries(
				Object.entries(response.headers).map(([name, value]) => [
					name,
					Array.isArray(value) ? value.join(', ') : (value ?? ''),
				]),
			),
			fault: null,
		};
	} catch (error) {
		return noAnswer(faultOf(error));
	}
}

export interface CallDesk extends Callbacks {
	/** Forgets calls and texts; the settings, too, unless they are to be kept. */
	forget(keepSettings: boolean): void;
	/** Ends what is under way. */
	stop(): void;
}

/** Makes the calls of one simulator, again where they are not confirmed, until it is stopped. */
class CallMaker {
	readonly calls: MadeCall[] = [];
	private readonly ending = new AbortController();

	constructor(
		private readonly simulation: GatewaySimulation,
		private readonly world: World,
	) {
		// Every call under way listens to it.
		setMaxListeners(0, this.ending.signal);
	}

	async makeAll(outgoing: readonly OutgoingCall[], options: CallOptions): Promise<readonly MadeCall[]> {
		const made: MadeCall[] = [];
		for (const call of outgoing) made.push(...(await this.make(options.change?.(call) ?? call, options)));
		return made;
	}

	stop(): void {
		this.ending.abort();
	}

	private async make(call: OutgoingCall, options: CallOptions): Promise<MadeCall[]> {
		const { signal } = this.ending;
		const made: MadeCall[] = [];
		const attempts = options.attempts ?? this.simulation.caller?.attempts ?? 1;
		let repeats = options.repeat ?? 0;
		let tries = 0;
		for (;;) {
			if (made.length > 0) {
				await wait(options.everyMs ?? EVERY_MS, undefined, { signal }).catch(() => undefined);
				if (signal.aborted) break;
			}
			const one = await this.tryOnce(call, made.length + 1, options.timeoutMs ?? TIMEOUT_MS);
			made.push(one);
			tries += 1;
			if (!one.confirmed && tries < attempts) continue;
			if (!one.confirmed || repeats === 0) break;
			repeats -= 1;
			tries = 0;
		}
		return made;
	}

	private async tryOnce(call: OutgoingCall, attempt: number, timeoutMs: number): Promise<MadeCall> {
		const { gateway, caller } = this.simulation;
		const at = this.world.now().toISOString();
		const answer = await ask(call, AbortSignal.any([this.ending.signal, AbortSignal.timeout(timeoutMs)]));
		const made: MadeCall = {
			gateway,
			at,
			method: call.method,
			url: call.url,
			headers: call.headers,
			body: Buffer.from(call.body),
			attempt,
			...answer,
			confirmed: answer.status !== null && (caller?.confirms(answer.status, answer.answer) ?? false),
		};
		this.calls.push(made);
		return made;
	}
}

const ABILITIES = ['report', 'receive', 'phoneCall', 'heartbeat'] as const;

/** What a call is made with, where nothing else was asked for. */
function deskFor(options: CallOptions, settings: World['callbacks']): Desk {
	return {
		settings,
		reportUrls: options.urls ?? [...settings.reportUrls],
		incomingUrls: options.urls ?? [...settings.incomingUrls],
		forge: options.forge ?? false,
		records: options.records ?? [],
		firstIndex: options.firstIndex ?? 0,
	};
}

/** The callback half of a running simulator. */
export function openCallDesk(simulation: GatewaySimulation, world: World): CallDesk {
	const { caller } = simulation;
	const settings = world.callbacks;
	const incoming: IncomingText[] = [];
	const maker = new CallMaker(simulation, world);

	const deskOf = (options: CallOptions): Desk => deskFor(options, settings);
	const missing = (what: string): Error => new Error(`${simulation.displayName} has no ${what}`);

	return {
		abilities: new Set(ABILITIES.filter((ability) => caller?.[ability] !== undefined)),
		callbacks: settings,
		calls: maker.calls,
		incoming,
		callTo(url, more = {}) {
			Object.assign(settings, more, { reportUrls: [url], incomingUrls: [url] });
		},
		async report(messageIds, state, options = {}) {
			if (caller?.report === undefined) throw missing('delivery reports');
			const order = {
				messageIds: typeof messageIds === 'string' ? [messageIds] : messageIds,
				state,
				to: options.to ?? null,
				stranger: options.stranger ?? false,
			};
			return await maker.makeAll(caller.report(order, deskOf(options), world), options);
		},
		async receive(text, options = {}) {
			if (caller?.receive === undefined) throw missing('incoming texts');
			const desk = deskOf(options);
			const outgoing = caller.receive(text, desk, world);
			incoming.push(text);
			const made = await maker.makeAll(outgoing, options);
			for (const { confirmed, answer } of made) if (confirmed) caller.answered?.(text, answer, desk, world);
			return made;
		},
		async phoneCall(call, options = {}) {
			if (caller?.phoneCall === undefined) throw missing('confirmation by phone call');
			return await maker.makeAll(caller.phoneCall(call, deskOf(options), world), options);
		},
		async heartbeat(options = {}) {
			if (caller?.heartbeat === undefined) throw missing('heartbeats');
			return await maker.makeAll(caller.heartbeat(deskOf(options), world), options);
		},
		callback: async (call, options = {}) => await maker.makeAll([call], options),
		forget(keepSettings) {
			maker.calls.length = 0;
			incoming.length = 0;
			if (!keepSettings) Object.assign(settings, emptySettings());
		},
		stop: () => maker.stop(),
	};
}
