/** Whether all of each gateway is there: the folders, the lists, the registries and the facts name the same gateways. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { n8n } from '../../package.json';
import { GATEWAY_IDS, gateways } from '../../nodes/SendSms/gateways';
import { SIMULATIONS } from '../../simulators';
import { facts } from '../facts';

const root = path.join(__dirname, '..', '..');
const folders = readdirSync(path.join(root, 'nodes')).filter((name) =>
	existsSync(path.join(root, 'nodes', name, 'gateway.ts')),
);
const idOf = (folder: string): string => folder.replace(/^./, (first) => first.toLowerCase());
const nameOf = (file: string): string => path.basename(file).split('.')[0] ?? '';

it('there are gateways to look at', () => expect(folders.length).toBeGreaterThanOrEqual(5));

it.each(folders)('%s is complete', (folder) => {
	const id = idOf(folder);
	const missing: string[] = [];
	const need = (isThere: boolean, sentence: string): void => {
		if (!isThere) missing.push(sentence);
	};
	const needFile = (file: string): void => need(existsSync(path.join(root, file)), `write ${file}`);
	const needListed = (what: 'nodes' | 'credentials', source: string): void => {
		const listed = `dist/${source.replace(/\.ts$/, '.js')}`;
		need(n8n[what].includes(listed), `list ${listed} under n8n.${what} in package.json`);
	};
	const needNode = (name: string): void => {
		needFile(`nodes/${folder}/${name}.node.ts`);
		needFile(`nodes/${folder}/${name}.node.json`);
		needListed('nodes', `nodes/${folder}/${name}.node.ts`);
	};

	need(id in gateways, `register ${id} in nodes/SendSms/gateways.ts`);
	needNode(folder);
	if (existsSync(path.join(root, `nodes/${folder}/webhook.ts`))) needNode(`${folder}Trigger`);
	needFile(`credentials/${folder}Api.credentials.ts`);
	needListed('credentials', `credentials/${folder}Api.credentials.ts`);
	for (const icon of [`icons/${id}.svg`, `icons/${id}.dark.svg`]) needFile(icon);
	needFile(`simulators/${id}.ts`);
	need(id in SIMULATIONS, `register the simulator of ${id} in simulators/index.ts`);
	needFile(`test/facts/${id}.ts`);
	need(id in facts, `list ${id} in test/facts/index.ts`);
	expect(missing).toEqual([]);
});

it('nothing is listed that is not there', () => {
	const listed = [...n8n.nodes, ...n8n.credentials].map((file) =>
		file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
	);
	expect(listed.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
	expect(GATEWAY_IDS.filter((id) => !folders.map(idOf).includes(id))).toEqual([]);
});

it.each(GATEWAY_IDS)('%s has one id, in its simulator as well', (id) => {
	expect(gateways[id].id).toBe(id);
	expect(SIMULATIONS[id]().gateway).toBe(id);
	expect(SIMULATIONS[id]().displayName).toBe(gateways[id].displayName);
});

it.each([...n8n.nodes])('%s is found by the words of people', (file) => {
	const codex = JSON.parse(
		readFileSync(path.join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.json')), 'utf8'),
	) as { alias: readonly string[] };
	const name = nameOf(file);
	const id = GATEWAY_IDS.find((one) => `${one}Trigger` === idOf(name));
	const own = id === undefined ? 'otp' : (facts[id].trigger?.alias ?? `a trigger in test/facts/${id}.ts`);
	for (const word of ['sms', 'text message', own]) expect(codex.alias).toContain(word);
});
