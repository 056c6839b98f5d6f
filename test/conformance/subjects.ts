/** Every interface of every gateway, for the conformance suite: what test/facts says, and what the registries know. */
import { GATEWAY_IDS, gateways, type GatewayId } from '../../nodes/SendSms/gateways';
import { SIMULATIONS } from '../../simulators';
import type { GatewaySimulation } from '../../simulators/simulator';
import { facts } from '../facts';
import type { GatewayFacts, InterfaceFacts } from '../facts/facts';

export interface Subject extends InterfaceFacts, Pick<GatewayFacts, 'number' | 'parameters'> {
	readonly gateway: GatewayId;
	readonly name: string;
	readonly credentialType: string;
	readonly simulation: () => GatewaySimulation;
}

export const subjects: readonly Subject[] = GATEWAY_IDS.flatMap((gateway) => {
	const { interfaces, number, parameters } = facts[gateway];
	const { type: credentialType } = gateways[gateway].credential;
	const common = {
		gateway,
		name: gateway,
		credentialType,
		simulation: SIMULATIONS[gateway],
		number,
		parameters,
	};
	return interfaces.map((one): Subject => ({ ...common, ...one }));
});
