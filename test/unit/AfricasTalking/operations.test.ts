/** Africa's Talking's balance: the request as it leaves, and each way in which money is written. */
import { africasTalkingGateway } from '../../../nodes/AfricasTalking/gateway';
import { createAfricasTalking } from '../../../simulators/africasTalking';
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import { runNode } from '../../support/engine';
import { answersTo, operationOf } from '../../support/operations';

const getBalance = operationOf(africasTalkingGateway, 'account.getBalance');

it('is a question without a body', () => {
	expect(getBalance.build([{}], null, null)).toEqual({
		method: 'GET',
		path: '/version1/user',
		headers: { Accept: 'application/json' },
	});
});

it.each([
	['KES 1785.50', 1785.5, 'KES'],
	['USD 999999589.6168', 999_999_589.6168, 'USD'],
	['UGX -14.5731', -14.5731, 'UGX'],
	['KES 0', 0, 'KES'],
	['0', 0, null],
	[12.5, 12.5, null],
])('%j', (balance, amount, currency) => {
	const rows = [{ balance: amount, currency }];
	expect(answersTo(getBalance, [{}], { UserData: { balance } })).toEqual([{ rows }]);
	// The key in the sample of the vendor's page.
	expect(answersTo(getBalance, [{}], { userData: { balance } })).toEqual([{ rows }]);
});

it.each([
	'',
	'The supplied authentication is invalid',
	'{}',
	'{"UserData":null}',
	'{"UserData":{"balance":null}}',
	'{"UserData":{"balance":"KES"}}',
	'{"UserData":{"balance":"KES 1,785.50"}}',
	'{"UserData":"KES 1785.50"}',
])('%j is no answer of the gateway', (body) => {
	expect(answersTo(getBalance, [{}], body)).toBeNull();
});

describe('over the wire', () => {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator(createAfricasTalking());
	});
	afterAll(() => simulator.close());

	const ask = async (changed: Readonly<Record<string, string>> = {}) =>
		await runNode({
			node: 'africasTalking',
			credentials: { africasTalkingApi: { ...simulator.credentials, ...changed } },
			parameters: { resource: 'account', operation: 'getBalance' },
		});

	it('the address has the username, and nothing else of the credential', async () => {
		const { success } = await ask();
		expect(success.map(({ json }) => json)).toEqual([
			{ gateway: 'africasTalking', balance: simulator.balance, currency: 'KES' },
		]);
		const [asked] = simulator.requests;
		const { username = '', apiKey = '' } = simulator.credentials;
		expect(asked?.url).toBe(`/version1/user?username=${username}`);
		expect(asked?.url).not.toContain(apiKey);
		expect(asked?.headers['content-type']).toBeUndefined();
	});

	it.each([{ apiKey: 'not-the-key' }, { username: 'somebody' }])(
		'%j is a wrong credential',
		async (changed) => {
			const { error } = await ask(changed);
			expect(error?.message).toContain('refused the credential (HTTP 401)');
			expect(error?.message).toContain('The supplied authentication is invalid');
		},
	);
});
