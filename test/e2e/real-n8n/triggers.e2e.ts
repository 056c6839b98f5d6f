/** The triggers in a real n8n: the simulated gateways call it back over real sockets, as the vendors do. */
import { request } from 'undici';
import type { MadeCall } from '../../../simulators/callbacks';
import type { GatewayId } from '../../../nodes/SendSms/gateways';
import { lineUnderTest } from './lines';
import { activeWorkflow, until } from './listening';
import type { WorkflowNode } from './n8n';
import type { Stage } from './stage';
import { credentialType, fresh, setStage } from './stage';

let stage: Stage;
beforeAll(async () => {
	stage = await setStage((line) => process.stderr.write(`${line}\n`));
});
afterAll(async () => await stage.close());

const answers = (calls: readonly MadeCall[]): Array<[number | null, string]> =>
	calls.map(({ status, answer }) => [status, answer]);

/** A text that the node sends in this n8n. */
async function sendText(
	gateway: GatewayId,
	to: string,
	behind: readonly WorkflowNode[] = [],
	parameters: Readonly<Record<string, unknown>> = {},
): Promise<string> {
	const { id, name } = stage.credentials[gateway];
	const workflow = await stage.n8n.createWorkflow({
		name: 'Send one',
		nodes: [
			{
				id: '00000000-0000-4000-8000-000000000001',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: '00000000-0000-4000-8000-000000000002',
				name: 'SMS',
				type: `n8n-nodes-sms-gateways.${gateway}`,
				typeVersion: 1,
				position: [200, 0],
				parameters: {
					resource: 'message',
					operation: 'send',
					inTestRuns: 'sendAgain',
					to,
					message: 'Your order is ready',
					...parameters,
				},
				credentials: { [credentialType(gateway)]: { id, name } },
			},
			...behind,
		],
		connections: {
			Start: { main: [[{ node: 'SMS', type: 'main', index: 0 }]] },
			SMS: { main: [behind.map((node) => ({ node: node.name, type: 'main', index: 0 }))] },
		},
		settings: { executionOrder: 'v1' },
	});
	const [items] = stage.n8n.nodeItems(await stage.n8n.runWorkflow(workflow), 'SMS')[0] ?? [];
	return String(items?.[0]?.json.messageId);
}

describe('SMS.RU', () => {
	it('registers its address, hears of a text that was sent, and takes the address out again', async () => {
		const simulator = fresh(stage.gateways.smsRu);
		simulator.callTo('http://127.0.0.1:9/of-somebody-else');
		const trigger = await activeWorkflow(stage, 'smsRuTrigger', 'smsRu', { events: ['status', 'callCheck'] });
		await until(async () => simulator.callbacks.reportUrls.length === 2);
		expect(simulator.callbacks.reportUrls).toEqual(['http://127.0.0.1:9/of-somebody-else', trigger.url]);

		const messageId = await sendText('smsRu', '+79161234567');
		const calls = await simulator.report(messageId, 'delivered', { urls: [trigger.url] });
		expect(answers(calls)).toEqual([[200, '100']]);
		expect(calls[0]?.answerHeaders['content-type']).toContain('text/plain');
		expect(await trigger.events(1)).toEqual([
			[
				expect.objectContaining({
					event: 'status',
					gateway: 'smsRu',
					messageId,
					status: 'delivered',
					error: null,
					occurredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
				}),
			],
		]);
		await trigger.stop();
		await until(async () => simulator.callbacks.reportUrls.length === 1);
		expect(simulator.callbacks.reportUrls).toEqual(['http://127.0.0.1:9/of-somebody-else']);
	});

	it('takes 100 records of one call as an item each, and answers heartbeats and repeats without a run', async () => {
		const simulator = fresh(stage.gateways.smsRu);
		const trigger = await activeWorkflow(stage, 'smsRuTrigger', 'smsRu', { events: ['status'] });
		const ids = Array.from({ length: 100 }, (_, n) => `202647-${1000 + n}`);
		const calls = await simulator.report(ids, 'delivered', {
			stranger: true,
			urls: [trigger.url],
			repeat: 2,
		});
		expect(answers(calls)).toEqual([
			[200, '100'],
			[200, '100'],
			[200, '100'],
		]);
		expect(answers(await simulator.heartbeat({ urls: [trigger.url] }))).toEqual([[200, '100']]);
		// Old news: it was delivered before.
		const late = await simulator.report(ids, 'sent', { stranger: true, urls: [trigger.url] });
		expect(answers(late)).toEqual([[200, '100']]);
		const runs = await trigger.events(1);
		expect(runs).toHaveLength(1);
		expect(runs[0]?.map(({ messageId }) => messageId)).toEqual(ids);
		await trigger.stop();
	});

	it('gives a forged call 401 and starts nothing', async () => {
		const simulator = fresh(stage.gateways.smsRu);
		const trigger = await activeWorkflow(stage, 'smsRuTrigger', 'smsRu', { events: ['status'] });
		const forged = await simulator.report('202647-1', 'delivered', {
			stranger: true,
			urls: [trigger.url],
			forge: true,
			attempts: 1,
		});
		expect(forged[0]?.status).toBe(401);
		for (const body of [
			'',
			'data[0]=x',
			'data[0]=sms_status%0A1%0A103%0A1&hash=',
			'hash=00',
			'x'.repeat(2_000_000),
		]) {
			const answer = await request(trigger.url, {
				method: 'POST',
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body,
			});
			expect([401, 413]).toContain(answer.statusCode);
			await answer.body.dump();
		}
		const real = await simulator.report('202647-2', 'delivered', { stranger: true, urls: [trigger.url] });
		expect(answers(real)).toEqual([[200, '100']]);
		const runs = await trigger.events(1);
		expect(runs.flat().map(({ messageId }) => messageId)).toEqual(['202647-2']);
		await trigger.stop();
	});
});

