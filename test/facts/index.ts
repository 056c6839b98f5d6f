/** The facts of every gateway: one more is a file beside this one, one import and one entry here. */
import { GATEWAY_IDS, type GatewayId } from '../../nodes/SendSms/gateways';
import { advantaSms } from './advantaSms';
import { africasTalking } from './africasTalking';
import { alphaSms } from './alphaSms';
import type { GatewayFacts } from './facts';
import { smsc } from './smsc';
import { smsRu } from './smsRu';
import { voipCommunications } from './voipCommunications';

export const facts: Readonly<Record<GatewayId, GatewayFacts>> = {
	smsc,
	smsRu,
	alphaSms,
	advantaSms,
	voipCommunications,
	africasTalking,
};

for (const id of GATEWAY_IDS)
	if (!(id in facts))
		throw new Error(
			`The tests know nothing of ${id}: write test/facts/${id}.ts and list it in test/facts/index.ts.`,
		);

/** Where an interface or a name is asked for by n8n: the sender that every text of the gateway needs. */
export const senderOf = (id: GatewayId): string => {
	const { from } = facts[id].parameters;
	return typeof from === 'string' ? from : '';
};
