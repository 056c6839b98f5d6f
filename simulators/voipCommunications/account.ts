export interface Account {
	readonly apiKey: string;
	readonly apiPassword: string;
	readonly ownedNumbers: readonly string[];
	readonly replyForm: 'object' | 'array';
	readonly sentStatus: string;
}
