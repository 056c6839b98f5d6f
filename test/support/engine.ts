/**
 * Runs a node in n8n's real engine (n8n-core), without a server or a database: Rows → the node → two outputs.
 * Requests go over real sockets.
 */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IDataObject,
	IExecutionContext,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
	OnError,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { NodeConnectionTypes, Workflow, createRunExecutionData } from 'n8n-workflow';
import { credentialTypeOf } from './credentials';
import { listed } from './listed';

const nodeTypes = listed<INodeType>('nodes', ({ description }) => description.name);

/** @throws when the package has no such node: a misspelt name must not run something else, and pass. */
function nodeTypeOf(name: string): INodeType {
	const type = Object.hasOwn(nodeTypes, name) ? nodeTypes[name] : undefined;
	if (type === undefined)
		throw new Error(`There is no node "${name}": use one of ${Object.keys(nodeTypes).join(', ')}`);
	return type;
}

/** A node that hands out the rows of a test. */
function rowsNode(rows: readonly IDataObject[], binary: RunOptions['binary'] = []): INodeType {
	return {
		description: {
			displayName: 'Rows',
			name: 'rows',
			group: ['input'],
			version: 1,
			description: 'Rows of a test',
			defaults: { name: 'Rows' },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return [
				rows.map((json, item) => {
					const files = binary[item];
					return { json, pairedItem: { item }, ...(files === undefined ? {} : { binary: files }) };
				}),
			];
		},
	};
}

export interface RunOptions {
	/** Internal name of the node: smsc, sendSms … */
	readonly node: string;
	readonly parameters: INodeParameters;
	/** Credential data by type. */
	readonly credentials: Readonly<Record<string, Readonly<Record<string, string>>>>;
	readonly rows?: readonly IDataObject[];
	/** Binary fields of the rows, by the same index. */
	readonly binary?: ReadonlyArray<INodeExecutionData['binary']>;
	readonly onError?: OnError;
	/** Retry On Fail with so many tries. */
	readonly maxTries?: number;
	/** Gets a function that stops the run as a person would. */
	readonly onStarted?: (cancel: () => void) => void;
	readonly timezone?: string;
	/** How n8n came to this run, and what it handed on; without it, a trigger started it. */
	readonly execution?: { readonly mode: WorkflowExecuteMode; readonly context?: IExecutionContext };
}

export interface RunResult {
	/** Items of the first output. */
	readonly success: readonly INodeExecutionData[];
	/** Items of the error output; empty when the node has none. */
	readonly failed: readonly INodeExecutionData[];
	/** What the node threw. */
	readonly error:
		| (Error & { description?: string | null; context?: IDataObject; httpCode?: string | null })
		| null;
	/** Everything that n8n would store. */
	readonly run: IRun;
}

/** n8n's way to a node's credentials, over those of a test. */
export function credentialsHelper(credentials: RunOptions['credentials']): ICredentialsHelper {
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		async authenticate(data: ICredentialDataDecryptedObject, type: string, request: IHttpRequestOptions) {
			const { authenticate } = credentialTypeOf(type);
			if (typeof authenticate !== 'function') throw new Error(`${type} cannot sign a request`);
			return await authenticate(data, request);
		},
		preAuthentication: async () => undefined,
		getDecrypted: async (_data: unknown, _node: unknown, type: string) => ({ ...credentials[type] }),
		getCredentialsProperties: () => [],
	} as unknown as ICredentialsHelper;
}

const DEFAULTS: INodeParameters = { resource: 'message', operation: 'send' };
const POSITION: [number, number] = [0, 0];

const START: INode = {
	id: 'rows',
	name: 'Rows',
	type: 'rows',
	typeVersion: 1,
	position: POSITION,
	parameters: {},
};

function smsNode({ node: type, parameters, credentials, onError, maxTries }: Omit<RunOptions, 'rows'>): INode {
	return {
		id: 'the-node',
		name: 'SMS',
		type,
		typeVersion: 1,
		position: POSITION,
		parameters: { ...DEFAULTS, ...parameters },
		credentials: Object.fromEntries(Object.keys(credentials).map((one) => [one, { id: one, name: one }])),
		...(onError === undefined ? {} : { onError }),
		...(maxTries === undefined ? {} : { retryOnFail: true, maxTries, waitBetweenTries: 1 }),
	};
}

export function typesOf(typeOf: (name: string) => INodeType): INodeTypes {
	return { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
}

/** What n8n's server hands to a run. */
function surroundings(
	credentials: RunOptions['credentials'],
	nodes: readonly INode[],
): IWorkflowExecuteAdditionalData {
	const executionId = randomUUID();
	return {
		credentialsHelper: credentialsHelper(credentials),
		executionId,
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		formBaseUrl: 'http://localhost/form',
		currentNodeExecutionIndex: 0,
		variables: {},
		logAiEvent: () => undefined,
		hooks: new ExecutionLifecycleHooks('trigger', executionId, {
			id: 'workflow',
			name: 'Test',
			nodes: [...nodes],
			connections: {},
			active: true,
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
		}),
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** @throws when there is no such node or credential */
export async function runNode(options: RunOptions): Promise<RunResult> {
	const { rows = [{}], credentials, timezone = 'Europe/Moscow' } = options;
	const rowsType = rowsNode(rows, options.binary);
	const subject = nodeTypeOf(options.node);
	const nodes = [START, smsNode(options)];
	const workflow = new Workflow({
		id: 'workflow',
		nodes,
		connections: { Rows: { main: [[{ node: 'SMS', type: NodeConnectionTypes.Main, index: 0 }]] } },
		active: true,
		nodeTypes: typesOf((type) => (type === 'rows' ? rowsType : subject)),
		settings: { timezone },
	});
	const { mode, context } = options.execution ?? { mode: 'trigger' };
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: START, data: { main: [[{ json: {} }]] }, source: null }],
			...(context === undefined ? {} : { runtimeData: context }),
		},
	});
	const execute = new WorkflowExecute(surroundings(credentials, nodes), mode, data);
	const running = execute.processRunExecutionData(workflow);
	options.onStarted?.(() => running.cancel());
	const run = await running;
	const tasks = run.data.resultData.runData.SMS ?? [];
	const outputs = tasks.at(-1)?.data?.main ?? [];
	const thrown = tasks.at(-1)?.error ?? run.data.resultData.error ?? null;
	return {
		success: outputs[0] ?? [],
		failed: outputs[1] ?? [],
		error: thrown as RunResult['error'],
		run,
	};
}

/** What the drop-down behind a field shows: runs the node's list search as the editor would. @throws what it throws */
export async function searchList(
	name: string,
	method: string,
	credentials: RunOptions['credentials'],
	filter?: string,
): Promise<INodeListSearchResult> {
	const type = nodeTypeOf(name);
	const search = type.methods?.listSearch?.[method];
	if (search === undefined) throw new Error(`${name} has no list search ${method}`);
	const node = smsNode({ node: name, parameters: {}, credentials });
	const nodeTypes = typesOf(() => type);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = {
		credentialsHelper: credentialsHelper(credentials),
		currentNodeParameters: DEFAULTS,
	} as unknown as IWorkflowExecuteAdditionalData;
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters.from');
	// The two packages differ in a type alone: whether a workflow must have a name.
	return await search.call(context as unknown as ILoadOptionsFunctions, filter);
}
