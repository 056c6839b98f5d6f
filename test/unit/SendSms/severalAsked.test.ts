/** Get Status, Cancel and Get Balance over several gateways: each row is asked where its text went. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import { allGateways } from '../../support/allGateways';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';

const all = allGateways(200);
const used = all.credentials;

const run = async (
	parameters: INodeParameters,
	rows: readonly IDataObject[],
	more: Partial<RunOptions> = {},
): Promise<RunResult> =>
	await runNode({
		node: 'sendSms',
		credentials: used('smsc', 'smsRu', 'advantaSms'),
		rows,
		parameters: { gateway: 'smsc', ...parameters },
		onError: 'continueErrorOutput',
		...more,
	});

const russian = (n: number): string => `+7916${1_000_000 + n}`;
const kenyan = (n: number): string => `+2547${12_000_000 + n}`;
const kazakh = (n: number): string => `+7705${1_000_000 + n}`;

/** How many requests each gateway had seen when the texts were out. */
const before = new Map<string, number>();
const askedSince = (id: GatewayId): unknown[] => all.of(id).requests.slice(before.get(id) ?? 0);

/** What Send gives for texts through three gateways, in mixed order. */
async function sent(): Promise<readonly IDataObject[]> {
	const rows = Array.from({ length: 9 }, (_, n) => ({ phone: [russian, kenyan, kazakh][n % 3]?.(n) ?? '' }));
	const { success } = await run(
		{
			routes: ['advantaSms', 'smsRu'],
			advantaSmsRoute: { countries: ['KE'] },
			smsRuRoute: { countries: ['KZ'] },
			to: '={{ $json.phone }}',
			message: 'Hello',
		},
		rows,
	);
	expect(new Set(success.map(({ json }) => json.gateway)).size).toBe(3);
	for (const { gateway, requests } of all.each()) before.set(gateway, requests.length);
	return success.map(({ json }) => json);
}

const STATUS = { operation: 'getStatus', messageId: '={{ $json.messageId }}', to: '={{ $json.to }}' };
const CANCEL = { ...STATUS, operation: 'cancel' };
const others = { otherGateways: ['smsRu', 'advantaSms'] };
const errorOf = (result: RunResult, n = 0): IDataObject => result.failed[n]?.json.error as IDataObject;
const itemOf = ({ pairedItem }: RunResult['success'][number]): number =>
	(pairedItem as { item: number }).item;

