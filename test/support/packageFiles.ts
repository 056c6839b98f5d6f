/** The files of the package and the lists in package.json, for tests of whether all is there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AccountGateway } from '../../nodes/shared/contract/gateway';

export const root = path.join(__dirname, '..', '..');
export const exists = (file: string): boolean => existsSync(path.join(root, file));
export const read = (file: string): string => (exists(file) ? readFileSync(path.join(root, file), 'utf8') : '');
export const capitalised = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

export type About = Pick<AccountGateway, 'id' | 'displayName' | 'credential' | 'maxBatchSize'>;

export const { n8n: listed } = JSON.parse(read('package.json')) as {
	n8n: { nodes: readonly string[]; credentials: readonly string[] };
};

export const iconsOf = (id: string): readonly string[] => [`icons/${id}.svg`, `icons/${id}.dark.svg`];

