import type { Check } from './check';

/** A setting of the whole run that cannot be used. */
export const settings: Check = { ofRun: (run) => run.settings.problem };
