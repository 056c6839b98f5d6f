/**
 * What the suite has to know of each operation of each gateway: what people fill in, what must be at the gateway before,
 * and the right answer. Written from the vendors' facts; everything else is the same for all.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { GatewayId } from '../../../../simulators';
import type { Simulator } from '../../../../simulators/simulator';
import type { RunResult } from '../../../support/engine';

/** What makes things at the gateway before an operation asks about them. */
export interface Workshop {
	readonly simulator: Simulator;
	/** Runs another operation of this gateway: one row each, all of which must come out well. */
	run(parameters: INodeParameters, rows: readonly IDataObject[]): Promise<RunResult>;
	/** Lets so much time pass at the gateway. */
	pass(milliseconds: number): void;
}

export interface Subject {
	/** Parameters of the node; rows fill in `$json`. */
	readonly parameters: INodeParameters;
	/** Makes what so many rows ask about; gives the rows. Without it rows differ in nothing that is asked. */
	prepare?(workshop: Workshop, rows: number): Promise<readonly IDataObject[]>;
	/** The items of a row, without `gateway`. */
	expected(row: IDataObject, simulator: Simulator): ReadonlyArray<Record<string, unknown>>;
	/** Requests for so many rows that ask for different things. */
	requests(rows: number): number;
	/** Where the gateway itself allows fewer rows at a time than the suite asks. */
	readonly mostRows?: number;
	/** Half of the reply is a good reply with another value: nobody can tell. */
	readonly halfLooksWhole?: true;
}

const one = (): number => 1;
const each = (rows: number): number => rows;
const hundreds = (rows: number): number => Math.ceil(rows / 100);

const russian = (n: number): string => `+79${String(161_000_000 + n)}`;
const ukrainian = (n: number): string => `+38050${String(1_000_000 + n)}`;
const kenyan = (n: number): string => `+2547${String(10_000_000 + n)}`;
const american = (n: number): string => `+1281234${String(5000 + n)}`;

/** Different people. */
const people =
	(number: (n: number) => string) =>
	async (_: Workshop, rows: number): Promise<readonly IDataObject[]> =>
		Array.from({ length: rows }, (_row, n) => ({ to: number(n) }));

/** A text for each row, and an hour later. */
const texts =
	(number: (n: number) => string, parameters: INodeParameters = {}, options: INodeParameters = {}) =>
	async ({ run, pass }: Workshop, rows: number): Promise<readonly IDataObject[]> => {
		const to = Array.from({ length: rows }, (_row, n) => ({ to: number(n) }));
		const send = { resource: 'message', operation: 'send', to: '={{ $json.to }}', message: 'Hello, Привет' };
		const { success } = await run({ ...send, ...parameters, options }, to);
		pass(3_600_000);
		return success.map(({ json }) => ({ to: json.to, messageId: json.messageId }));
	};

const delivered = ({ messageId }: IDataObject): ReadonlyArray<Record<string, unknown>> => [
	expect.objectContaining({ messageId, status: 'delivered', final: true, reason: null }) as Record<
		string,
		unknown
	>,
];
const like = (shape: Record<string, unknown>): Record<string, unknown> =>
	expect.objectContaining(shape) as Record<string, unknown>;
const deleted = (): ReadonlyArray<Record<string, unknown>> => [{ deleted: true }];

const byId = { messageId: '={{ $json.messageId }}' };
const byNumber = { to: '={{ $json.to }}' };

const urls = Array.from({ length: 4 }, (_, n) => `https://example.com/reports?n=${n}&a=b+c`);

