/** The faults that a simulator was told to show, and which of them a request gets. */
import { plain } from './replies';
import type { Fault, SimulatedRequest } from './simulator';

/** What a caller gets from a gateway that did not act, when the fault itself names no reply. */
export const NOT_ACTED = plain(503, 'Service Unavailable');

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

/** For the list of requests that people see. */
export const inWords = ({ at, how }: Fault): string => `${AT_WORDS[at]}; ${HOW_WORDS[how]}`;

/** A mistake in a test must not turn into a reply that the test did not ask for. */
function check({ how, reply, mutate, status }: Fault): void {
	if (how === 'reply' && reply === undefined) throw new Error("'reply' needs a reply");
	if (how === 'mutate' && mutate === undefined) throw new Error("'mutate' needs mutate");
	if (how === 'status' && status === undefined) throw new Error("'status' needs a status");
}

export class Faults {
	private readonly armed: Array<{ readonly fault: Fault; left: number }> = [];

	/** @param sends Which requests a fault hits that does not say so itself. */
	constructor(private readonly sends: (request: SimulatedRequest) => boolean) {}

	/** Throws when the fault lacks what its kind needs. */
	add(fault: Fault): void {
		check(fault);
		const left = fault.times ?? 1;
		if (left > 0) this.armed.push({ fault, left });
	}

	/** The fault of a new connection, which is spent by that; undefined when there is none. */
	takeForConnection(): Fault | undefined {
		return this.take(({ at }) => at === 'connect');
	}

	/** The first fault that this request meets, which is spent by that; undefined when it meets none. */
	takeFor(request: SimulatedRequest): Fault | undefined {
		return this.take(({ at, matches = this.sends }) => at !== 'connect' && matches(request));
	}

	clear(): void {
		this.armed.length = 0;
	}

	private take(isHit: (fault: Fault) => boolean): Fault | undefined {
		const hit = this.armed.find(({ fault }) => isHit(fault));
		if (hit === undefined) return undefined;
		hit.left -= 1;
		if (hit.left <= 0) this.armed.splice(this.armed.indexOf(hit), 1);
		return hit.fault;
	}
}
