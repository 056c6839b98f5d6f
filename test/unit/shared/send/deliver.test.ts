/** What the dispatcher makes of outcomes: who may leave, what is repeated, what stops the run, and who is told what. */
import { smsRuGateway } from '../../../../nodes/SmsRu/gateway';
import type { BaseOptions, Batch, Message } from '../../../../nodes/shared/contract/message';
import type { Outcome, Refused } from '../../../../nodes/shared/contract/outcome';
import { unclear } from '../../../../nodes/shared/contract/outcome';
import type { GatewayReply } from '../../../../nodes/shared/contract/request';
import type { Reconciliation, Sender } from '../../../../nodes/shared/contract/sender';
import type { ReplyOrFault } from '../../../../nodes/shared/requests/loop';
import type { Delivery } from '../../../../nodes/shared/send/deliver';
import { deliver } from '../../../../nodes/shared/send/deliver';
import { batch, message, reply } from '../../../support/messages';
import { virtualTime } from '../../../support/virtualTime';

const to = (n: number): Message => message(smsRuGateway, { to: `+7916000000${n}` });
/** Batches of the people with these numbers. */
const batchesOf = (...people: ReadonlyArray<readonly [number, ...number[]]>): Batch[] =>
	people.map(([first, ...rest]) => batch('sameText', to(first), ...rest.map(to)));
const numbers = ({ messages }: Batch): number[] => messages.map(({ digits }) => Number(digits.slice(-1)));

const accepted: Outcome = { accepted: true, messageId: '1', status: 'queued', cost: null, segments: null };
const quoted: Outcome = { accepted: false, quoted: true, cost: 1, segments: 1 };
const refused = (more: Partial<Refused> = {}): Refused => ({
	accepted: false,
	origin: 'gateway',
	kind: 'no_route',
	code: '7',
	message: 'No way there.',
	hint: 'Choose another way.',
	retry: 'never',
	...more,
});
const open = unclear('ACME', 'No answer came.');
const lost: ReplyOrFault = { kind: 'lost', code: null, detail: 'it took too long' };

interface Told {
	readonly people: readonly number[];
	readonly outcomes: readonly Outcome[];
	readonly reply: GatewayReply | null;
}

interface Sent {
	/** Who was in each request. */
	readonly requests: number[][];
	readonly started: number[][];
	readonly told: Told[];
	readonly times: number[];
}

interface Stage {
	/** The outcomes of the n-th request, from 1; null for a reply that is not in the gateway's layout. */
	readonly read?: (n: number, batch: Batch) => readonly Outcome[] | null;
	readonly answer?: (n: number) => ReplyOrFault;
	readonly reconciliation?: Reconciliation<BaseOptions>;
	readonly settings?: Partial<Delivery<BaseOptions>>;
}

const layout = reply('{"fine": true}');

async function send(batches: readonly Batch[], stage: Stage = {}): Promise<Sent> {
	const { clock, pass } = virtualTime();
	const sent: Sent = { requests: [], started: [], told: [], times: [] };
	const sender: Sender = {
		...(smsRuGateway.texts as Sender),
		build: (leaving) => {
			sent.requests.push(numbers(leaving));
			return { method: 'GET', path: '/send' };
		},
		read: (_, leaving) =>
			stage.read === undefined
				? leaving.messages.map(() => accepted)
				: stage.read(sent.requests.length, leaving),
		reconciliation: stage.reconciliation ?? null,
	};
	await pass(
		deliver({
			gatewayName: 'ACME',
			sender,
			batches,
			address: 'https://example.com',
			requestsInFlight: 1,
			requestsPerSecond: null,
			isCancelled: () => false,
			clock,
			transport: async ({ path }) => {
				if (path === '/send') sent.times.push(clock.now());
				await clock.sleep(10);
				return stage.answer?.(sent.requests.length) ?? layout;
			},
			admit: null,
			onStart: (leaving) => sent.started.push(numbers(leaving)),
			onOutcomes: (leaving, outcomes, answer) =>
				sent.told.push({ people: numbers(leaving), outcomes, reply: answer }),
			...stage.settings,
		}),
	);
	return sent;
}