/** A node of n8n's own table of rows. */
const tableNode = (tableId: string, parameters: Record<string, unknown>): WorkflowNode => ({
	id: '00000000-0000-4000-8000-00000000000a',
	name: 'Table',
	type: 'n8n-nodes-base.dataTable',
	typeVersion: 1,
	position: [400, 0],
	parameters: { resource: 'row', dataTableId: { __rl: true, mode: 'id', value: tableId }, ...parameters },
});

const columns = (value: Record<string, string>): Record<string, unknown> => ({
	columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
});

// n8n 1.123 has no such tables in its free edition's first release; the trigger is the same.
(lineUnderTest() === '2.41' ? it : it.skip)(
	'a text is sent, its report arrives, and its row is updated',
	async () => {
		const simulator = fresh(stage.gateways.smsRu);
		const { id: project } = await stage.n8n.rest<{ id: string }>('GET', '/projects/personal');
		const tables = `/projects/${project}/data-tables`;
		const named = ['messageId', 'phone', 'status', 'reason'].map((name) => ({ name, type: 'string' }));
		const table = await stage.n8n.rest<{ id: string }>('POST', tables, { name: 'Texts', columns: named });
		const rowsOf = async (): Promise<Array<Record<string, unknown>>> => {
			const { data } = await stage.n8n.rest<{ data: Array<Record<string, unknown>> }>(
				'GET',
				`${tables}/${table.id}/rows`,
			);
			return data.map(({ phone, status, reason }) => ({ phone, status, reason }));
		};
		const trigger = await activeWorkflow(stage, 'smsRuTrigger', 'smsRu', { events: ['status'] }, [
			tableNode(table.id, {
				operation: 'update',
				filters: {
					conditions: [{ keyName: 'messageId', condition: 'eq', keyValue: '={{ $json.messageId }}' }],
				},
				...columns({ status: '={{ $json.status }}', reason: '={{ $json.error?.message ?? "" }}' }),
			}),
		]);
		const insert = tableNode(table.id, {
			operation: 'insert',
			...columns({
				messageId: '={{ $json.messageId }}',
				phone: '={{ $json.to }}',
				status: '={{ $json.status }}',
			}),
		});
		const first = await sendText('smsRu', '+79161234561', [insert]);
		const second = await sendText('smsRu', '+79161234562', [insert]);
		expect((await rowsOf()).map(({ phone, status }) => [phone, status])).toEqual([
			['+79161234561', 'queued'],
			['+79161234562', 'queued'],
		]);
		await simulator.report(first, 'delivered', { urls: [trigger.url] });
		await simulator.report(second, 'expired', { urls: [trigger.url] });
		await trigger.events(2);
		expect((await rowsOf()).map(({ phone, status, reason }) => [phone, status, reason])).toEqual([
			['+79161234561', 'delivered', ''],
			['+79161234562', 'expired', 'The phone could not be reached within the time to live.'],
		]);
		await trigger.stop();
	},
);

