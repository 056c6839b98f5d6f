/**
 * `npm test`, `npm run test:n8n` and `npm run test:faults`: installs what is needed, then runs the checks one after another and says how long
 * each took. Node's own modules only, since nothing else is there on a fresh machine.
 * Usage: node scripts/test.mjs [unit|n8n|faults] [arguments for jest …]
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { ensureInstall } from './ensure-install.mjs';
import { Problem } from './steps.js';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name, ...file) => path.join(root, 'node_modules', name, ...file);

const [suite = 'unit', ...jestArguments] = process.argv.slice(2);
const results = path.join('.local', 'results', `${suite}.json`);
const jest = (...more) => [
	bin('jest', 'bin', 'jest.js'),
	'--json',
	`--outputFile=${results}`,
	...more,
	...jestArguments,
];

const STEPS = {
	unit: [
		['Formatting', [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
		['Lint', [bin('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.']],
		['Types', [bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', '.']],
		['Tests', jest()],
	],
	n8n: [['Tests in a real n8n', jest('--config', 'jest.real-n8n.config.js', '--runInBand')]],
	faults: [['Proof under fire', jest('--config', 'jest.faults.config.js')]],
};

function run(args) {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
		// jest's own report goes to stderr; its JSON goes to the file.
		for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
		child.once('close', (code) => resolve(code ?? 1));
	});
}

const steps = STEPS[suite];
if (steps === undefined)
	throw new Error(`There is no suite "${suite}": use one of ${Object.keys(STEPS).join(', ')}.`);
try {
	await ensureInstall();
	mkdirSync(path.join(root, '.local', 'results'), { recursive: true });
	for (const [title, args] of steps) {
		const start = Date.now();
		console.log(`${title} …`);
		const code = await run(args);
		const seconds = Math.round((Date.now() - start) / 1000);
		console.log(`${title}: ${code === 0 ? 'fine' : 'not fine'}, ${seconds} s`);
		if (code !== 0) {
			process.exitCode = 1;
			break;
		}
	}
} catch (error) {
	if (!(error instanceof Problem)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
