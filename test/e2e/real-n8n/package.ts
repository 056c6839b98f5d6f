/** Puts a packed community package where n8n's own installer would put it, in the state it would leave it. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Manifest {
	readonly name: string;
	readonly dependencies?: Readonly<Record<string, string>>;
	devDependencies?: unknown;
	peerDependencies?: unknown;
	optionalDependencies?: unknown;
}

/** n8n removes these before it installs what is left. */
const STRIPPED = ['devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** Returns the package's name: its node types are `name.nodeName`. Replaces an earlier version of it. */
export async function installPackage(tarball: string, userFolder: string): Promise<string> {
	const modules = path.join(userFolder, '.n8n', 'nodes', 'node_modules');
	const unpacked = path.join(modules, '.unpacked');
	await rm(unpacked, { recursive: true, force: true });
	await mkdir(unpacked, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);

	const file = path.join(unpacked, 'package.json');
	const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
	if (Object.keys(manifest.dependencies ?? {}).length > 0)
		throw new Error(`${manifest.name} has dependencies, which n8n does not allow in a verified package`);
	for (const group of STRIPPED) delete manifest[group];
	await writeFile(file, JSON.stringify(manifest, null, 2));

	const target = path.join(modules, manifest.name);
	await rm(target, { recursive: true, force: true });
	await mkdir(path.dirname(target), { recursive: true });
	await rename(unpacked, target);
	return manifest.name;
}
