import { isBlank, toPlainText } from '../../../../nodes/shared/phone/unicode';

/** Digits of a script as the Unicode locale data lists them. */
function digitsOf(system: string): string[] {
	const format = new Intl.NumberFormat('en', { numberingSystem: system, useGrouping: false });
	return Array.from({ length: 10 }, (_, digit) => format.format(digit));
}

describe('digits of every script', () => {
	const systems = Intl.supportedValuesOf('numberingSystem').filter((system) =>
		digitsOf(system).every((digit) => /^\p{Nd}$/u.test(digit)),
	);

	it('knows enough scripts for this to say something', () => {
		expect(systems.length).toBeGreaterThan(50);
	});

	it.each(systems)('%s', (system) => {
		expect(toPlainText(digitsOf(system).join('')).text).toBe('0123456789');
	});

	it('every digit of Unicode becomes one ASCII digit', () => {
		let count = 0;
		for (let codePoint = 0x80; codePoint <= 0x10ffff; codePoint++) {
			if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
			const character = String.fromCodePoint(codePoint);
			if (!/\p{Nd}/u.test(character)) continue;
			const { text, otherDigits } = toPlainText(character);
			expect(text).toMatch(/^[0-9]$/);
			expect(otherDigits).toBe(true);
			// Compatibility forms say their value themselves.
			const compatible = character.normalize('NFKC');
			if (/^[0-9]$/.test(compatible)) expect(text).toBe(compatible);
			count++;
		}
		expect(count).toBeGreaterThan(600);
		expect(count % 10).toBe(0);
	});

	it('superscripts are footnotes and not digits', () => {
		expect(toPlainText('712¹').text).toBe('712¹');
	});
});

describe('toPlainText', () => {
	it('leaves ASCII alone', () => {
		expect(toPlainText('+7 (916) 123-45-67')).toEqual({
			text: '+7 (916) 123-45-67',
			otherDigits: false,
			unseen: false,
		});
	});

	it('writes every Unicode blank as a blank', () => {
		const blanks =
			'\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000';
		expect(toPlainText(blanks)).toEqual({
			text: ' '.repeat(blanks.length),
			otherDigits: false,
			unseen: false,
		});
	});

	it('leaves out what has no shape', () => {
		const shapeless =
			'\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\ufe0f';
		expect(toPlainText(`1${shapeless}2`)).toEqual({ text: '12', otherDigits: false, unseen: true });
	});

	it('writes every dash as a hyphen', () => {
		const dashes = '‐‑‒–—―⸺⸻−⁃﹘﹣－';
		expect(toPlainText(dashes).text).toBe('-'.repeat(dashes.length));
	});

	it('keeps lone surrogates: somebody else refuses them', () => {
		expect(toPlainText('\ud83d1').text).toBe('\ud83d1');
	});
});

describe('isBlank', () => {
	it.each(['', ' ', '\u00a0', '\u200b\u200e', '\ufeff\r\n\t', '\u2028'])('%j', (text) => {
		expect(isBlank(text)).toBe(true);
	});

	it.each(['0', '-', '\u0000'])('not %j', (text) => {
		expect(isBlank(text)).toBe(false);
	});
});
