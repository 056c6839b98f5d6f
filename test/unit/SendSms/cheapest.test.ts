/** Cheapest First in n8n's own engine: who is asked what a text costs, who gets it, and what is told of it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { forgetMarks } from '../../../nodes/shared/journal/n8nMarks';
import type { SimulatedReply, SimulatedRequest, Simulator } from '../../../simulators/simulator';
import { allGateways } from '../../support/allGateways';
import { judgeAll, withoutPriceQuestions } from '../../support/attempts';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { freshProcessedData } from '../../support/marks';

const all = allGateways(200);
const used = all.credentials;
let smsc: Simulator;
let smsRu: Simulator;
let alpha: Simulator;
let africas: Simulator;
beforeAll(() => {
	[smsc, smsRu] = [all.of('smsc'), all.of('smsRu')];
	[alpha, africas] = [all.of('alphaSms'), all.of('africasTalking')];
});

const phone = (n: number): string => `+7916${1_000_000 + n}`;
const rowsOf = (people: number): IDataObject[] =>
	Array.from({ length: people }, (_, n) => ({ phone: phone(n), name: `Person ${n}` }));

/** At the simulators, SMSC takes 1.4 for a segment and SMS.RU 3.5, both in roubles; AlphaSMS takes 1.2 hryvnias. */
const send = async (
	parameters: INodeParameters = {},
	rows: readonly IDataObject[] = rowsOf(3),
	more: Partial<RunOptions> = {},
): Promise<RunResult> =>
	await runNode({
		node: 'sendSms',
		credentials: used('smsc', 'smsRu', 'alphaSms', 'africasTalking'),
		rows,
		parameters: {
			gateway: 'smsRu',
			backupGateway: 'smsc',
			gatewayOrder: 'cheapest',
			to: '={{ $json.phone }}',
			message: '=Hello {{ $json.name }}',
			...parameters,
		},
		onError: 'continueErrorOutput',
		...more,
	});

const through = ({ success }: RunResult): unknown[] => success.map(({ json }) => json.gateway);
const texts = ({ texts: taken }: Simulator): string[] => taken.map(({ to }) => `+${to}`).sort();
const errorOf = ({ failed }: RunResult, n = 0): IDataObject => failed[n]?.json.error as IDataObject;
const hintsOf = ({ run }: RunResult): string[] =>
	(run.data.resultData.runData.SMS?.[0]?.hints ?? []).map(({ message }) => message);
const orderHint = (result: RunResult): string | undefined =>
	hintsOf(result).find((hint) => hint.startsWith('Cheapest First: '));
const asksPrice = (simulator: Simulator): number =>
	simulator.requests.length - withoutPriceQuestions(simulator).requests.length;

const isCost = ({ path }: SimulatedRequest): boolean => path === '/sms/cost';
const isCostOfSmsc = ({ path, body }: SimulatedRequest): boolean =>
	path === '/sys/send.php' && /cost=1\b/.test(body.toString());
/** SMS.RU tells another price for these people. */
function sellsFor(cost: number, isTo: (digits: string) => boolean): void {
	const mutate = (json: unknown): unknown => {
		const reply = json as { sms: Record<string, { cost: number }> };
		for (const [digits, entry] of Object.entries(reply.sms)) if (isTo(digits)) entry.cost = cost;
		return reply;
	};
	smsRu.fault({ at: 'after', how: 'mutate', mutate, matches: isCost, times: Infinity });
}
const page = (status: number): SimulatedReply => ({
	status,
	headers: { 'content-type': 'text/html' },
	body: '<p>x</p>',
});