describe('Get Status', () => {
	it('each row is asked at its own gateway, and the rows keep their order', async () => {
		const rows = await sent();
		const { success, failed } = await run({ ...STATUS, ...others }, rows);
		expect(failed).toEqual([]);
		expect(success.map(itemOf)).toEqual(rows.map((_, n) => n));
		expect(success.map(({ json }) => [json.messageId, json.gateway])).toEqual(
			rows.map(({ messageId, gateway }) => [messageId, gateway]),
		);
		// As few requests as each takes.
		expect(askedSince('smsRu')).toHaveLength(1);
	});

	it('a gateway that is not in use is told in its rows, and never is another one asked', async () => {
		const rows = await sent();
		const result = await run({ ...STATUS, otherGateways: ['smsRu'] }, rows);
		expect(result.success).toHaveLength(6);
		expect(result.failed.map(itemOf)).toEqual([1, 4, 7]);
		expect(errorOf(result)).toMatchObject({
			message: 'This text went through Advanta SMS, which this node does not ask.',
			hint: "Add Advanta SMS in 'Other Gateways', or ask about these rows in another node.",
			gateway: 'advantaSms',
		});
		expect(askedSince('advantaSms')).toEqual([]);
	});

	it('with one gateway, rows of another are told as well', async () => {
		const rows = await sent();
		const result = await run(STATUS, rows);
		expect(result.success.map(({ json }) => json.gateway)).toEqual(['smsc', 'smsc', 'smsc']);
		expect(result.failed).toHaveLength(6);
		expect(askedSince('smsRu')).toEqual([]);
	});

	it('a row that names none, or something else, is asked at the one at the top', async () => {
		const [first] = await sent();
		const rows = ['stripe', '', null, 7].map((gateway) => ({ ...first, gateway }));
		const { success } = await run({ ...STATUS, ...others }, rows);
		expect(success.map(({ json }) => json.gateway)).toEqual(['smsc', 'smsc', 'smsc', 'smsc']);
	});

	it('a credential that is missing, and a gateway that is out of reach, are told in their rows', async () => {
		const rows = await sent();
		const credentials = {
			...used('smsc'),
			smsRuApi: { ...all.of('smsRu').credentials, baseUrl: 'https://no-such-host.invalid' },
		};
		const result = await run({ ...STATUS, ...others }, rows, { credentials });
		expect(result.success.map(itemOf)).toEqual([0, 3, 6]);
		const kinds = result.failed.map(({ json }) => (json.error as IDataObject).kind);
		expect(kinds).toEqual([
			'authentication',
			'temporary',
			'authentication',
			'temporary',
			'authentication',
			'temporary',
		]);
		expect(errorOf(result).message).toBe('No credential is selected for Advanta SMS.');
	});

	it('Stop Workflow throws only where no row of any gateway got an answer', async () => {
		const rows = await sent();
		const some = await run({ ...STATUS, ...others }, rows, {
			credentials: used('smsc'),
			onError: 'stopWorkflow',
		});
		expect(some.error).toBeNull();
		expect(some.success).toHaveLength(9);
		const none = await run({ ...STATUS, ...others }, rows, { credentials: {}, onError: 'stopWorkflow' });
		expect(none.error?.message).toBe('No credential is selected for SMSC.');
	});
});

it('Cancel: at the gateways that can; of the others it is told in the row', async () => {
	const rows = await sent();
	const result = await run({ ...CANCEL, ...others }, rows);
	expect(result.success.map(itemOf)).toEqual([0, 3, 6]);
	expect(result.success.every(({ json }) => json.deleted === true)).toBe(true);
	expect(errorOf(result)).toMatchObject({
		message: 'Advanta SMS does not support this operation.',
		gateway: 'advantaSms',
	});
	expect(result.failed.map(itemOf)).toEqual([1, 2, 4, 5, 7, 8]);
	expect([...askedSince('smsRu'), ...askedSince('advantaSms')]).toEqual([]);
});

describe('Get Balance', () => {
	const balance = { resource: 'account', operation: 'getBalance' };

	it('of all in use, each an item of its own', async () => {
		const { success } = await run({ ...balance, ...others }, [{}]);
		expect(success.map(({ json }) => json.gateway)).toEqual(['smsc', 'smsRu', 'advantaSms']);
		expect(success.map(itemOf)).toEqual([0, 0, 0]);
		expect(success.every(({ json }) => typeof json.balance === 'number')).toBe(true);
	});

	it('one that refuses takes nothing from the others', async () => {
		const credentials = {
			...used('smsc', 'advantaSms'),
			smsRuApi: { ...all.of('smsRu').credentials, apiId: 'wrong' },
		};
		const result = await run({ ...balance, ...others }, [{}], { credentials });
		expect(result.success.map(({ json }) => json.gateway)).toEqual(['smsc', 'advantaSms']);
		expect(errorOf(result)).toMatchObject({ gateway: 'smsRu', kind: 'authentication' });
	});

	it('what the row names does not matter', async () => {
		const { success, failed } = await run(balance, [{ gateway: 'advantaSms' }]);
		expect([success.map(({ json }) => json.gateway), failed]).toEqual([['smsc'], []]);
	});

	it('a gateway that does not exist', async () => {
		const result = await run({ ...balance, otherGateways: ['carrierPigeon'] }, [{}]);
		expect(errorOf(result)).toMatchObject({
			message: 'There is no gateway "carrierPigeon". Nothing was sent.',
		});
	});
});
