/** SMSC's answers that do not say "not taken": given this reply, nobody is told that a text may be sent again. */
import { smscGateway } from '../../../nodes/Smsc/gateway';
import type { SmscOptions } from '../../../nodes/Smsc/options';
import { deliver } from '../../../nodes/shared/send/deliver';
import type { Batch, Message } from '../../../nodes/shared/contract/message';
import type { GatewayReply } from '../../../nodes/shared/contract/request';
import type { Outcome } from '../../../nodes/shared/contract/outcome';
import { alone, batch, message, reply } from '../../support/messages';
import { virtualTime } from '../../support/virtualTime';

const PHONE = '79161234567';
const one = (options: Record<string, unknown> = {}) => alone(smscGateway, { options });
const read = (body: string | object, sent: Batch<SmscOptions> = one()) =>
	smscGateway.texts.read(reply(body), sent)?.[0];
const details = (row: Record<string, unknown>) => ({
	id: 5,
	cnt: 1,
	phones: [{ phone: PHONE, cost: '1.40', ...row }],
});

describe('reasons that come with status 20 and are not the last word', () => {
	it.each(['220', '241', '245', 220])('%s', (error) => {
		expect(read(details({ status: '20', error }))).toMatchObject({
			accepted: null,
			retry: 'check_first',
			code: String(error),
			messageId: '5',
		});
	});

	it('one that nobody knows may be another of them', () => {
		expect(read(details({ status: '20', error: '299' }))).toMatchObject({ accepted: null, code: '299' });
	});

	it.each([
		['20', '1', 'invalid_recipient'],
		['20', '', 'no_route'],
		['22', '249', 'invalid_recipient'],
	])('status %s with %s is still a refusal', (status, error, kind) => {
		expect(read(details({ status, error }))).toMatchObject({ accepted: false, kind });
	});

	it.each([
		['220', 'queued'],
		['241', 'unknown'],
		['245', 'unknown'],
	])('asked about after a lost reply, %s means that SMSC had taken the text', (err, status) => {
		expect(smscGateway.texts.reconciliation?.read(reply({ status: 20, err }), one())).toMatchObject([
			{ accepted: true, status },
		]);
	});
});

describe('an error of a number without a status', () => {
	it.each(['249', '250', '252', '253', '254'])('%s is a refusal of SMSC itself', (error) => {
		expect(read(details({ status: null, error }))).toMatchObject({ accepted: false, code: error });
	});

	it.each(['6', '13', '220', '255', '299'])('%s may come from the operator: nobody knows', (error) => {
		expect(read(details({ error }))).toMatchObject({ accepted: null, code: error, retry: 'check_first' });
	});

	it.each(['0', '', null])('%p is none', (error) => {
		expect(read(details({ error }))).toMatchObject({ accepted: true });
	});
});

describe('error 9', () => {
	it('without words may mean that an earlier, identical text was taken', () => {
		expect(read('0,-9', one({ responseFormat: 1 }))).toMatchObject({
			accepted: null,
			code: '9',
			retry: 'check_first',
		});
	});

	it('in words that tell nothing, too', () => {
		expect(read({ error: 'description', error_code: 9 })).toMatchObject({
			accepted: null,
			retry: 'check_first',
		});
	});

	it.each([
		[3, '{"error":"duplicate request, wait a minute","error_code":9}'],
		[0, 'ERROR = 9 (повторный запрос, подождите минуту)'],
		[0, 'ERROR = 9 (дублирующийся запрос)'],
	])('that says so: %s %s', (responseFormat, body) => {
		expect(read(body, one({ responseFormat }))).toMatchObject({ kind: 'duplicate', retry: 'check_first' });
	});

	it.each([
		[3, '{"error":"too many concurrent requests","error_code":9}'],
		[0, 'ERROR = 9 (слишком много одновременных запросов)'],
	])('of too many requests at once took nothing: %s %s', (responseFormat, body) => {
		expect(read(body, one({ responseFormat }))).toMatchObject({
			accepted: false,
			kind: 'rate_limited',
			retry: 'later',
		});
	});

	it('is not asked about: SMSC would not know this request, and the earlier text may be out', async () => {
		const { clock, pass } = virtualTime();
		let questions = 0;
		const outcomes: Outcome[] = [];
		const answer = (path: string): GatewayReply => {
			if (path === '/sys/status.php') questions++;
			return reply(path === '/sys/status.php' ? { status: -3 } : '0,-9');
		};
		const job = {
			gatewayName: 'SMSC',
			sender: smscGateway.texts,
			transport: (request: { readonly path: string }) => Promise.resolve(answer(request.path)),
			address: 'https://smsc.ru',
			requestsInFlight: 1,
			requestsPerSecond: null,
			isCancelled: () => false,
			clock,
			admit: null,
			onStart: () => undefined,
			onOutcomes: (_: unknown, told: readonly Outcome[]) => void outcomes.push(...told),
		};
		await pass(deliver({ ...job, batches: [one({ responseFormat: 1 })] }));
		expect([outcomes.map(({ accepted }) => accepted), questions]).toEqual([[null], 0]);
	});

	it.each([
		['in Preview', smscGateway.prices, {}],
		['as an option of Send', smscGateway.texts, { cost: 1 }],
	])('to a question for the price says nothing of texts that have gone out: %s', (_, reader, options) => {
		for (const error of ['duplicate request, wait a minute', 'description', 'too many concurrent requests']) {
			const [outcome] = reader?.read(reply({ error, error_code: 9 }), one(options)) ?? [];
			expect(outcome).toMatchObject({ accepted: false, kind: 'rate_limited', code: '9', retry: 'later' });
			expect(JSON.stringify(outcome)).not.toMatch(/gone out|same text/);
		}
	});

	it.each(['lookup', 'ping'])('to a %s says nothing of texts that have gone out', (operation) => {
		const { sender } = smscGateway.billedOperations.find((other) => other.operation === operation) ?? {};
		const sent = sender === undefined ? null : batch('sameText', message(sender, { text: '' }));
		const [outcome] =
			sent === null
				? []
				: (sender?.read(reply({ error: 'duplicate request, wait a minute', error_code: 9 }), sent) ?? []);
		expect(outcome).toMatchObject({ accepted: false, kind: 'duplicate', code: '9' });
		expect(JSON.stringify(outcome)).not.toMatch(/gone out|same text/);
	});
});

