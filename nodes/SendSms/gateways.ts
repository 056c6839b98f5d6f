/** The one list of gateways. A sixth one is added here. */
import { advantaSmsGateway } from '../AdvantaSms/gateway';
import { alphaSmsGateway } from '../AlphaSms/gateway';
import { smscGateway } from '../Smsc/gateway';
import { smsRuGateway } from '../SmsRu/gateway';
import { voipCommunicationsGateway } from '../VoipCommunications/gateway';
import type { Gateway, GatewayId } from '../shared/contract/gateway';

export const gateways: Readonly<Record<GatewayId, Gateway>> = {
	advantaSms: advantaSmsGateway,
	alphaSms: alphaSmsGateway,
	smsc: smscGateway,
	smsRu: smsRuGateway,
	voipCommunications: voipCommunicationsGateway,
};
