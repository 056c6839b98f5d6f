/**
 * Every fault at the first gateway, with every state of the backup, through every pair of gateways in turn: what a run
 * comes to, held against what both of them took.
 */
import type { INodeParameters } from 'n8n-workflow';
import { GATEWAY_IDS, gateways } from '../../../nodes/SendSms/gateways';
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import type { Fault, Simulator } from '../../../simulators/simulator';
import { facts } from '../../facts';
import { judgeAll, withoutPriceQuestions } from '../../support/attempts';
import { runNode } from '../../support/engine';
import type { FaultCase } from './faults';
import { answer, both, faultCases, page, seeded } from './faults';

/** What the backup is like, by name. */
const STATES: Readonly<Record<string, readonly FaultCase[]>> = {
	works: [],
	'no money': [],
	'no such host': faultCases.filter(({ baseUrl }) => baseUrl === 'no such host'),
	'refuses the key': [answer('before', '401', page(401), 1)],
	'too busy': [answer('before', '429', page(429), 0.5)],
	'broken, acts or not': both('500', page(500)),
	'loses replies': faultCases.filter(({ name }) => name === 'reset after it is accepted'),
};

const WAYS = ['one text', 'different texts', 'expressions'] as const;

export interface PairCase {
	readonly name: string;
	readonly first: GatewayId;
	readonly backup: GatewayId;
	readonly fault: FaultCase;
	readonly state: string;
	readonly way: (typeof WAYS)[number];
	readonly retryOnFail: boolean;
	/** A third of the people begin at the backup, and may go on to the first. */
	readonly routed: boolean;
	/** The cheaper one is the first, where both tell prices. */
	readonly cheapest: boolean;
}

const PAIRS = GATEWAY_IDS.flatMap((first) =>
	GATEWAY_IDS.filter((id) => id !== first).map((backup) => ({ first, backup })),
);

/** Replies that are no JSON cannot be changed as JSON. */
const applies = ({ jsonOnly }: FaultCase, id: GatewayId): boolean =>
	jsonOnly !== true || facts[id].interfaces[0]?.speaksJson === true;

export const pairCases: readonly PairCase[] = faultCases.flatMap((fault, row) =>
	Object.keys(STATES).flatMap((state, column) =>
		WAYS.flatMap((way, n) =>
			(fault.retryOnFail === true ? [true] : [false, true]).flatMap((retryOnFail, again): PairCase[] => {
				// Steps without a common divisor of the pairs: each fault meets others in each state.
				const pair = PAIRS[(row * 7 + column * 11 + n * 13 + again * 17) % PAIRS.length];
				if (pair === undefined || !applies(fault, pair.first)) return [];
				const routed = (row + column + n + again) % 3 === 0;
				const cheapest = (row + 2 * column + n + again) % 4 === 0;
				const more = `${retryOnFail ? '; Retry On Fail' : ''}${routed ? '; a route' : ''}${cheapest ? '; cheapest first' : ''}`;
				const name = `${pair.first}: ${fault.name}; ${pair.backup}: ${state}; ${way}${more}`;
				return [{ name, ...pair, fault, state, way, retryOnFail, routed, cheapest }];
			}),
		),
	),
);

const senderOf = (id: GatewayId): string => {
	const { from } = facts[id].parameters;
	return typeof from === 'string' ? from : (facts[id].sender ?? '');
};

/** @param numbers of the people with a route */
function routeOf({ first, backup }: PairCase, numbers: readonly string[]): INodeParameters {
	const route = { prefixes: numbers.join(', '), from: senderOf(backup), backupFrom: senderOf(first) };
	return { routes: [backup], [`${backup}Route`]: route, [`${backup}RouteBackup`]: first };
}

function parametersFor({ first, backup, way, cheapest }: PairCase): INodeParameters {
	return {
		...facts[first].parameters,
		gateway: first,
		backupGateway: backup,
		backupFrom: senderOf(backup),
		...(cheapest ? { gatewayOrder: 'cheapest' } : {}),
		to: '={{ $json.phone }}',
		message: {
			'one text': 'Hello',
			'different texts': '=Hello {{ $json.name }}',
			expressions: '={{ "Hello " + $json.name }}',
		}[way],
		options: { timeout: 400 },
	};
}

export interface Shot {
	readonly misses: readonly string[];
	readonly throughFirst: number;
	readonly throughBackup: number;
}

export async function shootPair(
	all: Readonly<Record<GatewayId, Simulator>>,
	one: PairCase,
	people: number,
	seed: number,
): Promise<Shot> {
	const { fault, state, retryOnFail } = one;
	const [first, backup] = [all[one.first], all[one.backup]];
	const random = seeded(seed);
	for (const simulator of [first, backup]) {
		simulator.reset();
		simulator.balance = 1_000_000;
	}
	const spoil = (simulator: Simulator, { spoil: how, share }: FaultCase): void => {
		if (how === null) return;
		const matches: Fault['matches'] = () => random() < share;
		simulator.fault({ ...how, times: Infinity, matches });
	};
	spoil(first, fault);
	for (const spoiling of STATES[state] ?? []) spoil(backup, spoiling);
	if (state === 'no money') backup.balance = 0;

	const bad = retryOnFail ? 1 : 0;
	const phone = (row: number): string => (row < bad ? 'call office' : facts[one.first].number(row));
	const rows = Array.from({ length: people + bad }, (_, row) => ({
		phone: phone(row),
		name: `Person ${row}`,
	}));
	const routed = rows.filter((_, row) => row >= bad && row % 3 === 0).map((row) => row.phone);
	const result = await runNode({
		node: 'sendSms',
		credentials: {
			[gateways[one.first].credential.type]: credentialsOf(first, fault.baseUrl),
			[gateways[one.backup].credential.type]: credentialsOf(backup, STATES[state]?.[0]?.baseUrl),
		},
		rows,
		parameters: { ...parametersFor(one), ...(one.routed ? routeOf(one, routed) : {}) },
		onError: 'continueErrorOutput',
		...(retryOnFail ? { maxTries: 3 } : {}),
		...(fault.cancel === true
			? { onStarted: (cancel: () => void) => void setTimeout(cancel, 25).unref() }
			: {}),
	});
	const throughBoth = { throughFirst: first.texts.length, throughBackup: backup.texts.length };
	if (fault.cancel === true) {
		// n8n throws a stopped run's items away: all that can be checked is that nobody got two.
		const numbers = [...first.texts, ...backup.texts].map(({ to }) => to);
		const twice = numbers.filter((to, n) => numbers.indexOf(to) !== n).map((to) => `${to} got two texts`);
		return { misses: twice, ...throughBoth };
	}
	const items = [...result.success, ...result.failed];
	const misses = judgeAll(
		[first, backup].map(withoutPriceQuestions),
		items,
		people + bad,
		phone,
		retryOnFail,
	);
	return { misses: result.error === null ? misses : [result.error.message, ...misses], ...throughBoth };
}

function credentialsOf(
	{ credentials, baseUrl }: Simulator,
	where: FaultCase['baseUrl'],
): Readonly<Record<string, string>> {
	switch (where) {
		case undefined:
			return credentials;
		case 'no such host':
			return { ...credentials, baseUrl: 'https://no-such-host.invalid' };
		case 'not TLS':
			return { ...credentials, baseUrl: baseUrl.replace('http://', 'https://') };
		case 'refused':
			// Port 9 of this machine, where nothing listens.
			return { ...credentials, baseUrl: 'http://127.0.0.1:9' };
	}
}
