import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { emptySettings } from './callbacks';
import { openCallDesk } from './caller';
import { redactHeaders, redactor } from './redaction';
import { headersOf, parseRequest } from './request';
import type {
	AcceptedText,
	Fault,
	GatewaySimulation,
	Orders,
	SeenRequest,
	SimulatedReply,
	SimulatedRequest,
	Simulator,
	StartOptions,
	World,
} from './simulator';

const BODY_LIMIT = 8 * 1024 * 1024;
const DRIP_PIECES = 20;
const DRIP_EVERY_MS = 50;

interface ArmedFault {
	readonly fault: Fault;
	left: number;
}

const plain = (status: number, text: string): SimulatedReply => ({
	status,
	headers: { 'content-type': 'text/plain; charset=utf-8' },
	body: text,
});

/** What a caller gets from a gateway that did not act, when the fault itself names no reply. */
const NOT_ACTED = plain(503, 'Service Unavailable');

const AT_WORDS: Record<Fault['at'], string> = {
	connect: 'connection broken before anything was read',
	before: 'read, not acted on',
	after: 'acted on',
};

const HOW_WORDS: Record<Fault['how'], string> = {
	reset: 'connection reset without a reply',
	cut: 'connection cut in the middle of the reply',
	stall: 'never answered',
	drip: 'reply sent slowly',
	reply: 'another reply sent instead',
	mutate: 'reply changed',
	status: 'sent under another status',
	truncate: 'half of the reply sent as if it were whole',
};

const bytesOf = (reply: SimulatedReply): Buffer =>
	typeof reply.body === 'string' ? Buffer.from(reply.body, 'utf8') : reply.body;

/** A body that is not JSON reaches `mutate` as a string, so that a test sees what it was given. */
function mutated(reply: SimulatedReply, mutate: (json: unknown) => unknown): SimulatedReply {
	const text = bytesOf(reply).toString('utf8');
	let json: unknown = text;
	try {
		json = JSON.parse(text) as unknown;
	} catch {
		// Left as a string.
	}
	return { ...reply, body: JSON.stringify(mutate(json)) ?? '' };
}

