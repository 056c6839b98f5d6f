/**
 * What it costs that the first gateway has no money: 10,000 rows through Send SMS that all go to the backup, against the
 * same rows that leave through that gateway at once. `npx tsx bench/failover.ts`; `--write` renews docs/benchmarks.md.
 */
import type { GatewayId } from '../nodes/SendSms/gateways';
import { MortalN8n, sendSms } from '../test/e2e/real-n8n/mortal';
import { credentialType, fresh } from '../test/e2e/real-n8n/stage';
import { HEADING, inTurns, line, rowsOf, timed } from './inTurns';
import { grouped } from './measure';
import { markdownTable, publish } from './page';

const ROWS = Number(process.env.FAILOVER_ROWS ?? 10_000);
const ROUNDS = Number(process.env.FAILOVER_ROUNDS ?? 7);

/** Texts leave through SMS.RU in either case. */
const FIRST = { 'at once': 'smsRu', 'by the backup': 'smsc' } as const satisfies Record<string, GatewayId>;
const WAYS = ['at once', 'by the backup'] as const satisfies ReadonlyArray<keyof typeof FIRST>;

const credentialOf = (gateway: GatewayId) => {
	const name = `${gateway}-simulated`;
	return { [credentialType(gateway)]: { id: name, name } };
};

const credentials = { ...credentialOf('smsc'), ...credentialOf('smsRu') };

async function main(): Promise<void> {
	const mortal = await MortalN8n.start({ env: { N8N_PAYLOAD_SIZE_MAX: '200' } });
	const { smsc, smsRu } = mortal.gateways;
	try {
		const measured = await inTurns(`${ROWS} rows`, WAYS, ROUNDS, async (way) => {
			fresh(smsRu);
			fresh(smsc).balance = 0;
			const first = FIRST[way];
			const active = await mortal.activate(sendSms(first, first === 'smsc' ? 'smsRu' : 'smsc', credentials));
			const cost = await timed(mortal, active, rowsOf(ROWS), () => smsRu.texts.length);
			if (smsc.requests.length > 0 !== (first === 'smsc')) throw new Error('SMSC was not refused');
			return cost;
		});
		publish(
			'failover',
			markdownTable([
				['', 'at once, ms', 'by the backup, ms', ...HEADING],
				line(`${grouped(ROWS)} rows`, WAYS, measured),
			]),
		);
	} finally {
		await mortal.stop();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
