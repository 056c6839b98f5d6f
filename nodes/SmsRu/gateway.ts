/** What SMS.RU can do, as data. Source: the vendor's "send SMS" page. */
import { defineGateway } from '../shared/contract/gateway';
import { defineSender } from '../shared/contract/sender';
import { LATIN_LETTERS, measureTransliterated } from '../shared/segments/transliterated';
import { NAME } from './codes';
import { smsRuCredential } from './credential';
import { smsRuBilledOperations, smsRuOperations } from './operations';
import { readSmsRuOptions, smsRuCommonOptions, smsRuOptionFields } from './options';
import type { SmsRuOptions } from './options';
import { buildSmsRuPrice, readSmsRuPrice } from './prices';
import {
	buildSmsRuSend,
	checkSmsRuMessage,
	readSmsRuSend,
	smsRuBatchLimits,
	smsRuDifferentTextsKey,
} from './send';

const texts = defineSender<SmsRuOptions>({
	commonOptions: smsRuCommonOptions,
	ownOptions: new Set(smsRuOptionFields.map(({ name }) => name)),
	readOptions: readSmsRuOptions,
	checkMessage: checkSmsRuMessage,
	measure: (text, { parameters }) =>
		parameters.translit === undefined ? null : measureTransliterated(text, LATIN_LETTERS),
	batchLimits: smsRuBatchLimits,
	differentTextsKey: smsRuDifferentTextsKey,
	// Equal numbers collapse into one key of the reply.
	tellsRepeatsApart: false,
	detailKeys: ['balance'],
	build: buildSmsRuSend,
	read: readSmsRuSend,
	// No id of ours and no search by number: after a lost reply nothing can be asked.
	reconciliation: null,
});

export const smsRuGateway = defineGateway({
	id: 'smsRu',
	displayName: NAME,
	credential: smsRuCredential,
	homeCountry: 'RU',
	currency: 'RUB',
	requestsInFlight: 4,
	// "Up to 100 in one request", for one text as for individual texts.
	maxBatchSize: 100,
	texts,
	prices: { ...texts, build: buildSmsRuPrice, read: readSmsRuPrice },
	operations: smsRuOperations,
	billedOperations: smsRuBilledOperations,
});
