/** Parameters of SMSC's "Sending an SMS" page, in the vendor's names. */
export type Parameters = Readonly<Record<string, string>>;

/** One parameter, a switch as 1 or 0; none where nothing was chosen. */
export function parameter(name: string, value: string | number | boolean | null | undefined): Parameters {
	if (value === undefined || value === null) return {};
	return { [name]: String(typeof value === 'boolean' ? Number(value) : value) };
}