describe('who may leave', () => {
	const admit: NonNullable<Delivery<BaseOptions>['admit']> = async ({ messages }) =>
		await Promise.resolve({
			mine: messages.filter(({ digits }) => Number(digits.slice(-1)) % 2 === 1),
			kept: messages
				.filter(({ digits }) => Number(digits.slice(-1)) % 2 === 0)
				.map((kept) => [kept, open] as const),
			reference: null,
			doubts: [],
			takeBack: () => undefined,
		});

	it('everybody, where nobody is asked', async () => {
		const { requests, started, told } = await send(batchesOf([1, 2], [3]));
		expect(requests).toEqual([[1, 2], [3]]);
		expect(started).toEqual([[1, 2], [3]]);
		expect(told).toEqual([
			{ people: [1, 2], outcomes: [accepted, accepted], reply: layout },
			{ people: [3], outcomes: [accepted], reply: layout },
		]);
	});

	it('only those who are let through; the others have their outcome before the request is made', async () => {
		const { requests, started, told } = await send(batchesOf([1, 2, 3, 4]), { settings: { admit } });
		expect([requests, started]).toEqual([[[1, 3]], [[1, 3]]]);
		expect(told).toEqual([
			{ people: [2, 4], outcomes: [open, open], reply: null },
			{ people: [1, 3], outcomes: [accepted, accepted], reply: layout },
		]);
	});

	it('nobody: no request is made, and the next batch goes', async () => {
		const { requests, started, told } = await send(batchesOf([2, 4], [1]), { settings: { admit } });
		expect([requests, started]).toEqual([[[1]], [[1]]]);
		expect(told).toEqual([
			{ people: [2, 4], outcomes: [open, open], reply: null },
			{ people: [1], outcomes: [accepted], reply: layout },
		]);
	});

	it('all of them: nothing is told of nobody', async () => {
		const { told } = await send(batchesOf([1, 3]), { settings: { admit } });
		expect(told.map(({ people }) => people)).toEqual([[1, 3]]);
	});

	it('is asked once, and a second try carries the same people', async () => {
		let asked = 0;
		const { requests, started } = await send(batchesOf([1, 2, 3]), {
			read: (n, { messages }) => messages.map(() => (n === 1 ? refused({ retryable: true }) : accepted)),
			settings: {
				admit: async (planned) => {
					asked++;
					return await admit(planned);
				},
			},
		});
		expect([asked, requests, started]).toEqual([
			1,
			[
				[1, 3],
				[1, 3],
			],
			[[1, 3]],
		]);
	});
});

describe('what may be repeated', () => {
	const retryable = refused({ retryable: true });
	it.each<[string, Outcome[], number]>([
		['all refused, and the gateway was busy', [retryable, retryable], 3],
		['one of them for good', [retryable, refused()], 1],
		['one of them accepted', [retryable, accepted], 1],
		['one of them unclear', [retryable, open], 1],
		['one of them a price', [retryable, quoted], 1],
		['all of them for good', [refused(), refused()], 1],
		['one that says that it may not', [refused({ retryable: false }), retryable], 1],
	])('%s', async (_, outcomes, tries) => {
		const { requests, told } = await send(batchesOf([1, 2]), { read: () => outcomes });
		expect(requests).toHaveLength(tries);
		expect(told).toEqual([{ people: [1, 2], outcomes, reply: layout }]);
	});
});

describe('what stops the run', () => {
	const fatal = refused({ kind: 'insufficient_funds', fatal: true, code: '201', retry: 'after_fix' });
	it.each<[string, Outcome[], boolean]>([
		['all refused for a reason that hits everybody', [fatal, fatal], true],
		['one of them for a reason of its own', [fatal, refused()], false],
		['one of them for a reason that says that it is its own', [fatal, refused({ fatal: false })], false],
		['one of them accepted', [fatal, accepted], false],
		['one of them a price', [fatal, quoted], false],
	])('%s', async (_, outcomes, stops) => {
		const { requests, told } = await send(batchesOf([1, 2], [3, 4]), { read: () => outcomes });
		expect(requests).toHaveLength(stops ? 1 : 2);
		expect(told[0]).toEqual({ people: [1, 2], outcomes, reply: layout });
		expect(told[1]?.people).toEqual([3, 4]);
		if (!stops) return;
		const { kind, code, hint, retry } = fatal;
		const heldBack = { accepted: false, origin: 'gateway', kind, code, hint, retry };
		expect(told[1]?.outcomes).toEqual([expect.objectContaining(heldBack), expect.objectContaining(heldBack)]);
		expect(told[1]?.reply).toBeNull();
		expect(told[1]?.outcomes[0]).not.toHaveProperty('fatal');
	});

	it('five requests without a word of the gateway; the rest was not sent and is to be sent later', async () => {
		const people = [1, 2, 3, 4, 5, 6].map((n) => [n] as const);
		const { requests, told } = await send(batchesOf(...people), { answer: () => lost });
		expect(requests).toHaveLength(5);
		expect(told[4]?.outcomes).toEqual([expect.objectContaining({ accepted: null, retry: 'check_first' })]);
		expect(told[5]).toEqual({
			people: [6],
			outcomes: [
				expect.objectContaining({
					accepted: false,
					origin: 'gateway',
					kind: 'temporary',
					code: null,
					retry: 'later',
					message: expect.stringContaining('ACME at https://example.com gave no readable response to 5'),
				}),
			],
			reply: null,
		});
	});

	it.each<[string, Outcome, number]>([
		['a refusal is a word', refused(), 6],
		['a price is a word', quoted, 6],
		['an unclear answer is none', open, 5],
	])('%s', async (_, outcome, made) => {
		const people = [1, 2, 3, 4, 5, 6].map((n) => [n] as const);
		expect((await send(batchesOf(...people), { read: () => [outcome] })).requests).toHaveLength(made);
	});

	it('an answer that tells of one of two is a word', async () => {
		const pairs = [1, 2, 3, 4, 5, 6].map((n) => [n, n + 1] as const);
		expect((await send(batchesOf(...pairs), { read: () => [accepted, open] })).requests).toHaveLength(6);
	});

	it('being stopped: what has not left was not sent', async () => {
		let made = 0;
		const { told, requests } = await send(batchesOf([1], [2, 3]), {
			answer: () => {
				made++;
				return layout;
			},
			settings: { isCancelled: () => made > 0 },
		});
		expect(requests).toEqual([[1]]);
		const notStarted = { accepted: false, origin: 'gateway', kind: 'temporary', code: null, retry: 'later' };
		expect(told[1]).toEqual({
			people: [2, 3],
			outcomes: [expect.objectContaining(notStarted), expect.objectContaining(notStarted)],
			reply: null,
		});
		expect(told[1]?.outcomes[0]).toMatchObject({ message: expect.stringContaining('was stopped') });
	});
});

