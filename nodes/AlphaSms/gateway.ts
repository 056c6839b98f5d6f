/** What AlphaSMS's text interface can do, as data; with an API key also its JSON interface, which takes batches. */
import type { Gateway } from '../shared/contract/gateway';
import { JSON_BATCH, buildAlphaSmsBatch, readAlphaSmsBatch, travelsInJson } from './batch';
import { alphaSmsOperations } from './operations';
import { alphaSmsCommonOptions, alphaSmsOptionFields, readAlphaSmsOptions } from './options';
import type { AlphaSmsOptions } from './options';
import { alphaSmsPricing } from './price';
import { NAME, buildAlphaSmsSend, checkAlphaSmsMessage, readAlphaSmsSend } from './send';

const textInterface: Gateway<AlphaSmsOptions> = {
	id: 'alphaSms',
	displayName: NAME,
	credentialType: 'alphaSmsApi',
	homeCountry: 'UA',
	currency: null,
	requestsInFlight: 8,
	requestsPerSecond: null,
	maxBatchSize: JSON_BATCH,
	commonOptions: alphaSmsCommonOptions,
	ownOptions: new Set(alphaSmsOptionFields.map(({ name }) => name)),
	tellsRepeatsApart: false,
	readOptions: readAlphaSmsOptions,
	checkMessage: checkAlphaSmsMessage,
	// No document mentions a list for this interface: one recipient a request.
	batchLimits: () => ({ sameText: 1, differentTexts: 0 }),
	differentTextsKey: () => null,
	buildSend: buildAlphaSmsSend,
	readSend: readAlphaSmsSend,
	// The text interface takes no id of ours.
	lookUp: null,
	isTextMessage: () => true,
	messageFields: [],
	pricing: alphaSmsPricing,
	operations: alphaSmsOperations,
	otherSendings: [],
};

const withApiKey: Gateway<AlphaSmsOptions> = {
	...textInterface,
	batchLimits(options, batchSize) {
		if (!travelsInJson(options)) return textInterface.batchLimits(options, batchSize);
		return { sameText: batchSize ?? JSON_BATCH, differentTexts: batchSize ?? JSON_BATCH };
	},
	// Each text has a sender of its own; only the way of travelling is shared.
	differentTextsKey: ({ options }) => (travelsInJson(options) ? 'json' : null),
	buildSend: (batch) =>
		travelsInJson(batch.messages[0].options) ? buildAlphaSmsBatch(batch) : buildAlphaSmsSend(batch),
	readSend: (reply, batch) =>
		travelsInJson(batch.messages[0].options)
			? readAlphaSmsBatch(reply, batch)
			: readAlphaSmsSend(reply, batch),
	tellsRepeatsApart: true,
};

export const alphaSmsGateway: Gateway<AlphaSmsOptions> = {
	...textInterface,
	forAuthentication: (authentication) => (authentication === 'login' ? textInterface : withApiKey),
};
