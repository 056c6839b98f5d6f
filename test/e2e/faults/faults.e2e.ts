/**
 * Fault injection: every fault × every gateway × (one text, different texts, the generic node with expressions, limits),
 * at least 20,000 recipients a gateway. An independent referee holds what the simulator accepted against what the items
 * say. The seed is printed; FAULTS_SEED=… repeats a run.
 */
import { createServer } from 'node:http';
import { loadPhoneTools } from '../../../nodes/shared/phone/tools';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { subjects } from '../../conformance/subjects';
import type { Subject } from '../../conformance/subjects';
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import { hurry, realTime } from '../../support/clock';
import { runNode } from '../../support/engine';
import { judge } from '../../support/referee';
import type { FaultCase } from './faults';
import { faultCases, seeded } from './faults';

const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000);
/** 20,000 recipients over all faults and modes. */
const MODES = ['one text', 'different texts', 'generic, expressions', 'limits'] as const;
const PEOPLE = Math.ceil(20_000 / (faultCases.length * MODES.length));

type Mode = (typeof MODES)[number];

const table = new Map<string, string[]>();
const totals = new Map<string, number>();

/** AlphaSMS is there twice: each of its two interfaces. */
const nameOf = ({ name, gateway }: Subject): string =>
	name?.replace(' with ', ', ').replace(/ \(.*/, '') ?? gateway;

beforeAll(() => {
	process.stderr.write(`Seed ${SEED}, ${PEOPLE} recipients a run\n`);
	hurry(200);
});
afterAll(() => {
	realTime();
	const width = Math.max(...[...table.keys()].map((name) => name.length));
	const head = `${''.padEnd(width)}  ${subjects.map((subject) => nameOf(subject).padEnd(20)).join('')}`;
	const lines = [...table].map(
		([name, cells]) => `${name.padEnd(width)}  ${cells.map((cell) => cell.padEnd(20)).join('')}`,
	);
	const sums = `${'recipients'.padEnd(width)}  ${subjects.map((subject) => String(totals.get(nameOf(subject))).padEnd(20)).join('')}`;
	process.stderr.write(
		`\naccepted/not accepted/unclear (all four ways together)\n${head}\n${lines.join('\n')}\n${sums}\n`,
	);
});

function parametersFor(mode: Mode, subject: Subject): INodeParameters {
	const common = { ...subject.parameters, options: { timeout: 700 } };
	switch (mode) {
		case 'one text':
			return { ...common, to: '={{ $json.phone }}', message: 'Hello' };
		case 'different texts':
			return {
				...common,
				to: '={{ $json.phone }}',
				message: '=Hello {{ $json.name }}',
			};
		case 'limits':
		case 'generic, expressions':
			return {
				...common,
				gateway: subject.gateway,
				to: '={{ $json.phone }}',
				message: '={{ "Hello " + $json.name }}',
			};
	}
}

/** Of another country than any of the gateways' people. */
const FOREIGN = 11;
const STOPPED = 7;
const foreign = (row: number): string => `+49151${String(10_000_000 + row)}`;

interface Limited {
	readonly parameters: INodeParameters;
	/** As many may get a text. */
	readonly most: number;
	readonly blocked: ReadonlySet<string>;
}

/** Limits that leave some rows out, and have room for exactly the others. */
async function limitsFor(
	phones: readonly string[],
	bad: number,
	home: string,
	{ spare }: { spare: number },
): Promise<Limited> {
	const { countriesOf } = await loadPhoneTools();
	const stopped = phones.filter((_, row) => row >= bad && row % STOPPED === 0);
	const others = phones.filter((_, row) => row >= bad && row % FOREIGN === 5);
	const blocked = new Set([...stopped, ...others]);
	const most = phones.length - bad - blocked.size;
	const pricePerSegment = 0.01;
	const maxCost = Number(((most + spare) * pricePerSegment).toFixed(2));
	const stopList = stopped.join('; ');
	const limits = {
		allowedCountries: [...countriesOf(home)],
		stopList,
		maxTexts: most,
		maxCost,
		pricePerSegment,
	};
	return { parameters: { limits }, most, blocked };
}

/** An address where nothing listens, or where something speaks no TLS. */
async function strangeAddress(
	kind: NonNullable<FaultCase['baseUrl']>,
	simulator: Simulator,
): Promise<string> {
	if (kind === 'no such host') return 'https://no-such-host.invalid';
	if (kind === 'not TLS') return simulator.baseUrl.replace('http://', 'https://');
	const closed = createServer();
	await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
	const { port } = closed.address() as AddressInfo;
	await new Promise((resolve) => closed.close(resolve));
	return `http://127.0.0.1:${port}`;
}

describe.each(subjects.map((subject) => [nameOf(subject), subject] as const))('%s', (_, subject) => {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator(subject.simulation());
	});
	afterAll(async () => await simulator.close());

	it.each(faultCases.map((fault) => [fault.name, fault] as const))('%s', async (name, fault) => {
		if (fault.jsonOnly === true && !subject.speaksJson) {
			table.set(name, [...(table.get(name) ?? []), '–']);
			// Its share of the 20,000 goes through the run without a fault.
			await shoot(subject, { ...fault, spoil: null, share: 0 }, null);
			return;
		}
		const [accepted, not, unclear] = await shoot(subject, fault, name);
		table.set(name, [...(table.get(name) ?? []), `${accepted}/${not}/${unclear}`]);
	});

	async function shoot(
		target: Subject,
		fault: FaultCase,
		name: string | null,
	): Promise<[number, number, number]> {
		const counts: [number, number, number] = [0, 0, 0];
		for (const [index, mode] of MODES.entries()) {
			simulator.reset();
			simulator.balance = 1_000_000;
			const random = seeded(SEED + index * 7919 + faultCases.indexOf(fault) * 104_729);
			if (fault.spoil !== null) {
				simulator.fault({ ...fault.spoil, times: Infinity, matches: () => random() < fault.share });
			}
			const baseUrl =
				fault.baseUrl === undefined ? simulator.baseUrl : await strangeAddress(fault.baseUrl, simulator);
			const bad = fault.retryOnFail === true ? 1 : 0;
			const isLimited = mode === 'limits';
			const phone = (row: number): string => {
				if (row < bad) return 'call office';
				return isLimited && row % FOREIGN === 5 ? foreign(row) : target.number(row);
			};
			const people = PEOPLE + bad;
			const phones = Array.from({ length: people }, (_, row) => phone(row));
			const limitsWith = async (spare: number): Promise<Limited> =>
				await limitsFor(phones, bad, target.number(0), { spare });
			const run = async (limited: Limited | null) =>
				await runNode({
					node: mode === 'generic, expressions' || isLimited ? 'sendSms' : target.gateway,
					credentials: {
						[target.credentialType]: { ...simulator.credentials, ...target.credentials, baseUrl },
					},
					rows: Array.from({ length: people }, (_, row) => ({ phone: phone(row), name: `Person ${row}` })),
					parameters: { ...parametersFor(mode, target), ...limited?.parameters },
					onError: 'continueErrorOutput',
					...(fault.retryOnFail === true ? { maxTries: 3 } : {}),
					...(fault.cancel === true
						? {
								onStarted: (cancel: () => void) => {
									setTimeout(cancel, 40).unref();
								},
							}
						: {}),
				});
			if (isLimited && fault.cancel !== true) {
				// One text too few, and none goes out.
				const { failed } = await run(await limitsWith(-1));
				expect([failed.length, simulator.requests.length]).toEqual([people, 0]);
			}
			const limited = isLimited ? await limitsWith(0) : null;
			const result = await run(limited);
			if (limited !== null) {
				expect(simulator.texts.filter(({ to }) => limited.blocked.has(`+${to}`))).toEqual([]);
				expect(simulator.texts.length).toBeLessThanOrEqual(limited.most);
				if (fault.share === 0) expect(simulator.texts).toHaveLength(limited.most);
			}
			totals.set(nameOf(target), (totals.get(nameOf(target)) ?? 0) + PEOPLE);
			if (fault.cancel === true) {
				// n8n throws a stopped run's items away: all that can be checked is that nobody got two.
				const numbers = simulator.texts.map(({ to }) => to);
				expect(new Set(numbers).size).toBe(numbers.length);
				// Stopped in the middle: some were sent.
				expect(simulator.requests.length).toBeGreaterThan(0);
				continue;
			}
			expect(result.error).toBeNull();
			const items = [...result.success, ...result.failed];
			const { misses, accepted, notAccepted, unclear } = judge(simulator, items, people, (row) => phone(row));
			expect({ fault: name, mode, seed: SEED, misses: misses.slice(0, 5) }).toEqual({
				fault: name,
				mode,
				seed: SEED,
				misses: [],
			});
			counts[0] += accepted;
			counts[1] += notAccepted;
			counts[2] += unclear;
		}
		return counts;
	}
});
