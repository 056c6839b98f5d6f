/** SMSC: money, senders, operators and the stop list. Sources: the vendor's pages and careful public clients. */
import { numberField } from '../../shared/panel/operationFields';
import { readNumbers } from '../../shared/contract/fields';
import type { Operation } from '../../shared/contract/operation';
import { asNumber, asRecord, asText, pick } from '../../shared/contract/json';
import { errorIn, isDone, rowsIn, smscRefusal, smscRequest } from './call';

interface NumberAsk {
	readonly [key: string]: string;
	readonly to: string;
}

export const getBalance: Operation = {
	resource: 'account',
	operation: 'getBalance',
	name: 'Get Balance',
	action: 'Get balance of the account',
	description: 'Get the money that is left on the account',
	fields: [],
	perRequest: 1,
	readAsks: () => [{}],
	build: () => smscRequest('balance', { cur: '1' }),
	read(reply) {
		const error = errorIn(reply);
		if (error !== null) return [{ failure: smscRefusal(error) }];
		const json = asRecord(reply.json);
		const balance = asNumber(pick(json, 'balance'));
		if (balance === null) return null;
		const credit = asNumber(pick(json, 'credit'));
		// "RUR" is the rouble's code before 1998.
		const currency = asText(pick(json, 'currency'))?.replace(/^RUR$/, 'RUB') ?? null;
		return [{ rows: [{ balance, currency, ...(credit === null ? {} : { credit }) }] }];
	},
};

export const getSenders: Operation = {
	resource: 'sender',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many senders',
	description: 'Get the sender names of your account',
	fields: [],
	returnsMany: true,
	perRequest: 1,
	readAsks: () => [{}],
	build: () => smscRequest('senders', { get: '1' }),
	read(reply) {
		const error = errorIn(reply);
		if (error?.code === '3') return [{ rows: [] }];
		if (error !== null) return [{ failure: smscRefusal(error) }];
		const found = rowsIn(reply, 'sender');
		if (found === null) return null;
		const rows = found.flatMap((row) => {
			const sender = asText(pick(row, 'sender'));
			return sender === null ? [] : [{ sender, id: asText(pick(row, 'id')) }];
		});
		return [{ rows }];
	},
};

export const getOperator: Operation<NumberAsk> = {
	resource: 'number',
	operation: 'getOperator',
	name: 'Get Operator',
	action: 'Get operator of a number',
	description: 'Get country, operator and region of a phone number. Nothing is sent to it.',
	fields: [numberField('Phone number. Separate several by comma.')],
	perRequest: 1,
	readAsks: (row) => readNumbers(row).map((to) => ({ to })),
	build: ([{ to }]) => smscRequest('info', { get_operator: '1', phone: to.slice(1) }),
	read(reply, [{ to }]) {
		const error = errorIn(reply);
		if (error !== null) return [{ failure: smscRefusal(error, OPERATOR_CODES) }];
		const json = asRecord(reply.json);
		const text = (key: string): string | null => asText(pick(json, key));
		if (text('country') === null && text('operator') === null && text('mcc') === null) return null;
		const row = {
			to,
			country: text('country'),
			operator: text('operator'),
			region: text('region'),
			mcc: text('mcc'),
			mnc: text('mnc'),
			timezone: text('tz'),
		};
		return [{ rows: [row] }];
	},
};

const OPERATOR_CODES = {
	'3': {
		kind: 'invalid_recipient',
		message: 'SMSC does not find an operator for this number',
		hint: 'Check the number of this row.',
		retry: 'never',
	},
	'5': {
		kind: 'temporary',
		message: 'SMSC could not look this number up',
		hint: 'Run this step again later.',
		retry: 'later',
	},
	'9': {
		kind: 'rate_limited',
		message: 'SMSC tells the operators of 100 numbers a minute, and of the same number three times',
		hint: 'Run this step again in a minute for the rows that failed.',
		retry: 'later',
	},
} as const;

const STOP_LIST_CODES = {
	'3': {
		kind: 'invalid_parameter',
		message: 'SMSC does not have this number in its list',
		hint: 'It may be off the list already. Check the number of this row.',
		retry: 'never',
	},
	'5': {
		kind: 'invalid_parameter',
		message: 'SMSC did not change the stop list',
		hint: 'Check the number of this row.',
		retry: 'after_fix',
	},
} as const;

export const addToStopList: Operation<NumberAsk> = {
	resource: 'stopList',
	operation: 'add',
	name: 'Add',
	action: 'Add number to stop list',
	description: 'Never text a number again from this account',
	fields: [numberField('Phone number that shall get no more texts. Separate several by comma.')],
	perRequest: 1,
	readAsks: (row) => readNumbers(row).map((to) => ({ to })),
	build: ([{ to }]) => smscRequest('phones', { add_black: '1', phone: to.slice(1) }),
	read(reply, [{ to }]) {
		const error = errorIn(reply);
		if (error !== null) return [{ failure: smscRefusal(error, STOP_LIST_CODES) }];
		return isDone(reply) ? [{ rows: [{ to, added: true }] }] : null;
	},
};

export const removeFromStopList: Operation<NumberAsk> = {
	...addToStopList,
	operation: 'remove',
	name: 'Remove',
	action: 'Remove number from stop list',
	description: 'Allow texts to a number again',
	fields: [numberField('Phone number to take off the list. Separate several by comma.')],
	build: ([{ to }]) => smscRequest('phones', { del_black: '1', phone: to.slice(1) }),
	read(reply) {
		const error = errorIn(reply);
		if (error !== null) return [{ failure: smscRefusal(error, STOP_LIST_CODES) }];
		return isDone(reply) ? [{ rows: [{ deleted: true }] }] : null;
	},
};
