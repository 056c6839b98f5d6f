/** The nodes in a real browser: one n8n and one Chromium for all of it, and once more for what an older editor has to show. */
const base = require('./unit.config.js');

const project = (line, suites) => ({
	displayName: line,
	rootDir: base.rootDir,
	roots: base.roots,
	setupFiles: base.setupFiles,
	moduleNameMapper: base.moduleNameMapper,
	testEnvironment: base.testEnvironment,
	transform: base.transform,
	globals: { n8nLine: line },
	testMatch: suites.map((suite) => suite.replace(/^(!?)(.*)$/, '$1**/test/e2e/browser/$2.e2e.ts')),
});

module.exports = {
	projects: [project('2.41', ['*', '!olderEditor']), project('1.123', ['olderEditor'])],
	// The walk over all that Send SMS offers takes minutes.
	testTimeout: 600_000,
	maxWorkers: 1,
};
