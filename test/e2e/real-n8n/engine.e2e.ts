/** What n8n itself does with our items and credentials, in a real n8n: On Error, Retry On Fail, credential tests. */
import { GATEWAY_IDS, type GatewayId } from '../../../nodes/SendSms/gateways';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import manifest from '../../../package.json';
import { LINE_FACTS, lineUnderTest } from './lines';
import type { Stage } from './stage';
import { credentialType, fresh, rowsNode, setStage, smsNode, workflowOf } from './stage';

let stage: Stage;
beforeAll(async () => {
	stage = await setStage((line) => process.stderr.write(`${line}\n`));
});
afterAll(async () => await stage.close());

type Json = Readonly<Record<string, unknown>>;

const PARAMETERS = {
	to: '={{ $json.phone }}',
	message: '=Hi {{ $json.name }}',
	options: {},
};
const BAD = { phone: 'call office', name: 'Nobody' };
const PEOPLE = ['+79161000001', '+79161000002', '+79161000003'].map((phone, n) => ({
	phone,
	name: `Person ${n}`,
}));

async function send(rows: ReadonlyArray<Record<string, unknown>>, settings: Record<string, unknown>) {
	const simulator = fresh(stage.gateways.smsRu);
	const node = smsNode('smsRu', stage, 'smsRu', PARAMETERS, settings);
	const id = await stage.n8n.createWorkflow(workflowOf('engine', rowsNode(rows), node));
	const execution = await stage.n8n.runWorkflow(id);
	const [success = [], failed = []] = stage.n8n.nodeItems(execution, 'SMS')[0] ?? [];
	return { execution, success, failed, simulator };
}

describe.each([undefined, 'stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'])(
	'On Error = %s',
	(onError) => {
		describe.each([false, true])('Retry On Fail = %s', (retryOnFail) => {
			const settings = {
				...(onError === undefined ? {} : { onError }),
				...(retryOnFail ? { retryOnFail, maxTries: 3, waitBetweenTries: 10 } : {}),
			};

			it('the first row bad: the others get one text each, and every row has its item', async () => {
				const { execution, success, failed, simulator } = await send([BAD, ...PEOPLE], settings);
				expect(execution.status).toBe('success');
				expect(simulator.texts.map(({ text }) => text).sort()).toEqual([
					'Hi Person 0',
					'Hi Person 1',
					'Hi Person 2',
				]);
				if (onError === 'continueErrorOutput') {
					expect(success).toHaveLength(3);
					expect(failed.map(({ json }) => json)).toEqual([
						{
							...BAD,
							error: expect.objectContaining({
								kind: 'invalid_recipient',
								retry: 'after_fix',
								to: BAD.phone,
							}),
						},
					]);
				} else {
					expect(success).toHaveLength(4);
					const [bad, good] = success.map(({ json }) => json);
					const { reason, hint, error, ...same } = bad ?? {};
					// The good row's own keys, in its order, so that a table of both reads; SMS.RU tells the balance of what it took.
					const { balance, ...shared } = good ?? {};
					expect(typeof balance).toBe('number');
					expect(Object.keys(same)).toEqual(Object.keys(shared));
					expect(Object.keys(bad ?? {}).at(-1)).toBe('error');
					expect(same).toMatchObject({ to: BAD.phone, status: 'rejected', accepted: false });
					expect({ reason, hint }).toEqual({
						reason: (error as Record<string, unknown>).message,
						hint: (error as Record<string, unknown>).hint,
					});
					expect(failed).toHaveLength(0);
				}
				const rowOf = ({ pairedItem }: (typeof success)[number]): unknown =>
					[pairedItem].flat().map((paired) => (paired as { item?: unknown } | undefined)?.item)[0];
				expect([...failed, ...success].map(rowOf)).toEqual([0, 1, 2, 3]);
			});

			it('nothing can be sent: said where On Error puts it', async () => {
				const { execution, success, failed, simulator } = await send([BAD, { ...BAD, phone: '' }], settings);
				expect(simulator.requests).toHaveLength(0);
				const stops = onError === undefined || onError === 'stopWorkflow';
				expect(execution.status).toBe(stops ? 'error' : 'success');
				if (stops) {
					expect(execution.data.resultData.error).toMatchObject({
						message: expect.stringContaining('None of the 2 texts was sent'),
						description: expect.any(String),
					});
				} else {
					expect([success.length, failed.length]).toEqual(
						onError === 'continueErrorOutput' ? [0, 2] : [2, 0],
					);
				}
			});

			it('a lost answer: one request, whatever n8n repeats', async () => {
				const simulator = fresh(stage.gateways.smsRu);
				const node = smsNode('smsRu', stage, 'smsRu', PARAMETERS, settings);
				const id = await stage.n8n.createWorkflow(workflowOf('lost', rowsNode(PEOPLE.slice(0, 1)), node));
				simulator.fault({ at: 'after', how: 'reset', times: Infinity });
				await stage.n8n.runWorkflow(id);
				expect(simulator.requests).toHaveLength(1);
				expect(simulator.texts).toHaveLength(1);
			});
		});
	},
);

