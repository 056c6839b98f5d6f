import type { SimulatedReply, SimulatedRequest } from '../simulator';

/** Recorded traffic names akka-http as the server; these are the sentences that akka-http says by itself. */
const plain = (
	status: number,
	sentence: string,
	headers: Readonly<Record<string, string>> = {},
): SimulatedReply => ({
	status,
	headers: { 'content-type': 'text/plain; charset=UTF-8', ...headers },
	body: sentence,
});

const CHALLENGE = { 'www-authenticate': 'Basic realm="api",charset=UTF-8' };

/** Recorded traffic, Accept: application/json or not. */
export const wrongKey = (): SimulatedReply => plain(401, 'The supplied authentication is invalid', CHALLENGE);
export const noKey = (): SimulatedReply =>
	plain(401, 'The resource requires authentication, which was not supplied with the request', CHALLENGE);
export const notFound = (): SimulatedReply => plain(404, 'The requested resource could not be found.');
export const wrongMethod = (supported: string): SimulatedReply =>
	plain(405, `HTTP method not allowed, supported methods: ${supported}`, { allow: supported });
export const wrongType = (expected: string): SimulatedReply =>
	plain(415, `The request's Content-Type is not supported. Expected:\n${expected}`);
export const missingField = (name: string): SimulatedReply =>
	plain(400, `Request is missing required form field '${name}'`);
export const missingParameter = (name: string): SimulatedReply =>
	plain(404, `Request is missing required query parameter '${name}'`);
export const malformed = (reason: string): SimulatedReply =>
	plain(400, `The request content was malformed:\n${reason}`);

const HTTP_SENTENCES: Readonly<Record<number, string>> = {
	429: 'The user has sent too many requests in a given amount of time.',
	500: 'There was an internal server error.',
	503: 'The server is currently unavailable (because it is overloaded or down for maintenance).',
};

export const httpRefusal = (status: number): SimulatedReply =>
	status === 401 ? wrongKey() : plain(status, HTTP_SENTENCES[status] ?? 'The request could not be served.');

type Xml = string | number | readonly Xml[] | { readonly [name: string]: Xml };

const escaped = (text: string): string =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A list `Recipients` has elements `Recipient`. */
function xml(name: string, value: Xml): string {
	if (Array.isArray(value)) {
		const inner = (value as readonly Xml[]).map((one) => xml(name.replace(/s$/, ''), one)).join('');
		return `<${name}>${inner}</${name}>`;
	}
	if (typeof value === 'object') {
		const inner = Object.entries(value).map(([key, one]) => xml(key, one as Xml));
		return `<${name}>${inner.join('')}</${name}>`;
	}
	return `<${name}>${escaped(String(value))}</${name}>`;
}

/**
 * Without `Accept: application/json` the answer is XML: public clients that send no such header, or a star for everything,
 * read `<AfricasTalkingResponse>`.
 */
export function data(
	request: SimulatedRequest,
	status: number,
	body: { readonly [name: string]: Xml },
): SimulatedReply {
	const wantsJson = /(^|[,\s])application\/json\b/i.test(request.headers['accept'] ?? '');
	return {
		status,
		headers: { 'content-type': wantsJson ? 'application/json' : 'text/xml; charset=UTF-8' },
		body: wantsJson ? JSON.stringify(body) : xml('AfricasTalkingResponse', body),
	};
}
