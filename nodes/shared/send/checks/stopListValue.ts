import type { Check } from './check';

/** A stop list that is empty or cannot be read keeps everybody back: who would be missing from it, nobody knows. */
export const stopListValue: Check = { ofRun: ({ stopList }) => stopList?.problem ?? null };
