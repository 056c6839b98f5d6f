/** SMS.RU: numbers that your account never texts. */
import { numberField } from '../../shared/panel/operationFields';
import type { Operation } from '../../shared/contract/operation';
import { asText } from '../../shared/contract/json';
import { entriesOf, readSmsRu, smsRuRequest } from './call';

interface NumberAsk {
	readonly [key: string]: string;
	readonly to: string;
}

export const addToStopList: Operation<NumberAsk> = {
	resource: 'stopList',
	operation: 'add',
	name: 'Add',
	action: 'Add number to stop list',
	description: 'Never text a number again from this account',
	fields: [
		numberField('Phone number that shall get no more texts. Separate several by comma.'),
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Unsubscribed on the website',
			description: 'Why the number is on the list. SMS.RU asks for it.',
		},
	],
	perRequest: 1,
	readAsks({ fields, numbers }) {
		const to = numbers('to', 'To');
		const note = fields.text('note', 'Note', /\S/, 'Write why the number is on the list');
		if (note === undefined) {
			fields.refuse('Note', 'is empty', 'Write why the number is on the list');
			return [];
		}
		return to.map((number) => ({ to: number, note }));
	},
	build: ([{ to, note = '' }]) =>
		smsRuRequest('/stoplist/add', { stoplist_phone: to.slice(1), stoplist_text: note }),
	read: (reply, asks) =>
		readSmsRu(reply, asks, () => asks.map(({ to }) => ({ rows: [{ to, added: true }] }))),
};

export const removeFromStopList: Operation<NumberAsk> = {
	resource: 'stopList',
	operation: 'remove',
	name: 'Remove',
	action: 'Remove number from stop list',
	description: 'Allow texts to a number again',
	fields: [numberField('Phone number to take off the list. Separate several by comma.')],
	perRequest: 1,
	readAsks: ({ numbers }) => numbers('to', 'To').map((to) => ({ to })),
	build: ([{ to }]) => smsRuRequest('/stoplist/del', { stoplist_phone: to.slice(1) }),
	read: (reply, asks) => readSmsRu(reply, asks, () => asks.map(() => ({ rows: [{ deleted: true }] }))),
};

export const getStopList: Operation = {
	resource: 'stopList',
	operation: 'getAll',
	name: 'Get Many',
	action: 'Get many numbers of stop list',
	description: 'Get the numbers on the stop list of your account',
	fields: [],
	returnsMany: true,
	perRequest: 1,
	readAsks: () => [{}],
	build: () => smsRuRequest('/stoplist/get'),
	read: (reply, asks) =>
		readSmsRu(reply, asks, (json) => [
			{
				rows: entriesOf(json, 'stoplist').map(([number, note]) => ({
					to: `+${number.replace(/\D/g, '')}`,
					note: asText(note),
				})),
			},
		]),
};