it('a barred number is no stop list', () => {
	const outcome = read(details({ status: '23', error: '252' }));
	expect(outcome).toMatchObject({ accepted: false, kind: 'blocked_recipient', code: '252', retry: 'never' });
	expect(JSON.stringify(outcome)).not.toMatch(/stop list|does not want/i);
});

describe('the number of segments', () => {
	it.each([
		['0 beside a number that is taken', { ...details({}), cnt: 0 }],
		['a fraction', { ...details({}), cnt: '1.5' }],
		['less than nothing', { ...details({}), cnt: -1 }],
	])('%s is no count', (_, body) => {
		expect(read(body)).toMatchObject({ accepted: true, segments: null });
	});

	it('0, and nothing else: whether the text was taken is not known', () => {
		expect(read({ id: 5, cnt: 0 }, one({ perNumberDetails: false }))).toMatchObject({
			accepted: null,
			messageId: '5',
		});
		expect(read('OK - 0 SMS, ID - 5', one({ responseFormat: 0 }))).toMatchObject({ accepted: null });
	});

	const long = (to: string, options: Record<string, unknown>): Message<SmscOptions> =>
		message(smscGateway, { to, text: 'я'.repeat(300), options });

	it('of texts that SMSC cuts is what is left of them, for each of many, too', () => {
		const sent = batch('sameText', long(`+${PHONE}`, { maxSms: 2 }), long('+79161234568', { maxSms: 2 }));
		const row = (phone: string) => ({ phone, cost: '2.80', status: '', error: '' });
		const body = { id: 5, cnt: 4, phones: [row(PHONE), row('79161234568')] };
		expect(smscGateway.texts.read(reply(body), sent)).toMatchObject([{ segments: 2 }, { segments: 2 }]);
		// Without details, all parts that are left must have been counted.
		expect(smscGateway.texts.read(reply({ id: 5, cnt: 4 }), sent)).toMatchObject([
			{ accepted: true, segments: 2 },
			{ accepted: true, segments: 2 },
		]);
		expect(smscGateway.texts.read(reply({ id: 5, cnt: 10 }), sent)).toMatchObject([
			{ accepted: null },
			{ accepted: null },
		]);
	});

	it('of texts that are short enough is their own', () => {
		const sent = batch('sameText', long(`+${PHONE}`, { maxSms: 9 }), long('+79161234568', { maxSms: 9 }));
		expect(smscGateway.texts.read(reply({ id: 5, cnt: 10 }), sent)).toMatchObject([
			{ segments: 5 },
			{ segments: 5 },
		]);
	});
});

