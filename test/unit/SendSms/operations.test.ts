/** The generic node besides sending: status, balance and prices through every gateway, and what one of them lacks. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { GATEWAY_IDS, gateways, type GatewayId } from '../../../nodes/SendSms/gateways';
import { facts } from '../../facts';
import { allGateways } from '../../support/allGateways';
import type { RunOptions, RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';

const all = allGateways(100);

const run = async (
	id: GatewayId,
	parameters: INodeParameters,
	more: Partial<RunOptions> = {},
): Promise<RunResult> =>
	await runNode({
		node: 'sendSms',
		credentials: all.credentials(id),
		parameters: { gateway: id, ...parameters },
		...more,
	});

const message = (id: GatewayId): INodeParameters => ({
	to: facts[id].number(0),
	message: 'Hello',
	...facts[id].parameters,
});

/** What the node says of what a gateway does not offer. */
function expectCannot(id: GatewayId, { error }: RunResult): void {
	expect(error?.message).toBe(`${gateways[id].displayName} does not support this operation.`);
	expect(error?.description).toMatch(/gateway/);
	expect(all.of(id).requests).toHaveLength(0);
}

describe.each(GATEWAY_IDS)('%s', (id) => {
	const { number, operations, price } = facts[id];

	it('status', async () => {
		const asked = operations['message.getStatus'];
		if (asked === undefined) {
			expectCannot(id, await run(id, { operation: 'getStatus', messageId: '1' }));
			return;
		}
		const { success: sent } = await run(id, message(id));
		const messageId = String(sent[0]?.json.messageId);
		const to = asked.parameters.to === undefined ? {} : { to: number(0) };
		const { success, error } = await run(id, { operation: 'getStatus', messageId, ...to });
		expect(error).toBeNull();
		expect(success).toHaveLength(1);
		expect(success[0]?.json).toMatchObject({
			gateway: id,
			messageId,
			status: expect.stringMatching(/^(?:queued|sending|sent|delivered)$/),
			final: expect.any(Boolean),
		});
	});

	it('balance', async () => {
		const parameters = { resource: 'account', operation: 'getBalance' };
		if (operations['account.getBalance'] === undefined) {
			expectCannot(id, await run(id, parameters));
			return;
		}
		const { success, error } = await run(id, parameters);
		expect(error).toBeNull();
		expect(success.map(({ json }) => json)).toMatchObject([
			{ gateway: id, balance: Number(all.of(id).balance.toFixed(6)) },
		]);
	});

	it('preview without a price asks nobody', async () => {
		const { success, error } = await run(id, { ...message(id), operation: 'preview' }, { credentials: {} });
		expect(error).toBeNull();
		expect(success[0]?.json).toMatchObject({ gateway: id, to: number(0), segments: 1 });
		expect(success[0]?.json).not.toHaveProperty('cost');
		expect(all.of(id).requests).toHaveLength(0);
	});

	it('preview with a price', async () => {
		const { success, error } = await run(id, { ...message(id), operation: 'preview', includePrice: true });
		if (price === undefined) {
			expect(error?.message).toContain('does not provide prices');
			expect(error?.description).toContain("'Include Price'");
			expect(all.of(id).requests).toHaveLength(0);
			return;
		}
		expect(error).toBeNull();
		const [cost, currency] = price;
		expect(success[0]?.json).toMatchObject({ segments: 1, cost, currency });
		expect(all.of(id).texts).toHaveLength(0);
	});
});

it('what a gateway cannot do fails for each row, on the error output, and throws nothing', async () => {
	const { success, failed, error } = await run(
		'voipCommunications',
		{ resource: 'account', operation: 'getBalance' },
		{ rows: [{ n: 1 }, { n: 2 }], onError: 'continueErrorOutput' },
	);
	expect([error, success]).toEqual([null, []]);
	expect(failed.map(({ json, pairedItem }) => [json.n, pairedItem])).toEqual([
		[1, { item: 0 }],
		[2, { item: 1 }],
	]);
	expect(failed[0]?.json.error).toMatchObject({ kind: 'invalid_parameter', gateway: 'voipCommunications' });
});

