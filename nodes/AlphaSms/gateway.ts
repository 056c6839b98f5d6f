/** What AlphaSMS's text interface can do, as data; with an API key also its JSON interface, which takes batches. */
import { defineGateway } from '../shared/contract/gateway';
import { defineSender } from '../shared/contract/sender';
import type { Sender } from '../shared/contract/sender';
import { NAME } from './codes';
import { alphaSmsCredential } from './credential';
import { alphaSmsOperations } from './operations';
import { alphaSmsCommonOptions, alphaSmsOptionFields, readAlphaSmsOptions } from './options';
import type { AlphaSmsOptions } from './options';
import { buildAlphaSmsPrice, readAlphaSmsPrice } from './prices';
import { buildAlphaSmsSend, checkAlphaSmsMessage, readAlphaSmsSend } from './send';
import { JSON_BATCH, buildAlphaSmsJson, readAlphaSmsJson, travelsInJson } from './sendJson';

/** No document mentions a list for this interface: one recipient a request. It takes no id of ours to ask by later. */
const byText = defineSender<AlphaSmsOptions>({
	commonOptions: alphaSmsCommonOptions,
	ownOptions: new Set(alphaSmsOptionFields.map(({ name }) => name)),
	readOptions: readAlphaSmsOptions,
	checkMessage: checkAlphaSmsMessage,
	build: buildAlphaSmsSend,
	read: readAlphaSmsSend,
});

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
};

export const alphaSmsGateway = defineGateway({
	id: 'alphaSms',
	displayName: NAME,
	credential: alphaSmsCredential,
	homeCountry: 'UA',
	requestsInFlight: 8,
	maxBatchSize: JSON_BATCH,
	texts: byText,
	textsFor: (authentication) => (authentication === 'login' ? byText : byJson),
	prices: { ...byText, build: buildAlphaSmsPrice, read: readAlphaSmsPrice },
	operations: alphaSmsOperations,
});