describe('who gets a text', () => {
	it('the backup, where that is cheaper, with the sender for it; prices are asked in as few requests as texts', async () => {
		const result = await send({ from: 'First', backupFrom: 'Backup' }, rowsOf(250));
		expect(result.failed).toEqual([]);
		expect(through(result)).toEqual(Array(250).fill('smsc'));
		expect(new Set(smsc.texts.map(({ from }) => from))).toEqual(new Set(['Backup']));
		expect(result.success[0]?.json).toMatchObject({ from: 'Backup', to: phone(0), cost: 1.4 });
		expect(result.success.some(({ json }) => 'attempts' in json)).toBe(false);
		expect(smsRu.texts).toHaveLength(0);
		// 100 texts a request at either; SMSC's currency stands beside its balance.
		expect(smsRu.requests.map(({ url }) => url)).toEqual(Array(3).fill('/sms/cost'));
		expect(asksPrice(smsc)).toBe(4);
		expect(judgeAll([smsc, smsRu].map(withoutPriceQuestions), result.success, 250, phone)).toEqual([]);
		expect(orderHint(result)).toBeUndefined();
	});

	it('each row its cheapest', async () => {
		sellsFor(1, (digits) => Number(digits) % 2 === 0);
		const result = await send({}, rowsOf(6));
		expect(through(result)).toEqual(['smsRu', 'smsc', 'smsRu', 'smsc', 'smsRu', 'smsc']);
		expect(smsRu.texts).toHaveLength(3);
		expect(smsc.texts).toHaveLength(3);
	});

	it('as listed, no price is asked', async () => {
		const result = await send({ gatewayOrder: 'listed' });
		expect(through(result)).toEqual(['smsRu', 'smsRu', 'smsRu']);
		expect([asksPrice(smsc), asksPrice(smsRu)]).toEqual([0, 0]);
	});

	it('the dearer one, where the cheapest certainly did not take it', async () => {
		smsc.balance = 0;
		const result = await send();
		expect(through(result)).toEqual(['smsRu', 'smsRu', 'smsRu']);
		expect(result.success[0]?.json.attempts).toMatchObject([
			{ gateway: 'smsc', outcome: 'refused', kind: 'insufficient_funds' },
			{ gateway: 'smsRu', outcome: 'accepted' },
		]);
	});

	it('nobody else, where the reply of the cheapest is lost', async () => {
		const isSend = (request: SimulatedRequest): boolean =>
			request.path === '/sys/send.php' && !isCostOfSmsc(request);
		smsc.fault({ at: 'after', how: 'reset', times: Infinity, matches: isSend });
		const isQuestion = ({ path }: SimulatedRequest): boolean => path === '/sys/status.php';
		smsc.fault({ at: 'before', how: 'reply', reply: page(500), times: Infinity, matches: isQuestion });
		const result = await send({}, rowsOf(1));
		expect(smsc.texts).toHaveLength(1);
		expect(smsRu.texts).toHaveLength(0);
		expect(result.success).toHaveLength(0);
		expect(errorOf(result)).toMatchObject({ accepted: null, gateway: 'smsc' });
	});

	it('of a route, the route or its backup', async () => {
		const route = { routes: ['smsRu'], smsRuRoute: { countries: ['RU'] }, smsRuRouteBackup: 'smsc' };
		const parameters = { gateway: 'africasTalking', backupGateway: 'none', ...route };
		const rows = [...rowsOf(2), { phone: '+254712000001', name: 'Wanjiru' }];
		const result = await send(parameters, rows);
		expect(through(result)).toEqual(['smsc', 'smsc', 'africasTalking']);
	});

	it('a second backup, behind a first that is dearer', async () => {
		const result = await send({ backupGateway: 'africasTalking', secondBackupGateway: 'smsc' });
		expect(through(result)).toEqual(['smsc', 'smsc', 'smsc']);
		expect(orderHint(result)).toBe("Cheapest First: Africa's Talking tells no prices and comes last.");
	});
});

