/** Routes in n8n's own engine: which gateway gets which number, who stands in for it, and what is told beforehand. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { forgetMarks } from '../../../nodes/shared/journal/n8nMarks';
import { DEFAULT_SENDER } from '../../../simulators/africasTalking';
import type { Simulator } from '../../../simulators/simulator';
import { allGateways } from '../../support/allGateways';
import { judgeAll } from '../../support/attempts';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { freshProcessedData } from '../../support/marks';

const all = allGateways(200);
const used = all.credentials;
let smsc: Simulator;
let smsRu: Simulator;
let advanta: Simulator;
let africas: Simulator;
beforeAll(() => {
	[smsc, smsRu] = [all.of('smsc'), all.of('smsRu')];
	[advanta, africas] = [all.of('advantaSms'), all.of('africasTalking')];
});

/** The one that the account has. */
const kenyanSender = (): string => advanta.credentials.shortcode ?? '';
const russian = (n: number): string => `+7916${1_000_000 + n}`;
const kenyan = (n: number): string => `+2547${12_000_000 + n}`;
const kazakh = (n: number): string => `+7705${1_000_000 + n}`;
/** Two Russians, then a Kenyan, and so on. */
const phone = (n: number): string => (n % 3 === 2 ? kenyan(n) : russian(n));
const rowsOf = (people: number, of = phone): IDataObject[] =>
	Array.from({ length: people }, (_, n) => ({ phone: of(n), name: `Person ${n}` }));

const throughAdvanta: INodeParameters = { routes: ['advantaSms'], advantaSmsRoute: { countries: ['KE'] } };

const send = async (
	parameters: INodeParameters,
	rows: readonly IDataObject[] = rowsOf(6),
	more: Partial<RunOptions> = {},
): Promise<RunResult> =>
	await runNode({
		node: 'sendSms',
		credentials: used('smsc', 'smsRu', 'advantaSms', 'africasTalking'),
		rows,
		parameters: {
			gateway: 'smsc',
			to: '={{ $json.phone }}',
			message: '=Hello {{ $json.name }}',
			...parameters,
		},
		onError: 'continueErrorOutput',
		...more,
	});

const texts = ({ texts: taken }: Simulator): string[] => taken.map(({ to }) => `+${to}`).sort();
const errorOf = (result: RunResult, n = 0): IDataObject => result.failed[n]?.json.error as IDataObject;
const through = ({ success }: RunResult): unknown[] => success.map(({ json }) => json.gateway);
const nothing = (): void => {
	for (const { requests } of all.each()) expect(requests).toHaveLength(0);
};

describe('a country', () => {
	it('goes through its own gateway, with a sender of its own, each share in as few requests as its gateway takes', async () => {
		const route = { advantaSmsRoute: { countries: ['KE'], from: kenyanSender() } };
		const result = await send({ ...throughAdvanta, ...route, from: 'RUSSIA', message: 'Hello' }, rowsOf(90));
		expect(result.failed).toEqual([]);
		expect(texts(advanta)).toEqual(
			rowsOf(90)
				.map((row) => row.phone)
				.filter((to) => String(to).startsWith('+254'))
				.sort(),
		);
		expect(texts(smsc)).toHaveLength(60);
		expect([smsc.requests.length, advanta.requests.length]).toEqual([1, 1]);
		expect(new Set(advanta.texts.map(({ from }) => from))).toEqual(new Set([kenyanSender()]));
		expect(new Set(smsc.texts.map(({ from }) => from))).toEqual(new Set(['RUSSIA']));
		expect(
			result.success.map(({ pairedItem, json }) => [(pairedItem as { item: number }).item, json.to]),
		).toEqual(rowsOf(90).map((row, n) => [n, row.phone]));
		expect(judgeAll([smsc, advanta], result.success, 90, phone)).toEqual([]);
		const [first, , third] = result.success.map(({ json }) => json);
		expect(first).toMatchObject({ gateway: 'smsc', from: 'RUSSIA' });
		expect(third).toMatchObject({
			gateway: 'advantaSms',
			from: kenyanSender(),
			messageId: advanta.texts[0]?.messageId,
		});
		expect(first).not.toHaveProperty('attempts');
		expect(third).not.toHaveProperty('attempts');
	});

	it('in a row with several numbers, each number goes its way', async () => {
		const result = await send(throughAdvanta, [{ phone: `${russian(1)}, ${kenyan(1)}`, name: 'Both' }]);
		expect(through(result)).toEqual(['smsc', 'advantaSms']);
	});

	it('all numbers may have a route: the first gateway is then asked nothing, and needs no credential', async () => {
		const rows = rowsOf(2, kenyan);
		const result = await send(throughAdvanta, rows, { credentials: used('advantaSms') });
		expect(through(result)).toEqual(['advantaSms', 'advantaSms']);
	});

	it('the first gateway may be the one of a route, with another sender and one pace', async () => {
		const route = { routes: ['smsc'], smscRoute: { countries: ['KZ'], from: 'KAZAKH' } };
		const rows = [...rowsOf(2, russian), ...rowsOf(2, kazakh)];
		const result = await send({ ...route, from: 'RUSSIA' }, rows);
		expect(through(result)).toEqual(['smsc', 'smsc', 'smsc', 'smsc']);
		expect(result.success.map(({ json }) => json.from)).toEqual(['RUSSIA', 'RUSSIA', 'KAZAKH', 'KAZAKH']);
		expect(smsc.texts.map(({ from }) => from).sort()).toEqual(['KAZAKH', 'KAZAKH', 'RUSSIA', 'RUSSIA']);
	});
});

