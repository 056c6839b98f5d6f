/**
 * n8n's *Test* button without a server: the request goes through n8n's own RoutingNode, as in n8n's CredentialsTester
 * (2.41.1 and 1.123.81), and the rules are asked as there. Of a reply that is no error, the body rules: the first whose
 * lodash `get(body, key) === value` fails the test. Of one that is, the status rules, then the status text. Without a
 * rule that fits, the test has succeeded.
 */
import { createRequire } from 'node:module';
import { ExecuteContext, RoutingNode } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	INode,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { NodeConnectionTypes, Workflow } from 'n8n-workflow';
import { credentialTypeOf } from './credentials';
import { credentialsHelper, typesOf } from './engine';

/** The one that n8n uses. */
const get = createRequire(require.resolve('n8n-core'))('lodash/get') as (
	from: unknown,
	key: string,
) => unknown;

export interface Verdict {
	readonly ok: boolean;
	/** What n8n shows. */
	readonly message: string;
}

interface RequestFailure {
	readonly message?: string;
	readonly cause?: {
		readonly code?: string;
		readonly response?: { readonly status: number; readonly statusText: string };
	};
}

/** A node that asks what the test says: n8n makes one for it. */
const askingNode = (credential: string, { request }: ICredentialTestRequest): INodeType => ({
	description: {
		displayName: 'Temp',
		name: 'temp',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: credential, required: true }],
		properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } }],
	},
});

async function ask(
	type: string,
	test: ICredentialTestRequest,
	credential: Readonly<Record<string, string>>,
): Promise<unknown> {
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'temp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: '1', name: type } },
	};
	const nodeType = askingNode(type, test);
	const nodeTypes = typesOf(() => nodeType);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = {
		credentialsHelper: credentialsHelper({ [type]: credential }),
		restApiUrl: 'http://localhost/rest',
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
	// The two packages differ in types alone.
	const context = new ExecuteContext(
		workflow as never,
		node,
		additionalData as never,
		'internal',
		{ resultData: { runData: {} } } as never,
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null } as never,
		[],
	);
	const decrypted = { id: '1', name: type, type, data: { ...credential } as ICredentialDataDecryptedObject };
	const output = await new RoutingNode(context, nodeType, decrypted).runNode();
	return output?.[0]?.[0]?.json;
}

/** Presses *Test* on a credential with these values. @throws when the credential has no test */
export async function testCredential(
	type: string,
	credential: Readonly<Record<string, string>>,
): Promise<Verdict> {
	const { test } = credentialTypeOf(type);
	if (test === undefined) throw new Error(`${type} has no test`);
	const rules = test.rules ?? [];
	let body: unknown;
	try {
		body = await ask(type, test, credential);
	} catch (error) {
		const { message = '', cause } = error as RequestFailure;
		if (cause?.response === undefined) return { ok: false, message: cause?.code ?? message };
		const { status, statusText } = cause.response;
		const rule = rules.find((one) => one.type === 'responseCode' && one.properties.value === status);
		if (rule !== undefined) return { ok: false, message: rule.properties.message };
		const text = statusText === '' ? `Received HTTP status code: ${status}` : statusText;
		return { ok: false, message: status < 199 || status > 299 ? text : message };
	}
	const rule = rules.find(
		(one) => one.type === 'responseSuccessBody' && get(body, one.properties.key) === one.properties.value,
	);
	return rule === undefined
		? { ok: true, message: 'Connection successful!' }
		: { ok: false, message: rule.properties.message };
}