describe.each([
	['smsRu', '+7916', 3.5, 'RUB', 2, '207', 'no_route'],
	['alphaSms', '+38050', 1.2, 'UAH', 150, 'Please enter valid receiver phone number', 'invalid_recipient'],
] as const)('prices of %s', (id, prefix, perSegment, currency, requests, code, kind) => {
	const rows = Array.from({ length: 150 }, (_, n) => ({
		to: `${prefix}${1_000_000 + n}`,
		text: 'я'.repeat(70 + (n % 2)),
	}));
	const preview = async (
		more: Partial<RunOptions> = {},
		parameters: INodeParameters = {},
	): Promise<RunResult> =>
		await runNode({
			node: id,
			credentials: all.credentials(id),
			rows,
			onError: 'continueErrorOutput',
			parameters: {
				operation: 'preview',
				includePrice: true,
				to: '={{ $json.to }}',
				message: '={{ $json.text }}',
				from: 'ACME',
				options: {},
				...parameters,
			},
			...more,
		});

	it('150 rows, one segment or two, each its price; nothing is sent', async () => {
		const before = all.of(id).balance;
		const { success, failed } = await preview();
		expect(failed).toEqual([]);
		expect(success.map(({ json }) => [json.to, json.cost, json.currency, json.chargedSegments])).toEqual(
			rows.map(({ to }, n) => [to, perSegment * (1 + (n % 2)), currency, 1 + (n % 2)]),
		);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual(rows.map((_, item) => ({ item })));
		expect(all.of(id).requests).toHaveLength(requests);
		expect([all.of(id).texts.length, all.of(id).balance]).toEqual([0, before]);
	});

	it('a number that is refused fails alone, one that cannot be read as well', async () => {
		const three: IDataObject[] = [rows[0] ?? {}, { to: 'call me', text: 'x' }, rows[2] ?? {}];
		all.of(id).orders.recipientCodes.set(String(rows[2]?.to).slice(1), code);
		const { success, failed } = await preview({ rows: three });
		if (id === 'smsRu') {
			expect(failed.map(({ json }) => json.error)).toMatchObject([
				{ kind: 'invalid_recipient' },
				{ kind, code },
			]);
			expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		} else {
			expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		}
	});

	it.each([
		['500', { status: 500, headers: {}, body: '' }],
		['an HTML page', { status: 200, headers: {}, body: '<html>' }],
	])('%s: the price is not known, and nothing can have been sent', async (_, reply) => {
		all.of(id).fault({ at: 'before', how: 'reply', reply, times: Infinity, matches: () => true });
		const { failed } = await preview({ rows: rows.slice(0, 2) });
		expect(failed.map(({ json }) => json.error)).toMatchObject(
			[0, 1].map(() => ({
				accepted: false,
				retry: 'later',
				hint: expect.stringContaining('Nothing was sent.'),
			})),
		);
	});

	it('a wrong key is told once for all', async () => {
		const { failed } = await preview({
			credentials: {
				[gateways[id].credential.type]: { ...all.of(id).credentials, apiId: 'wrong', apiKey: 'wrong' },
			},
		});
		expect(failed).toHaveLength(150);
		expect(failed[0]?.json.error).toMatchObject({ kind: 'authentication', retry: 'after_fix' });
		expect(all.of(id).requests.length).toBeLessThanOrEqual(gateways[id].requestsInFlight);
	});

	it('it was not asked for: nobody is asked', async () => {
		const { success } = await preview({ rows: rows.slice(0, 1) }, { includePrice: false });
		expect(success[0]?.json).not.toHaveProperty('cost');
		expect(all.of(id).requests).toHaveLength(0);
	});
});
