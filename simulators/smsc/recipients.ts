/** One text for some numbers. */
export interface Entry {
	readonly phones: readonly string[];
	readonly text: string;
	/** Undefined: the request's own sender. */
	readonly sender?: string;
	/** Undefined: the request's own zone. */
	readonly tz?: string;
}

export interface Phone {
	/** As the reply names it. */
	readonly shown: string;
	/** International digits; null for a number SMSC cannot use. */
	readonly digits: string | null;
}

/**
 * SMSC send page: "If the number is passed without the '+' sign, it can be corrected by automatic formatting … To disable
 * auto-correction, pass the number with the '+' sign."
 */
export function readPhone(given: string): Phone {
	const exact = given.startsWith('+');
	const bare = exact ? given.slice(1) : given.replace(/[\s().-]/g, '');
	if (!/^\d{7,15}$/.test(bare)) return { shown: bare === '' ? given : bare, digits: null };
	let digits = bare;
	if (!exact && /^8\d{10}$/.test(bare)) digits = `7${bare.slice(1)}`;
	if (!exact && /^9\d{9}$/.test(bare)) digits = `7${bare}`;
	return { shown: digits, digits };
}

/** "The number or comma-separated or semicolon-separated list of mobile phone numbers". */
export function splitPhones(phones: string, separators: RegExp = /[,;]/): string[] {
	return phones
		.split(separators)
		.map((phone) => phone.trim())
		.filter((phone) => phone !== '');
}

function readLine(line: string): Entry | null {
	// The form for different senders: `SENDER|numbers:text`, `SENDER,tz|numbers:text`. A bar in the text comes later.
	const prefix = /^([^|:;,]*)(?:,([^|:;]*))?\|/.exec(line);
	const rest = prefix === null ? line : line.slice(prefix[0].length);
	// Only the first separator splits: the vendor's own library sends "79999999999:Ваш пароль: 123".
	const separator = rest.search(/[:;]/);
	if (separator < 0) return null;
	const phones = splitPhones(rest.slice(0, separator), /,/);
	// "If you want to pass a newline character in the mes message, specify it with \n."
	const text = rest.slice(separator + 1).replace(/\\n/g, '\n');
	if (phones.length === 0 || text === '') return null;
	return {
		phones,
		text,
		...(prefix?.[1] === undefined ? {} : { sender: prefix[1] }),
		...(prefix?.[2] === undefined ? {} : { tz: prefix[2] }),
	};
}

/** Whether a line starts an entry when texts may have several lines: numbers, then a separator. */
const startsEntry = (line: string): boolean => /^(?:[^|:;]*\|)?[\s\d+(),.-]+[:;]/.test(line);

/**
 * The `list` parameter; null when a line of it is no entry. How nl=1 tells a continued line from a new entry is not
 * published: here a line that does not start with numbers and a separator continues the one before it.
 */
export function readList(list: string, multiLine: boolean): Entry[] | null {
	const lines: string[] = [];
	for (const line of list.split(/\r?\n/)) {
		const last = lines.length - 1;
		if (multiLine && last >= 0 && !startsEntry(line)) lines[last] = `${lines[last]}\n${line}`;
		else if (line.trim() !== '') lines.push(line);
	}
	const entries = lines.map(readLine);
	return entries.length > 0 && entries.every((entry) => entry !== null) ? entries : null;
}

export interface Place {
	readonly mccmnc: string;
	readonly country: string;
	readonly operator: string;
	readonly region: string;
	/** Hours from Moscow. */
	readonly tz: number;
}

const NOWHERE: Place = { mccmnc: '', country: '', operator: '', region: '', tz: 0 };

const PLACES: ReadonlyArray<readonly [prefix: RegExp, place: Place]> = [
	[/^77/, { mccmnc: '40101', country: 'Казахстан', operator: 'Beeline', region: '', tz: 2 }],
	[/^7/, { mccmnc: '25001', country: 'Россия', operator: 'МТС', region: 'Москва', tz: 0 }],
	[/^380/, { mccmnc: '25501', country: 'Украина', operator: 'Vodafone', region: '', tz: -1 }],
	[/^375/, { mccmnc: '25701', country: 'Беларусь', operator: 'A1', region: '', tz: 0 }],
	[/^254/, { mccmnc: '63902', country: 'Кения', operator: 'Safaricom', region: '', tz: 0 }],
];

/** Where a number is at home: enough of the world for tests. An e-mail address is nowhere. */
export function placeOf(digits: string | null): Place {
	if (digits === null || !/^\d+$/.test(digits)) return NOWHERE;
	return PLACES.find(([prefix]) => prefix.test(digits))?.[1] ?? NOWHERE;
}

/** "the numeric code of the subscriber's country plus the numeric code of the subscriber's operator". */
export const mccmncOf = (digits: string | null): string => placeOf(digits).mccmnc;
