/** Builds dist/: compiled TypeScript, the bundled phone number library, icons and codex files. */
const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const run = promisify(execFile);

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	try {
		await run(process.execPath, [tsc, '-p', 'tsconfig.build.json']);
	} catch (error) {
		throw new Error(`TypeScript found mistakes:\n${error.stdout}`);
	}
}

/**
 * The package may have no run-time dependencies (n8n's rule for verified packages), so libphonenumber-js is bundled
 * into the one module that imports it.
 */
async function bundleLibrary() {
	const file = path.join('nodes', 'shared', 'phone', 'libphonenumber');
	await esbuild.build({
		entryPoints: [`${file}.ts`],
		outfile: path.join('dist', `${file}.js`),
		allowOverwrite: true,
		bundle: true,
		minify: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		legalComments: 'none',
		banner: { js: '/* libphonenumber-js (MIT, Nikolay Kuchumov): see THIRD-PARTY-NOTICES.md */' },
	});
}

function copyIcons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

function copyCodex() {
	return src('nodes/**/*.node.json', { encoding: false }).pipe(dest('dist/nodes'));
}

exports.build = series(clean, compile, parallel(bundleLibrary, copyIcons, copyCodex));
exports.default = exports.build;
