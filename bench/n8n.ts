/**
 * Speed in a real n8n: the nodes against n8n's own HTTP Request node, a minimal node and undici outside of n8n, with the
 * same rows and the same simulated gateway, in one run.
 */
import path from 'node:path';
import { createAlphaSms } from '../simulators/alphaSms';
import { startSimulator } from '../simulators/server';
import { createSmsRu } from '../simulators/smsRu';
import { createSmsc } from '../simulators/smsc';
import { installHost } from '../test/e2e/real-n8n/host';
import { bootN8n, type CredentialSeed } from '../test/e2e/real-n8n/n8n';
import { packPackage } from '../test/e2e/real-n8n/stage';
import { Bench, log } from './n8n/bench';
import { compare, type Simulators } from './n8n/compare';
import { memory } from './n8n/memory';
import { CREDENTIALS } from './n8n/nodes';
import { MANY, ROWS, SAMPLE } from './n8n/rows';
import { packageFigures } from './package';
import { publish } from './page';

async function startAll(latencyMs: number): Promise<Simulators> {
	return {
		smsRu: await startSimulator(createSmsRu({ dailyLimit: MANY }), { latencyMs }),
		smsc: await startSimulator(createSmsc(), { latencyMs }),
		alphaSms: await startSimulator(createAlphaSms(), { latencyMs }),
	};
}

const credentialsFor = (simulators: Simulators): readonly CredentialSeed[] => [
	...(['smsRu', 'smsc'] as const).map((gateway) => ({
		...CREDENTIALS[gateway],
		name: gateway,
		data: simulators[gateway].credentials,
	})),
	{ ...CREDENTIALS.alphaSmsKey, name: 'alphaSmsKey', data: simulators.alphaSms.credentials },
	// The text interface: one recipient a request.
	{
		...CREDENTIALS.alphaSms,
		name: 'alphaSms',
		data: { ...simulators.alphaSms.credentials, authentication: 'login' },
	},
	{
		...CREDENTIALS.httpSmsRu,
		name: 'httpSmsRu',
		data: { name: 'api_id', value: simulators.smsRu.credentials.apiId },
	},
	{
		...CREDENTIALS.minimalSmsRu,
		name: 'minimalSmsRu',
		data: { fields: `api_id=${simulators.smsRu.credentials.apiId}` },
	},
	{
		...CREDENTIALS.minimalAlpha,
		name: 'minimalAlpha',
		data: { fields: `key=${simulators.alphaSms.credentials.apiKey}` },
	},
];

async function main(): Promise<void> {
	const host = await installHost(log);
	const fast = await startAll(0);
	const slow = await startAll(50);
	const tables: string[] = [];
	const tarball = packPackage();
	for (const [delay, simulators] of [
		['0 ms', fast],
		['50 ms', slow],
	] as const) {
		const count = delay === '0 ms' ? ROWS : SAMPLE;
		const n8n = await bootN8n({
			host,
			packageTarball: tarball,
			env: { N8N_CUSTOM_EXTENSIONS: path.join(__dirname, 'minimal') },
			credentials: credentialsFor(simulators),
			log,
		});
		try {
			tables.push(await compare(new Bench(n8n), delay, count, simulators));
		} finally {
			await n8n.stop();
		}
	}
	tables.push(await memory(host, tarball, fast.smsRu));
	tables.push(await packageFigures(tarball, host.node));
	await Promise.all([...Object.values(fast), ...Object.values(slow)].map((simulator) => simulator.close()));
	publish('figures', tables.join('\n\n'));
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
