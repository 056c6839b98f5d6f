/** How the runner of mutation testing loads product and tests: TypeScript as it stands, afresh as often as it is asked. */
import { readFileSync } from 'node:fs';
import { Module, createRequire } from 'node:module';
import path from 'node:path';
import { transformSync } from 'esbuild';

const require = createRequire(import.meta.url);
const circus = require('jest-circus');

/** Without a parent, which would keep every module that it has ever loaded. */
const load = (name) => Module._load(require.resolve(name), null);
/** The one whose tests run. */
let testFile = '';

export function loadTests(file) {
	testFile = path.resolve(file);
	load(file);
}

/** What is loaded within `run` is loaded afresh, and forgotten afterwards. */
function isolateModules(run) {
	const kept = forgetOurs();
	try {
		run();
	} finally {
		forgetOurs();
		Object.assign(require.cache, kept);
	}
}

/** Product and tests, which the next to ask for them loads afresh. */
export function forgetOurs() {
	const ours = Object.entries(require.cache).filter(([file]) => file.startsWith(`${process.cwd()}/`));
	for (const [file] of ours) delete require.cache[file];
	return Object.fromEntries(ours);
}

/** What Jest gives to a test, as far as the tests use it. */
export function provideGlobals() {
	const { describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = circus;
	Object.assign(globalThis, { describe, it, test, beforeAll, beforeEach, afterAll, afterEach });
	globalThis.expect = require('@jest/expect').jestExpect;
	// The runner sets each test's longest time, whatever its file asks for.
	const { fn, spyOn } = require('jest-mock');
	globalThis.jest = {
		fn,
		spyOn,
		requireActual: (name) => load(name.startsWith('.') ? path.resolve(path.dirname(testFile), name) : name),
		isolateModules,
		setTimeout: () => globalThis.jest,
	};
}

export function compileTypeScript() {
	const compiled = new Map();
	Module._extensions['.ts'] = (module, file) => {
		if (!compiled.has(file)) {
			const { code } = transformSync(readFileSync(file, 'utf8'), {
				loader: 'ts',
				format: 'cjs',
				target: 'es2022',
				supported: { 'dynamic-import': false },
			});
			compiled.set(file, code);
		}
		module._compile(compiled.get(file), file);
	};
	// As for Jest: `Smsc.node` is Smsc.node.ts sooner than Smsc.node.json.
	for (const extension of ['.json', '.node']) {
		const reader = Module._extensions[extension];
		delete Module._extensions[extension];
		Module._extensions[extension] = reader;
	}
}
