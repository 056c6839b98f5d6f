/**
 * The Test Gateway by the same rules as every gateway. It has no address and no socket, so its answers are spoilt where
 * they are given; what is about lines, hosts and credentials has nothing to ask here.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { answerTest } from '../../nodes/TestGateway/answers';
import { TEST_REFUSALS } from '../../nodes/TestGateway/codes';
import { testGateway } from '../../nodes/TestGateway/gateway';
import { parseJson } from '../../nodes/shared/contract/json';
import type { GatewayReply } from '../../nodes/shared/contract/request';
import { hurry, realTime } from '../support/clock';
import type { RunResult } from '../support/engine';
import { runNode } from '../support/engine';
import { judge, verdictOf } from '../support/referee';

const HTML = '<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>';
const phone = (n: number): string => `+7916${1_000_000 + n}`;
const refused = (last: string): string => `+1202555${last}`;

type Spoil = (reply: GatewayReply) => GatewayReply | null;
const reply = (status: number, text: string, headers: Record<string, string> = {}): GatewayReply => ({
	status,
	headers,
	text,
	json: parseJson(text),
});
const page =
	(status: number, text = HTML): Spoil =>
	() =>
		reply(status, text);

/** What the gateway took. */
let texts: Array<{ to: string }>;
let requests: number;
let spoil: { readonly how: Spoil; readonly times: number; readonly isTaken: boolean } | null;

const answer = jest.spyOn(testGateway, 'answer');
beforeAll(() => hurry(100));
beforeEach(() => {
	[texts, requests, spoil] = [[], 0, null];
	answer.mockImplementation((request, now) => {
		const given = answerTest(request, now);
		if (request.path !== '/send') return given;
		requests++;
		const isSpoilt = spoil !== null && requests <= spoil.times;
		const { body } = request;
		const isAccepted = given === null || /"id"/.test(given.text);
		if (isAccepted && body?.kind === 'json' && (!isSpoilt || spoil?.isTaken === true))
			texts.push({ to: String(body.value.to) });
		return isSpoilt && given !== null && spoil !== null ? spoil.how(given) : given;
	});
});
afterAll(() => {
	realTime();
	answer.mockRestore();
});

async function send(
	numbers: readonly string[],
	parameters: INodeParameters = {},
	maxTries?: number,
): Promise<RunResult> {
	return await runNode({
		node: 'sendSms',
		credentials: {},
		rows: numbers.map((number) => ({ phone: number })),
		parameters: { gateway: 'test', to: '={{ $json.phone }}', message: 'Hello', ...parameters },
		onError: 'continueErrorOutput',
		...(maxTries === undefined ? {} : { maxTries }),
	});
}

/** Nobody twice, nobody missing, every claim right: as for a gateway that sends. */
function outcomesOf(result: RunResult, numbers: readonly string[]): readonly [number, number, number] {
	expect(result.error).toBeNull();
	expect(result.success.every(({ json }) => json.error === undefined)).toBe(true);
	const items = [...result.success, ...result.failed];
	const told = judge({ texts }, items, numbers.length, (row) => numbers[row] ?? null);
	expect(told.misses).toEqual([]);
	return [told.accepted, told.notAccepted, told.unclear];
}
const outcomes = async (
	numbers: readonly string[] = [phone(0)],
	parameters: INodeParameters = {},
): Promise<readonly [number, number, number]> => outcomesOf(await send(numbers, parameters), numbers);
const errorsOf = ({ failed }: RunResult): IDataObject[] =>
	failed.map(({ json }) => json.error as IDataObject);

describe('accepts', () => {
	it('one, with the keys of every gateway and in their order', async () => {
		const { success, failed } = await send([phone(0)]);
		expect(failed).toEqual([]);
		expect(Object.keys(success[0]?.json ?? {})).toEqual([
			...['to', 'status', 'segments', 'cost', 'currency', 'messageId', 'accepted', 'encoding', 'from'],
			...['scheduledFor', 'testMode', 'gateway'],
		]);
	});

	it('many, one each', async () => {
		expect(await outcomes(Array.from({ length: 25 }, (_, n) => phone(n)))).toEqual([25, 0, 0]);
		expect(requests).toBe(25);
	});

	it.each(['Заказ готов', '👨‍👩‍👧 family', 'a+b & c=d; 100% "quoted" \\n', 'Line one\nLine two'])(
		'%j',
		async (message) => expect(await outcomes([phone(0)], { message })).toEqual([1, 0, 0]),
	);
});

