/** Under mutation testing a property that fails has done its work: the smallest example is of no use there. */
require('fast-check').configureGlobal({ endOnFailure: true });
