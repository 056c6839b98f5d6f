/** Adds up what jest counted in all suites that have run: `N passed, N failed`. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '.local', 'results');
let passed = 0;
let failed = 0;
for (const file of readdirSync(folder)) {
	const report = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
	passed += report.numPassedTests;
	// A suite that cannot even start has no failed test of its own.
	failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
}
console.log(`${passed} passed, ${failed} failed`);
