/** The package's credentials by type, and the credential fields with which a test signs in. */
import type { ICredentialType } from 'n8n-workflow';
import { listed } from './listed';

const credentialTypes = listed<ICredentialType>('credentials', ({ name }) => name);

/** @throws when there is none: a request without its key would be refused, and a test of refusals pass */
export function credentialTypeOf(name: string): ICredentialType {
	const type = Object.hasOwn(credentialTypes, name) ? credentialTypes[name] : undefined;
	if (type === undefined) throw new Error(`There is no credential "${name}"`);
	return type;
}
