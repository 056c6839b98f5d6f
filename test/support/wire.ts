/** A gateway's true reply: the request of the code under test, signed by the credential, to a simulator over a socket. */
import { Readable } from 'node:stream';
import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Caller } from '../../nodes/shared/requests/caller';
import type { GatewayReply, GatewayRequest } from '../../nodes/shared/contract/request';
import { createTransport } from '../../nodes/shared/requests/transport';
import { credentialTypeOf } from './credentials';

/** @throws when no reply came */
export async function askOverWire(
	request: GatewayRequest,
	credentialType: string,
	credential: Readonly<Record<string, string>>,
): Promise<GatewayReply> {
	const { authenticate } = credentialTypeOf(credentialType);
	if (typeof authenticate !== 'function') throw new Error(`${credentialType} cannot sign a request`);
	const helpers = {
		async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
			const { url, method = 'GET', headers = {}, body } = await authenticate({ ...credential }, options);
			const payload = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
			const init = { method, headers: headers as Record<string, string>, redirect: 'manual' } as const;
			const response = await fetch(url, method === 'GET' ? init : { ...init, body: payload });
			const bytes = Buffer.from(await response.arrayBuffer());
			const sent = Object.fromEntries(response.headers);
			return { statusCode: response.status, headers: sent, body: Readable.from([bytes]) };
		},
	};
	const settings = { credentialType, baseUrl: credential.baseUrl ?? '', timeoutMs: 10_000 };
	const answer = await createTransport({ helpers } as unknown as Caller, settings)(request);
	if (!('status' in answer)) throw new Error(`No reply: ${answer.detail}`);
	return answer;
}
