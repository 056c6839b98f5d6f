/**
 * A gateway without an account, to try workflows with: it answers like one, through everything that real ones go through,
 * and sends nothing.
 */
import { defineLocalGateway } from '../shared/contract/gateway';
import { NO_COUNTRY } from '../shared/contract/countries';
import { defineSender } from '../shared/contract/sender';
import { CURRENCY, answerTest } from './answers';
import { NAME } from './codes';
import { testOperations } from './operations';
import { readTestOptions, testCommonOptions } from './options';
import { buildTestPrice, buildTestSend, readTestPrice, readTestSend } from './send';

const texts = defineSender({
	commonOptions: testCommonOptions,
	readOptions: readTestOptions,
	build: buildTestSend,
	read: readTestSend,
});

export const testGateway = defineLocalGateway({
	id: 'test',
	displayName: NAME,
	credential: null,
	currency: CURRENCY,
	homeCountry: NO_COUNTRY,
	// One at a time: what follows a number that stops the run is always held back.
	requestsInFlight: 1,
	maxBatchSize: 1,
	texts,
	prices: { ...texts, build: buildTestPrice, read: readTestPrice },
	operations: testOperations,
	answer: answerTest,
});
