import { memoryOf } from '../memory';
import type { World } from '../simulator';

/** Prefixes of Ukrainian operators: enough of them for tests. */
const OPERATORS: Readonly<Record<string, { readonly name: string; readonly mccmnc: number }>> = {
	'50': { name: 'Vodafone Ukraine (fka MTS)', mccmnc: 25501 },
	'63': { name: 'lifecell', mccmnc: 25506 },
	'66': { name: 'Vodafone Ukraine (fka MTS)', mccmnc: 25501 },
	'67': { name: 'Kyivstar', mccmnc: 25503 },
	'93': { name: 'lifecell', mccmnc: 25506 },
	'97': { name: 'Kyivstar', mccmnc: 25503 },
};

/** The page's sample: 380971234567 of Kyivstar, ported to Vodafone. */
const PORTED: ReadonlyMap<string, string> = new Map([['380971234567', '66']]);

function networkOf(prefix: string) {
	const { name = '' } = OPERATORS[prefix] ?? {};
	return { name, prefix: Number(prefix), country: { name: 'Ukraine', prefix: 380 } };
}

/** `hlr`: what the network knows of a number, as the page's sample has it. Null: the number is not one of a known network. */
export function lookUp(phone: string, status: string): object | null {
	const origin = /^380(\d\d)\d{7}$/.exec(phone)?.[1] ?? '';
	if (!Object.hasOwn(OPERATORS, origin)) return null;
	const ported = PORTED.get(phone);
	const { mccmnc = 0 } = OPERATORS[ported ?? origin] ?? {};
	return {
		phone: Number(phone),
		status,
		imsi: mccmnc * 10 ** 10,
		mccmnc,
		ported: ported !== undefined,
		network: {
			origin: networkOf(origin),
			...(ported === undefined ? {} : { ported: networkOf(ported) }),
		},
	};
}

const CALL_PRICE = 0.2;

/** `call/otp`: a code that keeps its leading zero, the page's 0471 first. Null when there is no money for it. */
export function callWithCode(world: World): { readonly code: string; readonly price: number } | null {
	if (CALL_PRICE > world.balance) return null;
	world.balance -= CALL_PRICE;
	const calls = memoryOf(world, 'calls', () => ({ count: 0 }));
	const code = String((471 + calls.count * 1111) % 10_000).padStart(4, '0');
	calls.count += 1;
	return { code, price: CALL_PRICE };
}