describe('SMSC', () => {
	it.each(['GET', 'POST'] as const)('hears of reports, replies and awaited calls by %s', async (method) => {
		const simulator = fresh(stage.gateways.smsc);
		const trigger = await activeWorkflow(stage, 'smscTrigger', 'smsc', {
			events: ['status', 'reply', 'waitCall'],
		});
		simulator.callTo(`${trigger.url}?charset=utf-8`, { method });
		const messageId = await sendText('smsc', '+79161234567');
		expect(answers(await simulator.report(messageId, 'undelivered'))).toEqual([[200, 'OK']]);
		const reply = { from: '79161234567', to: '79037654321', text: 'Стоп!' };
		expect(answers(await simulator.receive(reply, { repeat: 1 }))).toEqual([
			[200, 'OK'],
			[200, 'OK'],
		]);
		const [status, answer] = await trigger.events(2);
		expect(status).toEqual([
			expect.objectContaining({
				event: 'status',
				messageId,
				to: '+79161234567',
				status: 'undelivered',
				error: expect.objectContaining({ kind: 'invalid_recipient', code: '1' }),
			}),
		]);
		expect(answer).toEqual([
			expect.objectContaining({
				event: 'reply',
				from: '+79161234567',
				to: '+79037654321',
				text: 'Стоп!',
				optOut: true,
			}),
		]);
		await trigger.stop();
	});

	it('reads windows-1251, which is what SMSC sends unless it is asked otherwise', async () => {
		const simulator = fresh(stage.gateways.smsc);
		const trigger = await activeWorkflow(stage, 'smscTrigger', 'smsc', { events: ['reply'] });
		simulator.callTo(trigger.url);
		await simulator.receive({ from: '79161234567', to: '79037654321', text: 'Спасибо, 10+5' });
		const [[event] = []] = await trigger.events(1);
		expect(event).toEqual(expect.objectContaining({ text: 'Спасибо, 10+5', optOut: false }));
		await trigger.stop();
	});

	it('takes only signed calls when there is a secret', async () => {
		const simulator = fresh(stage.gateways.smsc);
		const secret = 'between us and SMSC';
		const { id, type } = stage.credentials.smsc;
		await stage.n8n.rest('PATCH', `/credentials/${id}`, {
			name: 'smsc simulated',
			type,
			data: { ...simulator.credentials, callbackSecret: secret },
		});
		const parameters = { events: ['status', 'reply'], checkSignature: true };
		const trigger = await activeWorkflow(stage, 'smscTrigger', 'smsc', parameters);
		simulator.callTo(`${trigger.url}?charset=utf-8&md5&sha1`, { secret });
		const messageId = await sendText('smsc', '+79161234568');
		const forged = await simulator.report(messageId, 'delivered', { forge: true, attempts: 1 });
		expect(forged[0]?.status).toBe(401);
		simulator.callTo(`${trigger.url}?crc32`, { secret });
		const weak = await simulator.report(messageId, 'delivered', { attempts: 1 });
		expect(weak[0]?.status).toBe(401);
		simulator.callTo(`${trigger.url}?charset=utf-8&md5&sha1`, { secret });
		expect(answers(await simulator.report(messageId, 'delivered'))).toEqual([[200, 'OK']]);
		const reply = { from: '79161234567', to: '79037654321', text: 'Привет & пока' };
		expect(answers(await simulator.receive(reply))).toEqual([[200, 'OK']]);
		const runs = await trigger.events(2);
		expect(runs.flat().map(({ event }) => event)).toEqual(['status', 'reply']);
		await trigger.stop();
	});
});

