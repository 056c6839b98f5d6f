/** The package's credentials by type, and the credential fields with which a test signs in. */
import type { ICredentialType } from 'n8n-workflow';
import { AdvantaSmsApi } from '../../credentials/AdvantaSmsApi.credentials';
import { AlphaSmsApi } from '../../credentials/AlphaSmsApi.credentials';
import { SmsRuApi } from '../../credentials/SmsRuApi.credentials';
import { SmscApi } from '../../credentials/SmscApi.credentials';
import { VoipCommunicationsApi } from '../../credentials/VoipCommunicationsApi.credentials';

const credentialTypes: Readonly<Record<string, ICredentialType>> = {
	advantaSmsApi: new AdvantaSmsApi(),
	alphaSmsApi: new AlphaSmsApi(),
	smsRuApi: new SmsRuApi(),
	smscApi: new SmscApi(),
	voipCommunicationsApi: new VoipCommunicationsApi(),
};

/** @throws when there is none: a request without its key would be refused, and a test of refusals pass */
export function credentialTypeOf(name: string): ICredentialType {
	const type = Object.hasOwn(credentialTypes, name) ? credentialTypes[name] : undefined;
	if (type === undefined) throw new Error(`There is no credential "${name}"`);
	return type;
}
