import { emptySettings } from './callbacks';
import type { Redact } from './redaction';
import { redactHeaders } from './redaction';
import { plain } from './replies';
import type {
	AcceptedText,
	GatewaySimulation,
	NewText,
	Orders,
	SeenRequest,
	SimulatedReply,
	SimulatedRequest,
	World,
} from './simulator';

/** What one simulated gateway knows: its world, and every request that it has seen. */
export class GatewayState implements World {
	readonly orders: Orders = { requestCode: null, recipientCodes: new Map() };
	readonly texts: AcceptedText[] = [];
	readonly requests: SeenRequest[] = [];
	readonly callbacks = emptySettings();
	readonly memory = new Map<string, unknown>();
	balance: number;
	openRequests = 0;
	brokenConnections = 0;
	private number = 0;
	private requestNumber = 0;
	private currentRequest = 0;

	constructor(
		private readonly simulation: GatewaySimulation,
		private readonly redact: Redact,
		readonly now: () => Date,
	) {
		this.balance = simulation.startingBalance;
	}

	readonly nextNumber = (): number => ++this.number;

	readonly accept = (text: NewText): void => {
		this.texts.push({
			...text,
			gateway: this.simulation.gateway,
			acceptedAt: this.now().toISOString(),
			request: this.currentRequest,
		});
	};

	record(method: string, url: string, headers: Readonly<Record<string, string>>, body: Buffer): SeenRequest {
		const seen: SeenRequest = {
			number: ++this.requestNumber,
			at: this.now().toISOString(),
			method,
			url,
			shownUrl: this.redact(url),
			headers: redactHeaders(headers, this.redact),
			body,
			shownBody: this.redact(body.toString('utf8')),
			status: null,
			accepted: 0,
			fault: null,
		};
		this.requests.push(seen);
		return seen;
	}

	/** What the gateway answers when it acts on the request. */
	act(request: SimulatedRequest, seen: SeenRequest): SimulatedReply {
		const before = this.texts.length;
		this.currentRequest = seen.number;
		try {
			return this.simulation.handle(request, this);
		} catch (error) {
			// A simulation must not throw; if it does, this must not look like anything the vendor would say.
			const stack = error instanceof Error ? error.stack : String(error);
			return plain(599, `The simulator of ${this.simulation.displayName} failed: ${stack}`);
		} finally {
			this.currentRequest = 0;
			seen.accepted = this.texts.length - before;
		}
	}

	/** Forgets all but the callbacks' settings and the requests that are open. */
	reset(): void {
		this.texts.length = 0;
		this.requests.length = 0;
		this.orders.requestCode = null;
		this.orders.recipientCodes.clear();
		this.memory.clear();
		this.balance = this.simulation.startingBalance;
		this.number = 0;
		this.requestNumber = 0;
		this.brokenConnections = 0;
	}
}