describe('AlphaSMS', () => {
	/** @returns the vendor's number of a text that tells this address of its status */
	const sendWithStatusUrl = async (to: string, statusUrl: string): Promise<string> =>
		await sendText('alphaSms', to, [], { from: 'ACME', options: { statusUrl } });

	it.each(['GET', 'POST'] as const)(
		'is called with nothing by %s, asks what became of the text, and tells that',
		async (method) => {
			const simulator = fresh(stage.gateways.alphaSms);
			const trigger = await activeWorkflow(stage, 'alphaSmsTrigger', 'alphaSms', { events: ['status'] });
			simulator.callTo(trigger.url, { method });
			const delivered = await sendWithStatusUrl('+380971234567', `${trigger.url}?order=A1`);
			const lost = await sendWithStatusUrl('+380971234568', `${trigger.url}?order=A2`);
			const seen = simulator.requests.length;
			const calls = await simulator.report(delivered, 'delivered');
			expect(answers(calls)).toEqual([[200, 'OK']]);
			expect(calls.map(({ body }) => String(body))).toEqual(['']);
			expect(answers(await simulator.report(lost, 'undelivered'))).toEqual([[200, 'OK']]);
			// Old news, and news that came before: asked about, and nothing starts.
			expect(answers(await simulator.report(delivered, 'sent'))).toEqual([[200, 'OK']]);
			expect(answers(await simulator.report(lost, 'undelivered'))).toEqual([[200, 'OK']]);
			const asked = simulator.requests.slice(seen).map(({ body }): unknown => JSON.parse(String(body)));
			const status = { auth: expect.any(String), data: [{ type: 'status', id: expect.any(Number) }] };
			expect(asked).toEqual([status, status, status, status]);
			const runs = await trigger.events(2);
			expect(runs).toEqual([
				[
					expect.objectContaining({
						event: 'status',
						gateway: 'alphaSms',
						messageId: expect.stringMatching(/^\d{16}$/),
						status: 'delivered',
						reason: null,
						error: null,
						raw: { order: 'A1', messageId: expect.stringMatching(/^\d{16}$/) },
					}),
				],
				[
					expect.objectContaining({
						status: 'undelivered',
						reason: expect.stringMatching(/./),
						error: expect.objectContaining({ code: 'UNDELIVERABLE' }),
						raw: expect.objectContaining({ order: 'A2' }),
					}),
				],
			]);
			await trigger.stop();
		},
	);

	it('believes nothing that a call says, and starts nothing for texts that AlphaSMS does not know', async () => {
		const simulator = fresh(stage.gateways.alphaSms);
		const trigger = await activeWorkflow(stage, 'alphaSmsTrigger', 'alphaSms', { events: ['status'] });
		const messageId = await sendWithStatusUrl('+380971234569', trigger.url);
		const madeUp = JSON.stringify({ messageId, status: 'READ', success: true });
		const headers = { 'content-type': 'application/json' };
		const call = async (query: string): Promise<number> => {
			const answer = await request(`${trigger.url}${query}`, { method: 'POST', headers, body: madeUp });
			await answer.body.dump();
			return answer.statusCode;
		};
		const seen = simulator.requests.length;
		expect(await call('')).toBe(200);
		// AlphaSMS's own number is not what the address of a text of ours has.
		expect(await call(`?messageId=${messageId}`)).toBe(200);
		expect(simulator.requests).toHaveLength(seen);
		// Like ours, and nobody's: AlphaSMS is asked, twice, and knows nothing.
		expect(await call('?messageId=4503599627370497')).toBe(503);
		expect(simulator.requests).toHaveLength(seen + 2);

		const calls = await simulator.report(messageId, 'delivered');
		expect(answers(calls)).toEqual([[200, 'OK']]);
		// The address of a text that is real: whoever has it hears from AlphaSMS alone.
		const [real] = calls;
		expect(await call(new URL(real?.url ?? '').search)).toBe(200);
		const runs = await trigger.events(1);
		expect(runs.flat().map(({ status }) => status)).toEqual(['delivered']);
		await trigger.stop();
	});

	it('hears nothing while its workflow is off, and hears again at the same address', async () => {
		const simulator = fresh(stage.gateways.alphaSms);
		const trigger = await activeWorkflow(stage, 'alphaSmsTrigger', 'alphaSms', { events: ['status'] });
		const messageId = await sendWithStatusUrl('+380971234570', trigger.url);
		await trigger.stop();
		await until(async () => (await request(trigger.url, { method: 'POST' })).statusCode === 404);
		const [missed] = await simulator.report(messageId, 'sent', { attempts: 1 });
		expect(missed?.status).toBe(404);
		await stage.n8n.activateWorkflow(trigger.id);
		await until(async () => (await request(trigger.url, { method: 'POST' })).statusCode === 200);
		expect(answers(await simulator.report(messageId, 'delivered'))).toEqual([[200, 'OK']]);
		const runs = await trigger.events(1);
		expect(runs.flat().map(({ status }) => status)).toEqual(['delivered']);
		await trigger.stop();
	});
});

