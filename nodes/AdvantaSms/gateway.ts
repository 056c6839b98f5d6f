/** What the Advanta platform can do, as data. */
import { defineGateway } from '../shared/contract/gateway';
import { defineSender } from '../shared/contract/sender';
import { NAME } from './codes';
import { advantaSmsCredential } from './credential';
import { advantaSmsOperations } from './operations';
import { otpOperation } from './operations/sendOtp';
import { advantaSmsCommonOptions, advantaSmsOptionFields, readAdvantaSmsOptions } from './options';
import type { AdvantaSmsOptions } from './options';
import { buildAdvantaSmsSend, bulkKey, checkAdvantaSmsMessage, readAdvantaSmsSend } from './send';

const texts = defineSender<AdvantaSmsOptions>({
	commonOptions: advantaSmsCommonOptions,
	ownOptions: new Set(advantaSmsOptionFields.map(({ name }) => name)),
	readOptions: readAdvantaSmsOptions,
	checkMessage: checkAdvantaSmsMessage,
	// Brands differ: a list of numbers has been seen to work with 100, sendbulk is documented with 20 (TextSMS, Sunface).
	batchLimits: (_, batchSize) => ({ sameText: batchSize ?? 100, differentTexts: batchSize ?? 20 }),
	differentTextsKey: bulkKey,
	// sendbulk echoes our row id at some brands only.
	tellsRepeatsApart: false,
	detailKeys: ['network'],
	build: buildAdvantaSmsSend,
	read: readAdvantaSmsSend,
	// getdlr wants the message ID that the lost reply would have brought.
	reconciliation: null,
});

export const advantaSmsGateway = defineGateway({
	id: 'advantaSms',
	displayName: NAME,
	credential: advantaSmsCredential,
	homeCountry: 'KE',
	requestsInFlight: 4,
	// "Maximum 1000 numbers per request."
	maxBatchSize: 1000,
	texts,
	operations: advantaSmsOperations,
	billedOperations: [otpOperation(texts)],
	eventDetails: ['reportedAt', 'deliverySeconds'],
});
