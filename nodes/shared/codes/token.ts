/**
 * What Send Code hands to Check Code, the `codeId` of its result: whose code it is, until when, and two signatures. One
 * is over the code, which is not in it; the other over all of it. Without the key neither can be made or tried out.
 */
import { timingSafeEqual } from 'node:crypto';
import { asRecord } from '../contract/json';
import type { CodeKey } from './key';

export interface TokenFacts {
	readonly id: string;
	/** E.164. */
	readonly to: string;
	/** Epoch milliseconds. */
	readonly expiresAt: number;
	readonly digits: number;
	readonly tries: number;
}

export interface Token extends TokenFacts {
	/** Takes the same time whatever the code is. */
	isCode(code: string): boolean;
}

const VERSION = '1';
const LONGEST = 1000;

export function writeToken(key: CodeKey, facts: TokenFacts, code: string): string {
	const { id, to, expiresAt, digits, tries } = facts;
	const content = {
		id,
		to,
		expiresAt,
		digits,
		tries,
		code: signCode(key, facts, code).toString('base64url'),
	};
	const body = Buffer.from(JSON.stringify(content)).toString('base64url');
	return `${VERSION}.${body}.${key.sign('token', VERSION, body).toString('base64url')}`;
}

/** Null for what was not made with this key. */
export function readToken(key: CodeKey, token: string): Token | null {
	if (token.length > LONGEST) return null;
	const [version = '', body = '', seal = '', ...more] = token.split('.');
	if (version !== VERSION || more.length > 0) return null;
	if (!isEqual(key.sign('token', VERSION, body), Buffer.from(seal, 'base64url'))) return null;
	const content = asRecord(parsed(body));
	const { id, to, expiresAt, digits, tries, code } = content ?? {};
	if (typeof id !== 'string' || typeof to !== 'string' || typeof code !== 'string') return null;
	if (typeof expiresAt !== 'number' || typeof digits !== 'number' || typeof tries !== 'number') return null;
	const facts = { id, to, expiresAt, digits, tries };
	const expected = Buffer.from(code, 'base64url');
	return { ...facts, isCode: (typed) => isEqual(signCode(key, facts, typed), expected) };
}

function signCode(key: CodeKey, { id, to, expiresAt }: TokenFacts, code: string): Buffer {
	return key.sign('code', id, to, expiresAt, code);
}

function isEqual(expected: Buffer, given: Buffer): boolean {
	return expected.length === given.length && timingSafeEqual(expected, given);
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as unknown;
	} catch {
		return null;
	}
}
