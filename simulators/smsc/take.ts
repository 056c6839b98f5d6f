import type { World } from '../simulator';
import { messageKey, messagesOf, money, nextInternalId, type Account } from './account';
import { KIND_RULES, type Kind } from './kinds';
import type { Parameters } from './parameters';
import type { Plan } from './plan';
import type { MessageId } from './replies';

const OPTIONS =
	'translit tinyurl time tz period freq flash bin push hlr ping mms mail soc viber whatsapp tg call voice param fileurl subj bot smsreq charset valid maxsms userip imgcode pp'.split(
		' ',
	);

function typeOf(kind: Kind, parameters: Parameters): number | null {
	if (kind !== 'sms') return KIND_RULES[kind].type;
	if (parameters.text('flash') === '1') return 1;
	if (['1', '2'].includes(parameters.text('bin') ?? '')) return 2;
	return parameters.text('push') === '1' ? 3 : 0;
}

export function take(
	{ kind, messages }: Plan,
	id: MessageId,
	parameters: Parameters,
	account: Account,
	world: World,
	code: string | null,
): void {
	const { price, arrives } = KIND_RULES[kind];
	const files = parameters.files.map(({ filename }) => filename).join(', ');
	const options = {
		...Object.fromEntries(
			parameters.others.filter(([name, value]) => OPTIONS.includes(name) && value !== ''),
		),
		...(files === '' ? {} : { files }),
		...(code === null ? {} : { code }),
	};
	for (const { phone, content, sender, scheduledFor, refusal, outcome } of messages) {
		const to = phone.digits ?? phone.shown;
		const leaves = refusal === null && !account.virtualSending;
		messagesOf(world).set(messageKey(id, to), {
			id,
			phone: to,
			text: content.text,
			comment: content.comment,
			sender,
			parts: content.parts,
			cost: money(leaves ? content.parts * price : 0),
			acceptedAt: world.now(),
			scheduledFor,
			// err 200 is "virtual sending".
			outcome: refusal ?? (account.virtualSending ? { status: '1', error: '200' } : outcome),
			type: typeOf(kind, parameters),
			intId: nextInternalId(world),
		});
		if (!leaves || !arrives) continue;
		world.accept({
			to,
			from: sender,
			text: content.text,
			messageId: String(id),
			parts: content.parts,
			scheduledFor: scheduledFor?.toISOString() ?? null,
			options,
		});
	}
}
