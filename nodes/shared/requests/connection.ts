/** From a node's credential to a connection: the address is checked, and the redactor learns the secrets. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { digest } from '../contract/digest';
import type { AccountGateway, Gateway, LocalGateway } from '../contract/gateway';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import { clock } from '../time/clock';
import { readBaseUrl } from './baseUrl';
import type { Caller } from './caller';
import type { Redactor } from './redaction';
import { createRedactor, redactorFor } from './redaction';
import type { Transport } from './transport';
import { createTransport } from './transport';
import type { TransportFault } from './transportFault';

/** How long a reply may take, in milliseconds, unless the person sets it. */
export const DEFAULT_TIMEOUT_MS = 60_000;

export interface OpenConnection {
	readonly transport: Transport;
	/** The base URL, for messages. */
	readonly address: string;
}

export type Connection = {
	readonly redactor: Redactor;
	/** The credential's way to sign in, such as `login` or `apiKey`; empty where there is only one. */
	readonly authentication: string;
	/** Tells accounts apart, and gives no secret away. */
	readonly account: string;
	/** The values of the credential's secret fields, in their order. To be signed with, and never shown. */
	readonly secrets: readonly string[];
} & (
	| { readonly open: OpenConnection; readonly problem: null }
	/** The credential's address cannot be used: `problem` says why. */
	| { readonly open: null; readonly problem: Refused }
);

/** @throws what n8n throws when the node has no credential */
export async function connect(context: Caller, gateway: Gateway, timeoutMs: number): Promise<Connection> {
	return gateway.credential === null ? localConnection(gateway) : await signIn(context, gateway, timeoutMs);
}

/** Reserved by RFC 2606: it never is an address. */
const NOWHERE = 'test.invalid';
const cutOff: TransportFault = { kind: 'lost', code: null, detail: 'the connection was lost' };

function localConnection(gateway: LocalGateway): Connection {
	const transport: Transport = async (request) => gateway.answer(request, clock.now()) ?? cutOff;
	const open = { transport, address: NOWHERE };
	return { redactor: createRedactor([]), open, problem: null, authentication: '', account: '', secrets: [] };
}

async function signIn(
	context: Caller,
	{ credential }: Pick<AccountGateway, 'credential'>,
	timeoutMs: number,
): Promise<Connection> {
	const values = await context.getCredentials(credential.type);
	const redactor = redactorFor(credential, values);
	const authentication = typeof values.authentication === 'string' ? values.authentication : '';
	const secrets = credential.fields.flatMap(({ name, secret }) => {
		const value = values[name];
		return secret && typeof value === 'string' && value !== '' ? [value] : [];
	});
	const open = credential.fields.flatMap(({ name, secret }) => (secret ? [] : [values[name] ?? null]));
	// A login tells whose account it is. A password must not be written down, not even as a hash; a key is too long to try.
	const keys = authentication === 'login' ? [] : secrets;
	const account = digest(authentication, values.baseUrl ?? null, open, keys);
	const baseUrl = readBaseUrl(values);
	if (!baseUrl.ok) {
		const fix = 'Open the credential and correct its address.';
		const problem = refuseInput('invalid_parameter', baseUrl.reason, fix);
		return { redactor, open: null, problem, authentication, account, secrets };
	}
	const address = baseUrl.url;
	const transport = createTransport(context, {
		credentialType: credential.type,
		baseUrl: address,
		timeoutMs,
	});
	return { redactor, open: { transport, address }, problem: null, authentication, account, secrets };
}

/**
 * The same for a run: a credential that is missing or cannot be read becomes a problem in its results. n8n's
 * editor (2.41) drops the chosen credential whenever Send SMS is switched to another gateway.
 */
export async function connectForRun(
	context: IExecuteFunctions,
	gateway: Gateway,
	timeoutMs: number,
): Promise<Connection> {
	try {
		return await connect(context, gateway, timeoutMs);
	} catch (error) {
		const { credential, displayName } = gateway;
		const why = error instanceof Error ? error.message : String(error);
		const isChosen = credential === null || context.getNode().credentials?.[credential.type] !== undefined;
		const problem = isChosen
			? refuseInput(
					'authentication',
					`The credential for ${displayName} could not be read.`,
					`Open this node and choose the credential again. Details: ${why}`,
				)
			: refuseInput(
					'authentication',
					`No credential is selected for ${displayName}.`,
					"Open this node and choose one in 'Credential', or create it there.",
				);
		return {
			redactor: createRedactor([]),
			open: null,
			problem,
			authentication: '',
			account: '',
			secrets: [],
		};
	}
}
