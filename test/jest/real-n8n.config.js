/** The runs in a real n8n, once for every line of n8n. Two suites at a time: for most of their time they wait. */
const { ALONE, projectsOf } = require('./n8nProjects.js');

module.exports = {
	projects: projectsOf((line, leftOut) => ['*', ...[...ALONE, ...leftOut].map((suite) => `!${suite}`)]),
	testTimeout: 600_000,
	maxWorkers: 2,
};
