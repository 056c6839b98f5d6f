/** The workflows in examples/, and the credentials that they name. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BACKUP_PLACES } from '../../../../nodes/SendSms/backupFields';
import { ROUTES, routeNames } from '../../../../nodes/SendSms/routeFields';
import { asRecord, pick } from '../../../../nodes/shared/contract/json';
import { Problem } from '../../../../scripts/steps';
import { GATEWAY_IDS, type GatewayId } from '../../../../simulators';
import { type Simulator } from '../../../../simulators/simulator';
import type { ChatModel } from '../../../support/chatModel';
import type { CredentialSeed, N8n, WorkflowJson } from '../n8n';
import { RestError } from '../rest';

export type Gateways = Readonly<Record<GatewayId, Simulator>>;

export interface Example {
	readonly file: string;
	readonly workflow: WorkflowJson & { readonly id: string };
	/** Where its form is, below `/form/`; null when it is started in the editor. */
	readonly formPath: string | null;
	/** Where its gateway calls it, below n8n's address; null when no gateway does. */
	readonly hookPath: string | null;
	readonly hash: string;
}

function formPathOf({ nodes }: WorkflowJson): string | null {
	const form = nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	const { options } = (form?.parameters ?? {}) as { options?: { path?: string } };
	return options?.path ?? null;
}

/** Of one that begins with a trigger of ours. */
function hookPathOf({ nodes }: WorkflowJson): string | null {
	const trigger = nodes.find(({ type }) => /^n8n-nodes-sms-gateways\..*Trigger$/.test(type));
	return typeof trigger?.webhookId === 'string' ? `/webhook/${trigger.webhookId}/webhook` : null;
}

export function readExamples(root: string): Example[] {
	const folder = path.join(root, 'examples');
	const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
	const byNumber = new Intl.Collator('en', { numeric: true });
	return files.sort(byNumber.compare).map((file) => {
		const text = readFileSync(path.join(folder, file), 'utf8');
		const workflow = JSON.parse(text) as WorkflowJson;
		if (workflow.id === undefined) throw new Problem(`examples/${file} has no "id".`);
		return {
			file,
			workflow: { ...workflow, id: workflow.id },
			formPath: formPathOf(workflow),
			hookPath: hookPathOf(workflow),
			hash: createHash('sha256').update(text).digest('hex'),
		};
	});
}

const credentialId = (gateway: GatewayId): string => `${gateway}-demo`;

/** The simulators make up new keys and ports at every start, under ids that stay. */
export function demoCredentials(gateways: Gateways, model: ChatModel): CredentialSeed[] {
	const ofGateways = GATEWAY_IDS.map((gateway) => {
		const { displayName, credentials, baseUrl } = gateways[gateway];
		return {
			id: credentialId(gateway),
			name: `${displayName} (simulated)`,
			type: `${gateway}Api`,
			data: { ...credentials, baseUrl: 'custom', customBaseUrl: baseUrl },
		};
	});
	const ofModel = {
		id: 'model-demo',
		name: 'Language model (simulated)',
		type: 'openAiApi',
		data: { apiKey: model.apiKey, url: model.url },
	};
	return [...ofGateways, ofModel];
}

/** The gateways whose credentials a workflow uses. */
export function gatewaysOf({ nodes }: WorkflowJson): GatewayId[] {
	const used = new Set(
		nodes.flatMap(({ credentials }) =>
			Object.values((credentials ?? {}) as Record<string, { id?: string }>).map(({ id }) => id),
		),
	);
	return GATEWAY_IDS.filter((gateway) => used.has(credentialId(gateway)));
}

const BACKUP_FIELDS: readonly string[] = [
	...BACKUP_PLACES.map(({ field }) => field),
	...GATEWAY_IDS.map((gateway) => routeNames(gateway).backup.name),
];

/** Those among them that get nothing as long as no other gateway turns a text away. */
export function standbysOf(workflow: WorkflowJson): GatewayId[] {
	const chosenIn = (names: readonly string[]): ReadonlySet<unknown> =>
		new Set(
			workflow.nodes.flatMap((node) => names.flatMap((name) => pick(asRecord(node.parameters), name) ?? [])),
		);
	const backups = chosenIn(BACKUP_FIELDS);
	const firsts = chosenIn(['gateway', ROUTES.name]);
	const own = new Set(workflow.nodes.map(({ type }) => type.split('.').at(-1)));
	return gatewaysOf(workflow).filter((id) => backups.has(id) && !firsts.has(id) && !own.has(id));
}

/** What was imported from which file; nothing where that is not known. */
function readImported(file: string): Record<string, string> {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
	} catch {
		return {};
	}
}

/**
 * Imports an example once, and again when its file has changed: what people did to it in n8n stays. `onProblem` is told
 * what stands in the way of one example; without it the first such thing is thrown.
 */
export async function importExamples(
	n8n: N8n,
	examples: readonly Example[],
	onProblem?: (sentence: string) => void,
): Promise<void> {
	const file = path.join(n8n.userFolder, 'imported-examples.json');
	const imported = readImported(file);
	for (const { workflow, formPath, hookPath, hash } of examples) {
		if (imported[workflow.id] === hash) continue;
		try {
			await n8n.putWorkflow(workflow);
			if (formPath !== null || hookPath !== null) await n8n.activateWorkflow(workflow.id);
			imported[workflow.id] = hash;
		} catch (error) {
			if (onProblem === undefined || !(error instanceof RestError)) throw error;
			const isArchived = /archived/i.test(error.body);
			onProblem(
				isArchived
					? `You have archived the example "${workflow.name}" in n8n, so it stays as it is. To have the new one, unarchive it there and start again.`
					: `The example "${workflow.name}" could not be brought up to date: ${error.message}`,
			);
		}
	}
	writeFileSync(file, JSON.stringify(imported, null, 2));
}