describe('prices that nobody can compare', () => {
	it('a gateway that tells none comes last, and the only one that does need not be asked', async () => {
		const result = await send({ gateway: 'africasTalking', backupGateway: 'smsc' });
		expect(through(result)).toEqual(['smsc', 'smsc', 'smsc']);
		expect(asksPrice(smsc)).toBe(0);
		expect(africas.requests).toHaveLength(0);
		expect(orderHint(result)).toBe("Cheapest First: Africa's Talking tells no prices and comes last.");
	});

	it('other currencies: as listed, and the run says so', async () => {
		const ukrainian = Array.from({ length: 3 }, (_, n) => ({ phone: `+38067${1_000_000 + n}`, name: 'x' }));
		const result = await send({ gateway: 'smsRu', backupGateway: 'alphaSms', backupFrom: 'ACME' }, ukrainian);
		expect(through(result)).toEqual(['smsRu', 'smsRu', 'smsRu']);
		expect(alpha.texts).toHaveLength(0);
		expect(orderHint(result)).toBe(
			'Cheapest First: The prices of SMS.RU (RUB) and AlphaSMS (UAH) are not in one currency: between these, the order is as listed.',
		);
	});

	it('the same number of another currency is no price in this one, whichever is listed first', async () => {
		const result = await send({ gateway: 'alphaSms', from: 'ACME', backupGateway: 'smsRu' }, [
			{ phone: '+380671000000', name: 'x' },
		]);
		expect(through(result)).toEqual(['alphaSms']);
	});

	it('a currency that cannot be found out: as listed', async () => {
		const isBalance = ({ path }: SimulatedRequest): boolean => path.includes('balance');
		smsc.fault({ at: 'before', how: 'reply', reply: page(500), matches: isBalance, times: Infinity });
		const result = await send();
		expect(through(result)).toEqual(['smsRu', 'smsRu', 'smsRu']);
		expect(orderHint(result)).toBe(
			'Cheapest First: The prices of SMS.RU (RUB) and SMSC (currency not known) are not in one currency: between these, the order is as listed.',
		);
	});

	it('a gateway whose prices cannot be asked comes last, and everybody gets a text', async () => {
		smsc.fault({ at: 'before', how: 'reply', reply: page(500), matches: isCostOfSmsc, times: Infinity });
		const result = await send({ gateway: 'smsc', backupGateway: 'smsRu' });
		expect(through(result)).toEqual(['smsRu', 'smsRu', 'smsRu']);
		expect(orderHint(result)).toBe('Cheapest First: SMSC gave no price for 3 texts and came last there.');
	});

	it('one text without a price goes through the other gateway first', async () => {
		const silent = phone(1).slice(1);
		const mutate = (json: unknown): unknown => {
			const reply = json as { sms: Record<string, unknown> };
			for (const digits of Object.keys(reply.sms))
				if (digits === silent) delete reply.sms[digits];
				else reply.sms[digits] = { status: 'OK', status_code: 100, cost: 1, sms: 1 };
			return reply;
		};
		smsRu.fault({ at: 'after', how: 'mutate', mutate, matches: isCost, times: Infinity });
		const result = await send();
		expect(through(result)).toEqual(['smsRu', 'smsc', 'smsRu']);
		expect(orderHint(result)).toBe('Cheapest First: SMS.RU gave no price for 1 text and came last there.');
	});
});

describe('preview', () => {
	it('names the gateway that each row would take, and its price there', async () => {
		sellsFor(1, (digits) => digits === phone(0).slice(1));
		const result = await send({ operation: 'preview', from: 'First', backupFrom: 'Backup' });
		expect(result.failed).toEqual([]);
		expect(result.success.map(({ json }) => [json.gateway, json.cost, json.from])).toEqual([
			['smsRu', 1, 'First'],
			['smsc', 1.4, 'Backup'],
			['smsc', 1.4, 'Backup'],
		]);
		expect([smsc.texts, smsRu.texts]).toEqual([[], []]);
	});

	it('shows a price also where there is none to compare it with', async () => {
		const result = await send({
			operation: 'preview',
			gateway: 'africasTalking',
			backupGateway: 'smsc',
		});
		expect(result.success.map(({ json }) => [json.gateway, json.cost])).toEqual(Array(3).fill(['smsc', 1.4]));
	});

	it('of gateways without prices: the first one, without a price, and nobody is asked', async () => {
		const result = await send({
			operation: 'preview',
			gateway: 'africasTalking',
			backupGateway: 'advantaSms',
			backupFrom: all.of('advantaSms').credentials.shortcode ?? '',
		});
		expect(result.success.map(({ json }) => [json.gateway, json.cost])).toEqual(
			Array(3).fill(['africasTalking', undefined]),
		);
		for (const { requests } of all.each()) expect(requests).toHaveLength(0);
	});

	it('and Send sends what it shows', async () => {
		sellsFor(1, (digits) => Number(digits) % 3 === 0);
		const looked = await send({ operation: 'preview' }, rowsOf(9));
		const sent = await send({}, rowsOf(9));
		expect(new Set(through(looked)).size).toBe(2);
		expect(sent.success.map(({ json }) => [json.to, json.gateway, json.cost])).toEqual(
			looked.success.map(({ json }) => [json.to, json.gateway, json.gateway === 'smsRu' ? 3.5 : json.cost]),
		);
	});
});