it('In Test Runs: Preview Only sends nothing, and a second press of a new node sends nothing again', async () => {
	const simulator = fresh(stage.gateways.smsRu);
	const press = async (id: string) => {
		const execution = await stage.n8n.runWorkflow(id);
		const [items = []] = stage.n8n.nodeItems(execution, 'SMS')[0] ?? [];
		const [run] = execution.data.resultData.runData.SMS ?? [];
		return {
			results: items.map(({ json }) => json),
			hints: (run?.hints ?? []).map(({ message }) => message),
		};
	};
	// As the editor saves a node whose field nobody has touched.
	const { inTestRuns, ...untouched } = smsNode('smsRu', stage, 'smsRu', PARAMETERS).parameters as Json;
	expect(inTestRuns).toBe('sendAgain');
	const node = { ...smsNode('smsRu', stage, 'smsRu', PARAMETERS), parameters: untouched };
	const previews = { ...node, parameters: { ...untouched, inTestRuns: 'preview' } };
	const id = await stage.n8n.createWorkflow(workflowOf('previews', rowsNode(PEOPLE), previews));
	const shown = await press(id);
	expect(simulator.requests).toEqual([]);
	expect(shown.results).toMatchObject(
		PEOPLE.map(({ phone, name }) => ({
			to: phone,
			accepted: false,
			text: `Hi ${name}`,
			reason: expect.stringMatching(/^Nothing was sent: this is a test run/),
		})),
	);
	expect(shown.hints[0]).toMatch(/^Nothing was sent: this is a test run/);

	const sending = await stage.n8n.createWorkflow(workflowOf('untouched', rowsNode(PEOPLE), node));
	const first = await press(sending);
	const second = await press(sending);
	expect(simulator.texts).toHaveLength(PEOPLE.length);
	expect(second.results).toEqual(first.results.map((result) => ({ ...result, alreadySent: true })));
	expect(second.hints[0]).toMatch(/^3 texts were not sent again/);
});

describe('limits, with Retry On Fail', () => {
	const STOPPED = '+79161000009';
	const ROWS = [
		{ phone: '+254712345678', name: 'Abroad' },
		{ phone: STOPPED, name: 'Stopped' },
		...PEOPLE,
		{ phone: '+79161000004', name: 'x'.repeat(200) },
	];

	async function sendWithin(limits: Json) {
		const simulator = fresh(stage.gateways.smsRu);
		const settings = { onError: 'continueErrorOutput', retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };
		const common = { allowedCountries: ['RU'], stopList: '8 (916) 100-00-09', maxSegments: 1 };
		const parameters = { ...PARAMETERS, limits: { ...common, ...limits } };
		const node = smsNode('smsRu', stage, 'smsRu', parameters, settings);
		const id = await stage.n8n.createWorkflow(workflowOf('limits', rowsNode(ROWS), node));
		const execution = await stage.n8n.runWorkflow(id);
		const [success = [], failed = []] = stage.n8n.nodeItems(execution, 'SMS')[0] ?? [];
		const kinds = failed.map(({ json }) => (json.error as Json).kind);
		return { success: success.map(({ json }) => json.to), kinds, simulator };
	}

	it.each<Json>([{ maxTexts: 3 }, { maxCost: 3, pricePerSegment: 1 }])(
		'each row that may not go out stays back, and the others go: %j',
		async (limits) => {
			const { success, kinds, simulator } = await sendWithin(limits);
			expect(success).toEqual(PEOPLE.map(({ phone }) => phone));
			expect(kinds).toEqual(['no_route', 'blocked_recipient', 'invalid_parameter']);
			expect(simulator.texts.map(({ to }) => `+${to}`)).toEqual(PEOPLE.map(({ phone }) => phone));
		},
	);

	it.each<Json>([{ maxTexts: 2 }, { maxCost: 2.9, pricePerSegment: 1 }])(
		'more than the run may send: no request at all: %j',
		async (limits) => {
			const { success, kinds, simulator } = await sendWithin(limits);
			expect(success).toEqual([]);
			expect(kinds).toHaveLength(ROWS.length);
			expect(simulator.requests).toEqual([]);
		},
	);
});