describe('a prefix', () => {
	const two = (settings: INodeParameters): INodeParameters => ({
		routes: ['advantaSms', 'smsRu'],
		advantaSmsRoute: { countries: ['KE'] },
		smsRuRoute: settings,
	});

	it('the longest one wins, and a prefix before a country', async () => {
		const result = await send(
			{
				routes: ['smsRu', 'advantaSms'],
				smsRuRoute: { prefixes: '7, +25471200' },
				advantaSmsRoute: { countries: ['KE'], prefixes: '+7 (705)' },
			},
			[russian(1), kazakh(1), kenyan(1), '+254722000001'].map((to) => ({ phone: to, name: 'you' })),
			{},
		);
		expect(through(result)).toEqual(['smsRu', 'advantaSms', 'smsRu', 'advantaSms']);
	});

	it.each([
		['0705', '0705'],
		['+7705, abc', 'abc'],
		['+7 705 123 45 67 89 01 23', '+7 705 123 45 67 89 01 23'],
	])('%s is none', async (prefixes, shown) => {
		const result = await send(two({ prefixes }));
		nothing();
		expect(errorOf(result).message).toBe(`'Route: SMS.RU' has the prefix "${shown}". Nothing was sent.`);
	});
});

describe('what another gateway may take', () => {
	it('the backups of the node, without the one that was tried', async () => {
		advanta.balance = 0;
		const parameters = {
			...throughAdvanta,
			backupGateway: 'advantaSms',
			secondBackupGateway: 'africasTalking',
		};
		const result = await send(parameters);
		expect(through(result)).toEqual(['smsc', 'smsc', 'africasTalking', 'smsc', 'smsc', 'africasTalking']);
		expect(result.success[2]?.json.attempts).toMatchObject([
			{ gateway: 'advantaSms', outcome: 'refused', kind: 'insufficient_funds' },
			{ gateway: 'africasTalking', outcome: 'accepted' },
		]);
		expect(judgeAll([smsc, advanta, africas], result.success, 6, phone)).toEqual([]);
		const hints = result.run.data.resultData.runData.SMS?.[0]?.hints ?? [];
		expect(hints.map(({ message }) => message)).toContain(
			`Advanta SMS did not take all texts (insufficient_funds). Sent by backup: 2 through Africa's Talking. "attempts" in the results says more.`,
		);
	});

	it('a backup of the route alone, with its own sender', async () => {
		advanta.balance = 0;
		smsc.balance = 0;
		const result = await send({
			...throughAdvanta,
			backupGateway: 'smsRu',
			advantaSmsRoute: { countries: ['KE'], backupFrom: DEFAULT_SENDER },
			advantaSmsRouteBackup: 'africasTalking',
		});
		expect(through(result)).toEqual(['smsRu', 'smsRu', 'africasTalking', 'smsRu', 'smsRu', 'africasTalking']);
		expect(new Set(africas.texts.map(({ from }) => from))).toEqual(new Set([DEFAULT_SENDER]));
		expect(judgeAll([smsc, smsRu, advanta, africas], result.success, 6, phone)).toEqual([]);
	});

	it('None: what the gateway of the route does not take fails in its row', async () => {
		advanta.balance = 0;
		const parameters = { ...throughAdvanta, backupGateway: 'smsRu', advantaSmsRouteBackup: 'none' };
		const result = await send(parameters);
		expect(through(result)).toEqual(['smsc', 'smsc', 'smsc', 'smsc']);
		expect(errorOf(result)).toMatchObject({
			gateway: 'advantaSms',
			kind: 'insufficient_funds',
			to: kenyan(2),
		});
		expect(smsRu.requests).toHaveLength(0);
	});

	it('a gateway without money is not asked again where it is the backup of another', async () => {
		smsc.balance = 0;
		advanta.balance = 0;
		const parameters = { ...throughAdvanta, backupGateway: 'smsRu', advantaSmsRouteBackup: 'smsc' };
		const rows = rowsOf(6).map((row) => ({ ...row, name: 'you' }));
		const result = await send(parameters, rows);
		const asked = smsc.requests.length;
		expect(asked).toBe(1);
		expect(errorOf(result)).toMatchObject({
			attempts: [
				{ gateway: 'advantaSms', outcome: 'refused' },
				{ gateway: 'smsc', outcome: 'notAsked', kind: 'insufficient_funds' },
			],
		});
		expect(judgeAll([smsc, smsRu, advanta], [...result.success, ...result.failed], 6, phone)).toEqual([]);
	});

	it('a lost reply stays with the gateway of the route', async () => {
		advanta.fault({ at: 'after', how: 'reset', times: Infinity });
		const result = await send({ ...throughAdvanta, advantaSmsRouteBackup: 'africasTalking' }, rowsOf(3));
		expect(through(result)).toEqual(['smsc', 'smsc']);
		expect(errorOf(result)).toMatchObject({ gateway: 'advantaSms', accepted: null, retry: 'check_first' });
		expect(africas.requests).toHaveLength(0);
	});

	it('a slow gateway does not keep the others waiting', async () => {
		smsc.fault({ at: 'before', how: 'stall', times: 1 });
		const running = send({ ...throughAdvanta, message: 'Hello', options: { timeout: 3000 } }, rowsOf(3));
		while (advanta.texts.length === 0) await sleep(5);
		// Once its reply is given up, it is asked again what became of the texts.
		expect(smsc.requests).toHaveLength(1);
		const result = await running;
		expect([...result.success, ...result.failed]).toHaveLength(3);
		expect(smsc.requests.length).toBeGreaterThan(1);
	});
});

