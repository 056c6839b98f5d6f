/** Replies as bytes: plain ones, and what a fault makes of a true one. */
import type { SimulatedReply } from './simulator';

export const plain = (status: number, text: string): SimulatedReply => ({
	status,
	headers: { 'content-type': 'text/plain; charset=utf-8' },
	body: text,
});

export const bytesOf = (reply: SimulatedReply): Buffer =>
	typeof reply.body === 'string' ? Buffer.from(reply.body, 'utf8') : reply.body;

export function halfOf(reply: SimulatedReply): Buffer {
	const body = bytesOf(reply);
	return body.subarray(0, Math.floor(body.length / 2));
}

/** A body that is not JSON reaches `mutate` as a string, so that a test sees what it was given. */
export function mutated(reply: SimulatedReply, mutate: (json: unknown) => unknown): SimulatedReply {
	const text = bytesOf(reply).toString('utf8');
	let json: unknown = text;
	try {
		json = JSON.parse(text) as unknown;
	} catch {
		// Left as a string.
	}
	return { ...reply, body: JSON.stringify(mutate(json)) ?? '' };
}
