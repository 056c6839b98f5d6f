import { asNumber, asText } from '../shared/contract/json';

export interface Money {
	readonly amount: number;
	/** ISO 4217; null where the gateway writes a bare number. */
	readonly currency: string | null;
}

/** `KES 0.8000`, `UGX -14.5731` or a bare `0`; null for everything else. */
export function readMoney(value: unknown): Money | null {
	const [, currency = null, digits] =
		/^(?:([A-Z]{3})\s?)?(-?\d{1,18}(?:\.\d{1,18})?)$/.exec((asText(value) ?? '').trim()) ?? [];
	const amount = asNumber(digits);
	return amount === null ? null : { amount, currency };
}
