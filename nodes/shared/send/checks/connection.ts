import type { Check } from './check';

/** A credential that is missing or cannot be used. In a preview, only prices need it. */
export const connection: Check = {
	ofMessages: (run) => () => (run.isPreview ? null : (run.connection?.problem ?? null)),
};
