/** Backup gateways in n8n's own engine: who gets what the first one did not take, and what the results say of it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import { gateways } from '../../../nodes/SendSms/gateways';
import { forgetMarks } from '../../../nodes/shared/journal/n8nMarks';
import type { SimulatedReply, Simulator } from '../../../simulators/simulator';
import { allGateways } from '../../support/allGateways';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { judgeAll } from '../../support/attempts';
import { freshProcessedData } from '../../support/marks';

const all = allGateways(200);
const used = all.credentials;
let smsc: Simulator;
let smsRu: Simulator;
let africas: Simulator;
beforeAll(() => {
	[smsc, smsRu, africas] = [all.of('smsc'), all.of('smsRu'), all.of('africasTalking')];
});

const phone = (n: number): string => `+7916${1_000_000 + n}`;
const rowsOf = (people: number): IDataObject[] =>
	Array.from({ length: people }, (_, n) => ({ phone: phone(n), name: `Person ${n}` }));

const send = async (
	parameters: INodeParameters,
	rows: readonly IDataObject[] = rowsOf(3),
	more: Partial<RunOptions> = {},
): Promise<RunResult> =>
	await runNode({
		node: 'sendSms',
		credentials: used('smsc', 'smsRu', 'africasTalking'),
		rows,
		parameters: {
			gateway: 'smsc',
			backupGateway: 'smsRu',
			to: '={{ $json.phone }}',
			message: '=Hello {{ $json.name }}',
			...parameters,
		},
		onError: 'continueErrorOutput',
		...more,
	});

const texts = ({ texts: taken }: Simulator): string[] => taken.map(({ to }) => `+${to}`).sort();
const errorOf = (result: RunResult, n = 0): IDataObject => result.failed[n]?.json.error as IDataObject;
const attempt = (gateway: GatewayId, outcome: string, kind: string | null = null): IDataObject => ({
	gateway,
	outcome,
	kind,
	code: kind === null ? null : (expect.anything() as unknown as string),
	at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown as string,
});

const page = (status: number): SimulatedReply => ({
	status,
	headers: { 'content-type': 'text/html' },
	body: '<p>x</p>',
});

describe('an account without money', () => {
	it('all texts go through the backup, as one request of as many as it takes', async () => {
		smsc.balance = 0;
		const { success, failed } = await send({ backupFrom: 'Backup', from: 'First' }, rowsOf(250));
		expect(failed).toEqual([]);
		expect(texts(smsRu)).toEqual(
			rowsOf(250)
				.map((row) => row.phone)
				.sort(),
		);
		expect(texts(smsc)).toEqual([]);
		expect(smsRu.requests).toHaveLength(3);
		expect(smsRu.texts.every(({ from }) => from === 'Backup')).toBe(true);
		expect(success.map(({ json }) => json.gateway)).toEqual(Array(250).fill('smsRu'));
		expect(success[0]?.json).toMatchObject({
			to: phone(0),
			accepted: true,
			from: 'Backup',
			currency: 'RUB',
			messageId: smsRu.texts[0]?.messageId,
			attempts: [attempt('smsc', 'refused', 'insufficient_funds'), attempt('smsRu', 'accepted')],
		});
	});

	it('it is asked a few times, not once for each of 600 texts', async () => {
		smsc.balance = 0;
		const { success } = await send({ options: { batchSize: 1 } }, rowsOf(600));
		expect(success).toHaveLength(600);
		expect(smsc.requests.length).toBeLessThanOrEqual(gateways.smsc.requestsInFlight);
		expect(success.at(-1)?.json.attempts).toEqual([
			attempt('smsc', 'notAsked', 'insufficient_funds'),
			attempt('smsRu', 'accepted'),
		]);
		expect(judgeAll([smsc, smsRu], success, 600, phone)).toEqual([]);
	});

	it('in mid-run: each person gets one text, through one of the two', async () => {
		smsc.balance = 30;
		const result = await send({ options: { batchSize: 5 } }, rowsOf(60));
		const { success } = result;
		expect(success).toHaveLength(60);
		expect(smsc.texts.length).toBeGreaterThan(0);
		expect(smsRu.texts.length).toBeGreaterThan(0);
		expect(smsc.texts.length + smsRu.texts.length).toBe(60);
		expect(judgeAll([smsc, smsRu], success, 60, phone)).toEqual([]);
		const first = success.filter(({ json }) => json.gateway === 'smsc');
		expect(first).toHaveLength(smsc.texts.length);
		expect(first.some(({ json }) => 'attempts' in json)).toBe(false);
		const hints = result.run.data.resultData.runData.SMS?.[0]?.hints ?? [];
		expect(hints.map(({ message }) => message)).toContain(
			`SMSC did not take all texts (insufficient_funds). Sent by backup: ${smsRu.texts.length} through SMS.RU. "attempts" in the results says more.`,
		);
	});

	it('both accounts: the row fails with what the last one said, and both attempts', async () => {
		smsc.balance = 0;
		smsRu.balance = 0;
		const result = await send({}, rowsOf(2));
		expect(result.success).toEqual([]);
		expect(errorOf(result)).toMatchObject({
			kind: 'insufficient_funds',
			gateway: 'smsRu',
			accepted: false,
			attempts: [
				attempt('smsc', 'refused', 'insufficient_funds'),
				attempt('smsRu', 'refused', 'insufficient_funds'),
			],
		});
		const { success } = await send({}, rowsOf(2), { onError: 'continueRegularOutput' });
		expect(success[0]?.json.attempts).toEqual([
			attempt('smsc', 'refused', 'insufficient_funds'),
			attempt('smsRu', 'refused', 'insufficient_funds'),
		]);
		expect((success[0]?.json.error as IDataObject).attempts).toBeUndefined();
	});

	it('a third gateway gets what neither of two took', async () => {
		smsc.balance = 0;
		smsRu.balance = 0;
		const kenya = { phone: '+254712000001', name: 'Wanjiru' };
		const { success } = await send({ secondBackupGateway: 'africasTalking', secondBackupFrom: '' }, [kenya]);
		expect(success[0]?.json).toMatchObject({
			gateway: 'africasTalking',
			attempts: [
				attempt('smsc', 'refused', 'insufficient_funds'),
				attempt('smsRu', 'refused', 'insufficient_funds'),
				attempt('africasTalking', 'accepted'),
			],
		});
		expect(texts(africas)).toEqual(['+254712000001']);
	});
});

describe('what another gateway could not cure stays where it is', () => {
	it('an outcome that nobody knows', async () => {
		smsRu.fault({ at: 'after', how: 'reset', times: Infinity });
		const result = await send({ gateway: 'smsRu', backupGateway: 'smsc' });
		expect(result.failed).toHaveLength(3);
		expect(errorOf(result)).toMatchObject({ accepted: null, gateway: 'smsRu' });
		expect(errorOf(result).attempts).toBeUndefined();
		expect(smsc.requests).toHaveLength(0);
		expect(texts(smsRu)).toHaveLength(3);
	});

	it.each([
		['an invalid number', '202', 'invalid_recipient'],
		['a stop list', '209', 'blocked_recipient'],
	])('%s', async (_, code, kind) => {
		smsRu.orders.recipientCodes.set(phone(1).slice(1), code);
		const result = await send({ gateway: 'smsRu', backupGateway: 'smsc' });
		expect(result.success).toHaveLength(2);
		expect(errorOf(result)).toMatchObject({ kind, gateway: 'smsRu', to: phone(1) });
		expect(smsc.requests).toHaveLength(0);
	});

	it('a text that the backup reports as lost', async () => {
		smsc.balance = 0;
		smsRu.fault({ at: 'after', how: 'reset', times: Infinity });
		const result = await send({ secondBackupGateway: 'africasTalking' }, rowsOf(1));
		expect(errorOf(result)).toMatchObject({
			accepted: null,
			gateway: 'smsRu',
			retry: 'check_first',
			attempts: [attempt('smsc', 'refused', 'insufficient_funds'), { gateway: 'smsRu', outcome: 'unclear' }],
		});
		expect(africas.requests).toHaveLength(0);
	});
});

describe('what another gateway could cure', () => {
	it.each([
		['a refused key', 'authentication', (): void => void (smsc.orders.requestCode = '2')],
		['a sender that is not approved', 'invalid_sender', (): void => orderAll(smsRu, '204')],
		['no route', 'no_route', (): void => orderAll(smsRu, '207')],
		[
			'too many requests',
			'rate_limited',
			(): void => smsRu.fault({ at: 'before', how: 'reply', reply: page(429), times: Infinity }),
		],
	])('%s', async (_, kind, prepare) => {
		prepare();
		const isSmsc = smsc.orders.requestCode !== null;
		const [first, backup] = isSmsc ? (['smsc', 'smsRu'] as const) : (['smsRu', 'smsc'] as const);
		const { success } = await send({ gateway: first, backupGateway: backup }, rowsOf(1));
		expect(success[0]?.json).toMatchObject({
			gateway: backup,
			attempts: [{ gateway: first, outcome: 'refused', kind }, attempt(backup, 'accepted')],
		});
	});

	it('a gateway that is out of reach', async () => {
		const { success } = await send({}, rowsOf(40), {
			credentials: {
				...used('smsRu'),
				smscApi: { ...smsc.credentials, baseUrl: 'https://no-such-host.invalid' },
			},
		});
		expect(texts(smsRu)).toHaveLength(40);
		expect(success.every(({ json }) => json.gateway === 'smsRu')).toBe(true);
	});
});

function orderAll(simulator: Simulator, code: string): void {
	for (const { phone: to } of rowsOf(3)) simulator.orders.recipientCodes.set(String(to).slice(1), code);
}

describe('told before anything is sent', () => {
	const nothing = (): void => {
		for (const simulator of [smsc, smsRu, africas]) expect(simulator.requests).toHaveLength(0);
	};
	const backup = { backupGateway: 'africasTalking' };

	it('an option that the backup lacks', async () => {
		const result = await send({ ...backup, options: { flash: true } });
		nothing();
		expect(errorOf(result).message).toBe(
			"'Flash Message' is not supported by Africa's Talking, the backup gateway.",
		);
		expect(errorOf(result).hint).toMatch(/^Turn on 'Leave Out Options the Backup Lacks'/);
		const stopped = await send({ ...backup, options: { flash: true } }, rowsOf(3), {
			onError: 'stopWorkflow',
		});
		// About the node, not about a first row.
		expect(stopped.error?.message).toBe(errorOf(result).message);
		const looked = await send({ ...backup, operation: 'preview', options: { flash: true } });
		expect(errorOf(looked).message).toBe(errorOf(result).message);
	});

	it('it is left out there where the person says so, and only there', async () => {
		const parameters = { ...backup, backupLeavesOut: true, options: { flash: true } };
		const { success } = await send(parameters);
		expect(success).toHaveLength(3);
		expect(smsc.requests[0]?.body.toString()).toMatch(/flash/);
		smsc.balance = 0;
		const { success: through } = await send(parameters, [{ phone: '+254712000001', name: 'x' }]);
		expect(through[0]?.json).toMatchObject({ gateway: 'africasTalking' });
	});

	it('a time to send at is never left out: the text would arrive now', async () => {
		const options = { sendAt: new Date(Date.now() + 7_200_000).toISOString() };
		const result = await send({ ...backup, backupLeavesOut: true, options });
		nothing();
		expect(errorOf(result).message).toBe(
			"'Send At' is not supported by Africa's Talking, the backup gateway.",
		);
		expect(errorOf(result).hint).not.toMatch(/Leave Out/);
	});

	it('nor is Test Mode: the text would be sent', async () => {
		const result = await send({
			...backup,
			gateway: 'smsRu',
			backupLeavesOut: true,
			options: { testMode: true },
		});
		nothing();
		expect(errorOf(result).message).toBe(
			"'Test Mode' is not supported by Africa's Talking, the backup gateway.",
		);
	});

	it('a sender that the backup never takes', async () => {
		const result = await send({ backupGateway: 'alphaSms', backupFrom: '' }, rowsOf(2), {
			credentials: used('smsc', 'alphaSms'),
		});
		nothing();
		expect(errorOf(result)).toMatchObject({ kind: 'invalid_sender', accepted: false });
		expect(errorOf(result).message).toMatch(/^For the backup gateway AlphaSMS: /);
		expect(errorOf(result).hint).toMatch(/'From \(Backup\)'/);
	});

	it('a sender whose expression fails, in the row alone', async () => {
		const from = `={{ $json.name === "Person 1" ? $('Nowhere').item.json.x : "ACME" }}`;
		const result = await send({ backupFrom: from });
		expect(result.success).toHaveLength(2);
		expect(errorOf(result).message).toMatch(/^'From \(Backup\)' could not be read for this row/);
	});

	it('a credential that is missing', async () => {
		const result = await send({}, rowsOf(2), { credentials: used('smsc') });
		nothing();
		expect(errorOf(result).message).toBe('No credential is selected for SMS.RU.');
	});

	it('the same gateway twice', async () => {
		const result = await send({ backupGateway: 'smsc' });
		nothing();
		expect(errorOf(result).message).toMatch(/^SMSC is chosen twice/);
		const second = await send({ secondBackupGateway: 'smsRu' });
		expect(errorOf(second).message).toMatch(/^SMS.RU is chosen twice/);
		expect(errorOf(second).hint).toMatch(/'Second Backup Gateway'/);
	});

	it('a gateway that does not exist', async () => {
		const result = await send({ backupGateway: 'carrierPigeon' });
		nothing();
		expect(errorOf(result).message).toBe('There is no gateway "carrierPigeon". Nothing was sent.');
		expect(errorOf(result).hint).toBe("Choose one in 'Backup Gateway'.");
	});
});

it('the Test Gateway has no backup that sends', async () => {
	const { success, failed } = await send({ gateway: 'test' }, [{ phone: '+79161000000', name: 'x' }]);
	expect([...success, ...failed]).toHaveLength(1);
	expect(smsRu.requests).toHaveLength(0);
});

it('preview names the gateway that each row would take', async () => {
	const { success } = await send({ operation: 'preview' });
	expect(success.map(({ json }) => json.gateway)).toEqual(['smsc', 'smsc', 'smsc']);
	expect(smsc.requests).toHaveLength(0);
});

describe('what counts over all gateways', () => {
	it('Retry On Fail: what the backup took stays, and only the rest is tried again', async () => {
		smsc.balance = 0;
		let refusals = 1;
		// The backup's first try is turned away for good in this run, so that the engine comes again.
		smsRu.fault({
			at: 'before',
			how: 'reply',
			reply: page(429),
			times: Infinity,
			matches: ({ body }) => body.includes(phone(0).slice(1)) && refusals++ < 4,
		});
		const { success, failed } = await send({ options: { batchSize: 1 } }, rowsOf(6), { maxTries: 3 });
		expect(failed).toEqual([]);
		expect(success).toHaveLength(6);
		expect(texts(smsRu)).toEqual(rowsOf(6).map((row) => row.phone));
		expect(judgeAll([smsc, smsRu], success, 6, phone)).toEqual([]);
	});

	it('what time may cure is tried again, although the backup refused for good', async () => {
		// Out of reach is for later, no money is not.
		smsRu.balance = 0;
		const result = await send({}, rowsOf(1), {
			credentials: {
				...used('smsRu'),
				smscApi: { ...smsc.credentials, baseUrl: 'https://no-such-host.invalid' },
			},
		});
		expect(errorOf(result)).toMatchObject({ gateway: 'smsc', retry: 'later', kind: 'temporary' });
		expect(errorOf(result).attempts).toHaveLength(2);
	});

	it.each(['Skip Duplicates', 'One Text per Number'])(
		'%s across runs knows a text that the backup took, and no further gateway gets it',
		async (limit) => {
			forgetMarks();
			await freshProcessedData();
			const limits = limit === 'Skip Duplicates' ? { skipDuplicates: 'acrossRuns' } : { onePerNumber: 'day' };
			const parameters = { limits, backupFrom: 'Backup', secondBackupGateway: 'africasTalking' };
			smsc.balance = 0;
			const { success } = await send(parameters, rowsOf(2));
			expect(success.map(({ json }) => json.gateway)).toEqual(['smsRu', 'smsRu']);
			smsc.balance = 100;
			const again = await send(parameters, rowsOf(3));
			expect(again.success.map(({ json }) => [json.to, json.gateway])).toEqual([[phone(2), 'smsc']]);
			expect(again.failed).toHaveLength(2);
			expect(errorOf(again)).toMatchObject({
				kind: limit === 'Skip Duplicates' ? 'duplicate' : 'rate_limited',
			});
			expect(errorOf(again)).not.toHaveProperty('attempts');
			expect([texts(smsc), texts(smsRu), texts(africas)]).toEqual([[phone(2)], [phone(0), phone(1)], []]);
		},
	);

	it('Max Cost needs the price of a segment: the backup may be dearer', async () => {
		const result = await send({ limits: { maxCost: 100 } });
		expect(errorOf(result).message).toMatch(
			/^With several gateways, .* cannot be enforced\. Nothing was sent\.$/,
		);
		const looked = await send({ operation: 'preview', limits: { maxCost: 100 } });
		expect(errorOf(looked).message).toMatch(/^With several gateways, .* cannot be enforced\.$/);
		const dear = await send({ limits: { maxCost: 5.9, pricePerSegment: 2 } });
		expect(errorOf(dear).message).toMatch(/would cost 6, at 2 for a segment/);
		expect(smsc.requests).toHaveLength(0);
		const { success } = await send({ limits: { maxCost: 6, pricePerSegment: 2 } });
		expect(success).toHaveLength(3);
	});
});

describe('in a test run', () => {
	const manual = { execution: { mode: 'manual' } } as const;

	it('Preview Only asks neither gateway', async () => {
		smsc.balance = 0;
		const { success } = await send({ inTestRuns: 'preview' }, rowsOf(2), manual);
		expect(success.map(({ json }) => json.gateway)).toEqual(['smsc', 'smsc']);
		expect([...smsc.requests, ...smsRu.requests]).toEqual([]);
	});

	it('the backup, too, sends to one number alone, and not again at a second press', async () => {
		smsc.balance = 0;
		const parameters = { inTestRuns: 'oneNumber', testNumber: '+79037672215' };
		const { success } = await send(parameters, rowsOf(2), manual);
		expect(texts(smsRu)).toEqual(['+79037672215', '+79037672215']);
		expect(success.map(({ json }) => [json.to, json.toRedirectedFrom, json.gateway])).toEqual([
			['+79037672215', phone(0), 'smsRu'],
			['+79037672215', phone(1), 'smsRu'],
		]);
		const again = await send(parameters, rowsOf(2), manual);
		expect(again.success.map(({ json }) => json.alreadySent)).toEqual([true, true]);
		expect(texts(smsRu)).toHaveLength(2);
	});
});
