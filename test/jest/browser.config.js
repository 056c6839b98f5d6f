/** The nodes in a real browser: one n8n and one Chromium for all of it. */
const base = require('./unit.config.js');

module.exports = {
	...base,
	testMatch: ['**/test/e2e/browser/*.e2e.ts'],
	testTimeout: 300_000,
	maxWorkers: 1,
};
