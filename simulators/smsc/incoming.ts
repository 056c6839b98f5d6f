import type { IncomingText } from '../callbacks';
import { memoryOf } from '../memory';
import type { World } from '../simulator';

/** A text that came in, as `get.php` tells of it. */
export interface StoredIncoming {
	readonly id: number;
	readonly phone: string;
	readonly to: string;
	readonly text: string;
	readonly at: Date;
}

/** `"id":47436134` of the page's sample is the first one. */
const FIRST_ID = 47_436_134;

export const incomingOf = (world: World): StoredIncoming[] =>
	memoryOf(world, 'incoming', (): StoredIncoming[] => []);

export function takeIncoming(phone: string, { to, text }: IncomingText, world: World): StoredIncoming {
	const all = incomingOf(world);
	const taken = { id: FIRST_ID + all.length, phone, to, text, at: world.now() };
	all.push(taken);
	return taken;
}
