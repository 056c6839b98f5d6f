/** Names as a sentence has them: "SMSC, SMS.RU and AlphaSMS". */
export function inWords(names: readonly string[]): string {
	const last = names.at(-1) ?? '';
	return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