/** Starts one simulation on loopback. */
export async function startSimulator(
	simulation: GatewaySimulation,
	options: StartOptions = {},
): Promise<Simulator> {
	const texts: AcceptedText[] = [];
	const requests: SeenRequest[] = [];
	const orders: Orders = { requestCode: null, recipientCodes: new Map() };
	const memory = new Map<string, unknown>();
	const faults: ArmedFault[] = [];
	const sockets = new Set<Socket>();
	/** Sockets that a fault keeps waiting: a reset() ends them, they belong to what is to be forgotten. */
	const held = new Set<Socket>();
	const timers = new Set<NodeJS.Timeout>();
	const redact = redactor(simulation.secrets);
	const now = options.now ?? (() => new Date());

	const { gateway } = simulation;

	let balance = simulation.startingBalance;
	let number = 0;
	let requestNumber = 0;
	let openRequests = 0;
	let brokenConnections = 0;
	let currentRequest = 0;

	const world: World = {
		orders,
		texts,
		get balance() {
			return balance;
		},
		set balance(value: number) {
			balance = value;
		},
		get openRequests() {
			return openRequests;
		},
		now,
		accept: (text) => {
			texts.push({
				...text,
				gateway,
				acceptedAt: now().toISOString(),
				request: currentRequest,
			});
		},
		nextNumber: () => ++number,
		callbacks: emptySettings(),
		memory,
	};
	const { forget, stop, ...callDesk } = openCallDesk(simulation, world);

	function later(run: () => void, ms: number): void {
		const timer = setTimeout(() => {
			timers.delete(timer);
			run();
		}, ms);
		timers.add(timer);
	}

	function hold(socket: Socket): void {
		held.add(socket);
		socket.once('close', () => held.delete(socket));
	}

	function spend(armed: ArmedFault): Fault {
		armed.left -= 1;
		if (armed.left <= 0) faults.splice(faults.indexOf(armed), 1);
		return armed.fault;
	}

	function breakConnection(socket: Socket): boolean {
		const armed = faults.find(({ fault }) => fault.at === 'connect');
		if (armed === undefined) return false;
		spend(armed);
		brokenConnections += 1;
		socket.resetAndDestroy();
		return true;
	}

	function act(request: SimulatedRequest, seen: SeenRequest): SimulatedReply {
		const before = texts.length;
		currentRequest = seen.number;
		let reply: SimulatedReply;
		try {
			reply = simulation.handle(request, world);
		} catch (error) {
			// A simulation must not throw; if it does, this must not look like anything the vendor would say.
			const stack = error instanceof Error ? error.stack : String(error);
			reply = plain(599, `The simulator of ${simulation.displayName} failed: ${stack}`);
		}
		currentRequest = 0;
		seen.accepted = texts.length - before;
		return reply;
	}

	function start(response: ServerResponse, seen: SeenRequest, reply: SimulatedReply, length: number): void {
		seen.status = reply.status;
		response.writeHead(reply.status, { ...reply.headers, 'content-length': String(length) });
	}

	function send(response: ServerResponse, seen: SeenRequest, reply: SimulatedReply): void {
		const body = bytesOf(reply);
		start(response, seen, reply, body.length);
		response.end(body);
	}

	function cut(response: ServerResponse, seen: SeenRequest, reply: SimulatedReply, socket: Socket): void {
		const body = bytesOf(reply);
		// An empty body cannot be halved: one byte is promised and never sent.
		start(response, seen, reply, Math.max(body.length, 1));
		const half = body.subarray(0, Math.floor(body.length / 2));
		// Not a reset: the first half must reach the caller.
		if (half.length > 0) {
			response.write(half, () => socket.destroy());
		} else {
			response.flushHeaders();
			later(() => socket.destroy(), 20);
		}
	}

	function drip(response: ServerResponse, seen: SeenRequest, reply: SimulatedReply, everyMs: number): void {
		const body = bytesOf(reply);
		const size = Math.max(1, Math.ceil(body.length / DRIP_PIECES));
		start(response, seen, reply, body.length);
		response.flushHeaders();
		const next = (from: number): void => {
			if (response.destroyed) return;
			if (from >= body.length) {
				response.end();
				return;
			}
			response.write(body.subarray(from, from + size));
			later(() => next(from + size), everyMs);
		};
		later(() => next(0), everyMs);
	}

	function answerFaulty(
		fault: Fault,
		request: SimulatedRequest,
		response: ServerResponse,
		socket: Socket,
		seen: SeenRequest,
	): void {
		seen.fault = `${AT_WORDS[fault.at]}; ${HOW_WORDS[fault.how]}`;
		const reply = fault.at === 'after' ? act(request, seen) : (fault.reply ?? NOT_ACTED);
		switch (fault.how) {
			case 'reset':
				socket.resetAndDestroy();
				return;
			case 'stall':
				hold(socket);
				return;
			case 'cut':
				hold(socket);
				cut(response, seen, reply, socket);
				return;
			case 'drip':
				hold(socket);
				// A kept-alive socket lives on after its slow reply.
				response.once('finish', () => held.delete(socket));
				drip(response, seen, reply, fault.everyMs ?? DRIP_EVERY_MS);
				return;
			case 'reply':
				send(response, seen, fault.reply ?? NOT_ACTED);
				return;
			case 'mutate':
				send(response, seen, mutated(reply, fault.mutate ?? ((json) => json)));
				return;
			case 'status':
				send(response, seen, { ...reply, status: fault.status ?? reply.status });
				return;
			case 'truncate': {
				const body = bytesOf(reply);
				send(response, seen, { ...reply, body: body.subarray(0, Math.floor(body.length / 2)) });
			}
		}
	}

	function record(message: IncomingMessage, body: Buffer): SeenRequest {
		const url = message.url ?? '/';
		const seen: SeenRequest = {
			number: ++requestNumber,
			at: now().toISOString(),
			method: message.method ?? 'GET',
			url,
			shownUrl: redact(url),
			headers: redactHeaders(headersOf(message), redact),
			body,
			shownBody: redact(body.toString('utf8')),
			status: null,
			accepted: 0,
			fault: null,
		};
		requests.push(seen);
		return seen;
	}

	async function answer(
		message: IncomingMessage,
		response: ServerResponse,
		socket: Socket,
		body: Buffer,
	): Promise<void> {
		const request = await parseRequest(message, body);
		const seen = record(message, body);
		const armed = faults.find(
			({ fault }) => fault.at !== 'connect' && (fault.matches ?? ((one) => simulation.sends(one)))(request),
		);
		if (armed !== undefined) {
			answerFaulty(spend(armed), request, response, socket, seen);
			return;
		}
		const reply = act(request, seen);
		if (options.latencyMs === undefined || options.latencyMs <= 0) send(response, seen, reply);
		else later(() => send(response, seen, reply), options.latencyMs);
	}

	const server = createServer((message, response) => {
		const socket = message.socket;
		openRequests += 1;
		response.once('close', () => {
			openRequests -= 1;
		});
		// A kept-alive connection has been accepted long ago: it is broken at the first sign of a request instead.
		if (breakConnection(socket)) return;

		const chunks: Buffer[] = [];
		let size = 0;
		let refused = false;
		message.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (refused) return;
			if (size <= BODY_LIMIT) {
				chunks.push(chunk);
				return;
			}
			refused = true;
			const seen = record(message, Buffer.concat(chunks));
			const reply = plain(413, 'Request Entity Too Large');
			send(response, seen, { ...reply, headers: { ...reply.headers, connection: 'close' } });
		});
		// An unfinished request never reaches the vendor's software, nor this one.
		message.on('error', () => undefined);
		message.on('end', () => {
			if (refused) return;
			answer(message, response, socket, Buffer.concat(chunks)).catch((error: unknown) => {
				// From a test's own `matches` or `mutate`: the caller must not wait for it.
				if (response.headersSent) socket.destroy();
				else
					response.writeHead(599).end(`The simulator of ${simulation.displayName} failed: ${String(error)}`);
			});
		});
	});

	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.once('close', () => sockets.delete(socket));
		breakConnection(socket);
	});

	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
	const { port } = server.address() as AddressInfo;
	const baseUrl = `http://127.0.0.1:${port}${simulation.basePath}`;
	let closing: Promise<void> | undefined;

	return {
		...callDesk,
		gateway,
		displayName: simulation.displayName,
		baseUrl,
		credentials: { ...simulation.credentials, baseUrl },
		secrets: simulation.secrets,
		texts,
		requests,
		get brokenConnections() {
			return brokenConnections;
		},
		orders,
		get balance() {
			return balance;
		},
		set balance(value: number) {
			balance = value;
		},
		fault(fault) {
			// A mistake in a test must not turn into a reply that the test did not ask for.
			if (fault.how === 'reply' && fault.reply === undefined) throw new Error("'reply' needs a reply");
			if (fault.how === 'mutate' && fault.mutate === undefined) throw new Error("'mutate' needs mutate");
			if (fault.how === 'status' && fault.status === undefined) throw new Error("'status' needs a status");
			const left = fault.times ?? 1;
			if (left <= 0) return;
			faults.push({ fault, left });
			if (fault.at === 'connect') server.closeIdleConnections();
		},
		stateOf: (text) => simulation.stateOf?.(text, world) ?? null,
		reset({ keepCallbacks = false } = {}) {
			forget(keepCallbacks);
			texts.length = 0;
			requests.length = 0;
			faults.length = 0;
			orders.requestCode = null;
			orders.recipientCodes.clear();
			memory.clear();
			balance = simulation.startingBalance;
			number = 0;
			requestNumber = 0;
			brokenConnections = 0;
			for (const socket of held) socket.destroy();
		},
		close() {
			closing ??= new Promise((resolve) => {
				stop();
				for (const timer of timers) clearTimeout(timer);
				timers.clear();
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			});
			return closing;
		},
	};
}
