/** What AlphaSMS's text interface can do, as data. */
import type { Gateway } from '../shared/gateway';
import { alphaSmsCommonOptions, alphaSmsOptionFields, readAlphaSmsOptions } from './options';
import type { AlphaSmsOptions } from './options';
import { NAME, buildAlphaSmsSend, checkAlphaSmsMessage, readAlphaSmsSend } from './send';

export const alphaSmsGateway: Gateway<AlphaSmsOptions> = {
	id: 'alphaSms',
	displayName: NAME,
	credentialType: 'alphaSmsApi',
	currency: null,
	requestsInFlight: 8,
	requestsPerSecond: null,
	// No document mentions a list for this interface: one recipient a request.
	maxBatchSize: 1,
	commonOptions: alphaSmsCommonOptions,
	ownOptions: new Set(alphaSmsOptionFields.map(({ name }) => name)),
	tellsRepeatsApart: false,
	readOptions: readAlphaSmsOptions,
	checkMessage: checkAlphaSmsMessage,
	batchLimits: () => ({ sameText: 1, differentTexts: 0 }),
	differentTextsKey: () => null,
	buildSend: buildAlphaSmsSend,
	readSend: readAlphaSmsSend,
	// The text interface takes no id of ours.
	lookUp: null,
};
