/** What the runs in a real n8n have in common: a project for every line of n8n. */
const path = require('node:path');
const tsx = require('tsx/cjs/api');
const base = require('./unit.config.js');

const { LINE_FACTS, N8N_LINES } = tsx.require('../e2e/real-n8n/lines.ts', __filename);

/** Suites that measure how fast n8n answers. */
const ALONE = ['triggerLoad'];

/** `suitesOf` names the suites of a line, without `.e2e.ts`; a `!` before a name leaves it out. */
const projectsOf = (suitesOf) =>
	N8N_LINES.map((line) => ({
		displayName: line,
		rootDir: base.rootDir,
		roots: base.roots,
		setupFiles: base.setupFiles,
		globalSetup: path.join(__dirname, '..', 'e2e', 'real-n8n', 'packOnce.js'),
		moduleNameMapper: base.moduleNameMapper,
		testEnvironment: base.testEnvironment,
		transform: base.transform,
		globals: { n8nLine: line },
		testMatch: suitesOf(line, LINE_FACTS[line].leavesOut).map((suite) =>
			suite.replace(/^(!?)(.*)$/, '$1**/test/e2e/real-n8n/$2.e2e.ts'),
		),
	}));

module.exports = { ALONE, projectsOf };
