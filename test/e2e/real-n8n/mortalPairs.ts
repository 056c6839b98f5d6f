/**
 * Runs over two gateways. The money of the first ends in mid-run, and each run is held at a step of the switch, until n8n
 * is killed.
 */
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import { startGateways } from '../../../simulators';
import type { Simulator } from '../../../simulators/simulator';
import { judgeAll } from '../../support/attempts';
import { verdictOf } from '../../support/referee';
import type { Active, MortalN8n, Rows } from './mortal';
import { log, sendSms } from './mortal';
import { BATCH, itemsOf, mayBeInDoubt } from './mortalCases';
import { credentialType } from './stage';

const PEOPLE = 60;
/** In the money of either: enough for some, and not for all. */
const BALANCE = 40;

/** What the backup has done when n8n dies. */
const MOMENTS = {
	'has read the first requests': { at: 'before', answers: 0 },
	'has taken the first texts and not answered': { at: 'after', answers: 0 },
	'has answered the first request': { at: 'after', answers: 1 },
} as const;
type Moment = keyof typeof MOMENTS;
// Object.keys forgets which keys there are.
const MOMENT_NAMES = Object.keys(MOMENTS) as readonly Moment[];

/** SMSC can be asked what became of a text, SMS.RU cannot. */
const ORDERS = [
	['smsc', 'smsRu'],
	['smsRu', 'smsc'],
] as const satisfies ReadonlyArray<readonly [GatewayId, GatewayId]>;

export interface Pair {
	readonly name: string;
	readonly first: Simulator;
	readonly backup: Simulator;
	/** The account of the first has money again when Retry is pressed. */
	readonly isPaidIn: boolean;
	readonly active: Active;
	readonly rows: Rows;
	isAtSwitch(): boolean;
	/** Nothing is held any more. */
	letGo(): void;
	close(): Promise<void>;
}

const phone = (n: number): string => `+7918${1_000_000 + n}`;

export async function allPairs(mortal: MortalN8n, latencyMs: number): Promise<Pair[]> {
	const pairs: Pair[] = [];
	for (const order of ORDERS)
		for (const [n, moment] of MOMENT_NAMES.entries())
			pairs.push(await pairOf(mortal, order, moment, n % 2 === 0, latencyMs));
	return pairs;
}

async function pairOf(
	mortal: MortalN8n,
	[firstId, backupId]: (typeof ORDERS)[number],
	moment: Moment,
	isPaidIn: boolean,
	latencyMs: number,
): Promise<Pair> {
	// The balance is theirs alone.
	const all = await startGateways({ latencyMs });
	const [first, backup] = [all[firstId], all[backupId]];
	first.balance = BALANCE;
	const { at, answers } = MOMENTS[moment];
	let isHolding = true;
	let seen = 0;
	backup.fault({ at, how: 'stall', times: Infinity, matches: () => isHolding && seen++ >= answers });
	const name = `${firstId} → ${backupId}, which ${moment}`;
	const credentials: Record<string, { id: string; name: string }> = {};
	for (const id of [firstId, backupId]) {
		const type = credentialType(id);
		const of = { name: `${name}: ${id}`, type, data: all[id].credentials };
		const made = await mortal.n8n.rest<{ id: string }>('POST', '/credentials', of);
		credentials[type] = { id: made.id, name: of.name };
	}
	const options = { batchSize: BATCH, timeout: 120_000 };
	const active = await mortal.activate(sendSms(firstId, backupId, credentials, options));
	return {
		name,
		first,
		backup,
		isPaidIn,
		active,
		rows: Array.from({ length: PEOPLE }, (_, n) => ({ phone: phone(n) })),
		isAtSwitch: () => {
			const sends = backup.requests;
			const answered = sends.filter(({ status }) => status !== null).length;
			return answered >= answers && sends.some(({ fault }) => fault !== null);
		},
		letGo: () => void (isHolding = false),
		close: async () => void (await Promise.all(Object.values(all).map((one) => one.close()))),
	};
}

/** Presses Retry, and once more. Returns sentences: what may not be. */
export async function repairPair(mortal: MortalN8n, pair: Pair): Promise<string[]> {
	const { name, first, backup, active, isPaidIn } = pair;
	const both = [first, backup];
	const sent = (): number => both.reduce((sum, { texts }) => sum + texts.length, 0);
	const { id, status } = await mortal.latestEnded(active);
	const [throughFirst, throughBackup] = both.map(({ texts }) => texts.length);
	if (isPaidIn) first.balance = 1_000;
	const before = both.map(({ requests }) => requests.length);
	const items = itemsOf(mortal, await mortal.pressRetry(active));
	const told = both.map(({ gateway, texts, requests }, n) => ({
		gateway,
		texts,
		// What became of a text is asked of SMSC in the Retry.
		requests: requests.slice(before[n]).filter(({ url }) => !url.includes('/sys/status.php')),
	}));
	const misses = judgeAll(told, items, PEOPLE, phone);
	const doubts = items
		.map(verdictOf)
		.flatMap(({ accepted, error }) => (accepted === null ? [String(error?.message)] : []));
	const line = `${name}: ${status}, ${throughFirst} + ${throughBackup} of ${PEOPLE} had a text when n8n died; then ${first.texts.length} + ${backup.texts.length}, in doubt ${doubts.length}`;
	log(line);
	const faults = misses.map((miss) => `${line}: ${miss}`);
	const say = (what: string): void => void faults.push(`${line}: ${what}`);
	if (status !== 'crashed' || throughFirst === 0) say('it was not at the switch');
	if (doubts.length > mayBeInDoubt(PEOPLE, BATCH))
		say(`too many in doubt: ${[...new Set(doubts)].join(' ')}`);
	const inAll = sent();
	if (inAll + doubts.length < PEOPLE) say('some have no text');
	await mortal.pressRetry(active, id);
	if (sent() !== inAll) say('another Retry sent more');
	return faults;
}
