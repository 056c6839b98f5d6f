/** AlphaSMS's messages by the number that we gave them: what became of a lost reply, and the status of such a message. */
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { alphaSmsGateway } from '../../../nodes/AlphaSms/gateway';
import { createAlphaSms } from '../../../simulators/alphaSms';
import type { Simulator } from '../../../simulators/simulator';
import { withValueReplaced } from '../../support/changes';
import type { RunResult } from '../../support/engine';
import { runNode } from '../../support/engine';
import { batch, bodyOf, message, reply } from '../../support/messages';
import { answersTo, operationOf, requestFor } from '../../support/operations';
import { simulate } from '../../support/simulated';

const byKey = alphaSmsGateway.textsFor?.('apiKey') ?? alphaSmsGateway.texts;
const { reconciliation } = byKey;
if (reconciliation === null) throw new Error('AlphaSMS cannot be asked');

const one = (n: number, options: Record<string, unknown> = {}) =>
	message(byKey, { to: `+38050123456${n}`, from: 'ACME', options });
const two = batch('sameText', one(1), one(2));

describe('what became of a request', () => {
	const idsOf = (request: string): number[] =>
		(JSON.parse(request) as { data: Array<{ id: number }> }).data.map(({ id }) => id);
	const sent = idsOf(bodyOf(byKey.build(two)));

	it('is asked by the numbers that the messages had', () => {
		const request = reconciliation.build(two);
		if (request === null) throw new Error('nothing is asked');
		expect([request.method, request.path]).toEqual(['POST', '/api/json.php']);
		expect(bodyOf(request)).toBe(
			`{"data":[{"type":"status","id":${sent[0]}},{"type":"status","id":${sent[1]}}]}`,
		);
	});

	it('is not asked of what went through the text interface, which takes no number', () => {
		expect(reconciliation.build(batch('sameText', one(1, { flash: true })))).toBeNull();
	});

	const answer = (...rows: ReadonlyArray<object | null>) =>
		reconciliation.read(
			reply({ success: true, data: rows.map((row) => ({ success: true, data: row })) }),
			two,
		);
	const row = (n: number, status: unknown = 'DELIVERED') => ({ id: sent[n], type: 'sms', status });

	it('is believed where the gateway knows the message, whatever the order', () => {
		expect(answer(row(1, 'QUEUED'), row(0))).toEqual([
			{ accepted: true, messageId: String(sent[0]), status: 'delivered', cost: null, segments: null },
			{ accepted: true, messageId: String(sent[1]), status: 'queued', cost: null, segments: null },
		]);
	});

	it.each<[string, ReadonlyArray<object | null>]>([
		['a row for one alone', [row(0)]],
		['a word that nobody has documented', [row(0), row(1, 'FOO')]],
		['the word UNKNOWN', [row(0), row(1, 'UNKNOWN')]],
		['no word', [row(0), row(1, null)]],
		["another message's row", [row(0), { id: 1, status: 'DELIVERED' }]],
		['two rows that contradict each other', [row(0), row(1), row(1, 'QUEUED')]],
	])('stays open for the other with %s', (_, rows) => {
		const [known, other] = answer(...rows);
		expect(known).toMatchObject({ accepted: true });
		expect(other).toBeNull();
	});

	it.each([
		['a refusal', { success: false, error: 'Access denied' }],
		[
			'an error for each',
			{ success: true, data: sent.map((id) => ({ success: false, error: 'x', data: { id } })) },
		],
		[
			'an error beside each',
			{
				success: true,
				data: sent.map((id) => ({ success: true, error: 'x', data: { id, status: 'DELIVERED' } })),
			},
		],
		['no JSON', 'balance:1'],
	])('stays open with %s', (_, body) => {
		expect(reconciliation.read(reply(body), two)).toEqual([null, null]);
	});
});

describe('Get Status', () => {
	const status = operationOf(alphaSmsGateway, 'message.getStatus');
	const OWN = '5123456789012345';

	it('asks for a number of 16 digits in the interface that knows it', () => {
		expect(requestFor(status, [{ messageId: OWN }])).toBe(
			`POST /api/json.php {"data":[{"type":"status","id":${OWN}}]}`,
		);
		expect(requestFor(status, [{ messageId: '84523377' }])).toMatch(/^POST \/api\/http\.php /);
	});

	const read = (body: object | string) => answersTo(status, [{ messageId: OWN }], body);

	it('reads the sample of the page', () => {
		const data = [{ success: true, data: { id: Number(OWN), type: 'viber', status: 'READ' } }];
		expect(read({ success: true, data })).toMatchObject([
			{ rows: [{ messageId: OWN, status: 'read', final: true, reason: null }] },
		]);
	});

	it('says why a message was not delivered', () => {
		const data = [{ success: true, data: { id: OWN, status: 'NO ROUTE' } }];
		expect(read({ success: true, data })).toMatchObject([
			{ rows: [{ status: 'rejected', reasonKind: 'no_route', reasonCode: 'NO ROUTE' }] },
		]);
	});

	it.each<[string, object, string]>([
		['the whole', { success: false, error: 'Access denied' }, 'authentication'],
		['the row', { success: true, data: [{ success: false, error: 'SMS not found' }] }, 'invalid_parameter'],
		['a sentence of its own', { success: true, data: [{ success: false, error: 'Oops' }] }, 'unknown'],
	])('tells a refusal of %s', (_, body, kind) => {
		expect(read(body)).toMatchObject([{ failure: { kind } }]);
	});

	it.each<[string, object | string]>([
		['another message', { success: true, data: [{ success: true, data: { id: 1, status: 'READ' } }] }],
		['no status', { success: true, data: [{ success: true, data: { id: OWN } }] }],
		['no success', { success: true, data: [{ data: { id: OWN, status: 'READ' } }] }],
		[
			'two rows',
			{ success: true, data: [1, 2].map(() => ({ success: true, data: { id: OWN, status: 'READ' } })) },
		],
		['no row', { success: true, data: [] }],
		['the other layout', 'status:Delivered code:3'],
	])('does not take %s for an answer', (_, body) => {
		expect(read(body)).toBeNull();
	});
});

