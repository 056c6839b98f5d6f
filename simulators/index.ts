import { createAdvantaSms } from './advantaSms';
import { createAlphaSms } from './alphaSms';
import { startSimulator } from './server';
import { GATEWAY_IDS, type GatewayId, type GatewaySimulation, type Simulator } from './simulator';
import { createSmsc } from './smsc';
import { createSmsRu } from './smsRu';
import { createVoipCommunications } from './voipCommunications';

export interface GatewaysOptions {
	/** Default for each: any free port. */
	readonly ports?: Partial<Record<GatewayId, number>>;
	readonly now?: () => Date;
}

const SIMULATIONS: Readonly<Record<GatewayId, () => GatewaySimulation>> = {
	smsc: () => createSmsc(),
	smsRu: () => createSmsRu(),
	alphaSms: () => createAlphaSms(),
	advantaSms: () => createAdvantaSms(),
	voipCommunications: () => createVoipCommunications(),
};

/** Starts all five simulators; when one cannot start, none stays behind. */
export async function startGateways(options: GatewaysOptions = {}): Promise<Record<GatewayId, Simulator>> {
	const started: Partial<Record<GatewayId, Simulator>> = {};
	try {
		for (const id of GATEWAY_IDS) {
			started[id] = await startSimulator(SIMULATIONS[id](), {
				port: options.ports?.[id] ?? 0,
				...(options.now === undefined ? {} : { now: options.now }),
			});
		}
	} catch (error) {
		await Promise.all(Object.values(started).map((simulator) => simulator.close()));
		throw error;
	}
	return started as Record<GatewayId, Simulator>;
}
