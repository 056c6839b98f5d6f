/**
 * `npm test` and each `npm run test:…`: installs what is needed, then runs the checks one after another and says how long
 * each took. Node's own modules only, since nothing else is there on a fresh machine.
 * Usage: node scripts/test.mjs [unit|n8n|browser|pictures|fuzz|faults|queue|crash] [arguments for jest …]; with n8n, arguments like
 * 1.123 choose lines of n8n.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { ensureInstall } from './ensure-install.mjs';
import { Problem } from './steps.js';

const require = createRequire(import.meta.url);
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name, ...file) => path.join(root, 'node_modules', name, ...file);

const [suite = 'unit', ...args] = process.argv.slice(2);
const isLine = (argument) => suite === 'n8n' && /^\d+\.\d+$/.test(argument);
const jestArguments = args.filter((argument) => !isLine(argument));
const lines = args.filter(isLine);
const jestInto = (results, ...more) => [
	bin('jest', 'bin', 'jest.js'),
	'--json',
	`--outputFile=${path.join('.local', 'results', `${results}.json`)}`,
	...more,
	...jestArguments,
];
const jest = (...more) => jestInto(suite, ...more);

const config = (name) => path.join('test', 'jest', `${name}.config.js`);

const inBrowser = jest('--config', config('browser'), '--runInBand');

/** Arguments of the person may leave one of the two steps without a suite. */
const inN8n = (name) => [
	...(lines.length === 0 ? [] : ['--selectProjects', ...lines]),
	...(jestArguments.length === 0 ? [] : ['--passWithNoTests']),
	'--config',
	config(name),
];
const ofLines = lines.length === 0 ? '' : ` ${lines.join(', ')}`;

const STEPS = {
	unit: [
		['Formatting', [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
		['Lint', [bin('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.']],
		['Types', [bin('typescript', 'bin', 'tsc'), '--noEmit', '-p', '.']],
		['Rooms', [path.join('scripts', 'rooms.mjs')]],
		['Tests', jest()],
	],
	n8n: [
		[`Tests in a real n8n${ofLines}`, jest(...inN8n('real-n8n'))],
		[`Speed in a real n8n${ofLines}`, jestInto('n8n-alone', ...inN8n('real-n8n-alone'), '--runInBand')],
	],
	browser: [['Tests in a browser', inBrowser]],
	// The tests with a picture have the word in their name.
	pictures: [['Pictures for the README', [...inBrowser, '--testNamePattern', 'picture']]],
	fuzz: [
		[
			'Fuzzing: a million odd replies and calls',
			jest(
				'test/unit/shared/fuzz.test.ts',
				'test/unit/shared/webhook/webhook.test.ts',
				'--testTimeout=3600000',
			),
		],
	],
	faults: [['Fault-injection suite', jest('--config', config('faults'))]],
	queue: [['n8n in queue mode', jest('--config', config('queue'), '--runInBand')]],
	crash: [['n8n killed at random moments', jest('--config', config('crash'), '--runInBand')]],
};

/** jest would run nothing at all for a name that it does not know, and call that fine. */
function checkLines() {
	const { N8N_LINES } = require('tsx/cjs/api').require('../test/e2e/real-n8n/lines.ts', import.meta.url);
	const unknown = lines.find((line) => !N8N_LINES.includes(line));
	if (unknown !== undefined)
		throw new Problem(`There is no n8n line "${unknown}" to test on: use one of ${N8N_LINES.join(', ')}.`);
}

const fuzzing = {
	FUZZ_RUNS: process.env.FUZZ_RUNS ?? '30000',
	FUZZ_SEED: process.env.FUZZ_SEED ?? String(Date.now() % 1_000_000_000),
};
if (suite === 'fuzz') console.log(`FUZZ_SEED=${fuzzing.FUZZ_SEED} FUZZ_RUNS=${fuzzing.FUZZ_RUNS}`);

function run(args) {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, args, {
			cwd: root,
			env: {
				...process.env,
				REMAKE_PICTURES: String(suite === 'pictures'),
				...(suite === 'fuzz' ? fuzzing : {}),
			},
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		// jest's own report goes to stderr; its JSON goes to the file. What a run has to clean up after itself holds its
		// standard output open: this ends when that is done, also after Ctrl-C.
		child.stdout.resume();
		for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
		child.once('close', (code) => resolve(code ?? 1));
	});
}

const steps = STEPS[suite];
if (steps === undefined)
	throw new Error(`There is no suite "${suite}": use one of ${Object.keys(STEPS).join(', ')}.`);
try {
	await ensureInstall();
	checkLines();
	mkdirSync(path.join(root, '.local', 'results'), { recursive: true });
	for (const [title, args] of steps) {
		const start = Date.now();
		console.log(`${title} …`);
		const code = await run(args);
		const seconds = Math.round((Date.now() - start) / 1000);
		console.log(`${title}: ${code === 0 ? 'passed' : 'failed'}, ${seconds} s`);
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
