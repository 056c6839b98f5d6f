/**
 * An n8n folder whose database is made and holds the ids of some credentials: n8n takes a quarter of a minute for that,
 * and every suite wants it. It is made once, kept beside the installed n8n, and copied.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CredentialSeed } from './n8n';
import type { Host } from './host';

/** n8n's key and its database, the latter with what SQLite has not yet written into it. */
const isKept = (name: string): boolean => name === 'config' || name.startsWith('database.sqlite');

const dataFolder = (userFolder: string): string => path.join(userFolder, '.n8n');

function placeOf(host: Host, credentials: readonly CredentialSeed[]): string {
	const asked = JSON.stringify(credentials.map(({ id, name, type }) => [id, name, type]));
	const hash = createHash('sha256').update(asked).digest('hex').slice(0, 12);
	return path.join(host.dir, '.prepared', hash);
}

async function copyKept(from: string, to: string): Promise<void> {
	await mkdir(to, { recursive: true });
	for (const name of readdirSync(from).filter(isKept))
		await cp(path.join(from, name), path.join(to, name), { preserveTimestamps: true });
}

/**
 * Fills a new user folder. `make` makes the database with credentials of these ids, whose data are empty: nothing secret
 * is kept. It is called when there is none yet.
 */
export async function prepare(
	host: Host,
	userFolder: string,
	credentials: readonly CredentialSeed[],
	make: (empty: readonly CredentialSeed[]) => Promise<void>,
): Promise<void> {
	const place = placeOf(host, credentials);
	if (existsSync(place)) {
		await copyKept(place, dataFolder(userFolder));
		return;
	}
	await make(credentials.map((credential) => ({ ...credential, data: {} })));
	const partial = `${place}.${randomBytes(4).toString('hex')}`;
	await copyKept(dataFolder(userFolder), partial);
	// Another process may have been faster.
	await rename(partial, place).catch(async () => await rm(partial, { recursive: true, force: true }));
}
