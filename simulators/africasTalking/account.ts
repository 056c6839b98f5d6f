import { memoryOf } from '../memory';
import type { World } from '../simulator';

export type Currency = 'KES' | 'USD';

export interface AfricasTalkingOptions {
	/** Registered short codes and names. Default: DEFAULT_SENDER and SHORT_CODE. */
	readonly senders?: readonly string[];
	/** The account's money. Costs of Kenyan recipients are in shillings all the same, as recorded traffic has them. */
	readonly currency?: Currency;
	/** The sandbox: its username is `sandbox`, and it has no bulk endpoint ("coming soon"). */
	readonly sandbox?: boolean;
	/** Where recorded replies have the number of parts; the page's sample has it nowhere. Default: message. */
	readonly parts?: 'message' | 'recipient' | 'none';
	/** Not published. Default: each gets a text and is charged, which is what a client has to reckon with. */
	readonly duplicates?: 'send' | 'collapse';
	/** The page's own sample of a balance has `userData`, its text and recorded traffic `UserData`. */
	readonly userDataKey?: 'UserData' | 'userData';
	/** "The instructions on how to opt out are automatically appended to the first message". Default: none. */
	readonly optOutNotice?: string;
}

export interface Account extends Required<AfricasTalkingOptions> {
	readonly username: string;
	readonly apiKey: string;
}

/** The page: "defaults to AFRICASTKNG". */
export const DEFAULT_SENDER = 'AFRICASTKNG';
export const SHORT_CODE = '28901';

/** Recorded traffic: one part to Kenya costs KES 0.8000, which is USD 0.0079. */
export const PRICES: Readonly<Record<Currency, number>> = { KES: 0.8, USD: 0.0079 };

/** "(3-digit Currency Code)(space)(Decimal Value)"; samples and recorded traffic have four decimals for a cost. */
export const money = (currency: Currency, amount: number): string => `${currency} ${amount.toFixed(4)}`;

export const rounded = (amount: number): number => Math.round(amount * 10_000) / 10_000;

/** "KES 1785.50" in the page's sample, "USD 999999589.6168" in recorded traffic. */
export function balanceOf({ currency }: Account, world: World): string {
	const decimals = rounded(world.balance)
		.toFixed(4)
		.replace(/(\.\d\d\d*?)0+$/, '$1');
	return `${currency} ${decimals}`;
}

export interface StoredMessage {
	readonly linkId: string;
	readonly text: string;
	readonly to: string;
	/** A number here, a UUID in the call back. */
	readonly id: number;
	readonly date: string;
	readonly from: string;
}

/** What came in, for those who fetch it. */
export const inboxOf = (world: World): StoredMessage[] => memoryOf<StoredMessage[]>(world, 'inbox', () => []);

/** Who has been told how to opt out. */
export const notifiedIn = (world: World): Set<string> => memoryOf(world, 'notified', () => new Set<string>());
