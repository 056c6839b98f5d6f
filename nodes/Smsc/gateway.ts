/** What SMSC can do, as data. */
import { defineGateway } from '../shared/contract/gateway';
import { NAME } from './codes';
import { smscCredential } from './credential';
import { smscBilledOperations, smscOperations } from './operations';
import { smscMessageFields } from './options';
import { smscPrices } from './prices';
import { smscTexts } from './sender';

export const smscGateway = defineGateway({
	id: 'smsc',
	displayName: NAME,
	credential: smscCredential,
	homeCountry: 'RU',
	// No currency: it is the client's own, not the site's ("the Client's currency name"), and only the balance page tells
	// it. Confidence: high, https://smscentre.com/api/http/balance/get_balance
	// Fifteen at once are refused with code 9; other programs may use the same login.
	requestsInFlight: 5,
	maxBatchSize: 1000,
	ownMessageFields: smscMessageFields,
	texts: smscTexts,
	prices: smscPrices,
	operations: smscOperations,
	billedOperations: smscBilledOperations,
	eventDetails: ['cost', 'testMode', 'paused', 'clicked'],
});
