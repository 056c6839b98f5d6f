/** Simulators of all gateways for the tests of a file, empty before each, beside a clock that hurries. */
import type { GatewayId } from '../../nodes/SendSms/gateways';
import { GATEWAY_IDS, gateways } from '../../nodes/SendSms/gateways';
import { startGateways } from '../../simulators';
import type { Simulator } from '../../simulators/simulator';
import { hurry, realTime } from './clock';
import type { RunOptions } from './engine';

export interface AllGateways {
	/** Once the tests run. */
	readonly of: (id: GatewayId) => Simulator;
	readonly each: () => readonly Simulator[];
	/** What n8n has to sign in to these. */
	readonly credentials: (...ids: readonly GatewayId[]) => NonNullable<RunOptions['credentials']>;
}

/** To be called where `beforeAll` could be. @param speed of the clock */
export function allGateways(speed: number): AllGateways {
	let started: Readonly<Record<GatewayId, Simulator>> | null = null;
	const of = (id: GatewayId): Simulator => {
		if (started === null) throw new Error('The simulators are started before the first test');
		return started[id];
	};
	const each = (): readonly Simulator[] => GATEWAY_IDS.map(of);
	beforeAll(async () => {
		started = await startGateways();
		hurry(speed);
	});
	beforeEach(() => each().forEach((simulator) => simulator.reset()));
	afterAll(async () => {
		realTime();
		await Promise.all(each().map((simulator) => simulator.close()));
	});
	const credentials: AllGateways['credentials'] = (...ids) =>
		Object.fromEntries(ids.map((id) => [gateways[id].credential.type, of(id).credentials]));
	return { of, each, credentials };
}
