/**
 * Runs the unit tests for Stryker. Its own runner for Jest starts Jest anew for each mutant, which loads n8n's libraries
 * again, and every test file that knows the mutated one: half a minute a mutant. Here the libraries stay loaded; product
 * and tests are loaded afresh, only the tests that reach the mutant run, and the first that fails ends it. `describe`,
 * `it` and `expect` are Jest's.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PluginKind, declareClassPlugin } from '@stryker-mutator/api/plugin';
import {
	DryRunStatus,
	TestStatus,
	determineHitLimitReached,
	toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { compileTypeScript, forgetOurs, loadTests, provideGlobals } from './mutationModules.mjs';

const require = createRequire(import.meta.url);
const circus = require('jest-circus');
const { addEventHandler, dispatch } = require(
	path.join(path.dirname(require.resolve('jest-circus')), 'state.js'),
);

/** A test that waits as long waits for something that the mutant has broken. */
const LONGEST_TEST = 10_000;

/** Tests of how long something takes: each takes seconds, and notices nothing that the others do not. */
const ABOUT_TIME = /\b(?:linear|in a time|100,000|very many rows|9 MB|in pieces|in a part of a large)\b/;

/** What Stryker's instrumented code reads and writes. */
const mutants = (globalThis.__stryker__ ??= {});

const testsOf = (block) =>
	block.children.flatMap((child) => (child.type === 'test' ? [child] : testsOf(child)));

function nameOf(test) {
	const names = [test.name];
	for (let block = test.parent; block.parent !== undefined; block = block.parent) names.unshift(block.name);
	return names.join(' ');
}

function textOf(error) {
	const first = Array.isArray(error) ? error[0] : error;
	return first?.message ?? String(first);
}

/** Tells the instrumented code which test is running, and ends a mutant's run at the first failure. */
function followTests() {
	addEventHandler((event, state) => {
		if (event.name === 'test_start') {
			mutants.currentTestId = event.test.id;
			event.test.timeout = LONGEST_TEST;
		}
		if (event.name !== 'test_done') return;
		mutants.currentTestId = undefined;
		if (event.test.errors.length === 0) return;
		for (const test of testsOf(state.rootDescribeBlock)) test.mode = 'skip';
	});
}

class MutationRunner {
	/** In the sandbox: a runner that takes over after a time-out has not seen the first run. */
	#firstRun = path.resolve('mutation-first-run.json');
	#known = null;

	capabilities() {
		return { reloadEnvironment: true };
	}

	async init() {
		require('./mutationSetup.js');
		provideGlobals();
		compileTypeScript();
		followTests();
	}

	/** Every test that loads a mutated file, to learn which mutants each reaches. */
	async dryRun({ testFiles, files }) {
		Object.assign(mutants, { activeMutant: undefined, mutantCoverage: undefined, hitLimit: undefined });
		const tests = [];
		const related = [];
		for (const file of testFiles) {
			try {
				const begin = Date.now();
				this.#load(file);
				if (!files.some((mutated) => require.cache[mutated] !== undefined)) continue;
				const loading = Date.now() - begin;
				related.push(file);
				const [first, ...others] = await this.#run(file, undefined);
				// What no test accounts for, Stryker adds to the time after which each mutant is given up.
				if (first !== undefined) tests.push({ ...first, timeSpentMs: first.timeSpentMs + loading }, ...others);
			} catch (error) {
				return { status: DryRunStatus.Error, errorMessage: `${file}: ${error.stack}` };
			}
		}
		// Absent where no test reaches a mutant.
		const mutantCoverage = mutants.mutantCoverage ?? { static: {}, perTest: {} };
		writeFileSync(this.#firstRun, JSON.stringify({ related, reached: mutantCoverage.perTest }));
		return { status: DryRunStatus.Complete, tests, mutantCoverage };
	}

	async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, sandboxFileName }) {
		const wanted = testFilter ?? this.#testsOfFile(sandboxFileName);
		const tests = [];
		Object.assign(mutants, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
		for (const file of this.#filesOf(wanted, sandboxFileName)) {
			mutants.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
			try {
				this.#load(file);
				mutants.activeMutant = activeMutant.id;
				tests.push(...(await this.#run(file, wanted)));
			} catch (error) {
				tests.push(failure(`${path.relative('.', file)} cannot be loaded`, error));
			}
			const tooMany = determineHitLimitReached(mutants.hitCount, mutants.hitLimit);
			if (tooMany !== undefined) return toMutantRunResult(tooMany);
			if (tests.some(({ status }) => status === TestStatus.Failed)) break;
		}
		return toMutantRunResult({ status: DryRunStatus.Complete, tests });
	}

	/**
	 * For a mutant that works while its file is loaded, such as a table: the tests that reach anything else in the file.
	 * Undefined where there is nothing else.
	 */
	#testsOfFile(file) {
		const ids = [...readFileSync(file, 'utf8').matchAll(/\bstryMutAct_9fa48\("(\d+)"\)/g)].map(([, id]) => id);
		const tests = Object.entries(this.#seen().reached).flatMap(([test, reached]) =>
			ids.some((id) => id in reached) ? [test] : [],
		);
		return tests.length === 0 ? undefined : tests;
	}

	/** The files of these tests, or all; those beside the mutated file first. */
	#filesOf(tests, mutated) {
		const files = tests?.map((id) => path.resolve(id.slice(0, id.indexOf(' ')))) ?? this.#seen().related;
		const place = (file) => path.relative('.', file).replace(/^(?:nodes|test\/unit)\//, '').split(/[/.]/);
		const own = place(mutated);
		const near = (file) => {
			const parts = place(file);
			const differ = own.findIndex((part, index) => part !== parts[index]);
			return differ < 0 ? own.length : differ;
		};
		return [...new Set(files)].sort((a, b) => near(b) - near(a));
	}

	#seen() {
		return (this.#known ??= JSON.parse(readFileSync(this.#firstRun, 'utf8')));
	}

	#load(file) {
		forgetOurs();
		circus.resetState();
		loadTests(file);
		for (const test of testsOf(circus.getState().rootDescribeBlock)) {
			const name = nameOf(test);
			test.id = `${path.relative('.', file)} ${name}`;
			if (ABOUT_TIME.test(name)) test.mode = 'skip';
		}
	}

	/** What `#load` has loaded. */
	async #run(file, filter) {
		const { rootDescribeBlock, unhandledErrors } = circus.getState();
		const wanted = filter === undefined ? undefined : new Set(filter);
		const tests = testsOf(rootDescribeBlock);
		for (const test of tests) if (wanted?.has(test.id) === false) test.mode = 'skip';
		await dispatch({ name: 'setup', parentProcess: process });
		await circus.run();
		await dispatch({ name: 'teardown' });
		const results = tests.map(({ id, errors, status, duration }) => {
			if (errors.length > 0) return failure(id, errors[0]);
			return {
				id,
				name: id,
				fileName: file,
				timeSpentMs: duration ?? 0,
				status: status === 'done' ? TestStatus.Success : TestStatus.Skipped,
			};
		});
		return [...results, ...unhandledErrors.map((error) => failure(`${path.relative('.', file)} as a whole`, error))];
	}
}

function failure(id, error) {
	return { id, name: id, timeSpentMs: 0, status: TestStatus.Failed, failureMessage: textOf(error) };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'warm', MutationRunner)];