describe('together with other settings', () => {
	it('a bad first row, and batches of one', async () => {
		const rows = [{ phone: 'call office', name: 'x' }, ...rowsOf(4)];
		const result = await send({ options: { batchSize: 1 } }, rows);
		expect(result.failed).toHaveLength(1);
		expect(through(result)).toEqual(['smsc', 'smsc', 'smsc', 'smsc']);
		expect(
			judgeAll([smsc, smsRu].map(withoutPriceQuestions), [...result.success, ...result.failed], 5, (n) =>
				n === 0 ? 'call office' : phone(n - 1),
			),
		).toEqual([]);
	});

	it.each(['stopWorkflow', 'continueRegularOutput'] as const)('On Error %s', async (onError) => {
		const result = await send({}, rowsOf(3), { onError });
		expect(result.error).toBeNull();
		expect(through(result)).toEqual(['smsc', 'smsc', 'smsc']);
	});

	it('Retry On Fail: nobody gets two, and prices are asked again only for what is left', async () => {
		const rows = [{ phone: 'call office', name: 'x' }, ...rowsOf(5)];
		const result = await send({}, rows, { maxTries: 3 });
		expect(texts(smsc)).toEqual(rowsOf(5).map((row) => row.phone));
		expect(texts(smsRu)).toEqual([]);
		expect(result.success).toHaveLength(5);
		expect(asksPrice(smsRu)).toBe(1);
	});

	it.each([
		['Skip Duplicates', { skipDuplicates: 'acrossRuns' }],
		['One Text per Number', { onePerNumber: 'day' }],
	])('%s: a text counts, whichever gateway was the cheapest then', async (_, limits) => {
		forgetMarks();
		await freshProcessedData();
		expect(through(await send({ limits }))).toEqual(['smsc', 'smsc', 'smsc']);
		sellsFor(1, () => true);
		const again = await send({ limits });
		expect(again.success).toEqual([]);
		expect(again.failed).toHaveLength(3);
		expect(smsRu.texts).toHaveLength(0);
		expect(smsc.texts).toHaveLength(3);
	});

	it('Max Cost per Run needs Price per Segment, as with any several gateways', async () => {
		const result = await send({ limits: { maxCost: 100 } });
		expect(errorOf(result).message).toMatch(/^With several gateways/);
		expect([smsc.texts, smsRu.texts]).toEqual([[], []]);
		const typed = await send({ limits: { maxCost: 5, pricePerSegment: 2 } });
		expect(errorOf(typed).message).toMatch(/would cost 6/);
		expect(through(await send({ limits: { maxCost: 6, pricePerSegment: 2 } }))).toEqual(
			Array(3).fill('smsc'),
		);
	});

	it('a text that the cheapest cannot take goes through the other, without a question', async () => {
		// SMSC takes 1000 characters.
		const result = await send({ message: 'x'.repeat(1001) });
		expect(through(result)).toEqual(['smsRu', 'smsRu', 'smsRu']);
		expect([asksPrice(smsc), asksPrice(smsRu)]).toEqual([0, 0]);
		expect(orderHint(result)).toBeUndefined();
	});

	it('a credential that is missing is told before anything is asked', async () => {
		const result = await send({}, rowsOf(2), { credentials: used('smsRu') });
		expect(errorOf(result).message).toBe('No credential is selected for SMSC.');
		expect(smsRu.requests).toHaveLength(0);
	});

	it('an order that does not exist', async () => {
		const result = await send({ gatewayOrder: 'dearest' });
		expect(errorOf(result).message).toBe('\'Gateway Order\' is "dearest". Nothing was sent.');
		for (const { requests } of all.each()) expect(requests).toHaveLength(0);
	});
});
