/** Message IDs that say all there is to know, so that nothing has to be remembered: the course, and when it begins. */
import { randomBytes } from 'node:crypto';
import type { CourseLetter } from './codes';
import { COURSES } from './codes';

export const ID_PATTERN = /^test-([a-z])([0-9a-z]{1,9})-[0-9a-f]{10}$/;

export interface Sent {
	readonly course: CourseLetter;
	/** When the text goes out, in epoch seconds. */
	readonly startsAt: number;
}

export function newId({ course, startsAt }: Sent): string {
	return `test-${course}${startsAt.toString(36)}-${randomBytes(5).toString('hex')}`;
}

export function readId(id: string): Sent | null {
	const [, letter = '', seconds = ''] = ID_PATTERN.exec(id) ?? [];
	const course = (Object.keys(COURSES) as CourseLetter[]).find((one) => one === letter);
	const startsAt = Number.parseInt(seconds, 36);
	// The largest time that a Date can hold.
	return course === undefined || startsAt > 8_640_000_000_000 ? null : { course, startsAt };
}
