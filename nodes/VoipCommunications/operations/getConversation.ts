/**
 * VoIP Communications: all texts with one person. The vendor's documentation does not have it; its own apps use it, and it
 * may change without notice.
 */
import { readNumbers } from '../../shared/contract/fields';
import { pick, recordsIn } from '../../shared/contract/json';
import { defineOperation } from '../../shared/contract/operation';
import { numberField } from '../../shared/panel/operationFields';
import { LOG_KEYS, logRow } from './logRow';
import { nextPage, readVoipCommunications, voipCommunicationsRequest } from './request';

type Pair = Readonly<Record<'own' | 'to', string>>;

const YOURS = 'Your Number';

export const getConversation = defineOperation<Pair>({
	resource: 'message',
	operation: 'getConversation',
	name: 'Get Conversation',
	action: 'Get messages of a conversation',
	description:
		'Get all texts between one of your numbers and a person. The vendor does not document this request: it may stop working.',
	keys: LOG_KEYS,
	fields: [
		{
			displayName: YOURS,
			name: 'ownNumber',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 17134567890',
			description: 'Number of your account that the texts went from or to, with country code',
		},
		numberField('Phone number of the person. Separate multiple values with commas.'),
	],
	queriesIn(row) {
		const fix = 'Use a number of your account, with country code and digits only';
		const own = row.fields.text('ownNumber', YOURS, /^\+?\d{7,15}$/, fix);
		if (own === undefined && row.fields.problems.length === 0) row.fields.refuse(YOURS, 'is empty', fix);
		return readNumbers(row).map((to) => ({ own: (own ?? '').replace(/^\+/, ''), to }));
	},
	returnsMany: true,
	build: ([{ own, to }], cursor) =>
		voipCommunicationsRequest('sms/chat', { internal: own, external: to.slice(1), page: cursor ?? '0' }),
	read: (reply, [{ own, to }], cursor) =>
		readVoipCommunications(reply, (json) => {
			const entries = pick(json, 'chat');
			if (!Array.isArray(entries)) return null;
			const rows = recordsIn(entries).map((entry) => logRow(entry, { internal: own, external: to.slice(1) }));
			return { rows, next: nextPage(entries, cursor) };
		}),
});
