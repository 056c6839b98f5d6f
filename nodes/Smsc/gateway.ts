/** What SMSC can do, as data. Sources: the vendor's "Sending an SMS" page and its limits. */
import { defineGateway } from '../shared/contract/gateway';
import { defineSender } from '../shared/contract/sender';
import { smscMessageFields } from './kinds';
import { smscDifferentTextsKey } from './list';
import { smscCredential } from './credential';
import { smscOperations } from './operations';
import { lookUpOperations } from './operations/lookUp';
import { readSmscOptions, smscCommonOptions, smscOptionFields } from './options';
import type { SmscOptions } from './options';
import {
	NAME,
	buildSmscPrice,
	buildSmscSend,
	checkSmscMessage,
	measureSmsc,
	readSmscPrice,
	readSmscRecipient,
	readSmscSend,
	smscReconciliation,
} from './send';

/** The vendor names no limit; 100 numbers keep a request small and a lost one cheap to look up. */
const BATCH = 100;

const texts = defineSender<SmscOptions>({
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
	build: buildSmscSend,
	read: (reply, batch) => readSmscSend(reply, batch),
	reconciliation: smscReconciliation,
});

export const smscGateway = defineGateway({
	id: 'smsc',
	displayName: NAME,
	credential: smscCredential,
	homeCountry: 'RU',
	// No currency: it is the client's own, not the site's ("the Client's currency name"), and only the balance page tells
	// it. Confidence: high, https://smscentre.com/api/http/balance/get_balance
	// Fifteen at once are refused with code 9; other programs may use the same login.
	requestsInFlight: 5,
	maxBatchSize: 1000,
	messageFields: smscMessageFields,
	texts,
	prices: {
		...texts,
		batchLimits: (_, batchSize) => ({ sameText: batchSize ?? BATCH, differentTexts: batchSize ?? BATCH }),
		build: buildSmscPrice,
		read: readSmscPrice,
		reconciliation: null,
	},
	operations: smscOperations,
	billedOperations: lookUpOperations(texts),
});
