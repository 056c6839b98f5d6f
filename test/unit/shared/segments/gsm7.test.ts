import { GSM7_BASIC, GSM7_EXTENSION, isGsm7, septetWidths } from '../../../../nodes/shared/segments/gsm7';

describe('septetWidths', () => {
	it('counts 127 characters of one septet, 10 of two, and nothing else', () => {
		const counts = [0, 0, 0];
		for (const width of septetWidths()) counts[width] = (counts[width] ?? 0) + 1;
		expect(counts).toEqual([0x10000 - 137, 127, 10]);
	});

	it('is built once', () => {
		expect(septetWidths()).toBe(septetWidths());
	});
});

describe('the alphabet', () => {
	it('has the characters of 3GPP TS 23.038 at their codes', () => {
		// The escape, 0x1B, is not in the literal, so codes behind it stand one place earlier.
		const at = (code: number): string | undefined => GSM7_BASIC[code > 0x1b ? code - 1 : code];
		expect(GSM7_BASIC).toHaveLength(127);
		expect(at(0x00)).toBe('@');
		expect(at(0x09)).toBe('Ç');
		expect(at(0x0a)).toBe('\n');
		expect(at(0x0d)).toBe('\r');
		expect(at(0x10)).toBe('Δ');
		expect(at(0x11)).toBe('_');
		expect(at(0x1a)).toBe('Ξ');
		expect(at(0x1c)).toBe('Æ');
		expect(at(0x1f)).toBe('É');
		expect(at(0x20)).toBe(' ');
		expect(at(0x24)).toBe('¤');
		expect(at(0x3f)).toBe('?');
		expect(at(0x40)).toBe('¡');
		expect(at(0x5f)).toBe('§');
		expect(at(0x60)).toBe('¿');
		expect(at(0x7f)).toBe('à');
		// Where the alphabet and ASCII agree.
		for (const code of [
			...range(0x20, 0x23),
			...range(0x25, 0x3f),
			...range(0x41, 0x5a),
			...range(0x61, 0x7a),
		]) {
			expect(at(code)).toBe(String.fromCharCode(code));
		}
		expect([...GSM7_EXTENSION].sort()).toEqual(['\f', '^', '{', '}', '\\', '[', '~', ']', '|', '€'].sort());
	});

	it('has nothing twice', () => {
		const all = GSM7_BASIC + GSM7_EXTENSION;
		expect(new Set(all).size).toBe(all.length);
	});

	it.each([
		'`',
		'\t',
		'\u00a0',
		'ç',
		'á',
		'Á',
		'í',
		'ê',
		'ë',
		'œ',
		'’',
		'–',
		'…',
		'я',
		'\u001b',
		'\u0000',
		'😀',
	])('does not have %j', (character) => {
		expect(isGsm7(character)).toBe(false);
	});
});

function range(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
