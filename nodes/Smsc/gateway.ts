/** What SMSC can do, as data. Sources: the vendor's "Sending an SMS" page and its limits. */
import type { Gateway } from '../shared/contract/gateway';
import { smscMessageFields } from './kinds';
import { smscOperations } from './operations';
import { lookUpSendings } from './operations/lookUp';
import { smscDifferentTextsKey } from './list';
import { readSmscOptions, smscCommonOptions, smscOptionFields } from './options';
import type { SmscOptions } from './options';
import {
	NAME,
	buildSmscSend,
	checkSmscMessage,
	measureSmsc,
	readSmscSend,
	readSmscRecipient,
	smscLookUp,
	smscPricing,
} from './send';

const texts: Gateway<SmscOptions> = {
	id: 'smsc',
	displayName: NAME,
	credentialType: 'smscApi',
	homeCountry: 'RU',
	// It is the client's own, not the site's ("the Client's currency name"), and only the balance page tells it. Confidence:
	// high, https://smscentre.com/api/http/balance/get_balance
	currency: null,
	// Fifteen at once are refused with code 9; other programs may use the same login.
	requestsInFlight: 5,
	requestsPerSecond: null,
	maxBatchSize: 1000,
	commonOptions: smscCommonOptions,
	ownOptions: new Set([...smscMessageFields, ...smscOptionFields].map(({ name }) => name)),
	// One id for the request: two texts to one number cannot be told apart, neither in the reply nor in status.php.
	tellsRepeatsApart: false,
	readOptions: readSmscOptions,
	measure: measureSmsc,
	checkMessage: checkSmscMessage,
	batchLimits({ perNumberDetails }, batchSize) {
		if (!perNumberDetails) return { sameText: 1, differentTexts: 0 };
		// The vendor names no limit; 100 numbers keep a request small and a lost one cheap to look up.
		return { sameText: batchSize ?? 100, differentTexts: batchSize ?? 100 };
	},
	differentTextsKey: smscDifferentTextsKey,
	buildSend: buildSmscSend,
	readSend: (reply, batch) => readSmscSend(reply, batch),
	lookUp: smscLookUp,
	isTextMessage: ({ kind }) => kind === 'sms',
	messageFields: smscMessageFields,
	readAttachmentFields: ({ binaryFields }) => binaryFields,
	readOtherRecipient: readSmscRecipient,
	pricing: smscPricing,
	operations: smscOperations,
	otherSendings: [],
};

export const smscGateway: Gateway<SmscOptions> = { ...texts, otherSendings: lookUpSendings(texts) };
