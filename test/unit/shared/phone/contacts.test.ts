/**
 * A thousand rows of a contact list, against a referee that shares no code with the parser: it knows from the look of the
 * column how each row was made, and has the four countries' rules written out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRecipientParser } from '../../../../nodes/shared/phone/recipients';
import type { ParsedRecipient, RecipientParser } from '../../../../nodes/shared/phone/recipients';

interface Contact {
	readonly line: number;
	readonly phone: string;
	readonly country: string;
}

/** Cells of an RFC 4180 file. */
function readCsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/g)) {
		row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
		if (match[3] === ',') continue;
		if (row.length > 1) rows.push(row);
		row = [];
	}
	return rows;
}

function readContacts(): Contact[] {
	const [header, ...rows] = readCsv(readFileSync(join(__dirname, '../../../support/contacts.csv'), 'utf8'));
	expect(header).toEqual(['name', 'phone', 'country', 'text']);
	return rows.map((cells, line) => ({ line, phone: cells[1] ?? '', country: cells[2] ?? '' }));
}

const E164: Readonly<Record<string, RegExp>> = {
	KE: /^\+2547\d{8}$/,
	RU: /^\+79\d{9}$/,
	UA: /^\+38050\d{7}$/,
	US: /^\+1202555\d{4}$/,
};

/** The start of a national number, and what stands for it abroad. */
const NATIONAL: Readonly<Record<string, readonly [RegExp, string]>> = {
	KE: [/^0(?=7\d{8}$)/, '254'],
	RU: [/^8(?=9\d{9}$)/, '7'],
	UA: [/^0(?=50\d{7}$)/, '380'],
	US: [/^(?=202555\d{4}$)/, '1'],
};

/** The number that one piece stands for, or null for junk. */
function referee(piece: string, country: string): string | null {
	const text = piece
		.replace(/[０-９]/g, (digit) => String('０１２３４５６７８９'.indexOf(digit)))
		.replace(/[٠-٩]/g, (digit) => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit)));
	if (/^\d\.\d{5}E\+\d+$/.test(text)) return null;
	let digits: string;
	if (/^\d\.\d+E\+\d+$|^\d+\.0$/.test(text)) digits = String(Number(text));
	else if (/[A-Za-z@]/.test(text.replace(/^tel:/, ''))) return null;
	else digits = text.replace(/\D/g, '').replace(/^00/, '');
	const [start, code] = NATIONAL[country] ?? [/^/, ''];
	const e164 = `+${digits.replace(start, code)}`;
	return E164[country]?.test(e164) === true ? e164 : null;
}

describe('contacts.csv', () => {
	const contacts = readContacts();
	let parse: RecipientParser;
	let results: Array<readonly [Contact, ParsedRecipient[]]>;

	beforeAll(async () => {
		parse = await loadRecipientParser();
		results = contacts.map((contact) => [contact, parse(contact.phone, contact.country)]);
	});

	it('has a thousand rows', () => {
		expect(contacts).toHaveLength(1000);
	});

	it('every row comes to what the referee says', () => {
		const disagreements = results.filter(([{ phone, country }, recipients]) => {
			const expected = phone.split(/[,;\n]| \/ /).map((piece) => referee(piece.trim(), country));
			return JSON.stringify(recipients.map(({ e164 }) => e164)) !== JSON.stringify(expected);
		});
		expect(disagreements).toEqual([]);
	});

	it('ok is for numbers that were E.164 already', () => {
		for (const [{ phone }, recipients] of results) {
			for (const { outcome, e164 } of recipients) {
				if (outcome === 'ok') expect(phone).toContain(e164);
				if (recipients.length === 1) expect(outcome === 'ok').toBe(phone === e164);
			}
		}
	});

	it('counts', () => {
		const rows = { ok: 0, corrected: 0, invalid: 0, lists: 0 };
		const numbers = { ok: 0, corrected: 0, invalid: 0 };
		for (const [, recipients] of results) {
			for (const { outcome } of recipients) numbers[outcome]++;
			const [first] = recipients;
			if (recipients.length > 1) rows.lists++;
			else if (first !== undefined) rows[first.outcome]++;
		}
		expect(rows).toEqual({ ok: 74, corrected: 854, invalid: 51, lists: 21 });
		expect(numbers).toEqual({ ok: 95, corrected: 875, invalid: 51 });
	});

	it('rounded numbers: five rows, all with five decimals', () => {
		const rounded = results.filter(([, recipients]) =>
			recipients.some(({ reason }) => /rounded/.test(reason ?? '')),
		);
		expect(rounded.map(([{ phone }]) => phone).sort()).toEqual([
			'1.20255E+10',
			'3.80500E+11',
			'7.90000E+10',
			'7.90000E+10',
			'7.90000E+10',
		]);
	});
});