describe('Price in Reply with the balance', () => {
	it.each([
		[3, '{"id":1001,"cnt":1,"cost":"0.30","balance":"42.50"}'],
		[2, '<result><id>1001</id><cnt>1</cnt><cost>0.30</cost><balance>42.50</balance></result>'],
		[1, '1001,1,0.30,42.50'],
		[0, 'OK - 1 SMS, ID - 1001, COST - 0.30, BALANCE - 42.50'],
	])('is in the result: fmt=%i', (responseFormat, body) => {
		expect(read(body, one({ responseFormat, cost: 3 }))).toEqual({
			accepted: true,
			messageId: '1001',
			status: 'queued',
			cost: 0.3,
			segments: 1,
			details: { balance: 42.5 },
		});
	});

	it('is in the result of each number', () => {
		const sent = batch(
			'sameText',
			message(smscGateway, { options: { cost: 3 } }),
			message(smscGateway, { to: '+79161234568', options: { cost: 3 } }),
		);
		const row = (phone: string) => ({ phone, cost: '1.40', status: '', error: '' });
		const body = { id: 5, cnt: 2, cost: '2.80', balance: '97.20', phones: [row(PHONE), row('79161234568')] };
		expect(smscGateway.texts.read(reply(body), sent)).toMatchObject([
			{ cost: 1.4, details: { balance: 97.2 } },
			{ cost: 1.4, details: { balance: 97.2 } },
		]);
	});
});

describe('List Invalid Numbers without details', () => {
	const sent = one({ listInvalidNumbers: true, perNumberDetails: false });
	it.each([
		['nobody is on the list', { id: 5, cnt: 1, phones: [] }, true],
		[
			'somebody else is on the list',
			{ id: 5, cnt: 1, phones: [{ phone: '123', status: '22', error: '249' }] },
			true,
		],
		[
			'the number is on the list',
			{ id: 5, cnt: 0, phones: [{ phone: PHONE, status: '22', error: '249' }] },
			false,
		],
	])('%s', (_, body, accepted) => {
		expect(read(body, sent)?.accepted).toBe(accepted);
	});

	it('tells of a group that some of it get the text', () => {
		const group: Message<SmscOptions> = { ...sent.messages[0], to: 'G12', digits: 'G12', isNumber: false };
		const body = { id: 5, cnt: 3, phones: [{ phone: '123', status: '22', error: '249' }] };
		expect(read(body, batch('sameText', group))).toMatchObject({ accepted: true });
	});
});

it('a group of which nothing certain is told is not called taken', () => {
	const group: Message<SmscOptions> = { ...one().messages[0], to: 'G12', digits: 'G12', isNumber: false };
	const phones = [
		{ phone: PHONE, status: '20', error: '245' },
		{ phone: '79161234568', status: '22', error: '249' },
	];
	expect(read({ id: 5, cnt: 1, phones }, batch('sameText', group))).toMatchObject({
		accepted: null,
		messageId: '5',
	});
});

describe('readers are linear', () => {
	const many = Array.from({ length: 1000 }, (_, n) =>
		message(smscGateway, { to: `+7916${String(1_000_000 + n)}` }),
	);
	const [first, ...rest] = many;
	if (first === undefined) throw new Error('there are a thousand');
	const sent = batch('sameText', first, ...rest);
	const rows = Array.from({ length: 100_000 }, (_, n) => ({
		phone: `7926${String(1_000_000 + n)}`,
		id: 'x',
		status: 1,
	}));
	const quick = (work: () => unknown): void => {
		const started = Date.now();
		work();
		// A search for each recipient takes ten seconds and more.
		expect(Date.now() - started).toBeLessThan(2_000);
	};

	it('in a reply of 100,000 numbers', () => {
		const told = reply({
			id: 5,
			cnt: 1000,
			phones: [...rows, ...many.map(({ digits }) => ({ phone: digits }))],
		});
		quick(() =>
			expect(smscGateway.texts.read(told, sent)?.every(({ accepted }) => accepted === true)).toBe(true),
		);
	});

	it('in a status of 100,000 numbers', () => {
		const own = many.map(({ digits }) => ({ phone: digits, id: sent.reference, status: 1 }));
		const told = reply([...rows, ...own]);
		quick(() =>
			expect(smscGateway.texts.reconciliation?.read(told, sent)).toMatchObject(
				many.map(() => ({ accepted: true })),
			),
		);
	});

	it.each([
		['results without an end', '<result>'.repeat(100_000)],
		[
			'numbers without an end',
			`<result><id>5</id><cnt>1</cnt><phones>${'<phone '.repeat(100_000)}</phones></result>`,
		],
		['attributes without an end', `<result><phone ${'a'.repeat(500_000)}>79161234567</phone></result>`],
		['plain text', `ERROR = 7 (${', ID - '.repeat(100_000)})`],
	])('in XML or text of %s', (_, body) => {
		quick(() => read(body, one({ responseFormat: 2 })));
	});
});
