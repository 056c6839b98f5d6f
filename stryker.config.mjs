/**
 * Mutation testing (`npm run test:mutation`) over what has to be right without a network: each change to these files
 * must be noticed by a unit test. It takes long, so it is not in CI; `-- --mutate nodes/shared/send/plan.ts`
 * takes one file. What survives, and why, is in docs/testing.md.
 */
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	testRunner: 'warm',
	plugins: ['./test/support/mutationRunner.mjs', './test/support/sentences.mjs'],
	mutate: [
		'nodes/shared/{contract,segments,time}/*.ts',
		'nodes/shared/phone/{cleaning,lists,reading,recipients,unicode}.ts',
		'nodes/shared/requests/{failures,loop,queryFailures,retryAfter,textFailures,transportFault}.ts',
		'nodes/shared/{answer,journal}/*.ts',
		'nodes/shared/codes/{answers,claims,code,judge,key,token,tries}.ts',
		'nodes/shared/send/{deliver,duplicates,ledger,plan,reconcile}.ts',
		'nodes/shared/send/{failover,routing}.ts',
		'nodes/shared/send/{codeLimits,cost,hoursLimit,limits,onceLimits,stopList}.ts',
		'nodes/shared/send/checks/*.ts',
		'nodes/shared/webhook/{call,eventMemory,optOut,runWebhook}.ts',
		'nodes/*/{send,sendJson,reply,rows,prices,webhook}.ts',
		'nodes/AfricasTalking/money.ts',
		'nodes/Smsc/{moscow,recipients,reconciliation,status,statusRows}.ts',
		'nodes/Smsc/send/*.ts',
	],
	ignorers: ['sentences'],
	// Without those that wait, or run n8n's engine for everything.
	testFiles: [
		'test/unit/!(credentials|SendSms|shared|simulators)/**/!(afterSending|batches|beyondTexts|codeCall|lookUps|otp|repeats|wrongKey).test.ts',
		'test/unit/shared/{beforeSending,core}.test.ts',
		'test/unit/shared/!(operations)/**/!(asking|operations|runJournal).test.ts',
	],
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
