/** What Africa's Talking can do, as data. */
import { defineGateway } from '../shared/contract/gateway';
import { defineSender } from '../shared/contract/sender';
import { NAME } from './codes';
import { africasTalkingCredential } from './credential';
import { africasTalkingOperations } from './operations';
import type { AfricasTalkingOptions } from './options';
import { africasTalkingOptionFields, readAfricasTalkingOptions } from './options';
import { buildAfricasTalkingSend, readAfricasTalkingSend } from './send';

/** The vendor names no limit; what others have sent in one request without harm. */
const MOST_RECIPIENTS = 100;

const texts = defineSender<AfricasTalkingOptions>({
	ownOptions: new Set(africasTalkingOptionFields.map(({ name }) => name)),
	readOptions: readAfricasTalkingOptions,
	batchLimits: (_, batchSize) => ({ sameText: batchSize ?? MOST_RECIPIENTS, differentTexts: 0 }),
	build: buildAfricasTalkingSend,
	read: readAfricasTalkingSend,
});

export const africasTalkingGateway = defineGateway({
	id: 'africasTalking',
	displayName: NAME,
	credential: africasTalkingCredential,
	// No currency: each cost comes with its own.
	homeCountry: 'KE',
	requestsInFlight: 4,
	maxBatchSize: MOST_RECIPIENTS,
	texts,
	operations: africasTalkingOperations,
});
