declare module 'split-sms' {
	interface SplitPart {
		readonly content: string | undefined;
		readonly length: number;
		readonly bytes: number;
	}

	export function split(
		message: string,
		options?: { readonly characterset?: 'GSM' | 'Unicode'; readonly summary?: boolean },
	): {
		readonly characterSet: 'GSM' | 'Unicode';
		readonly parts: readonly SplitPart[];
		readonly bytes: number;
		readonly length: number;
		readonly remainingInPart: number;
	};
}
