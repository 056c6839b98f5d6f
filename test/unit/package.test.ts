/** What is published: the packed tarball holds what runs and nothing else, and loads where only n8n-workflow is. */
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	realpathSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { GATEWAY_IDS, gateways } from '../../nodes/SendSms/gateways';

const root = path.join(__dirname, '..', '..');

interface Manifest {
	readonly name: string;
	readonly scripts?: Readonly<Record<string, string>>;
	readonly peerDependencies: unknown;
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
}

let home: string;
let unpacked: string;
let manifest: Manifest;
let tarballBytes: number;

beforeAll(() => {
	home = mkdtempSync(path.join(tmpdir(), 'packed-'));
	execFileSync('npx', ['gulp', 'build', '--silent'], { cwd: root, stdio: 'pipe' });
	execFileSync('npm', ['pack', '--pack-destination', home], { cwd: root, stdio: 'pipe' });
	const tarball = readdirSync(home).find((name) => name.endsWith('.tgz')) ?? '';
	tarballBytes = statSync(path.join(home, tarball)).size;
	const modules = path.join(home, 'node_modules');
	mkdirSync(modules);
	execFileSync('tar', ['xzf', path.join(home, tarball), '-C', modules]);
	unpacked = path.join(modules, 'package');
	symlinkSync(realpathSync(path.join(root, 'node_modules/n8n-workflow')), path.join(modules, 'n8n-workflow'));
	manifest = JSON.parse(readFileSync(path.join(unpacked, 'package.json'), 'utf8')) as Manifest;
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Runs a script in a Node of its own, inside the unpacked package. */
function inPackage(script: string): string {
	return execFileSync(process.execPath, ['-e', script], {
		cwd: unpacked,
		encoding: 'utf8',
		env: { PATH: process.env.PATH },
	});
}

function files(folder: string, prefix = ''): string[] {
	return readdirSync(path.join(unpacked, folder), { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory()
			? files(path.join(folder, entry.name), `${prefix}${entry.name}/`)
			: [`${prefix}${entry.name}`],
	);
}

it('holds what runs and nothing else', () => {
	const unexpected = files('.').filter(
		(name) =>
			!/^dist\/(?:package|helpers|libphonenumber|\w+-\w+)\.js$/.test(name) &&
			!/^dist\/credentials\/\w+Api\.credentials\.js$/.test(name) &&
			!/^dist\/nodes\/(\w+)\/\1(?:Trigger)?\.node\.js$/.test(name) &&
			!/^dist\/nodes\/(\w+)\/\1(?:Trigger)?\.node\.json$/.test(name) &&
			!/^dist\/nodes\/\w+\/__schema__\/v[12]\.0\.0(?:\/\w+\/\w+)?\.json$/.test(name) &&
			!/^dist\/icons\/\w+(?:\.dark)?\.svg$/.test(name) &&
			![
				'package.json',
				'index.js',
				'index.d.ts',
				'README.md',
				'LICENSE',
				'CHANGELOG.md',
				'THIRD-PARTY-NOTICES.md',
			].includes(name),
	);
	expect(unexpected).toEqual([]);
	for (const name of ['README.md', 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md'])
		expect(files('.')).toContain(name);
	expect(files('.').some((name) => /test|\.map$|\.ts$/.test(name) && name !== 'index.d.ts')).toBe(false);
	expect(tarballBytes).toBeLessThan(300_000);
});

it('brings nothing along: no dependency of any kind but one peer, and no script that runs on installation', () => {
	const groups = ['dependencies', 'optionalDependencies', 'bundleDependencies', 'bundledDependencies'];
	expect(groups.filter((group) => group in manifest)).toEqual([]);
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	const scripts = Object.keys(manifest.scripts ?? {});
	expect(scripts.filter((name) => /^(?:pre|post)?(?:install|prepare|uninstall)$/.test(name))).toEqual([]);
});

it('names each library that is bundled, in the version that is bundled, with its license', async () => {
	const { metafile } = await build({
		entryPoints: ['nodes/shared/phone/libphonenumber.ts', 'nodes/shared/contract/json.ts'].map((file) =>
			path.join(root, file),
		),
		outdir: 'nowhere',
		absWorkingDir: root,
		bundle: true,
		write: false,
		metafile: true,
		platform: 'node',
	});
	const bundled = new Set(
		Object.keys(metafile.inputs).flatMap(
			(file) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
		),
	);
	expect([...bundled].sort()).toEqual(['libphonenumber-js', 'lossless-json']);
	const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { version: string }>;
	};
	const notices = readFileSync(path.join(unpacked, 'THIRD-PARTY-NOTICES.md'), 'utf8');
	const words = (text: string): string => text.replace(/\s+/g, ' ');
	for (const name of bundled) {
		expect(notices).toContain(`${name} ${lock.packages[`node_modules/${name}`]?.version},`);
		const folder = path.join(root, 'node_modules', name);
		const file = readdirSync(folder).find((one) => /^LICENSE(?:\.md)?$/.test(one)) ?? '';
		const license = readFileSync(path.join(folder, file), 'utf8');
		expect(words(notices)).toContain(words(license).trim());
	}
	// And nothing else is: what runs asks for nothing but its own files, Node's modules and n8n-workflow.
	const asked = files('.')
		.filter((name) => name.endsWith('.js'))
		.flatMap((name) => [
			...readFileSync(path.join(unpacked, name), 'utf8').matchAll(
				/\b(?:require|import)\(\s*["']([^"']+)["']/g,
			),
		])
		.flatMap(([, module = '']) => (/^(?:\.|node:)/.test(module) ? [] : [module]));
	expect([...new Set(asked)]).toEqual(['n8n-workflow']);
});

it('loads every node and credential with n8n-workflow alone, their icons and codex files beside them', () => {
	const loaded = JSON.parse(
		inPackage(`
			const paths = ${JSON.stringify([...manifest.n8n.nodes, ...manifest.n8n.credentials])};
			console.log(JSON.stringify(paths.map((file) => {
				const name = file.split('/').pop().split('.')[0];
				const instance = new (require('./' + file)[name])();
				const about = instance.description ?? instance;
				return { file, name: about.name, icon: about.icon, credentials: (about.credentials ?? []).map(({ name }) => name) };
			})));`),
	) as Array<{ file: string; name: string; icon: { light: string; dark: string }; credentials: string[] }>;
	const credentialNames = loaded.filter(({ file }) => file.includes('credentials')).map(({ name }) => name);
	const expected = GATEWAY_IDS.map((id) => gateways[id].credential.type);
	expect(credentialNames.sort()).toEqual(expected.sort());
	for (const { file, name, icon, credentials } of loaded) {
		for (const drawing of [icon.light, icon.dark]) {
			expect(existsSync(path.join(unpacked, path.dirname(file), drawing.replace('file:', '')))).toBe(true);
		}
		for (const credential of credentials) expect(credentialNames).toContain(credential);
		if (!file.includes('/nodes/')) continue;
		const codex = JSON.parse(readFileSync(path.join(unpacked, file.replace(/\.js$/, '.json')), 'utf8')) as {
			node: string;
		};
		expect(codex.node).toBe(`n8n-nodes-sms-gateways.${name}`);
	}
});

it.each([
	['Smsc', 'smsc'],
	['AdvantaSms', 'textsms'],
	['AdvantaSms', 'celcom'],
	['SendSms', 'smsc'],
	['SendSms', 'textsms'],
	['SendSms', 'celcom'],
])('%s is found by "%s"', (node, word) => {
	const codex = JSON.parse(
		readFileSync(path.join(unpacked, `dist/nodes/${node}/${node}.node.json`), 'utf8'),
	) as { alias: string[] };
	expect(codex.alias).toContain(word);
});

it('gives scripts its helpers', () => {
	const said = inPackage(`
		const { countSegments, measureSegments, parseRecipients } = require('./index.js');
		console.log(JSON.stringify([
			parseRecipients('8 (916) 123-45-67', 'RU')[0].e164,
			parseRecipients('').length,
			countSegments('Привет').encoding,
			measureSegments('x'.repeat(161)).segments,
		]));`);
	expect(JSON.parse(said)).toEqual(['+79161234567', 1, 'UCS-2', 2]);
});

it('does not read the phone number library before the first number', () => {
	const said = inPackage(`
		require('./dist/nodes/SendSms/SendSms.node.js');
		console.log(Object.keys(require.cache).filter((file) => file.includes('libphonenumber')).length);`);
	expect(said.trim()).toBe('0');
});

it('reads only what describes the nodes until one runs, all of it ASCII, which Node reads twice as fast', () => {
	const described = JSON.parse(
		inPackage(`
			for (const file of ${JSON.stringify([...manifest.n8n.nodes, ...manifest.n8n.credentials])})
				require('./' + file);
			console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.startsWith(process.cwd() + '/dist/'))));`),
	) as string[];
	const running = /\bmakeMessages\b|\bclass Journal\b/;
	const runs = (file: string): boolean => running.test(readFileSync(file, 'utf8'));
	expect(described.filter(runs)).toEqual([]);
	expect(described.filter((file) => /[^\t\n -~]/.test(readFileSync(file, 'utf8')))).toEqual([]);
	expect(described.length).toBeGreaterThan(manifest.n8n.nodes.length);
	const all = files('dist').filter((name) => name.endsWith('.js'));
	expect(all.some((name) => runs(path.join(unpacked, 'dist', name)))).toBe(true);
});

it("passes the checks of n8n's verification scanner, as source and as tarball", () => {
	const scan = `
		import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
		const source = await analyzePackage(${JSON.stringify(root)}, SOURCE_FILE_PATTERNS);
		const tarball = await analyzePackage(${JSON.stringify(unpacked)});
		console.log(JSON.stringify([source, tarball]));`;
	// The lint plugin takes NODE_ENV=test, which jest sets, for a test of the plugin itself.
	const env = { PATH: process.env.PATH };
	const said = execFileSync(process.execPath, ['--input-type=module', '-e', scan], {
		cwd: root,
		encoding: 'utf8',
		env,
	});
	expect(JSON.parse(said)).toEqual([{ passed: true }, { passed: true }]);
}, 60_000);
