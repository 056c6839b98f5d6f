/** The suites in a real n8n that are about speed, one after another, with nothing beside them. */
const { ALONE, projectsOf } = require('./n8nProjects.js');

module.exports = {
	projects: projectsOf((line, leftOut) => ALONE.filter((suite) => !leftOut.includes(suite))),
	testTimeout: 600_000,
	maxWorkers: 1,
};
