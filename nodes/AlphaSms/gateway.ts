/** What AlphaSMS's text interface can do, as data; with an API key also its JSON interface, which takes batches. */
import { defineGateway } from '../shared/contract/gateway';
import { defineSender } from '../shared/contract/sender';
import type { Sender } from '../shared/contract/sender';
import { measureSegments } from '../shared/segments/segments';
import { NAME } from './codes';
import { alphaSmsCredential, reachesJson } from './credential';
import { alphaSmsBilledOperations, alphaSmsOperations } from './operations';
import { checkAlphaSmsMessage, isTextMessage, refuseWithoutKey } from './channels/checks';
import { alphaSmsMessageFields } from './channels/fields';
import { alphaSmsCommonOptions, alphaSmsOwnNames, readAlphaSmsOptions, travelsInJson } from './options';
import type { AlphaSmsOptions } from './options';
import { buildAlphaSmsPrice, readAlphaSmsPrice } from './prices';
import { alphaSmsReconciliation } from './reconciliation';
import { buildAlphaSmsSend, readAlphaSmsSend } from './send';
import { JSON_BATCH, buildAlphaSmsJson, readAlphaSmsJson } from './sendJson';

/** No document mentions a list for this interface: one recipient a request. It takes no id of ours to ask by later. */
const byText = defineSender<AlphaSmsOptions>({
	commonOptions: alphaSmsCommonOptions,
	ownOptions: alphaSmsOwnNames,
	readOptions: readAlphaSmsOptions,
	checkMessage: checkAlphaSmsMessage,
	isTextMessage,
	measure: (_, { smsText }) => (smsText === null ? null : measureSegments(smsText)),
	build: buildAlphaSmsSend,
	read: readAlphaSmsSend,
});

/** With a login, or on a site without it, the JSON interface is out of reach. */
const byTextAlone: Sender<AlphaSmsOptions> = {
	...byText,
	checkMessage: (message) => refuseWithoutKey(message.options) ?? checkAlphaSmsMessage(message),
};

const byJson: Sender<AlphaSmsOptions> = {
	...byText,
	batchLimits(options, batchSize) {
		if (!travelsInJson(options)) return byText.batchLimits(options, batchSize);
		return { sameText: batchSize ?? JSON_BATCH, differentTexts: batchSize ?? JSON_BATCH };
	},
	// Each text has a sender of its own; only the way of travelling is shared.
	differentTextsKey: ({ options }) => (travelsInJson(options) ? 'json' : null),
	build: (batch) =>
		travelsInJson(batch.messages[0].options) ? buildAlphaSmsJson(batch) : buildAlphaSmsSend(batch),
	read: (reply, batch) =>
		travelsInJson(batch.messages[0].options)
			? readAlphaSmsJson(reply, batch)
			: readAlphaSmsSend(reply, batch),
	tellsRepeatsApart: true,
	reconciliation: alphaSmsReconciliation,
};

export const alphaSmsGateway = defineGateway({
	id: 'alphaSms',
	displayName: NAME,
	credential: alphaSmsCredential,
	homeCountry: 'UA',
	requestsInFlight: 8,
	maxBatchSize: JSON_BATCH,
	ownMessageFields: alphaSmsMessageFields,
	texts: byText,
	textsFor: (authentication) => (reachesJson(authentication) ? byJson : byTextAlone),
	prices: { ...byText, build: buildAlphaSmsPrice, read: readAlphaSmsPrice },
	operations: alphaSmsOperations,
	billedOperations: alphaSmsBilledOperations,
});