describe('what an answer means', () => {
	it('a fault and a reply in another layout mean the same for everybody in the request', async () => {
		const broken = await send(batchesOf([1, 2]), { answer: () => lost });
		const unclearOne = expect.objectContaining({ accepted: null, retry: 'check_first' });
		expect(broken.told).toEqual([{ people: [1, 2], outcomes: [unclearOne, unclearOne], reply: null }]);
		const page = reply('<html>', 404);
		const other = await send(batchesOf([1, 2]), { answer: () => page, read: () => null });
		const wrongAddress = expect.objectContaining({ accepted: false, code: 'HTTP 404', retry: 'after_fix' });
		expect(other.told).toEqual([{ people: [1, 2], outcomes: [wrongAddress, wrongAddress], reply: page }]);
	});

	it('nothing is known of those whom the reader forgets', async () => {
		const { told } = await send(batchesOf([1, 2, 3]), { read: () => [accepted, refused()] });
		expect(told[0]?.outcomes).toEqual([
			accepted,
			refused(),
			expect.objectContaining({ accepted: null, kind: 'unknown', retry: 'check_first' }),
		]);
		expect(told[0]?.outcomes).toHaveLength(3);
	});

	it('a fault of our own leaves everybody in the batch unclear, and the others alone', async () => {
		const { told } = await send(batchesOf([1, 2], [3]), {
			read: (n, { messages }) => {
				if (n === 1) throw new Error('a fault of our own');
				return messages.map(() => accepted);
			},
		});
		const unclearOne = expect.objectContaining({ accepted: null, retry: 'check_first' });
		expect(told).toEqual([
			{ people: [1, 2], outcomes: [unclearOne, unclearOne], reply: null },
			{ people: [3], outcomes: [accepted], reply: layout },
		]);
	});
});

describe('a gateway that can be asked afterwards', () => {
	const asking = (
		found: readonly Outcome[],
	): { questions: number; reconciliation: Reconciliation<BaseOptions> } => {
		const asked = {
			questions: 0,
			reconciliation: {
				delaysMs: [1000],
				build: () => {
					asked.questions++;
					return { method: 'GET', path: '/status' } as const;
				},
				read: () => found,
			},
		};
		return asked;
	};

	it('is not asked where all is known', async () => {
		const asked = asking([accepted, accepted]);
		const outcomes = [accepted, refused()];
		const { told } = await send(batchesOf([1, 2]), {
			read: () => outcomes,
			reconciliation: asked.reconciliation,
		});
		expect(asked.questions).toBe(0);
		expect(told).toEqual([{ people: [1, 2], outcomes, reply: layout }]);
	});

	it('is asked where one is unclear; all are told once, with the reply to the text', async () => {
		const asked = asking([refused(), accepted]);
		const { told, requests } = await send(batchesOf([1, 2], [3]), {
			read: (n) => (n === 1 ? [accepted, open] : [accepted]),
			reconciliation: asked.reconciliation,
		});
		expect([asked.questions, requests]).toEqual([1, [[1, 2], [3]]]);
		expect(told).toEqual([
			{ people: [3], outcomes: [accepted], reply: layout },
			{ people: [1, 2], outcomes: [accepted, accepted], reply: layout },
		]);
	});
});

it('tells the first of several faults of the caller, once all is settled', async () => {
	let told = 0;
	const sending = send(batchesOf([1], [2], [3]), {
		settings: {
			onOutcomes: () => {
				told++;
				throw new Error(`fault ${told}`);
			},
		},
	});
	await expect(sending).rejects.toThrow('fault 1');
	expect(told).toBe(3);
});
