import { digest } from '../contract/digest';

/** Half of a digest: two texts will not share it, and the journal keeps many. */
export const nameOf = (...parts: readonly unknown[]): string => digest(...parts).slice(0, 22);
