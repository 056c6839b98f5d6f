/** n8n is killed at random moments, once for every line of n8n: long, one after another. */
const realN8n = require('./real-n8n.config.js');

module.exports = {
	...realN8n,
	projects: realN8n.projects.map((project) => ({ ...project, testMatch: ['**/test/e2e/crash/*.e2e.ts'] })),
	testTimeout: 3_600_000,
};