describe('told before anything is sent', () => {
	it('one country, two routes', async () => {
		const result = await send({
			routes: ['advantaSms', 'africasTalking'],
			advantaSmsRoute: { countries: ['UG', 'KE'] },
			africasTalkingRoute: { countries: ['KE'] },
		});
		nothing();
		expect(result.failed).toHaveLength(6);
		expect(errorOf(result).message).toBe(
			"Kenya has two routes, through Advanta SMS and Africa's Talking. Nothing was sent.",
		);
	});

	it('one prefix, two routes', async () => {
		const result = await send({
			routes: ['advantaSms', 'africasTalking'],
			advantaSmsRoute: { prefixes: '+254 7' },
			africasTalkingRoute: { prefixes: '+7, 2547' },
		});
		nothing();
		expect(errorOf(result).message).toMatch(/^\+2547 has two routes/);
	});

	it('a route for nobody', async () => {
		const result = await send({ routes: ['advantaSms'], advantaSmsRoute: { countries: [], from: 'ACME' } });
		nothing();
		expect(errorOf(result).message).toBe(
			"'Route: Advanta SMS' has no country and no prefix. Nothing was sent.",
		);
	});

	it('a country that does not exist, and a gateway that does not', async () => {
		const country = await send({ routes: ['advantaSms'], advantaSmsRoute: { countries: ['XX'] } });
		expect(errorOf(country).message).toBe(`'Route: Advanta SMS' has the country "XX". Nothing was sent.`);
		const gateway = await send({ routes: ['carrierPigeon'] });
		expect(errorOf(gateway)).toMatchObject({
			message: 'There is no gateway "carrierPigeon". Nothing was sent.',
		});
		const itself = await send({ ...throughAdvanta, advantaSmsRouteBackup: 'advantaSms' });
		expect(errorOf(itself).message).toMatch(/^Advanta SMS is chosen twice/);
		nothing();
	});

	it('an option that the gateway of a route lacks, in the rows of that route', async () => {
		const result = await send({ ...throughAdvanta, options: { flash: true } });
		expect(through(result)).toEqual(['smsc', 'smsc', 'smsc', 'smsc']);
		expect(advanta.requests).toHaveLength(0);
		expect(errorOf(result)).toMatchObject({
			message: "'Flash Message' is not supported by Advanta SMS, which has a route.",
			hint: "Turn on 'Leave Out Options It Lacks', or remove it from the options, or change 'Route: Advanta SMS'. Nothing was sent.",
			gateway: 'advantaSms',
		});
		const route = { countries: ['KE'], leavesOut: true };
		const left = await send({ ...throughAdvanta, advantaSmsRoute: route, options: { flash: true } });
		expect(left.failed).toEqual([]);
		expect(texts(advanta)).toEqual([kenyan(2), kenyan(5)]);
	});

	it('an option that only the gateway of a route has is refused for the first one, and sent there', async () => {
		const parameters = { gateway: 'advantaSms', routes: ['smsc'], smscRoute: { countries: ['RU'] } };
		const result = await send({ ...parameters, options: { flash: true } });
		expect(through(result)).toEqual(['smsc', 'smsc', 'smsc', 'smsc']);
		expect(smsc.requests[0]?.body.toString()).toMatch(/flash/);
		expect(errorOf(result).message).toBe("'Flash Message' is not supported by Advanta SMS.");
	});

	it('a sender that the gateway of the route never takes', async () => {
		const result = await send(
			{ routes: ['alphaSms'], alphaSmsRoute: { countries: ['UA'] } },
			[{ phone: '+380501234567', name: 'x' }],
			{ credentials: used('smsc', 'alphaSms') },
		);
		nothing();
		expect(errorOf(result).message).toMatch(/^For the route through AlphaSMS: /);
		expect(errorOf(result).hint).toMatch(/It is set in 'From \(Route: AlphaSMS\)'\.$/);
	});

	it('a sender whose expression fails, in the row alone', async () => {
		const from = `={{ $json.name === "Person 2" ? $('Nowhere').item.json.x : "${kenyanSender()}" }}`;
		const result = await send({ ...throughAdvanta, advantaSmsRoute: { countries: ['KE'], from } });
		expect(result.success).toHaveLength(5);
		expect(errorOf(result).message).toMatch(/^'From \(Route: Advanta SMS\)' could not be read for this row/);
		expect(advanta.texts.map(({ from: sender }) => sender)).toEqual([kenyanSender()]);
	});

	it('a placeholder in the sender of a route', async () => {
		const from = '{{ $json.name }}';
		const result = await send({ ...throughAdvanta, advantaSmsRoute: { countries: ['KE'], from } });
		nothing();
		expect(errorOf(result).message).toMatch(/From \(Route: Advanta SMS\)/);
	});

	it('a credential that is missing, in the rows of the route', async () => {
		const result = await send(throughAdvanta, rowsOf(3), { credentials: used('smsc') });
		expect(through(result)).toEqual(['smsc', 'smsc']);
		expect(errorOf(result)).toMatchObject({ message: 'No credential is selected for Advanta SMS.' });
	});
});

