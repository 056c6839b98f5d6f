import { memoryOf } from '../memory';
import type { World } from '../simulator';

interface Charge {
	/** Milliseconds. */
	readonly at: number;
	readonly amount: number;
}

export const cents = (amount: number): number => Math.round(amount * 100) / 100;

const chargesOf = (world: World): Charge[] => memoryOf(world, 'charges', (): Charge[] => []);

/** `at`: when a scheduled text leaves. Null: it leaves now. */
export function charge(amount: number, at: Date | null, world: World): void {
	if (at === null) world.balance = cents(world.balance - amount);
	else chargesOf(world).push({ at: at.getTime(), amount });
}

/** "For messages scheduled to be delivered later, the charge will be applied just at the moment of the message be sent." */
export function settle(world: World): void {
	const now = world.now().getTime();
	const charges = chargesOf(world);
	for (const charge of charges) if (charge.at <= now) world.balance = cents(world.balance - charge.amount);
	world.memory.set(
		'charges',
		charges.filter((charge) => charge.at > now),
	);
}
