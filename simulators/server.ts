import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { openCallDesk } from './caller';
import { Exchange, UnderWay } from './exchange';
import { Faults, inWords } from './faults';
import { GatewayState } from './gatewayState';
import { closerOf, listen } from './listening';
import { redactor } from './redaction';
import { plain } from './replies';
import { headersOf, parseRequest } from './request';
import type { GatewaySimulation, SeenRequest, Simulator, StartOptions } from './simulator';

const BODY_LIMIT = 8 * 1024 * 1024;

interface Running {
	readonly simulation: GatewaySimulation;
	readonly options: StartOptions;
	readonly state: GatewayState;
	readonly faults: Faults;
	readonly underWay: UnderWay;
}

function breakConnection({ faults, state }: Running, socket: Socket): boolean {
	if (faults.takeForConnection() === undefined) return false;
	state.brokenConnections += 1;
	socket.resetAndDestroy();
	return true;
}

const record = ({ state }: Running, message: IncomingMessage, body: Buffer): SeenRequest =>
	state.record(message.method ?? 'GET', message.url ?? '/', headersOf(message), body);

async function answer(
	running: Running,
	message: IncomingMessage,
	response: ServerResponse,
	body: Buffer,
): Promise<void> {
	const { state, faults, underWay, options } = running;
	const request = await parseRequest(message, body);
	const seen = record(running, message, body);
	const exchange = new Exchange(seen, response, message.socket, underWay);
	const fault = faults.takeFor(request);
	if (fault !== undefined) {
		seen.fault = inWords(fault);
		exchange.sendFaulty(fault, () => state.act(request, seen));
		return;
	}
	const reply = state.act(request, seen);
	if (options.latencyMs === undefined || options.latencyMs <= 0) exchange.send(reply);
	else underWay.later(() => exchange.send(reply), options.latencyMs);
}

function refuseLong(
	running: Running,
	message: IncomingMessage,
	response: ServerResponse,
	body: Buffer,
): void {
	const exchange = new Exchange(record(running, message, body), response, message.socket, running.underWay);
	const reply = plain(413, 'Request Entity Too Large');
	exchange.send({ ...reply, headers: { ...reply.headers, connection: 'close' } });
}

/** Reads the body of a request, and answers it when it is there. */
function receive(running: Running, message: IncomingMessage, response: ServerResponse): void {
	const { state, simulation } = running;
	state.openRequests += 1;
	response.once('close', () => (state.openRequests -= 1));
	// A kept-alive connection has been accepted long ago: it is broken at the first sign of a request instead.
	if (breakConnection(running, message.socket)) return;

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
		refuseLong(running, message, response, Buffer.concat(chunks));
	});
	// An unfinished request never reaches the vendor's software, nor this one.
	message.on('error', () => undefined);
	message.on('end', () => {
		if (refused) return;
		answer(running, message, response, Buffer.concat(chunks)).catch((error: unknown) => {
			// From a test's own `matches` or `mutate`: the caller must not wait for it.
			if (response.headersSent) message.socket.destroy();
			else response.writeHead(599).end(`The simulator of ${simulation.displayName} failed: ${String(error)}`);
		});
	});
}

/** Starts one simulation on loopback. */
export async function startSimulator(
	simulation: GatewaySimulation,
	options: StartOptions = {},
): Promise<Simulator> {
	const now = options.now ?? ((): Date => new Date());
	const state = new GatewayState(simulation, redactor(simulation.secrets), now);
	const faults = new Faults((request) => simulation.sends(request));
	const underWay = new UnderWay();
	const { forget, stop, ...callDesk } = openCallDesk(simulation, state);
	const running: Running = { simulation, options, state, faults, underWay };

	const server = createServer((message, response) => receive(running, message, response));
	const closeServer = closerOf(server);
	server.on('connection', (socket) => {
		socket.on('error', () => undefined);
		breakConnection(running, socket);
	});
	const baseUrl = `http://127.0.0.1:${await listen(server, options.port)}${simulation.basePath}`;

	return {
		...callDesk,
		gateway: simulation.gateway,
		displayName: simulation.displayName,
		baseUrl,
		credentials: { ...simulation.credentials, baseUrl },
		secrets: simulation.secrets,
		texts: state.texts,
		requests: state.requests,
		orders: state.orders,
		get brokenConnections() {
			return state.brokenConnections;
		},
		get balance() {
			return state.balance;
		},
		set balance(value: number) {
			state.balance = value;
		},
		fault(fault) {
			faults.add(fault);
			if (fault.at === 'connect') server.closeIdleConnections();
		},
		stateOf: (text) => simulation.stateOf?.(text, state) ?? null,
		reset({ keepCallbacks = false } = {}) {
			forget(keepCallbacks);
			state.reset();
			faults.clear();
			underWay.endHeld();
		},
		async close() {
			stop();
			underWay.stopTimers();
			await closeServer();
		},
	};
}
