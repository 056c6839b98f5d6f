/** Checks which room of the code knows which, by the rules in .dependency-cruiser.cjs, and says which rule was broken where. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const require = createRequire(import.meta.url);
process.chdir(path.join(path.dirname(fileURLToPath(import.meta.url)), '..'));

const { forbidden, options } = require('../.dependency-cruiser.cjs');
const { output } = await cruise(
	['nodes', 'credentials', 'simulators'],
	{ ...options, validate: true, ruleSet: { forbidden } },
	undefined,
	{ tsConfig: extractTSConfig(options.tsConfig.fileName) },
);

const { violations, totalCruised } = output.summary;
const sentences = new Map(forbidden.map(({ name, comment }) => [name, comment]));
for (const { from, to, rule, cycle } of violations) {
	const way = [from, ...(cycle?.map(({ name }) => name) ?? [to])].join(' → ');
	console.error(`${way}\n  ${sentences.get(rule.name)}`);
}
if (totalCruised < 100)
	console.error(`Only ${totalCruised} files were checked: the rules did not reach the code.`);
if (violations.length > 0 || totalCruised < 100) process.exitCode = 1;
