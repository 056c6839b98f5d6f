/** n8n's REST interface as its own pages use it. */
import { setTimeout as sleep } from 'node:timers/promises';

const BUSY_EVERY_MS = 250;
const BUSY_PATIENCE_MS = 60_000;
const REQUEST_TIMEOUT_MS = 60_000;

export class RestError extends Error {
	constructor(
		method: string,
		path: string,
		readonly status: number,
		readonly body: string,
	) {
		super(`n8n answered ${method} ${path} with HTTP ${status}: ${body.slice(0, 500)}`);
	}
}

export class RestClient {
	private cookie = '';

	constructor(private readonly url: string) {}

	private async fetchOnce(method: string, path: string, body: unknown): Promise<Response> {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			// n8n ends a connection that has been idle for five seconds, and a busy one ends it as the next request arrives.
			headers: { 'content-type': 'application/json', cookie: this.cookie, connection: 'close' },
			signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (session !== undefined) this.cookie = session.split(';')[0] ?? '';
		return response;
	}

	/** A JSON file that n8n's pages load. */
	async file(path: string): Promise<unknown> {
		const response = await fetch(`${this.url}${path}`, {
			headers: { cookie: this.cookie, connection: 'close' },
			signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
		});
		if (!response.ok) throw new RestError('GET', path, response.status, await response.text());
		return await response.json();
	}

	/**
	 * Returns the answer's `data`. While a run keeps n8n's event loop busy it answers 503 before it has looked at the
	 * request, so that asking again is safe.
	 */
	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const deadline = Date.now() + BUSY_PATIENCE_MS;
		for (;;) {
			const response = await this.fetchOnce(method, path, body);
			const text = await response.text();
			if (response.status === 503 && Date.now() < deadline) {
				await sleep(BUSY_EVERY_MS);
				continue;
			}
			if (!response.ok) throw new RestError(method, path, response.status, text);
			return (JSON.parse(text) as { data: T }).data;
		}
	}

	/** The bytes of an answer that is a file. */
	async download(path: string): Promise<Buffer> {
		const response = await this.fetchOnce('GET', path, undefined);
		if (!response.ok) throw new RestError('GET', path, response.status, await response.text());
		return Buffer.from(await response.arrayBuffer());
	}
}