it("the first gateway's money ends in mid-run: the rest goes through the backup, nobody gets two", async () => {
	const [first, backup] = [fresh(stage.gateways.smsc), fresh(stage.gateways.smsRu)];
	first.balance = 14;
	const rows = Array.from({ length: 30 }, (_, n) => ({
		phone: `+7916${2_000_000 + n}`,
		name: `Person ${n}`,
	}));
	const several = { ...PARAMETERS, backupGateway: 'smsRu', options: { batchSize: 5 } };
	const node = smsNode('sendSms', stage, 'smsc', several, { onError: 'continueErrorOutput' });
	const credentials = Object.fromEntries(
		[stage.credentials.smsc, stage.credentials.smsRu].map(({ id, name, type }) => [type, { id, name }]),
	);
	const workflow = await stage.n8n.createWorkflow(
		workflowOf('backup', rowsNode(rows), { ...node, credentials }),
	);
	const [success = [], failed = []] =
		stage.n8n.nodeItems(await stage.n8n.runWorkflow(workflow), 'SMS')[0] ?? [];
	expect(failed).toEqual([]);
	expect(first.texts.length).toBeGreaterThan(0);
	const sent = [...first.texts, ...backup.texts].map(({ to }) => `+${to}`);
	expect(sent.sort()).toEqual(rows.map(({ phone }) => phone).sort());
	const through = (gateway: string): unknown[] =>
		success.filter(({ json }) => json.gateway === gateway).map(({ json }) => json.to);
	expect(through('smsc')).toHaveLength(first.texts.length);
	expect(through('smsRu')).toHaveLength(backup.texts.length);
	expect(success.find(({ json }) => json.gateway === 'smsRu')?.json.attempts).toMatchObject([
		{ gateway: 'smsc', kind: 'insufficient_funds' },
		{ gateway: 'smsRu', outcome: 'accepted' },
	]);
});

describe.each(GATEWAY_IDS.map((gateway) => [gateway] as const))(
	'the credential of %s',
	(gateway: GatewayId) => {
		const test = async (change: Record<string, string>) =>
			await stage.n8n.testCredential(credentialType(gateway), {
				...stage.gateways[gateway].credentials,
				...change,
			});

		const wrongKeys = (): Record<string, string> => {
			const { credentials, secrets } = stage.gateways[gateway];
			return Object.fromEntries(
				Object.entries(credentials)
					.filter(([, value]) => secrets.includes(value))
					.map(([name]) => [name, 'wrong-key']),
			);
		};

		it('right key', async () => {
			fresh(stage.gateways[gateway]);
			expect(await test({})).toMatchObject({ status: 'OK' });
		});

		it('wrong key, wrong host, and no host are three different sentences', async () => {
			fresh(stage.gateways[gateway]);
			const elsewhere = createServer((_, response) => {
				response.setHeader('content-type', 'text/html');
				response.end('<!DOCTYPE html><html><body>Welcome</body></html>');
			});
			await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
			const { port } = elsewhere.address() as AddressInfo;
			let wrongHost;
			try {
				wrongHost = await test({ baseUrl: `http://127.0.0.1:${port}` });
			} finally {
				await new Promise((resolve) => elsewhere.close(resolve));
			}
			const wrongKey = await test(wrongKeys());
			const noHost = await test({ baseUrl: `http://127.0.0.1:${port}` });
			const plainHttp = await test({ baseUrl: 'http://sms.example.com' });
			const said = [wrongKey, wrongHost, noHost, plainHttp];
			expect(said.map(({ status }) => status)).toEqual(['Error', 'Error', 'Error', 'Error']);
			expect(new Set(said.map(({ message }) => message)).size).toBe(4);
			expect(wrongHost.message).toMatch(/Check '(?:Site|Provider|Environment)'/);
			expect(plainHttp.message).toMatch(/https:\/\//);
			process.stderr.write(`${gateway}: ${said.map(({ message }) => message).join(' | ')}\n`);
		});
	},
);

describe('the package in n8n', () => {
	/** `dist/nodes/SmsRu/SmsRu.node.js` is the type smsRu. */
	const typeOf = (file: string): string =>
		path
			.basename(file)
			.split('.')[0]
			?.replace(/^./, (first) => first.toLowerCase()) ?? '';

	it('has all of its nodes, and all that do something also as a tool for AI agents', async () => {
		const { agentTools } = LINE_FACTS[lineUnderTest()];
		const listed = (await stage.n8n.typeNames('nodes')).filter((name) =>
			name.startsWith(`${manifest.name}.`),
		);
		const nodes = manifest.n8n.nodes.map((file) => `${manifest.name}.${typeOf(file)}`);
		expect(nodes).toEqual(
			expect.arrayContaining(['sendSms', ...GATEWAY_IDS].map((name) => `${manifest.name}.${name}`)),
		);
		expect([...new Set(listed)].sort()).toEqual(
			nodes
				.flatMap((name) => [
					name,
					...(name.endsWith('Trigger') ? [] : agentTools.map((tool) => `${name}${tool}`)),
				])
				.sort(),
		);
	});

	it('has all of its credentials', async () => {
		const ours = manifest.n8n.credentials.map(typeOf);
		expect(ours).toEqual(expect.arrayContaining(GATEWAY_IDS.map(credentialType)));
		expect(await stage.n8n.typeNames('credentials')).toEqual(expect.arrayContaining(ours));
	});

	it('runs in the n8n, and on the Node, that this line is about', async () => {
		const { version, node } = LINE_FACTS[lineUnderTest()];
		const settings = await stage.n8n.rest<{ versionCli: string; nodeJsVersion: string }>('GET', '/settings');
		expect([settings.versionCli, settings.nodeJsVersion.split('.')[0]]).toEqual([version, String(node)]);
	});
});

it('n8n serves the icons of the nodes', async () => {
	const response = await fetch(`${stage.n8n.url}/icons/n8n-nodes-sms-gateways/dist/icons/sendSms.svg`);
	expect(response.status).toBe(200);
});
