/**
 * Runs all simulated gateways and the inbox until it is stopped:
 *
 *     npx tsx simulators/serve.ts [--port-base 8700]
 *
 * The gateways get the ports from the base on, the inbox the next one. Base 0: any free ports.
 */

import { parseArgs } from 'node:util';

import { GATEWAY_IDS, startGateways, type GatewayId } from '.';
import { startInbox } from './inbox';

const DEFAULT_PORT_BASE = 8700;

function portBase(): number {
	const { values } = parseArgs({ options: { 'port-base': { type: 'string' } } });
	const given = values['port-base'];
	const base = given === undefined ? DEFAULT_PORT_BASE : Number(given);
	if (Number.isInteger(base) && (base === 0 || (base >= 1024 && base + GATEWAY_IDS.length <= 65535)))
		return base;
	throw new Error(`--port-base must be 0 or a number from 1024 to ${65535 - GATEWAY_IDS.length}`);
}

async function main(): Promise<void> {
	const base = portBase();
	const ports: Partial<Record<GatewayId, number>> = {};
	if (base !== 0) GATEWAY_IDS.forEach((id, index) => (ports[id] = base + index));
	const gateways = await startGateways({ ports });
	const closeGateways = () => Promise.all(Object.values(gateways).map((gateway) => gateway.close()));
	const inbox = await startInbox(gateways, { port: base === 0 ? 0 : base + GATEWAY_IDS.length }).catch(
		async (error: unknown) => {
			await closeGateways();
			throw error;
		},
	);

	const lines = ['Simulated SMS gateways are running; no real text leaves this computer.', ''];
	for (const { displayName, credentials } of Object.values(gateways)) {
		lines.push(displayName);
		const width = Math.max(...Object.keys(credentials).map((name) => name.length));
		for (const [name, value] of Object.entries(credentials)) lines.push(`  ${name.padEnd(width)}  ${value}`);
		lines.push('');
	}
	lines.push(
		'The values are for this run only. What arrives is shown at',
		`  ${inbox.url}`,
		'',
		'Stop with Ctrl+C.',
	);
	console.log(lines.join('\n'));

	const stop = (): void => {
		void Promise.all([inbox.close(), closeGateways()]).then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
