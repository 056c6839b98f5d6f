/** The runs in a real n8n: long, one after another. */
const base = require('./jest.config.js');

module.exports = { ...base, testMatch: ['**/test/real-n8n/*.e2e.ts'], testTimeout: 600_000, maxWorkers: 1 };
