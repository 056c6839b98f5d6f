/** The list of senders behind "From", asked for as n8n's editor does. */
import { startSimulator } from '../../../../simulators/server';
import type { Simulator } from '../../../../simulators/simulator';
import { createSmsRu } from '../../../../simulators/smsRu';
import { createSmsc } from '../../../../simulators/smsc';
import { searchList } from '../../../support/engine';

const SENDERS = ['ACME', 'Acme Shop', 'Магазин'];
let simulators: Readonly<Record<'smsc' | 'smsRu', Simulator>>;
let empty: Simulator;

beforeAll(async () => {
	simulators = {
		smsc: await startSimulator(createSmsc({ senders: SENDERS })),
		smsRu: await startSimulator(createSmsRu({ senders: SENDERS })),
	};
	empty = await startSimulator(createSmsRu({ senders: [] }));
});
afterAll(async () => {
	await Promise.all([...Object.values(simulators), empty].map((simulator) => simulator.close()));
});

describe.each(['smsc', 'smsRu'] as const)('%s', (id) => {
	const search = async (filter?: string, credentials = simulators[id].credentials): Promise<string[]> => {
		const { results } = await searchList(id, 'searchSenders', { [`${id}Api`]: credentials }, filter);
		for (const { name, value } of results) expect(name).toBe(value);
		return results.map(({ name }) => name);
	};

	it.each([
		[undefined, SENDERS],
		['', SENDERS],
		['acme', ['ACME', 'Acme Shop']],
		['МАГ', ['Магазин']],
		['nobody', []],
		['.*', []],
	])('with the filter %j', async (filter, found) => {
		expect(await search(filter)).toEqual(found);
	});

	it('says what is wrong with the key, without the key', async () => {
		const wrong = Object.fromEntries(
			Object.entries(simulators[id].credentials).map(([name, value]) => [
				name,
				simulators[id].secrets.includes(value) ? 'not-the-key' : value,
			]),
		);
		const failing = search('', wrong);
		await expect(failing).rejects.toThrow(/key|login|API ID/i);
		await expect(failing).rejects.not.toThrow(/not-the-key/);
		await expect(failing).rejects.toMatchObject({ description: expect.stringContaining('credential') });
	});

	it('says that nobody answers', async () => {
		const nobody = { ...simulators[id].credentials, baseUrl: 'http://127.0.0.1:9' };
		await expect(search('', nobody)).rejects.toThrow(/could not be reached at http:\/\/127\.0\.0\.1:9/);
	});
});

it('an account without senders has an empty list', async () => {
	const { results } = await searchList('smsRu', 'searchSenders', { smsRuApi: empty.credentials });
	expect(results).toEqual([]);
});
