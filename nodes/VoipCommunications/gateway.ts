/** What VoIP Communications can do, as data. */
import { defineGateway } from '../shared/contract/gateway';
import { defineSender } from '../shared/contract/sender';
import { NAME } from './codes';
import { voipCommunicationsCredential } from './credential';
import { voipCommunicationsOperations } from './operations';
import {
	readVoipCommunicationsOptions,
	voipCommunicationsCommonOptions,
	voipCommunicationsOptionFields,
} from './options';
import type { VoipCommunicationsOptions } from './options';
import {
	buildVoipCommunicationsSend,
	checkVoipCommunicationsMessage,
	readVoipCommunicationsSend,
} from './send';

const texts = defineSender<VoipCommunicationsOptions>({
	commonOptions: voipCommunicationsCommonOptions,
	ownOptions: new Set(voipCommunicationsOptionFields.map(({ name }) => name)),
	readOptions: readVoipCommunicationsOptions,
	checkMessage: checkVoipCommunicationsMessage,
	batchLimits: (_, batchSize) => ({ sameText: batchSize ?? 100, differentTexts: 0 }),
	build: buildVoipCommunicationsSend,
	read: readVoipCommunicationsSend,
});

export const voipCommunicationsGateway = defineGateway({
	id: 'voipCommunications',
	displayName: NAME,
	credential: voipCommunicationsCredential,
	homeCountry: 'US',
	// No currency: the vendor's sample has a price without one.
	requestsInFlight: 4,
	// The vendor names no limit for the comma list.
	maxBatchSize: 1000,
	texts,
	operations: voipCommunicationsOperations,
});
