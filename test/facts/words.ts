/** Words in which facts are told. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Answer, InterfaceFacts, OperationFacts, Workshop } from './facts';

export const json = (value: unknown, status = 200): Answer => ({
	status,
	body: JSON.stringify(value),
	headers: { 'content-type': 'application/json' },
});

export const text = (body: string, status = 200): Answer => ({
	status,
	body,
	headers: { 'content-type': 'text/plain; charset=utf-8' },
});

export const refused = (codes: Readonly<Record<string, string>>): InterfaceFacts['requestCodes'] =>
	Object.entries(codes).map(([code, kind]) => [code, kind, false] as const);

export const unclear = (...codes: readonly string[]): InterfaceFacts['requestCodes'] =>
	codes.map((code) => [code, 'temporary', null] as const);

export const one = (): number => 1;
export const each = (rows: number): number => rows;
export const hundreds = (rows: number): number => Math.ceil(rows / 100);

type Prepare = NonNullable<OperationFacts['prepare']>;

/** Different people. */
export const people =
	(number: (n: number) => string): Prepare =>
	async (_, rows) =>
		Array.from({ length: rows }, (_row, n) => ({ to: number(n) }));

/** A text for each row, and an hour later. */
export const texts =
	(number: (n: number) => string, parameters: INodeParameters = {}, options: INodeParameters = {}): Prepare =>
	async ({ run, pass }: Workshop, rows: number) => {
		const to = Array.from({ length: rows }, (_row, n) => ({ to: number(n) }));
		const send = { resource: 'message', operation: 'send', to: '={{ $json.to }}', message: 'Hello, Привет' };
		const { success } = await run({ ...send, ...parameters, options }, to);
		pass(3_600_000);
		return success.map(({ json }) => ({ to: json.to, messageId: json.messageId }));
	};

export const like = (shape: Record<string, unknown>): Record<string, unknown> =>
	expect.objectContaining(shape) as Record<string, unknown>;

export const delivered = ({ messageId }: IDataObject): ReadonlyArray<Record<string, unknown>> => [
	like({ messageId, status: 'delivered', final: true, reason: null }),
];

export const deleted = (): ReadonlyArray<Record<string, unknown>> => [{ deleted: true }];

export const byId = { messageId: '={{ $json.messageId }}' };
export const byNumber = { to: '={{ $json.to }}' };