describe('refusals', () => {
	// 0111 and 0112 stop the run.
	it.each(Object.keys(TEST_REFUSALS).filter((last) => !['0111', '0112'].includes(last)))(
		'%s leaves the others alone',
		async (last) => {
			const numbers = [phone(0), refused(last), phone(2)];
			const result = await send(numbers);
			expect(outcomesOf(result, numbers)).toEqual([2, 1, 0]);
			expect(result.failed.map(verdictOf)).toMatchObject([{ row: 1, to: refused(last) }]);
			expect(String(errorsOf(result)[0]?.hint)).toMatch(/\.$/);
		},
	);

	it.each(['0111', '0112'])('%s stops the run: the rest is not tried in vain', async (last) => {
		const numbers = [refused(last), ...Array.from({ length: 12 }, (_, n) => phone(n))];
		expect(await outcomes(numbers)).toEqual([0, 13, 0]);
		expect(requests).toBeGreaterThan(0);
		expect(requests).toBeLessThanOrEqual(8);
	});
});

/** Changes every value of a reply, and says that it did. */
const changed =
	(change: (value: unknown) => unknown): Spoil =>
	(given) => {
		const json = Object.fromEntries(
			Object.entries(given.json as Record<string, unknown>).map(([key, value]) => [key, change(value)]),
		);
		expect(json).not.toEqual(given.json);
		return reply(given.status, JSON.stringify(json));
	};
const half: Spoil = ({ text }) => reply(200, text.slice(0, text.length / 2));

describe('answers that cannot be read, after the text was taken', () => {
	it.each<readonly [string, Spoil]>([
		['none', () => null],
		['an HTML page', page(200)],
		['nothing', page(200, '')],
		['half of the answer', half],
		['a list', ({ text }) => reply(200, `[${text}]`)],
		['nulls', changed(() => null)],
		['objects for every value', changed(() => ({ x: 1 }))],
		['500', page(500)],
		['502', page(502)],
		['503', page(503, '')],
		['504', page(504)],
		['a redirect of the kind that may follow an action', page(302, '')],
	])('%s: never tried again', async (_, how) => {
		spoil = { how, times: Infinity, isTaken: true };
		const numbers = [phone(0)];
		const result = await send(numbers, {}, 3);
		expect(outcomesOf(result, numbers)).toEqual([0, 0, 1]);
		expect(errorsOf(result)).toMatchObject([{ retry: 'check_first', testMode: true }]);
		expect(requests).toBe(1);
	});

	it('one in the middle costs nobody else', async () => {
		answer.mockClear();
		const numbers = [0, 1, 2].map(phone);
		spoil = { how: () => null, times: 1, isTaken: true };
		expect(await outcomes(numbers)).toEqual([2, 0, 1]);
	});
});

describe('statuses that say no, before anything was taken', () => {
	it.each([
		[401, 'authentication', 'after_fix', 1],
		[404, 'invalid_parameter', 'after_fix', 1],
		[429, 'rate_limited', 'later', 3],
	])('%i', async (status, kind, retry, times) => {
		spoil = { how: page(status), times: Infinity, isTaken: false };
		const result = await send([phone(0)]);
		expect(outcomesOf(result, [phone(0)])).toEqual([0, 1, 0]);
		expect(errorsOf(result)).toMatchObject([{ kind, retry }]);
		expect(requests).toBe(times);
	});

	it('429 is waited out, and then the text goes once', async () => {
		spoil = { how: page(429), times: 1, isTaken: false };
		expect(await outcomes()).toEqual([1, 0, 0]);
		expect(requests).toBe(2);
	});
});

it('Retry On Fail asks again for what may be tried again, and for nothing else', async () => {
	const numbers = [refused('0121'), phone(1), refused('0130'), refused('0113')];
	const result = await send(numbers, {}, 3);
	expect(outcomesOf(result, numbers)).toEqual([1, 2, 1]);
	// The busy one three times, the others once.
	expect(requests).toBe(6);
});
