/**
 * Mutation testing (`npm run test:mutation`) over what has to be right without a network: each change to these files
 * must be noticed by a unit test. It takes most of an hour, so it is not in CI; `-- --mutate nodes/shared/send/plan.ts`
 * takes one file. What survives, and why, is in docs/testing.md.
 */
import { createRequire } from 'node:module';

const base = createRequire(import.meta.url)('./test/jest/unit.config.js');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner', './test/support/sentences.mjs'],
	mutate: [
		'nodes/shared/{contract,input,segments,time}/*.ts',
		'nodes/shared/phone/{cleaning,lists,reading,recipients,unicode}.ts',
		'nodes/shared/requests/{failures,loop,queryFailures,retryAfter,textFailures,transportFault}.ts',
		'nodes/shared/send/{deliver,duplicates,ledger,plan,reconcile}.ts',
		'nodes/shared/send/checks/*.ts',
		'nodes/shared/webhook/{call,eventMemory,optOut,runWebhook}.ts',
		'nodes/*/{send,sendJson,reply,rows,prices,webhook}.ts',
		'nodes/Smsc/{price,recipients,reconciliation,statusRows}.ts',
		'nodes/Smsc/send/*.ts',
	],
	ignorers: ['sentences'],
	// Only what n8n itself is not needed for: its engine takes seconds to load, and each mutant would pay for them.
	jest: {
		config: {
			...base,
			setupFiles: [...base.setupFiles, '<rootDir>/test/support/noShrinking.js'],
			testPathIgnorePatterns: [
				'/node_modules/',
				'/test/(conformance|e2e|support)/',
				'/test/unit/(credentials|SendSms|simulators)/',
				'/test/unit/(examples|gateways|package|readme)\\.test\\.ts$',
				'/test/unit/shared/(beforeSending|execute|fuzz|growth)\\.test\\.ts$',
				'/test/unit/shared/operations/',
				'/test/unit/Smsc/(afterSending|beyondTexts|lookUps)\\.test\\.ts$',
				'/test/unit/(AdvantaSms/(otp|repeats)|AlphaSms/batches|SmsRu/codeCall|VoipCommunications/wrongKey)\\.test\\.ts$',
			],
		},
		enableFindRelatedTests: true,
	},
	coverageAnalysis: 'perTest',
	// An endless loop is what a time-out is for; the slowest test takes a second or two.
	timeoutMS: 8000,
	timeoutFactor: 2,
	concurrency: 1,
	ignorePatterns: ['.local', '.ci', 'dist', 'docs', 'examples', 'test/e2e'],
	tempDirName: '.local/stryker',
	reporters: ['clear-text', 'progress', 'json', 'html'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	jsonReporter: { fileName: '.local/results/mutation.json' },
	htmlReporter: { fileName: '.local/results/mutation.html' },
	thresholds: { high: 90, low: 85, break: 85 },
};
