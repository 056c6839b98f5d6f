/** The fault-injection suite: minutes long, with its own command. */
const base = require('./unit.config.js');

module.exports = { ...base, testMatch: ['**/test/e2e/faults/*.e2e.ts'], testTimeout: 300_000, maxWorkers: 1 };
