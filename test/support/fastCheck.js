/**
 * fast-check as the tests get it: the same examples every time, so that a run is red because of a change and not by
 * chance. `npm run test:fuzz` draws new ones, and many more; FUZZ_SEED=… repeats what it printed.
 */
// Not by its name: that leads here.
const fastCheck = require('../../node_modules/fast-check');

const SEED = Number(process.env.FUZZ_SEED ?? 1);

fastCheck.configureGlobal({ ...fastCheck.readConfigureGlobal(), seed: SEED });

module.exports = fastCheck;
