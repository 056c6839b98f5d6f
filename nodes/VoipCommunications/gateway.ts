/** What VoIP Communications can do, as data. */
import type { Gateway } from '../shared/contract/gateway';
import { voipCommunicationsOperations } from './operations';
import {
	readVoipCommunicationsOptions,
	voipCommunicationsCommonOptions,
	voipCommunicationsOptionFields,
} from './options';
import type { VoipCommunicationsOptions } from './options';
import {
	NAME,
	buildVoipCommunicationsSend,
	checkVoipCommunicationsMessage,
	readVoipCommunicationsSend,
} from './send';

export const voipCommunicationsGateway: Gateway<VoipCommunicationsOptions> = {
	id: 'voipCommunications',
	displayName: NAME,
	credentialType: 'voipCommunicationsApi',
	homeCountry: 'US',
	// The vendor's sample has a price without a currency.
	currency: null,
	requestsInFlight: 4,
	requestsPerSecond: null,
	// The vendor names no limit for the comma list.
	maxBatchSize: 1000,
	commonOptions: voipCommunicationsCommonOptions,
	ownOptions: new Set(voipCommunicationsOptionFields.map(({ name }) => name)),
	tellsRepeatsApart: false,
	readOptions: readVoipCommunicationsOptions,
	checkMessage: checkVoipCommunicationsMessage,
	batchLimits: (_, batchSize) => ({ sameText: batchSize ?? 100, differentTexts: 0 }),
	differentTextsKey: () => null,
	buildSend: buildVoipCommunicationsSend,
	readSend: readVoipCommunicationsSend,
	// No documented look-up.
	lookUp: null,
	isTextMessage: () => true,
	messageFields: [],
	pricing: null,
	operations: voipCommunicationsOperations,
	otherSendings: [],
};
