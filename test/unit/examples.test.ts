/** What every example owes to a person who imports it: notes, names, places on the canvas, and node versions that they have. */
import path from 'node:path';
import { GATEWAY_IDS } from '../../simulators';
import type { WorkflowNode } from '../e2e/real-n8n/n8n';
import { gatewaysOf, readExamples, standbysOf } from '../e2e/real-n8n/examples/examples';

const examples = readExamples(path.join(__dirname, '..', '..'));
const STICKY = 'n8n-nodes-base.stickyNote';
const OWN = 'n8n-nodes-sms-gateways.';
const CREDENTIALS = new Set([...GATEWAY_IDS.map((id) => `${id}-demo`), 'model-demo']);

/** The newest version of each node that n8n 1.123 has, too; found in the packages of n8n 1.123.81. */
const NEWEST_VERSION: Readonly<Record<string, number>> = {
	'n8n-nodes-base.stickyNote': 1,
	'n8n-nodes-base.manualTrigger': 1,
	'n8n-nodes-base.formTrigger': 2.3,
	'n8n-nodes-base.form': 2.3,
	'n8n-nodes-base.set': 3.4,
	'n8n-nodes-base.if': 2.3,
	'n8n-nodes-base.switch': 3.4,
	'n8n-nodes-base.summarize': 1.1,
	'n8n-nodes-base.stopAndError': 1,
	'n8n-nodes-base.convertToFile': 1.1,
	'n8n-nodes-base.extractFromFile': 1.1,
	'n8n-nodes-base.crypto': 1,
	'n8n-nodes-base.splitOut': 1,
	'n8n-nodes-base.executeWorkflow': 1.3,
	'n8n-nodes-base.executeWorkflowTrigger': 1.1,
	'n8n-nodes-base.dataTable': 1,
	'n8n-nodes-base.httpRequest': 4.3,
	'n8n-nodes-base.noOp': 1,
	'n8n-nodes-base.wait': 1.1,
	'@n8n/n8n-nodes-langchain.agent': 3,
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 1.3,
};

interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/** On the canvas a node is about 100 by 100, with its name below; an agent is wider. */
function boxOf({ type, position, parameters }: WorkflowNode): Box {
	const [left, top] = position as [number, number];
	const { width, height } =
		type === STICKY
			? (parameters as { width: number; height: number })
			: { width: type.endsWith('.agent') ? 240 : 120, height: 160 };
	return { left, top, right: left + width, bottom: top + height };
}

const overlap = (a: Box, b: Box): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

it('only backups stand by: every other gateway of an example gets a text', () => {
	const standbys = examples.map(({ file, workflow }) => [file, standbysOf(workflow)] as const);
	expect(standbys.filter(([, ids]) => ids.length > 0)).toEqual([
		['14-two-countries.json', ['smsRu', 'africasTalking']],
	]);
});

it('are of different names and ids, and use all gateways, through the generic node and through their own', () => {
	expect(new Set(examples.map(({ workflow }) => workflow.id)).size).toBe(examples.length);
	expect(new Set(examples.map(({ workflow }) => workflow.name)).size).toBe(examples.length);
	expect(new Set(examples.flatMap(({ workflow }) => gatewaysOf(workflow))).size).toBe(GATEWAY_IDS.length);
	const own = examples.flatMap(({ workflow }) =>
		workflow.nodes.map(({ type }) => type).filter((type) => type.startsWith(OWN)),
	);
	expect(own.filter((type) => type.startsWith(`${OWN}sendSms`)).length).toBeGreaterThan(0);
	expect(own.filter((type) => !type.startsWith(`${OWN}sendSms`)).length).toBeGreaterThan(0);
});

describe.each(examples.map(({ file, workflow, formPath }) => [file, workflow, formPath] as const))(
	'%s',
	(_, { nodes, connections }, formPath) => {
		const notes = nodes.filter(({ type }) => type === STICKY);
		const words = notes.map(({ parameters }) => (parameters as { content: string }).content).join('\n');

		it('says how to try it, what to change and what it costs', () => {
			expect(words).toContain('**Try it:**');
			expect(words).toMatch(/\*\*What to change/);
			expect(words).toContain('**What it costs:**');
			// A form is open to everybody.
			if (formPath !== null) expect(words).toMatch(/captcha[\s\S]*limit/);
		});

		it('names nodes in its notes that are there', () => {
			const names = new Set(nodes.map(({ name }) => name));
			const panel = [
				/^On Error/,
				/^Allowed Countries$/,
				/^Default Country$/,
				/^Do Not Text( May Be Empty)?$/,
				/^Execute Once$/,
				/^Opt-Out Words$/,
				/^In Test Runs$/,
				/^Max /,
				/^Send At$/,
				/^Other Gateways$/,
				/^Routes$/,
				/^Skip Duplicates$/,
				/^Continue /,
				/^To$/,
			];
			for (const [, name = ''] of words.matchAll(/(?<![*\w])\*([^*\n]+)\*(?!\*)/g))
				expect(names.has(name) || panel.some((field) => field.test(name)) ? '' : name).toBe('');
		});

		it('connects nodes that are there, each named once', () => {
			const names = nodes.map(({ name }) => name);
			expect(new Set(names).size).toBe(names.length);
			expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
			const links = JSON.stringify(connections).matchAll(/"node":"([^"]+)"/g);
			for (const name of [...Object.keys(connections), ...[...links].map(([, name]) => name)])
				expect(names).toContain(name);
		});

		it('has node versions that n8n 1.123 knows, and the credentials of npm start', () => {
			for (const { type, typeVersion, credentials } of nodes) {
				if (!type.startsWith(OWN)) expect(typeVersion).toBeLessThanOrEqual(NEWEST_VERSION[type] ?? 0);
				for (const { id } of Object.values((credentials ?? {}) as Record<string, { id: string }>))
					expect(CREDENTIALS).toContain(id);
			}
		});

		it('has no two things in one place of the canvas', () => {
			nodes.forEach((node, index) => {
				for (const other of nodes.slice(index + 1)) {
					const meet = overlap(boxOf(node), boxOf(other));
					expect(meet ? [node.name, other.name] : []).toEqual([]);
				}
			});
		});
	},
);
