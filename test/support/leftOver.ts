/** What is in the package although no gateway of the registry has it, as sentences that say what to do. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type About, capitalised, exists, iconsOf, listed, root } from './packageFiles';

const filesIn = (folder: string, pattern: RegExp): string[] =>
	readdirSync(path.join(root, folder)).filter((name) => pattern.test(name));

/** What no gateway of the registry has. */
export function leftOver(registered: readonly About[]): string[] {
	// The Test Gateway is no company's, and has no node of its own.
	const folders = [...registered.map(({ id }) => capitalised(id)), 'SendSms', 'TestGateway'];
	const credentials = registered.map(({ credential }) => `${capitalised(credential.type)}.credentials`);
	const icons = [...registered.map(({ id }) => id), 'sendSms'].flatMap(iconsOf);
	const stray = (names: readonly string[], known: readonly string[]): string[] =>
		names.filter((name) => !known.includes(name));
	const registry = 'add the gateway to nodes/SendSms/gateways.ts, or remove';
	return [
		...stray(filesIn('nodes', /^[A-Z]/), folders).map(
			(name) => `nodes/${name} is of no gateway: ${registry} the folder.`,
		),
		...listed.nodes
			.filter((file) => !folders.includes(file.split('/')[2] ?? ''))
			.map((file) => `package.json: "${file}" in n8n.nodes is of no gateway: ${registry} the line.`),
		...listed.credentials
			.filter((file) => !credentials.includes(path.basename(file, '.js')))
			.map((file) => `package.json: "${file}" in n8n.credentials is of no gateway: ${registry} the line.`),
		...stray(
			filesIn('credentials', /\.ts$/),
			credentials.map((name) => `${name}.ts`),
		).map((name) => `credentials/${name} is of no gateway: ${registry} the file.`),
		...stray(
			filesIn('icons', /./).map((name) => `icons/${name}`),
			icons,
		).map((icon) => `${icon} is of no gateway: ${registry} the file.`),
		...[...listed.nodes, ...listed.credentials]
			.filter((file) => !exists(file.replace(/^dist\//, '').replace(/\.js$/, '.ts')))
			.map((file) => `package.json: "${file}" has no source: write it, or remove the line.`),
	];
}

