/** What the Advanta platform can do, as data. */
import type { Gateway } from '../shared/contract/gateway';
import { advantaSmsOperations } from './operations';
import { otpSending } from './operations/otp';
import { advantaSmsCommonOptions, advantaSmsOptionFields, readAdvantaSmsOptions } from './options';
import type { AdvantaSmsOptions } from './options';
import { NAME } from './reply';
import { buildAdvantaSmsSend, bulkKey, checkAdvantaSmsMessage, readAdvantaSmsSend } from './send';

const texts: Gateway<AdvantaSmsOptions> = {
	id: 'advantaSms',
	displayName: NAME,
	credentialType: 'advantaSmsApi',
	homeCountry: 'KE',
	currency: null,
	requestsInFlight: 4,
	requestsPerSecond: null,
	// "Maximum 1000 numbers per request."
	maxBatchSize: 1000,
	commonOptions: advantaSmsCommonOptions,
	ownOptions: new Set(advantaSmsOptionFields.map(({ name }) => name)),
	// sendbulk echoes our row id at some brands only.
	tellsRepeatsApart: false,
	readOptions: readAdvantaSmsOptions,
	checkMessage: checkAdvantaSmsMessage,
	// Brands differ: a list of numbers has been seen to work with 100, sendbulk is documented with 20 (TextSMS, Sunface).
	batchLimits: (_, batchSize) => ({ sameText: batchSize ?? 100, differentTexts: batchSize ?? 20 }),
	differentTextsKey: bulkKey,
	buildSend: buildAdvantaSmsSend,
	readSend: readAdvantaSmsSend,
	// getdlr wants the message ID that the lost reply would have brought.
	lookUp: null,
	isTextMessage: () => true,
	messageFields: [],
	pricing: null,
	operations: advantaSmsOperations,
	otherSendings: [],
};

export const advantaSmsGateway: Gateway<AdvantaSmsOptions> = { ...texts, otherSendings: [otpSending(texts)] };
