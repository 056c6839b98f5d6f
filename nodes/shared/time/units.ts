/** Units of time that people choose from, in milliseconds. */
export const UNIT_MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

export const TIME_UNITS = Object.keys(UNIT_MS) as ReadonlyArray<keyof typeof UNIT_MS>;
