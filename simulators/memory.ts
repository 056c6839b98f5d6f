import type { World } from './simulator';

/** A place of a simulation's own in its world, made when it is first asked for; a reset empties it. */
export function memoryOf<T>(world: World, name: string, make: () => T): T {
	if (!world.memory.has(name)) world.memory.set(name, make());
	return world.memory.get(name) as T;
}
