import { smscGateway } from '../../../../nodes/Smsc/gateway';
import type { JsonRecord } from '../../../../nodes/shared/contract/request';
import type { Operation } from '../../../../nodes/shared/contract/operation';
import { asksOf, operationOf } from '../../../support/operations';

/** SMSC's operation of that name, such as `message.getStatus`. */
export const smsc = (name: string): Operation => operationOf(smscGateway, name);

/** What one row asks for. @throws when it is refused or asks for nothing */
export function oneRow(
	operation: Operation,
	values: Readonly<Record<string, unknown>> = {},
	timezone?: string,
): readonly [JsonRecord, ...JsonRecord[]] {
	const { asks, problems } = asksOf(operation, values, timezone);
	const [first, ...others] = asks;
	if (problems[0] !== undefined || first === undefined) throw new Error(problems[0] ?? 'nothing is asked');
	return [first, ...others];
}

/** Of every page: what it may answer that is no answer of SMSC's. */
export const NO_ANSWERS = [
	'<html><body>Welcome</body></html>',
	'',
	'{"status": 1, "last_',
	'{}',
	'null',
	'42',
	'[{}]',
	'[null]',
	'{"foo":"bar"}',
	'[[1]]',
] as const;

/** Codes that mean the same on every page, in JSON and in plain text. */
export const COMMON_REFUSALS = [
	['{"error":"parameters error","error_code":1}', '1', 'invalid_parameter', 'after_fix'],
	['{"error":"authorise error","error_code":2}', '2', 'authentication', 'after_fix'],
	['{"error":"authorise error","error_code":"2"}', '2', 'authentication', 'after_fix'],
	['{"error":"IP is blocked","error_code":4}', '4', 'rate_limited', 'later'],
	['{"error":"too many requests, wait a minute","error_code":9}', '9', 'rate_limited', 'later'],
	['ERROR = 2 (неверный логин или пароль)', '2', 'authentication', 'after_fix'],
	['ERROR = 9 (слишком много запросов, подождите минуту)\n', '9', 'rate_limited', 'later'],
	['{"error":"something new","error_code":77}', '77', 'unknown', 'later'],
	['{"error":"something odd","error_code":"constructor"}', 'constructor', 'unknown', 'later'],
] as const;
