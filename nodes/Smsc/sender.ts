/** SMSC: how messages of every kind are sent. Sources: the vendor's "Sending an SMS" page and its limits. */
import { defineSender } from '../shared/contract/sender';
import type { SmscOptions } from './options';
import { readSmscOptions, smscCommonOptions, smscMessageFields, smscOptionFields } from './options';
import { smscReconciliation } from './reconciliation';
import { buildSmscSend } from './send/build';
import { checkSmscMessage } from './send/checks';
import { measureSmsc } from './send/content';
import { smscDifferentTextsKey } from './send/list';
import { readSmscSend } from './send/read';
import { isEmail, isGroup, isTelegramName } from './recipients';

/** The vendor names no limit; 100 numbers keep a request small and a lost one cheap to look up. */
export const BATCH = 100;

/**
 * A group of the address book (`G` and its number), an email address where emails are sent, or a name or ID in Telegram.
 */
function readSmscRecipient(typed: string, { kind }: SmscOptions): string | null {
	if (isGroup(typed)) return typed.toUpperCase();
	if (kind === 'telegram' && isTelegramName(typed)) return typed;
	return kind === 'email' && isEmail(typed) ? typed : null;
}

export const smscTexts = defineSender<SmscOptions>({
	commonOptions: smscCommonOptions,
	ownOptions: new Set([...smscMessageFields, ...smscOptionFields].map(({ name }) => name)),
	readOptions: readSmscOptions,
	checkMessage: checkSmscMessage,
	isTextMessage: ({ kind }) => kind === 'sms',
	measure: measureSmsc,
	readAttachmentFields: ({ binaryFields }) => binaryFields,
	readOtherRecipient: readSmscRecipient,
	batchLimits({ perNumberDetails }, batchSize) {
		if (!perNumberDetails) return { sameText: 1, differentTexts: 0 };
		return { sameText: batchSize ?? BATCH, differentTexts: batchSize ?? BATCH };
	},
	differentTextsKey: smscDifferentTextsKey,
	// One id for the request: two texts to one number cannot be told apart, neither in the reply nor in status.php.
	tellsRepeatsApart: false,
	detailKeys: ['balance', 'members', 'membersRefused', 'mccmnc'],
	build: buildSmscSend,
	read: (reply, batch) => readSmscSend(reply, batch),
	reconciliation: smscReconciliation,
});