describe('Advanta SMS', () => {
	it('hears of reports and of messages to a short code', async () => {
		const simulator = fresh(stage.gateways.advantaSms);
		const trigger = await activeWorkflow(stage, 'advantaSmsTrigger', 'advantaSms', {
			events: ['status', 'reply'],
		});
		simulator.callTo(trigger.url);
		const messageId = await sendText('advantaSms', '+254712345678');
		expect(answers(await simulator.report(messageId, 'rejected'))).toEqual([[200, 'OK']]);
		await simulator.receive({ from: '254712345678', to: '20880', text: 'STOP' });
		const runs = (await trigger.events(2)).flat();
		expect(runs).toEqual([
			expect.objectContaining({
				event: 'status',
				messageId,
				status: 'undelivered',
				error: expect.objectContaining({ kind: 'blocked_recipient' }),
			}),
			expect.objectContaining({
				event: 'reply',
				from: '+254712345678',
				to: '20880',
				text: 'STOP',
				optOut: true,
			}),
		]);
		await trigger.stop();
	});

	it('believes a report only when the gateway says the same, if asked to', async () => {
		const simulator = fresh(stage.gateways.advantaSms);
		const parameters = { events: ['status'], confirmReports: true };
		const trigger = await activeWorkflow(stage, 'advantaSmsTrigger', 'advantaSms', parameters);
		simulator.callTo(trigger.url);
		const messageId = await sendText('advantaSms', '+254712345679');
		const madeUp = JSON.stringify({ messageid: '1', description: 'DeliveredToTerminal' });
		const headers = { 'content-type': 'application/json' };
		const answer = await request(trigger.url, { method: 'POST', headers, body: madeUp });
		// Made up or too early, the gateway does not tell: it is to come again, and is not believed.
		expect(answer.statusCode).toBe(503);
		await answer.body.dump();
		expect(answers(await simulator.report(messageId, 'delivered'))).toEqual([[200, 'OK']]);
		const runs = (await trigger.events(1)).flat();
		expect(runs).toEqual([expect.objectContaining({ messageId, status: 'delivered' })]);
		await trigger.stop();
	});
});

it('VoIP Communications: hands on all that came with a reply', async () => {
	const simulator = fresh(stage.gateways.voipCommunications);
	const trigger = await activeWorkflow(stage, 'voipCommunicationsTrigger', 'voipCommunications', {
		events: ['reply'],
	});
	simulator.callTo(trigger.url, { fields: { from: 'from', to: 'to', text: 'msg' } });
	await simulator.receive({ from: '12812345678', to: '17134567890', text: 'Yes & no' });
	simulator.callTo(trigger.url, { fields: { from: 'a', to: 'b', text: 'c' }, bodyType: 'json' });
	await simulator.receive({ from: '12812345678', to: '17134567890', text: 'Who knows' });
	const runs = (await trigger.events(2)).flat();
	expect(runs).toEqual([
		expect.objectContaining({ from: '+12812345678', to: '+17134567890', text: 'Yes & no', optOut: false }),
		expect.objectContaining({
			from: null,
			to: null,
			text: null,
			raw: { a: '12812345678', b: '17134567890', c: 'Who knows' },
		}),
	]);
	await trigger.stop();
});
