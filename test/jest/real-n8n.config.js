/** The runs in a real n8n, once for every line of n8n: long, one after another. */
const tsx = require('tsx/cjs/api');
const base = require('./unit.config.js');

const { LINE_FACTS, N8N_LINES } = tsx.require('../e2e/real-n8n/lines.ts', __filename);
const SUITES = '**/test/e2e/real-n8n/';

module.exports = {
	projects: N8N_LINES.map((line) => ({
		displayName: line,
		rootDir: base.rootDir,
		roots: base.roots,
		setupFiles: base.setupFiles,
		moduleNameMapper: base.moduleNameMapper,
		testEnvironment: base.testEnvironment,
		transform: base.transform,
		globals: { n8nLine: line },
		testMatch: [
			`${SUITES}*.e2e.ts`,
			...LINE_FACTS[line].leavesOut.map((suite) => `!${SUITES}${suite}.e2e.ts`),
		],
	})),
	testTimeout: 600_000,
	maxWorkers: 1,
};
