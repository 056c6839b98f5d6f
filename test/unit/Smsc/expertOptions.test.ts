/** Options that are set apart in the panel are options like the others: checked, read for each row, and told of. */
import type { INodeParameters } from 'n8n-workflow';
import { startSimulator } from '../../../simulators/server';
import { createSmsc } from '../../../simulators/smsc';
import type { Simulator } from '../../../simulators/simulator';
import type { RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator(createSmsc());
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const rows = [
	{ phone: '+79161234567', layout: 0 },
	{ phone: '+79161234568', layout: 2 },
	{ phone: '+79161234569', layout: 2 },
];

const send = async (parameters: INodeParameters): Promise<RunResult> =>
	await runNode({
		node: 'smsc',
		credentials: { smscApi: simulator.credentials },
		rows,
		parameters: { to: '={{ $json.phone }}', message: 'Hello', ...parameters },
		onError: 'continueErrorOutput',
	});

/** What each request said of its layout, and how many numbers it had. */
const requests = (): Array<readonly [layout: string | null, numbers: number]> =>
	simulator.requests.map(({ body }) => {
		const fields = new URLSearchParams(body.toString());
		return [fields.get('fmt'), (fields.get('phones') ?? '').split(/[,;]/).length] as const;
	});

it('go out beside those of Options', async () => {
	const { success } = await send({ options: { cost: 2 }, expertOptions: { responseFormat: 2 } });
	expect(success.map(({ json }) => json.cost)).toEqual([
		expect.any(Number),
		expect.any(Number),
		expect.any(Number),
	]);
	expect(requests()).toEqual([['2', 3]]);
});

it('go out alone, too', async () => {
	await send({ expertOptions: { responseFormat: 2 } });
	expect(requests()).toEqual([['2', 3]]);
});

it('can differ from row to row', async () => {
	const { success } = await send({ expertOptions: { responseFormat: '={{ $json.layout }}' } });
	expect(success).toHaveLength(3);
	expect([...requests()].sort()).toEqual([
		['0', 1],
		['2', 2],
	]);
});

it('are refused with the name that people see', async () => {
	const { failed } = await send({ expertOptions: { responseFormat: 7 } });
	expect(failed.map(({ json }) => json.error)).toEqual(
		rows.map(() => expect.objectContaining({ message: expect.stringContaining("'Response Format'") })),
	);
	expect(simulator.requests).toEqual([]);
});

it('with a field that no row has stop the run', async () => {
	const { failed } = await send({ expertOptions: { responseFormat: '={{ $json.lay }}' } });
	expect(failed).toHaveLength(3);
	expect(failed[0]?.json.error).toMatchObject({ message: expect.stringContaining('$json.lay') });
	expect(simulator.requests).toEqual([]);
});
