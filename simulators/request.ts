import type { IncomingMessage } from 'node:http';

import { readMultipart } from './multipart';
import type { SimulatedRequest } from './simulator';

export function headersOf(message: IncomingMessage): Record<string, string> {
	return Object.fromEntries(
		Object.entries(message.headers).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(', ') : (value ?? ''),
		]),
	);
}

/** A request as a simulation gets it: query, forms and JSON read as far as they can be. */
export async function parseRequest(message: IncomingMessage, body: Buffer): Promise<SimulatedRequest> {
	const url = message.url ?? '/';
	const mark = url.indexOf('?');
	const rawQuery = mark < 0 ? '' : url.slice(mark + 1);
	const headers = headersOf(message);
	const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	let json: unknown;
	if (/^application\/([\w.-]+\+)?json$/.test(type)) {
		try {
			json = JSON.parse(body.toString('utf8')) as unknown;
		} catch {
			json = undefined;
		}
	}
	return {
		method: message.method ?? 'GET',
		path: mark < 0 ? url : url.slice(0, mark),
		query: new URLSearchParams(rawQuery),
		rawQuery,
		headers,
		body,
		form: type === 'application/x-www-form-urlencoded' ? new URLSearchParams(body.toString('utf8')) : null,
		multipart: await readMultipart(headers['content-type'] ?? '', body),
		json,
	};
}