describe('whatever comes', () => {
	const status = operationOf(alphaSmsGateway, 'message.getStatus');
	const OWN = '5123456789012345';
	const sentIds = (JSON.parse(bodyOf(byKey.build(two))) as { data: Array<{ id: number }> }).data;
	const [{ id } = { id: 0 }] = sentIds;
	const odd = fc.oneof(fc.constantFrom(null, [], {}, '', '__proto__', -1, 1e308, true, 1), fc.jsonValue());

	/** True answers to a text, to the question what became of it, and to the one for its status. */
	const truths = [
		{ success: true, data: [{ success: true, data: { id, msg_id: 123456789, data: 1, parts: 1 } }] },
		{ success: true, data: [{ success: true, data: { id, type: 'sms', status: 'DELIVERED' } }] },
		{ success: true, data: [{ success: true, data: { id: Number(OWN), type: 'sms', status: 'READ' } }] },
	].map((truth) => JSON.stringify(truth));

	const check = (text: string, code = 200): void => {
		const seen = reply(text, code);
		const success = /"success":\s*(?:true|1|"1"|"true")/;
		const outcomes = byKey.read(seen, two) ?? [];
		for (const outcome of outcomes) {
			if (outcome.accepted === true && !(success.test(text) && text.includes('"msg_id"')))
				throw new Error(`accepted without a sign: ${text}`);
		}
		if (outcomes.length > 0) expect(outcomes).toHaveLength(2);
		const found = reconciliation.read(seen, two);
		expect(found).toHaveLength(2);
		for (const outcome of found) {
			if (outcome !== null && !(success.test(text) && text.includes('"status"')))
				throw new Error(`found without a sign: ${text}`);
		}
		for (const answer of answersTo(status, [{ messageId: OWN }], text, { status: code }) ?? []) {
			if ('rows' in answer && !text.includes(OWN)) throw new Error(`another's status: ${text}`);
		}
	};

	it('is read without throwing, and believed by its sign alone', () => {
		expect(byKey.read(reply(truths[0] ?? ''), two)).toMatchObject([{ accepted: true }, { accepted: null }]);
		expect(reconciliation.read(reply(truths[1] ?? ''), two)).toMatchObject([{ accepted: true }, null]);
		expect(answersTo(status, [{ messageId: OWN }], truths[2] ?? '')).toMatchObject([{ rows: [{}] }]);
		for (const truth of truths) for (let end = 0; end <= truth.length; end++) check(truth.slice(0, end));
		fc.assert(fc.property(fc.string(), fc.constantFrom(200, 404, 500), check), { numRuns: 1000 });
		fc.assert(
			fc.property(fc.json(), (text) => check(text)),
			{ numRuns: 1000 },
		);
		const changed = fc
			.tuple(fc.constantFrom(...truths), fc.nat(), odd)
			.map(([truth, place, value]) => withValueReplaced(truth, place, value));
		fc.assert(
			fc.property(changed, (text) => check(text)),
			{ numRuns: 3000 },
		);
	});
});

describe('in the engine', () => {
	let simulator: Simulator;
	simulate(createAlphaSms, (started) => (simulator = started));

	const run = async (parameters: INodeParameters, rows: readonly IDataObject[]): Promise<RunResult> =>
		await runNode({
			node: 'alphaSms',
			credentials: { alphaSmsApi: simulator.credentials },
			rows,
			onError: 'continueErrorOutput',
			parameters,
		});
	const people = Array.from({ length: 150 }, (_, n) => ({ to: `+38050${1_000_000 + n}` }));
	const send = (options: INodeParameters = {}, own: INodeParameters = {}): Promise<RunResult> =>
		run({ to: '={{ $json.to }}', message: 'Hello', from: 'ACME', options, ...own }, people);

	it.each<[string, INodeParameters]>([
		['texts', {}],
		['Viber', { messageKind: 'viber' }],
	])('%s that arrived are found, and their status can be asked', async (_, own) => {
		simulator.fault({ at: 'after', how: 'reset' });
		const { success, failed } = await send({}, own);
		expect(failed).toEqual([]);
		expect(success).toHaveLength(150);
		expect(simulator.texts).toHaveLength(150);
		const found = success.filter(({ json }) => /^\d{16}$/.test(String(json.messageId)));
		expect(found).toHaveLength(100);
		const asked = await run(
			{ operation: 'getStatus', messageId: '={{ $json.messageId }}' },
			success
				.slice(0, 3)
				.concat(success.slice(-3))
				.map(({ json }) => json),
		);
		expect(asked.failed).toEqual([]);
		expect(asked.success).toHaveLength(6);
		for (const { json } of asked.success) expect(json.status).not.toBe('unknown');
	});

	it('texts that did not arrive stay open, and are not sent again', async () => {
		simulator.fault({ at: 'before', how: 'reset' });
		const { success, failed } = await send();
		expect([success.length, failed.length]).toEqual([50, 100]);
		for (const { json } of failed) expect(json.error).toMatchObject({ accepted: null, retry: 'check_first' });
		expect(simulator.texts).toHaveLength(50);
	});

	it('texts of the text interface stay open', async () => {
		simulator.fault({ at: 'after', how: 'reset' });
		const { failed } = await send({}, { expertOptions: { version: 'http' } });
		expect(failed).toHaveLength(1);
		expect(failed[0]?.json.error).toMatchObject({ accepted: null });
	});
});