export const subjects: Readonly<Record<GatewayId, Readonly<Record<string, Subject>>>> = {
	smsc: {
		'message.getStatus': {
			parameters: { ...byId, ...byNumber },
			prepare: texts(russian),
			expected: ({ messageId, to }) => [
				like({ messageId, to, status: 'delivered', final: true, reason: null }),
			],
			requests: hundreds,
		},
		'message.cancel': {
			parameters: { ...byId, ...byNumber },
			prepare: texts(russian),
			expected: deleted,
			requests: each,
		},
		'message.getAll': {
			parameters: {},
			prepare: async (workshop) => {
				await texts(russian)(workshop, 4);
				return [];
			},
			expected: (_, { texts: sent }) =>
				[...sent].map(({ to, messageId }) => like({ to: `+${to}`, messageId, status: 'delivered' })),
			// The page that is empty ends the list.
			requests: () => 2,
		},
		'incoming.getAll': {
			parameters: { hours: 24 },
			prepare: async ({ simulator }) => {
				for (const text of ['Да', 'Нет + ещё', 'STOP', '4'])
					await simulator.receive({ from: '79161234567', to: '79037672215', text });
				return [];
			},
			expected: () =>
				['Да', 'Нет + ещё', 'STOP', '4'].map((text) =>
					like({ from: '+79161234567', to: '+79037672215', text }),
				),
			requests: one,
		},
		'account.getBalance': {
			parameters: {},
			expected: (_, { balance }) => [like({ balance, currency: 'RUB' })],
			requests: one,
		},
		'sender.getAll': {
			parameters: {},
			expected: () => [like({ sender: expect.any(String) })],
			requests: one,
		},
		'number.getOperator': {
			parameters: byNumber,
			prepare: people(russian),
			expected: ({ to }) => [like({ to, operator: expect.any(String), country: expect.any(String) })],
			requests: each,
			// "100 requests a minute".
			mostRows: 90,
		},
		'stopList.add': {
			parameters: byNumber,
			prepare: people(russian),
			expected: ({ to }) => [{ to, added: true }],
			requests: each,
		},
		'stopList.remove': {
			parameters: byNumber,
			prepare: async (workshop, rows) => {
				const numbers = await people(russian)(workshop, rows);
				await workshop.run({ resource: 'stopList', operation: 'add', ...byNumber }, numbers);
				return numbers;
			},
			expected: deleted,
			requests: each,
		},
	},
	smsRu: {
		'message.getStatus': {
			parameters: byId,
			prepare: texts(russian),
			expected: delivered,
			requests: hundreds,
		},
		'account.getBalance': {
			parameters: {},
			expected: (_, { balance }) => [{ balance, currency: 'RUB' }],
			requests: one,
		},
		'account.getLimit': {
			parameters: {},
			expected: () => [{ totalLimit: 10_000, usedToday: 0 }],
			requests: one,
		},
		'account.getFree': {
			parameters: {},
			expected: () => [{ totalFree: 5, usedToday: 0 }],
			requests: one,
		},
		'sender.getAll': {
			parameters: {},
			expected: () => [{ sender: 'MySender' }],
			requests: one,
		},
		'stopList.add': {
			parameters: { ...byNumber, note: 'Отписался + всё' },
			prepare: people(russian),
			expected: ({ to }) => [{ to, added: true }],
			requests: each,
		},
		'stopList.remove': {
			parameters: byNumber,
			prepare: people(russian),
			expected: deleted,
			requests: each,
		},
		'stopList.getAll': {
			parameters: {},
			prepare: async (workshop) => {
				const numbers = await people(russian)(workshop, 4);
				await workshop.run(
					{ resource: 'stopList', operation: 'add', ...byNumber, note: 'Отписался' },
					numbers,
				);
				return [];
			},
			expected: () => [0, 1, 2, 3].map((n) => ({ to: russian(n), note: 'Отписался' })),
			requests: one,
		},
		'verification.addCheck': {
			parameters: byNumber,
			prepare: people(russian),
			expected: ({ to }) => [
				{
					to,
					checkId: expect.stringMatching(/^\d{6}-\d+$/),
					callPhone: '78005008275',
					callPhonePretty: '+7 (800) 500-8275',
				},
			],
			requests: each,
		},
		'verification.getCheck': {
			parameters: { checkId: '={{ $json.checkId }}' },
			prepare: async (workshop, rows) => {
				const numbers = await people(russian)(workshop, rows);
				const { success } = await workshop.run(
					{ resource: 'verification', operation: 'addCheck', ...byNumber },
					numbers,
				);
				return success.map(({ json }) => json);
			},
			expected: ({ checkId }) => [{ checkId, state: 'waiting', confirmed: false }],
			requests: each,
		},
		'callback.add': {
			parameters: { url: '={{ $json.url }}' },
			prepare: async (_, rows) =>
				Array.from({ length: rows }, (_row, n) => ({ url: `https://example.com/${n}` })),
			expected: ({ url }) => [{ url, added: true }],
			requests: each,
		},
		'callback.remove': {
			parameters: { url: '={{ $json.url }}' },
			prepare: async (_, rows) =>
				Array.from({ length: rows }, (_row, n) => ({ url: `https://example.com/${n}` })),
			expected: deleted,
			requests: each,
		},
		'callback.getAll': {
			parameters: {},
			prepare: async ({ simulator }) => {
				simulator.callbacks.reportUrls.push(...urls);
				return [];
			},
			expected: () => urls.map((url) => ({ url })),
			requests: one,
		},
	},
	alphaSms: {
		'message.getStatus': {
			parameters: byId,
			prepare: texts(ukrainian, { from: 'ACME' }),
			expected: delivered,
			requests: each,
			halfLooksWhole: true,
		},
		'message.cancel': {
			parameters: byId,
			prepare: texts(ukrainian, { from: 'ACME' }, { sendAt: '={{ $now.plus({ days: 2 }).toISO() }}' }),
			expected: deleted,
			requests: each,
		},
		'account.getBalance': {
			parameters: {},
			expected: (_, { balance }) => [{ balance: Number(balance.toFixed(6)), currency: null }],
			requests: one,
			halfLooksWhole: true,
		},
	},
	advantaSms: {
		'message.getStatus': {
			parameters: byId,
			prepare: texts(kenyan),
			expected: delivered,
			requests: each,
		},
		'account.getBalance': {
			parameters: {},
			expected: (_, { balance }) => [{ balance, currency: null, unit: 'SMS' }],
			requests: one,
		},
	},
	voipCommunications: {
		'message.getAll': {
			parameters: {},
			prepare: async (workshop) => {
				await texts(american)(workshop, 4);
				return [];
			},
			expected: (_, { texts: sent }) =>
				[...sent].reverse().map(({ to, messageId, text }) => like({ messageId, direction: 'out', to, text })),
			// The page that is empty ends the list.
			requests: () => 2,
		},
	},
};
