/** The nodes of the example with two countries, as they are in its file: a run of the whole is in test/e2e/real-n8n. */
import path from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { GATEWAY_IDS, gateways } from '../../../nodes/SendSms/gateways';
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import { startGateways } from '../../../simulators';
import type { Simulator } from '../../../simulators/simulator';
import { readExamples } from '../../e2e/real-n8n/examples/examples';
import type { RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';

let all: Readonly<Record<GatewayId, Simulator>>;
beforeAll(async () => {
	all = await startGateways();
});
beforeEach(() => Object.values(all).forEach((simulator) => simulator.reset()));
afterAll(() => Promise.all(Object.values(all).map((simulator) => simulator.close())));

const example = readExamples(path.join(__dirname, '..', '..', '..')).find(
	({ workflow }) => workflow.id === 'twoCountries',
);
const CUSTOMERS = ['+7 916 100-00-01', '+254 712 345 678', '8 (916) 100-00-02', '+254 722 000 111'];

async function run(name: string): Promise<RunResult> {
	const node = example?.workflow.nodes.find((one) => one.name === name);
	const wanted = Object.keys((node?.credentials ?? {}) as Readonly<Record<string, unknown>>);
	const ids = GATEWAY_IDS.filter((id) => wanted.includes(gateways[id].credential.type));
	return await runNode({
		node: 'sendSms',
		parameters: node?.parameters as INodeParameters,
		credentials: Object.fromEntries(ids.map((id) => [gateways[id].credential.type, all[id].credentials])),
		rows: CUSTOMERS.map((phone, n) => ({ phone, name: `Person ${n}` })),
		onError: 'continueErrorOutput',
	});
}

const ways = ({ success }: RunResult): unknown[] => success.map(({ json }) => json.gateway);

it('Kenya through Advanta SMS, Russia through SMSC', async () => {
	expect(ways(await run('Tell Customers'))).toEqual(['smsc', 'advantaSms', 'smsc', 'advantaSms']);
});

it("without money at both: Kenya through Africa's Talking, Russia through SMS.RU", async () => {
	all.smsc.balance = 0;
	all.advantaSms.balance = 0;
	expect(ways(await run('Tell Customers'))).toEqual(['smsRu', 'africasTalking', 'smsRu', 'africasTalking']);
});

it('all four balances', async () => {
	const four = ['smsc', 'smsRu', 'advantaSms', 'africasTalking'];
	expect(ways(await run('Balances')).slice(0, 4)).toEqual(four);
});