describe('what counts over all gateways', () => {
	it('duplicates, Max Texts and Max Cost', async () => {
		const twice = [...rowsOf(3), ...rowsOf(3)];
		const result = await send(throughAdvanta, twice);
		expect(result.success).toHaveLength(3);
		expect(result.failed.map(({ json }) => (json.error as IDataObject).kind)).toEqual(
			Array(3).fill('duplicate'),
		);
		smsc.reset();
		advanta.reset();
		const many = await send({ ...throughAdvanta, limits: { maxTexts: 5 } });
		expect(errorOf(many).message).toMatch(/^This run has 6 texts to send/);
		const dear = await send({ ...throughAdvanta, limits: { maxCost: 11.9, pricePerSegment: 2 } });
		expect(errorOf(dear).message).toMatch(/would cost 12, at 2 for a segment/);
		const unknown = await send({ ...throughAdvanta, limits: { maxCost: 100 } });
		expect(errorOf(unknown).message).toMatch(/^With several gateways, /);
		nothing();
	});

	it.each(['Skip Duplicates', 'One Text per Number'])(
		'%s across runs, also when the route changes',
		async (limit) => {
			forgetMarks();
			await freshProcessedData();
			const limits = limit === 'Skip Duplicates' ? { skipDuplicates: 'acrossRuns' } : { onePerNumber: 'day' };
			expect((await send({ ...throughAdvanta, limits })).success).toHaveLength(6);
			const other = { routes: ['africasTalking'], africasTalkingRoute: { countries: ['KE'] }, limits };
			const again = await send(other);
			expect(again.success).toEqual([]);
			expect(again.failed).toHaveLength(6);
			expect(africas.requests).toHaveLength(0);
		},
	);

	it('Retry On Fail: nobody gets two, through whichever gateway', async () => {
		const rows = [{ phone: 'call office', name: 'Nobody' }, ...rowsOf(6)];
		const { success, failed } = await send(throughAdvanta, rows, { maxTries: 3 });
		expect([success.length, failed.length]).toEqual([6, 1]);
		expect(smsc.texts.length + advanta.texts.length).toBe(6);
	});

	it.each([1, 2, 5])('batches of %s', async (batchSize) => {
		const { success } = await send({ ...throughAdvanta, options: { batchSize } }, rowsOf(30));
		expect(judgeAll([smsc, advanta], success, 30, phone)).toEqual([]);
		expect([smsc.texts.length, advanta.texts.length]).toEqual([20, 10]);
	});
});

