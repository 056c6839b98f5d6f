/**
 * How many SMS a text takes. SMSC send page: "160 characters in Latin or 70 characters in Cyrillic … 67 for Cyrillic and
 * 153 for Latin letters" when it is split; the alphabet is that of 3GPP TS 23.038.
 */

const GSM_BASIC = new Set(
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿' +
		'abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Each takes two places: an escape and itself. */
const GSM_EXTENSION = new Set('^{}\\[~]|€\f');

const TRANSLIT: Readonly<Record<string, string>> = Object.fromEntries(
	(
		'а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц c ч ch ш sh ' +
		"щ sch ъ ' ы y ь ' э e ю yu я ya і i ї yi є ye ґ g"
	)
		.split(' ')
		.reduce<Array<[string, string]>>((pairs, word, index, words) => {
			if (index % 2 === 0) pairs.push([word, words[index + 1] ?? '']);
			return pairs;
		}, []),
);

function isGsm(text: string): boolean {
	return [...text].every((character) => GSM_BASIC.has(character) || GSM_EXTENSION.has(character));
}

function fill(text: string, capacity: number, places: (character: string) => number): string[] {
	const pieces: string[] = [];
	let piece = '';
	let used = 0;
	for (const character of text) {
		const need = places(character);
		if (used + need > capacity) {
			pieces.push(piece);
			piece = '';
			used = 0;
		}
		piece += character;
		used += need;
	}
	pieces.push(piece);
	return pieces;
}

export function countParts(text: string): number {
	const gsm = isGsm(text);
	const places = (character: string): number =>
		gsm ? (GSM_EXTENSION.has(character) ? 2 : 1) : character.length;
	if (fill(text, gsm ? 160 : 70, places).length === 1) return 1;
	return fill(text, gsm ? 153 : 67, places).length;
}

/** The longest beginning of a text that takes no more than `max` parts by the given count. */
export function truncateToParts(text: string, max: number, count: (text: string) => number): string {
	const characters = [...text];
	while (count(characters.join('')) > max) characters.pop();
	return characters.join('');
}

/** Gateways do not publish their tables: this usual one is for counting parts only, never shown as the text sent. */
export function transliterate(text: string): string {
	return [...text].map((character) => TRANSLIT[character.toLowerCase()] ?? character).join('');
}
