/** Calls a trigger as n8n does when a gateway calls its address: with what it then asks the gateway, and what it answers. */
import { Readable } from 'node:stream';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INodeType,
	IWebhookFunctions,
} from 'n8n-workflow';

export interface Called {
	/** HTTP status and body of the answer. */
	readonly status: number;
	readonly answer: string;
	readonly items: readonly IDataObject[];
	/** Bodies of the requests to the gateway. */
	readonly asked: readonly unknown[];
}

/** What a gateway says. `null`: no connection. */
export type Said = readonly [status: number, body: string | object] | null;

export interface TriggerSetUp {
	readonly trigger: INodeType;
	readonly credentials: ICredentialDataDecryptedObject;
	readonly parameters: Readonly<Record<string, unknown>>;
	/** What the gateway says to questions, one after the other; the last one from then on. */
	readonly said: readonly Said[];
}

let workflows = 0;

/** @returns calls the trigger of one workflow, which remembers its calls; an object is sent as JSON */
export function triggerCalls({ trigger, credentials, parameters, said }: TriggerSetUp) {
	const id = `workflow ${++workflows}`;
	let asking = 0;
	return async (body: string | object, query = ''): Promise<Called> => {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const asked: unknown[] = [];
		let status = 200;
		let answer: string | null = null;
		const response = {
			statusCode: 200,
			status(code: number) {
				status = code;
				return response;
			},
			setHeader: () => response,
			end(told: string) {
				answer = told;
			},
			once: () => response,
		};
		// Of all that n8n gives a webhook, what triggers use.
		const context = {
			getRequestObject: () => ({
				originalUrl: `/webhook/x${query}`,
				headers: { 'content-type': 'application/json' },
				rawBody: Buffer.from(text),
			}),
			getResponseObject: () => response,
			getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
			getWorkflow: () => ({ id }),
			getNode: () => ({ id: 'node', name: 'Trigger', type: trigger.description.name }),
			getMode: () => 'trigger',
			getCredentials: async () => credentials,
			helpers: {
				async httpRequestWithAuthentication(_: string, request: IHttpRequestOptions) {
					asked.push(request.body);
					const told = said[Math.min(asking++, said.length - 1)] ?? null;
					if (told === null) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
					const reply = typeof told[1] === 'string' ? told[1] : JSON.stringify(told[1]);
					return { statusCode: told[0], headers: {}, body: Readable.from([Buffer.from(reply)]) };
				},
			},
			logger: { error: () => undefined },
		} as unknown as IWebhookFunctions;
		const result = await trigger.webhook?.call(context);
		const items = (result?.workflowData ?? []).flat().map(({ json }) => json);
		return { status, answer: answer ?? String(result?.webhookResponse), items, asked };
	};
}
