/** Each gateway has one id and one name everywhere, and is found by the words of people. Its files: gatewayFolders.test.ts. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { n8n } from '../../package.json';
import { GATEWAY_IDS, gateways } from '../../nodes/SendSms/gateways';
import { SIMULATIONS } from '../../simulators';
import { facts } from '../facts';

const root = path.join(__dirname, '..', '..');
const idOf = (name: string): string => name.replace(/^./, (first) => first.toLowerCase());
const nameOf = (file: string): string => path.basename(file).split('.')[0] ?? '';

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

/** n8n's node creator shows a node and its trigger as one entry, and searches the node's words only (2.41.1). */
it.each([...n8n.nodes].filter((file) => file.includes('Trigger')))('%s is found by its node', (file) => {
	const aliasOf = (listed: string): readonly string[] =>
		(
			JSON.parse(
				readFileSync(path.join(root, listed.replace(/^dist\//, '').replace(/\.js$/, '.json')), 'utf8'),
			) as { alias: readonly string[] }
		).alias;
	expect(aliasOf(file.replace('Trigger.node', '.node'))).toEqual(expect.arrayContaining([...aliasOf(file)]));
});
