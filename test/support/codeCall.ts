/** Verification → Call, as people would run it: a row for each number. */
import type { INodeParameters } from 'n8n-workflow';
import type { GatewayId } from '../../simulators';
import type { Simulator } from '../../simulators/simulator';
import type { RunOptions, RunResult } from './engine';
import { runNode } from './engine';

export const codeCaller =
	(node: GatewayId, simulator: () => Simulator) =>
	async (
		phones: readonly string[],
		more: Partial<RunOptions> = {},
		options: INodeParameters = {},
	): Promise<RunResult> =>
		await runNode({
			node,
			credentials: { [`${node}Api`]: simulator().credentials },
			rows: phones.map((phone) => ({ phone })),
			parameters: { resource: 'verification', operation: 'call', to: '={{ $json.phone }}', options },
			...more,
		});
