/** n8n is killed at random moments: minutes long, with its own command. */
const base = require('./unit.config.js');

module.exports = {
	...base,
	testMatch: ['**/test/e2e/crash/*.e2e.ts'],
	testTimeout: 3_600_000,
	maxWorkers: 1,
};
