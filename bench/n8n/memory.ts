import type { Simulator } from '../../simulators/simulator';
import type { installHost } from '../../test/e2e/real-n8n/host';
import { bootN8n } from '../../test/e2e/real-n8n/n8n';
import { peakOf, resetPeak } from '../process';
import { Bench, log } from './bench';
import { CREDENTIALS, noNode, oneText, ours } from './nodes';
import { MANY } from './rows';

/** The most memory that n8n ever took, with rows alone and with the node behind them. */
export async function memory(
	host: Awaited<ReturnType<typeof installHost>>,
	tarball: string,
	simulator: Simulator,
): Promise<string> {
	const peaks: number[] = [];
	for (const node of [noNode, ours('smsRu', oneText)]) {
		const n8n = await bootN8n({
			host,
			packageTarball: tarball,
			env: { NODE_OPTIONS: '--max-old-space-size=8192', N8N_PAYLOAD_SIZE_MAX: '200' },
			credentials: [{ ...CREDENTIALS.smsRu, name: 'smsRu', data: simulator.credentials }],
			log,
		});
		try {
			resetPeak(n8n.pid);
			await new Bench(n8n).run('100,000 rows', MANY, node, node === noNode ? null : simulator);
			peaks.push(peakOf(n8n.pid));
		} finally {
			await n8n.stop();
		}
	}
	const [without = 1, withNode = 1] = peaks;
	return [
		`## Memory for ${MANY.toLocaleString('en')} rows in one run`,
		'',
		'| | peak, MB |',
		'| --- | ---: |',
		`| rows alone | ${Math.round(without)} |`,
		`| rows and the SMS.RU node | ${Math.round(withNode)} |`,
		'',
		`Ratio: ${(withNode / without).toFixed(2)}.`,
	].join('\n');
}
