/** Builds dist/: the nodes and credentials, the phone number library, icons, codex files and schemas of output. */
const { execFile } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const Module = require('node:module');
const path = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const run = promisify(execFile);

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function checkTypes() {
	const tsc = require.resolve('typescript/bin/tsc');
	try {
		await run(process.execPath, [tsc, '--noEmit', '-p', 'tsconfig.build.json']);
	} catch (error) {
		throw new Error(`TypeScript found errors:\n${error.stdout}`);
	}
}

const commonJs = { platform: 'node', target: 'node20', format: 'cjs' };
const shared = { ...commonJs, bundle: true, legalComments: 'none' };

/** The library stays a file of its own: it is not read before the first number. */
const external = ['n8n-workflow', './libphonenumber'];
/** As require(): an import() would ask for the name with its ending. */
const asRequired = { supported: { 'dynamic-import': false } };

const everythingIn = (lines) => ({ contents: lines.join('\n'), resolveDir: __dirname, loader: 'ts' });

/**
 * All nodes and credentials in one file: a hundred small ones take n8n twice as long to load. What only runs, and is
 * imported when it does (`await import(…)`), goes into files beside it: n8n loads every node when it starts, and need not
 * read half of the code for that. Where package.json says that a node is, there is a file that hands on its class, since
 * n8n looks for icon and codex beside it.
 */
async function bundlePackage() {
	const files = [...n8n.credentials, ...n8n.nodes].map((file) => file.replace(/^dist\//, ''));
	await bundleInParts(files.map((file) => `export * from './${file.replace(/\.js$/, '')}';`));
	for (const file of files) {
		const className = path.basename(file).split('.')[0];
		const target = path.join('dist', file);
		const source = path.posix.relative(path.posix.dirname(file), 'package.js');
		await mkdir(path.dirname(target), { recursive: true });
		await writeFile(
			target,
			`'use strict';\n\nexports.${className} = require('${source.startsWith('.') ? source : `./${source}`}').${className};\n`,
		);
	}
}

/** esbuild splits modules alone, so its parts become CommonJS one by one. */
async function bundleInParts(lines) {
	const { outputFiles } = await esbuild.build({
		...shared,
		format: 'esm',
		splitting: true,
		stdin: everythingIn(lines),
		entryNames: 'package',
		chunkNames: '[name]-[hash]',
		outdir: 'dist',
		write: false,
		external,
	});
	for (const { path: target, text } of outputFiles) {
		const { code } = await esbuild.transform(text, { ...commonJs, ...asRequired });
		await writeFile(target, code);
	}
}

/** What index.js hands to scripts, which have no n8n. */
async function bundleHelpers() {
	await esbuild.build({
		...shared,
		...asRequired,
		stdin: everythingIn([
			"export { createRecipientParser } from './nodes/shared/phone/recipients';",
			"export { countSegments, measureSegments } from './nodes/shared/segments/segments';",
		]),
		outfile: 'dist/helpers.js',
		external,
	});
}

/**
 * The package may have no run-time dependencies (n8n's rule for verified packages), so libphonenumber-js is bundled
 * into the one module that imports it.
 */
async function bundleLibrary() {
	await esbuild.build({
		...shared,
		entryPoints: ['nodes/shared/phone/libphonenumber.ts'],
		outfile: 'dist/libphonenumber.js',
		minify: true,
		banner: { js: '/* libphonenumber-js (MIT, Nikolay Kuchumov): see THIRD-PARTY-NOTICES.md */' },
	});
}

/** What n8n shows of each operation's results before a first run, beside its node. Nothing of ours reads these files. */
async function writeSchemas() {
	const files = n8n.nodes.map((file) => file.replace(/^dist\//, ''));
	const { outputFiles } = await esbuild.build({
		...shared,
		stdin: everythingIn([
			"export { outputSchemas } from './nodes/SendSms/outputSchemas';",
			...files.map((file) => `export * from './${file.replace(/\.js$/, '')}';`),
		]),
		write: false,
		external: ['n8n-workflow'],
	});
	const built = new Module(__filename);
	built.paths = module.paths;
	built._compile(outputFiles[0].text, __filename);
	for (const file of files) {
		const { description } = new built.exports[path.basename(file).split('.')[0]]();
		for (const [name, schema] of Object.entries(built.exports.outputSchemas(description))) {
			const target = path.join('dist', path.dirname(file), '__schema__', name);
			await mkdir(path.dirname(target), { recursive: true });
			await writeFile(target, JSON.stringify(schema));
		}
	}
}

function copyIcons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

function copyCodex() {
	return src('nodes/**/*.node.json', { encoding: false }).pipe(dest('dist/nodes'));
}

exports.build = series(
	parallel(clean, checkTypes),
	parallel(bundlePackage, bundleHelpers, bundleLibrary, writeSchemas, copyIcons, copyCodex),
);
exports.default = exports.build;
