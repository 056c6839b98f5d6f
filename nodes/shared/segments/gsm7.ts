/**
 * The GSM 7-bit default alphabet and its extension table, with the default (not a national) language set.
 *
 * Source: 3GPP TS 23.038, sections 6.2.1 (default alphabet) and 6.2.1.1 (extension table).
 */

/**
 * The default alphabet in the order of its codes 0x00-0x7F, without 0x1B: that is the escape to the extension table
 * and stands for no character. Each takes one septet.
 */
export const GSM7_BASIC =
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ' +
	' !"#¤%&\'()*+,-./0123456789:;<=>?' +
	'¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§' +
	'¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** The extension table in the order of its codes. Each takes two septets: the escape and the code. */
export const GSM7_EXTENSION = '\f^{}\\[~]|€';

let widths: Uint8Array | null = null;

/**
 * Septets that each UTF-16 code unit takes in GSM-7: 1 in the default alphabet, 2 in the extension table, 0 when it is in
 * neither. 64 KB, built on first use: most runs of a workflow never count anything.
 */
export function septetWidths(): Uint8Array {
	if (widths !== null) return widths;
	const table = new Uint8Array(0x10000);
	for (let i = 0; i < GSM7_BASIC.length; i++) table[GSM7_BASIC.charCodeAt(i)] = 1;
	for (let i = 0; i < GSM7_EXTENSION.length; i++) table[GSM7_EXTENSION.charCodeAt(i)] = 2;
	widths = table;
	return table;
}

/** Whether every character of the text can be sent as GSM-7. */
export function isGsm7(text: string): boolean {
	const table = septetWidths();
	for (let i = 0; i < text.length; i++) {
		if (table[text.charCodeAt(i)] === 0) return false;
	}
	return true;
}
