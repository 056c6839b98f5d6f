/**
 * Under mutation testing: a property that fails has done its work, so that its smallest example is not looked for; a
 * few hundred examples notice nearly all that thousands do; and a mutant that is noticed once is noticed each time.
 */
require('./quiet.js');
const module_ = require('fast-check');

const LARGEST_NUMBER_OF_RUNS = 200;

const fc = module_.default;
module_.default = {
	...fc,
	assert: (property, parameters) =>
		fc.assert(property, {
			...parameters,
			numRuns: Math.min(parameters?.numRuns ?? 100, LARGEST_NUMBER_OF_RUNS),
			endOnFailure: true,
			seed: 1,
		}),
};
