/** The key of a node: that of its credential. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import type { Connection } from '../requests/connection';
import type { CodeKey } from './key';
import { codeKey } from './key';

export type KeyOfNode =
	| { readonly key: CodeKey; readonly problem: null }
	| { readonly key: null; readonly problem: Refused };

/** A gateway without an account needs no secret: it sends nothing, and its codes are known. */
export async function keyOfNode(
	context: Pick<IExecuteFunctions, 'getInstanceId'>,
	{ id, displayName, credential }: Pick<Gateway, 'id' | 'displayName' | 'credential'>,
	{ secrets, problem }: Pick<Connection, 'secrets' | 'problem'>,
): Promise<KeyOfNode> {
	if (problem !== null) return { key: null, problem };
	if (credential !== null && secrets.length === 0) {
		const refusal = refuseInput(
			'authentication',
			`The credential for ${displayName} has no key or password to sign codes with.`,
			'Open the credential and fill it in.',
		);
		return { key: null, problem: refusal };
	}
	const key = await codeKey({ gatewayId: id, instanceId: context.getInstanceId(), secrets });
	return { key, problem: null };
}