describe('preview', () => {
	it('names the gateway that each row would take, and how many go through each', async () => {
		const result = await send({ ...throughAdvanta, operation: 'preview', backupGateway: 'smsRu' });
		nothing();
		expect(through(result)).toEqual(['smsc', 'smsc', 'advantaSms', 'smsc', 'smsc', 'advantaSms']);
		const hints = result.run.data.resultData.runData.SMS?.[0]?.hints ?? [];
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('4 through SMSC + 2 through Advanta SMS'),
		]);
	});

	it('with prices: of the gateways that tell them; the other rows have none', async () => {
		const routes = {
			routes: ['advantaSms', 'smsRu'],
			advantaSmsRoute: { countries: ['KE'] },
			smsRuRoute: { countries: ['KZ'] },
		};
		const rows = [russian(1), kenyan(1), kazakh(1)].map((to) => ({ phone: to, name: 'you' }));
		const result = await send({ ...routes, operation: 'preview', includePrice: true }, rows);
		expect(through(result)).toEqual(['smsc', 'advantaSms', 'smsRu']);
		const costs = result.success.map(({ json }) => json.cost);
		expect([typeof costs[0], costs[1], typeof costs[2]]).toEqual(['number', undefined, 'number']);
		for (const simulator of all.each()) expect(simulator.texts).toEqual([]);
	});
});

it('in a test run, each text goes to one number through the gateway of its row', async () => {
	const parameters = { ...throughAdvanta, inTestRuns: 'oneNumber', testNumber: kenyan(9) };
	const { success } = await send(parameters, rowsOf(3), { execution: { mode: 'manual' } });
	expect(success.map(({ json }) => [json.to, json.gateway])).toEqual([
		[kenyan(9), 'smsc'],
		[kenyan(9), 'smsc'],
		[kenyan(9), 'advantaSms'],
	]);
});

it('the Test Gateway has no routes that send', async () => {
	const result = await send({ ...throughAdvanta, gateway: 'test' }, rowsOf(3));
	expect([...through(result), ...result.failed]).toEqual(['test', 'test', 'test']);
	nothing();
});
