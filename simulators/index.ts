/** The one list of simulators: one more is one import and one entry here, under the id of its gateway. */
import { createAdvantaSms } from './advantaSms';
import { createAfricasTalking } from './africasTalking';
import { createAlphaSms } from './alphaSms';
import { startSimulator } from './server';
import type { GatewaySimulation, Simulator, StartOptions } from './simulator';
import { createSmsc } from './smsc';
import { createSmsRu } from './smsRu';
import { createVoipCommunications } from './voipCommunications';

export const SIMULATIONS = {
	smsc: () => createSmsc(),
	smsRu: () => createSmsRu(),
	alphaSms: () => createAlphaSms(),
	advantaSms: () => createAdvantaSms(),
	voipCommunications: () => createVoipCommunications(),
	africasTalking: () => createAfricasTalking(),
} satisfies Readonly<Record<string, () => GatewaySimulation>>;

export type GatewayId = keyof typeof SIMULATIONS;

// Object.keys forgets which keys there are: the ids of the list, all of them.
export const GATEWAY_IDS = Object.keys(SIMULATIONS) as readonly GatewayId[];

export interface GatewaysOptions extends Pick<StartOptions, 'now' | 'latencyMs'> {
	/** Default for each: any free port. */
	readonly ports?: Partial<Record<GatewayId, number>>;
}

/** Starts all simulators; when one cannot start, none stays behind. */
export async function startGateways({ ports, ...options }: GatewaysOptions = {}): Promise<
	Record<GatewayId, Simulator>
> {
	const started: Partial<Record<GatewayId, Simulator>> = {};
	try {
		for (const id of GATEWAY_IDS)
			started[id] = await startSimulator(SIMULATIONS[id](), { ...options, port: ports?.[id] ?? 0 });
	} catch (error) {
		await Promise.all(Object.values(started).map((simulator) => simulator.close()));
		throw error;
	}
	return started as Record<GatewayId, Simulator>;
}
