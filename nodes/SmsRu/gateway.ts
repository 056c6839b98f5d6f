/** What SMS.RU can do, as data. Source: the vendor's "send SMS" page. */
import type { Gateway } from '../shared/contract/gateway';
import { smsRuOperations } from './operations';
import { smsRuCall } from './operations/codeCall';
import { readSmsRuOptions, smsRuCommonOptions, smsRuOptionFields } from './options';
import type { SmsRuOptions } from './options';
import { smsRuPricing } from './price';
import {
	NAME,
	buildSmsRuSend,
	checkSmsRuMessage,
	readSmsRuSend,
	smsRuBatchLimits,
	smsRuDifferentTextsKey,
} from './send';

export const smsRuGateway: Gateway<SmsRuOptions> = {
	id: 'smsRu',
	displayName: NAME,
	credentialType: 'smsRuApi',
	homeCountry: 'RU',
	currency: 'RUB',
	requestsInFlight: 4,
	requestsPerSecond: null,
	// "Up to 100 in one request", for one text as for a text each.
	maxBatchSize: 100,
	commonOptions: smsRuCommonOptions,
	ownOptions: new Set(smsRuOptionFields.map(({ name }) => name)),
	// Equal numbers collapse into one key of the reply.
	tellsRepeatsApart: false,
	readOptions: readSmsRuOptions,
	checkMessage: checkSmsRuMessage,
	batchLimits: smsRuBatchLimits,
	differentTextsKey: smsRuDifferentTextsKey,
	buildSend: buildSmsRuSend,
	readSend: readSmsRuSend,
	// No id of ours and no search by number: after a lost reply nothing can be asked.
	lookUp: null,
	isTextMessage: () => true,
	messageFields: [],
	pricing: smsRuPricing,
	operations: smsRuOperations,
	otherSendings: [smsRuCall],
};
