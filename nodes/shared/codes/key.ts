/**
 * The key of one-time codes: made of what the node's credential keeps secret. Nothing of it is ever written anywhere, and
 * the same credential gives the same key in every process, after every restart.
 */
import type { ScryptOptions } from 'node:crypto';
import { createHmac, scrypt } from 'node:crypto';
import { digest } from '../contract/digest';

/** What a signature is for: one that was made for another purpose does not fit. */
type Purpose = 'id' | 'digits' | 'code' | 'token';

export interface CodeKey {
	/** 32 bytes. Equal for equal parts. */
	sign(purpose: Purpose, ...parts: readonly unknown[]): Buffer;
}

/** Whose key it is. */
export interface KeyOwner {
	readonly gatewayId: string;
	/** Not secret: n8n shows it on forms. It keeps equal passwords of two n8n apart. */
	readonly instanceId: string;
	/** The secret fields of the credential. None: a gateway without an account. */
	readonly secrets: readonly string[];
}

/**
 * Whoever has a code and its token can try passwords against the two. So each try takes 32 MB and a tenth of a second; a
 * process needs it once for each credential.
 */
const HARD: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_BYTES = 32;
const KEEP_KEYS = 100;

const keys = new Map<string, Promise<CodeKey>>();

export async function codeKey(owner: KeyOwner): Promise<CodeKey> {
	const { gatewayId, instanceId, secrets } = owner;
	const name = digest(gatewayId, instanceId, secrets);
	const known = keys.get(name);
	if (known !== undefined) return await known;
	if (keys.size >= KEEP_KEYS) keys.clear();
	const made = makeKey(owner);
	keys.set(name, made);
	// One that failed is made anew the next time.
	made.catch(() => keys.delete(name));
	return await made;
}

async function makeKey({ gatewayId, instanceId, secrets }: KeyOwner): Promise<CodeKey> {
	const salt = JSON.stringify(['n8n-nodes-sms-gateways', 'one-time code', 1, gatewayId, instanceId]);
	const key = await new Promise<Buffer>((resolve, reject) => {
		scrypt(JSON.stringify(secrets), salt, KEY_BYTES, HARD, (error, made) => {
			if (error === null) resolve(made);
			else reject(error);
		});
	});
	return {
		sign: (purpose, ...parts) =>
			createHmac('sha256', key)
				.update(JSON.stringify([purpose, ...parts]))
				.digest(),
	};
}
