export const ROWS = Number(process.env.BENCH_ROWS ?? 10_000);
export const MANY = Number(process.env.BENCH_MANY ?? 100_000);
export const SAMPLE = 2_000;
export const TEXT = 'Your order is ready';

export const phone = (n: number): string => `+79${String(160_000_000 + n)}`;
export const rows = (count: number): Array<Record<string, string>> =>
	Array.from({ length: count }, (_, n) => ({ phone: phone(n), name: `Person ${n}` }));
