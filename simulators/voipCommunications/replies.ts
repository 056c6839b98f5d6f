import type { SimulatedReply } from '../simulator';

export const json = (
	status: number,
	body: unknown,
	headers: Readonly<Record<string, string>> = {},
): SimulatedReply => ({
	status,
	headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
	body: JSON.stringify(body),
});

/** What both of the vendor's apps look for in every reply, HTTP 200 included. */
export const fail = (sentence: string): SimulatedReply => json(200, { error: true, error_message: sentence });
