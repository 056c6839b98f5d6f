import { createHash } from 'node:crypto';

/** 43 letters and a sign, however long the parts are; equal for equal parts. */
export function digest(...parts: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
