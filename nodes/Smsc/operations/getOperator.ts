/** SMSC: whose number it is, by the numbering plan. Source: tables of errors in careful public clients. */
import type { CodeTable } from '../../shared/contract/codes';
import { limit, notNow, wrongNumber } from '../../shared/contract/codeShapes';
import { asRecord, asText, pick } from '../../shared/contract/json';
import type { NumberQuery } from '../../shared/contract/operation';
import { defineOperation, numberQueries } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import { readSmsc, smscRequest } from './call';

const OPERATOR_CODES: CodeTable = {
	'3': wrongNumber('SMSC does not find an operator for this number', 'Check the number of this row.'),
	'5': notNow('SMSC could not look this number up', 'Run this step again later.'),
	'9': limit(
		'SMSC allows operator lookups of 100 numbers per minute, and three of the same number',
		'Run this step again in a minute for the rows that failed.',
	),
};

export const getOperator = defineOperation<NumberQuery>({
	resource: 'number',
	operation: 'getOperator',
	name: 'Get Operator',
	action: 'Get operator of a number',
	description:
		'Get country, operator and region of a phone number, up to 100 numbers a minute. Nothing is sent to it.',
	requestsPerMinute: 100,
	keys: ['to', 'country', 'operator', 'region', 'timezone', 'mcc', 'mnc'],
	fields: [numberField('Phone number. Separate multiple values with commas.')],
	queriesIn: numberQueries,
	build: ([{ to }]) => smscRequest('info', { get_operator: '1', phone: to.slice(1) }),
	read(reply, queries) {
		const json = asRecord(reply.json);
		const text = (key: string): string | null => asText(pick(json, key));
		const readRow = ({ to }: NumberQuery) => ({
			to,
			country: text('country'),
			operator: text('operator'),
			region: text('region'),
			mcc: text('mcc'),
			mnc: text('mnc'),
			timezone: text('tz'),
		});
		const isAnswer = ['country', 'operator', 'mcc'].some((key) => text(key) !== null);
		const read = () => (isAnswer ? [{ rows: queries.map(readRow) }] : null);
		return readSmsc(reply, queries, read, OPERATOR_CODES);
	},
});
