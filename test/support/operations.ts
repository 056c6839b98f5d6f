/** Asks and answers of what a gateway does besides sending, for tests of the pure halves. */
import type { BaseOptions } from '../../nodes/shared/contract/message';
import type { Gateway } from '../../nodes/shared/contract/gateway';
import type { QueryAnswer, Operation } from '../../nodes/shared/contract/operation';
import type { JsonRecord } from '../../nodes/shared/contract/request';
import type { RowFields } from '../../nodes/shared/contract/fields';
import { CheckedFields } from '../../nodes/shared/input/fields';
import { NOW, bodyOf, reply } from './messages';

/** The operation of that name, such as `message.getStatus`. @throws when the gateway has none */
export function operationOf<O extends BaseOptions>(
	{ operations, displayName }: Gateway<O>,
	name: string,
): Operation {
	const found = operations.find((one) => `${one.resource}.${one.operation}` === name);
	if (found === undefined) throw new Error(`${displayName} has no ${name}`);
	return found;
}

/** What a row with these fields asks for, and the sentences about what is wrong with them. Numbers are in E.164 already. */
export function asksOf(
	operation: Operation,
	values: Readonly<Record<string, unknown>>,
	timezone = 'Europe/Moscow',
): { asks: readonly JsonRecord[]; problems: readonly string[] } {
	const fields = new CheckedFields(values, { timezone, now: NOW, gatewayName: 'the gateway' });
	const numbers: RowFields['numbers'] = (name) =>
		String(values[name] ?? '')
			.split(',')
			.map((number) => number.trim())
			.filter((number) => number !== '');
	const asks = operation.queriesIn({ fields, numbers });
	return { asks, problems: fields.problems.map(({ message }) => message) };
}

/** Method, path and encoded body of the request for these asks. */
export function requestFor(
	operation: Operation,
	asks: readonly [JsonRecord, ...JsonRecord[]],
	cursor: string | null = null,
	limit: number | null = null,
): string {
	const request = operation.build(asks, cursor, limit);
	return `${request.method} ${request.path} ${bodyOf(request)}`;
}

/** What the operation makes of a reply. */
export function answersTo(
	operation: Operation,
	asks: readonly [JsonRecord, ...JsonRecord[]],
	body: string | object,
	{ status = 200, cursor = null }: { status?: number; cursor?: string | null } = {},
): readonly QueryAnswer[] | null {
	return operation.read(reply(body, status), asks, cursor);
}
