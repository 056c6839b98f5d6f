/** The recipient parser against libphonenumber-js alone: `npx tsx bench/phone.ts`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import { loadRecipientParser } from '../nodes/shared/phone/recipients';
import { bestOf, grouped, printTable } from './measure';

type Sample = readonly [text: string, country: CountryCode];

const PLAIN: readonly Sample[] = [
	['+79161234567', 'RU'],
	['+254712345678', 'KE'],
	['+380501234567', 'UA'],
	['+12025550124', 'US'],
];
const TYPED: readonly Sample[] = [
	['8 (916) 123-45-67', 'RU'],
	['0712 345 678', 'KE'],
	['050 123 45 67', 'UA'],
	['(202) 555-0124', 'US'],
];
const WITHOUT_PLUS: readonly Sample[] = [
	['79161234567', 'RU'],
	['254712345678', 'KE'],
	['380501234567', 'UA'],
	['12025550124', 'US'],
];

/** The phone and country columns; good enough for a file whose quoted cells are known. */
function readContacts(): Sample[] {
	const text = readFileSync(join(__dirname, '../test/support/contacts.csv'), 'utf8');
	const cell = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/g;
	const cells = Array.from(text.matchAll(cell), (match) => match[1] ?? match[2] ?? '');
	const samples: Sample[] = [];
	for (let i = 4; i + 3 < cells.length; i += 4)
		samples.push([cells[i + 1] ?? '', cells[i + 2] as CountryCode]);
	return samples;
}

async function main(): Promise<void> {
	const start = performance.now();
	const parse = await loadRecipientParser();
	console.log(`The parser is loaded in ${(performance.now() - start).toFixed(1)} ms.\n`);

	const groups: ReadonlyArray<readonly [string, readonly Sample[]]> = [
		['plain +E.164', PLAIN],
		['as people type', TYPED],
		['digits without +', WITHOUT_PLUS],
		['contacts.csv', readContacts()],
	];
	printTable([
		['values/s', 'parser', 'libphonenumber-js', 'ratio'],
		...groups.map(([name, samples]) => {
			let i = 0;
			const next = (): Sample => samples[i++ % samples.length] as Sample;
			const ours = bestOf(() => parse(...next()).length);
			const theirs = bestOf(() => {
				const [text, country] = next();
				return parsePhoneNumberFromString(text, country)?.isValid() === true ? 1 : 0;
			});
			return [name, grouped(ours), grouped(theirs), (ours / theirs).toFixed(2)];
		}),
	]);
}

void main();
