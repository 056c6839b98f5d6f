/** Include Raw Reply of sending: a small reply is in each of its items, a large one is written out once per output. */
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';
import type { RunOptions, RunResult } from '../../../support/engine';
import { runNode } from '../../../support/engine';

const SAME = 'The same reply as in an earlier item.';

let smsRu: Simulator;
beforeAll(async () => {
	smsRu = await startSimulator(createSmsRu());
});
beforeEach(() => smsRu.reset());
afterAll(async () => await smsRu.close());

const number = (n: number): string => `+7916${String(1_000_000 + n)}`;

/** @param bad how many of the rows the gateway refuses, from the end */
async function send(
	rows: number,
	bad = 0,
	onError: RunOptions['onError'] = 'continueErrorOutput',
): Promise<RunResult> {
	const numbers = Array.from({ length: rows }, (_, n) => number(n));
	for (const to of numbers.slice(rows - bad)) smsRu.orders.recipientCodes.set(to.slice(1), '207');
	return await runNode({
		node: 'smsRu',
		credentials: { smsRuApi: smsRu.credentials },
		rows: numbers.map((phone) => ({ phone })),
		parameters: { to: '={{ $json.phone }}', message: 'Hello', options: { includeRaw: true } },
		onError,
	});
}

const rawOf = ({ success }: RunResult): unknown[] => success.map(({ json }) => json.raw);
const rawOfErrors = ({ failed }: RunResult): unknown[] =>
	failed.map(({ json }) => (json.error as { readonly raw?: unknown }).raw);

it('a small reply is whole in the item of each of its recipients', async () => {
	const raw = rawOf(await send(3));
	expect(smsRu.requests).toHaveLength(1);
	expect(raw).toHaveLength(3);
	for (const one of raw) {
		expect(one).toMatchObject({ status: 'OK', sms: { [number(0).slice(1)]: {}, [number(2).slice(1)]: {} } });
	}
});

it('a large one is whole in the first item of its request, and named in the others', async () => {
	const result = await send(200);
	expect(smsRu.requests).toHaveLength(2);
	const raw = rawOf(result);
	expect(raw).toHaveLength(200);
	const whole = raw.flatMap((one, index) => (one === SAME ? [] : [[index, one]]));
	expect(whole).toEqual([
		[0, expect.objectContaining({ status: 'OK' })],
		[100, expect.objectContaining({ status: 'OK' })],
	]);
	expect(JSON.stringify(whole[0])).toContain(number(99).slice(1));
	// Written out in each item, it would be 100 times as much.
	const [size] = whole.map((one) => JSON.stringify(one).length);
	expect(size).toBeGreaterThan(2_000);
	expect(JSON.stringify(raw).length).toBeLessThan((size ?? 0) * 2 + 200 * (SAME.length + 10));
});

it.each([1, 50])('the error output has it as well, once for %i failed rows', async (bad) => {
	const result = await send(100, bad);
	expect(rawOf(result).filter((one) => one !== SAME)).toHaveLength(1);
	const failed = rawOfErrors(result);
	expect(failed).toHaveLength(bad);
	expect(failed[0]).toMatchObject({ status: 'OK' });
	expect(failed.slice(1).every((one) => one === SAME)).toBe(true);
});

it('where the first row failed, the first that was accepted has it', async () => {
	smsRu.orders.recipientCodes.set(number(0).slice(1), '207');
	const result = await send(100);
	expect(rawOf(result)[0]).toMatchObject({ status: 'OK' });
	expect(rawOfErrors(result)).toEqual([expect.objectContaining({ status: 'OK' })]);
});

it('nobody who did not ask for it has it', async () => {
	const { success } = await runNode({
		node: 'smsRu',
		credentials: { smsRuApi: smsRu.credentials },
		rows: [{}],
		parameters: { to: number(0), message: 'Hello', options: {} },
		onError: 'continueErrorOutput',
	});
	expect(success).toHaveLength(1);
	expect(success[0]?.json).not.toHaveProperty('raw');
});
