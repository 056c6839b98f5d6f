/** SMS.RU: puts a number on the stop list of the account. */
import { NUMBER_LABEL } from '../../shared/contract/fields';
import { numberField } from '../../shared/panel/operationFields';
import { ADD_TO_STOP_LIST, defineOperation } from '../../shared/contract/operation';
import { readSmsRu, smsRuRequest } from './request';

type NotedNumber = Readonly<Record<'to' | 'note', string>>;

export const addToStopList = defineOperation<NotedNumber>({
	...ADD_TO_STOP_LIST,
	fields: [
		numberField('Phone number that should no longer receive texts. Separate multiple values with commas.'),
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Unsubscribed on the website',
			description: 'Why the number is on the list. SMS.RU requires it.',
		},
	],
	queriesIn({ fields, numbers }) {
		const to = numbers('to', NUMBER_LABEL);
		const note = fields.text('note', 'Note', /\S/, 'Write why the number is on the list');
		if (note === undefined) {
			fields.refuse('Note', 'is empty', 'Write why the number is on the list');
			return [];
		}
		return to.map((number) => ({ to: number, note }));
	},
	build: ([{ to, note }]) =>
		smsRuRequest('/stoplist/add', { stoplist_phone: to.slice(1), stoplist_text: note }),
	read: (reply, queries) =>
		readSmsRu(reply, queries, () => queries.map(({ to }) => ({ rows: [{ to, added: true }] }))),
});
