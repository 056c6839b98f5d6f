import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { NOT_ACTED } from './faults';
import { bytesOf, halfOf, mutated } from './replies';
import type { Fault, SeenRequest, SimulatedReply } from './simulator';

const DRIP_PIECES = 20;
const DRIP_EVERY_MS = 50;
/** Long enough for the head of a reply to reach the caller. */
const CUT_AFTER_MS = 20;

/** What is under way in a running simulator: replies that come late, and sockets that a fault keeps waiting. */
export class UnderWay {
	private readonly held = new Set<Socket>();
	private readonly timers = new Set<NodeJS.Timeout>();

	later(run: () => void, ms: number): void {
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			run();
		}, ms);
		this.timers.add(timer);
	}

	hold(socket: Socket): void {
		this.held.add(socket);
		socket.once('close', () => this.held.delete(socket));
	}

	release(socket: Socket): void {
		this.held.delete(socket);
	}

	/** Ends the sockets that wait: they belong to what a reset is to forget. */
	endHeld(): void {
		for (const socket of this.held) socket.destroy();
	}

	stopTimers(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
	}
}

/** One request and its way back. */
export class Exchange {
	constructor(
		readonly seen: SeenRequest,
		private readonly response: ServerResponse,
		private readonly socket: Socket,
		private readonly underWay: UnderWay,
	) {}

	send(reply: SimulatedReply): void {
		const body = bytesOf(reply);
		this.start(reply, body.length);
		this.response.end(body);
	}

	/** @param act What the gateway says if it acts on the request; called where the fault lets it. */
	sendFaulty(fault: Fault, act: () => SimulatedReply): void {
		const reply = fault.at === 'after' ? act() : (fault.reply ?? NOT_ACTED);
		switch (fault.how) {
			case 'reset':
				this.socket.resetAndDestroy();
				return;
			case 'stall':
				this.underWay.hold(this.socket);
				return;
			case 'cut':
				this.underWay.hold(this.socket);
				this.cut(reply);
				return;
			case 'drip':
				this.underWay.hold(this.socket);
				// A kept-alive socket lives on after its slow reply.
				this.response.once('finish', () => this.underWay.release(this.socket));
				this.drip(reply, fault.everyMs ?? DRIP_EVERY_MS);
				return;
			case 'reply':
				this.send(fault.reply ?? NOT_ACTED);
				return;
			case 'mutate':
				this.send(mutated(reply, fault.mutate ?? ((json) => json)));
				return;
			case 'status':
				this.send({ ...reply, status: fault.status ?? reply.status });
				return;
			case 'truncate':
				this.send({ ...reply, body: halfOf(reply) });
		}
	}

	private start(reply: SimulatedReply, length: number): void {
		this.seen.status = reply.status;
		this.response.writeHead(reply.status, { ...reply.headers, 'content-length': String(length) });
	}

	private cut(reply: SimulatedReply): void {
		// An empty body cannot be halved: one byte is promised and never sent.
		this.start(reply, Math.max(bytesOf(reply).length, 1));
		const half = halfOf(reply);
		// Not a reset: the first half must reach the caller.
		if (half.length > 0) {
			this.response.write(half, () => this.socket.destroy());
		} else {
			this.response.flushHeaders();
			this.underWay.later(() => this.socket.destroy(), CUT_AFTER_MS);
		}
	}

	private drip(reply: SimulatedReply, everyMs: number): void {
		const body = bytesOf(reply);
		const size = Math.max(1, Math.ceil(body.length / DRIP_PIECES));
		this.start(reply, body.length);
		this.response.flushHeaders();
		const next = (from: number): void => {
			if (this.response.destroyed) return;
			if (from >= body.length) {
				this.response.end();
				return;
			}
			this.response.write(body.subarray(from, from + size));
			this.underWay.later(() => next(from + size), everyMs);
		};
		this.underWay.later(() => next(0), everyMs);
	}
}
