/** The one registry of gateways: one more is one import and one entry here. */
import { advantaSmsGateway } from '../AdvantaSms/gateway';
import { africasTalkingGateway } from '../AfricasTalking/gateway';
import { alphaSmsGateway } from '../AlphaSms/gateway';
import { smscGateway } from '../Smsc/gateway';
import { smsRuGateway } from '../SmsRu/gateway';
import { voipCommunicationsGateway } from '../VoipCommunications/gateway';
import { testGateway } from '../TestGateway/gateway';
import type { AccountGateway, Gateway } from '../shared/contract/gateway';

/** Those that people have an account with. A new Send SMS node starts with the first. */
const registered = [
	smscGateway,
	smsRuGateway,
	alphaSmsGateway,
	advantaSmsGateway,
	voipCommunicationsGateway,
	africasTalkingGateway,
] as const;

export const FIRST_GATEWAY: GatewayId = registered[0].id;

export type GatewayId = (typeof registered)[number]['id'];

export const GATEWAY_IDS: readonly GatewayId[] = registered.map(({ id }) => id);

const entries: ReadonlyArray<readonly [string, AccountGateway]> = registered.map((one) => [one.id, one]);

// Object.fromEntries forgets which keys there are: the ids of the list, all of them.
export const gateways = Object.fromEntries(entries) as Readonly<Record<GatewayId, AccountGateway>>;

/** All that Send SMS offers. */
export const offered: readonly Gateway[] = [testGateway, ...registered];
