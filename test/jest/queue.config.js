/** n8n in queue mode: minutes long, with its own command. */
const base = require('./unit.config.js');

module.exports = { ...base, testMatch: ['**/test/e2e/queue/*.e2e.ts'], testTimeout: 900_000, maxWorkers: 1 };
