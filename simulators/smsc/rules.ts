import { isIP } from 'node:net';

import { KIND_RULES, KINDS, type Kind } from './kinds';
import type { Parameters } from './parameters';
import { readList, splitPhones, type Entry } from './recipients';
import { parseZone } from './schedule';

type Rule = (value: string) => boolean;

const oneOf =
	(...values: string[]): Rule =>
	(value) =>
		values.includes(value);
const flag = oneOf('0', '1');
const within =
	(low: number, high: number): Rule =>
	(value) =>
		/^\d{1,9}$/.test(value) && Number(value) >= low && Number(value) <= high;

function isLifetime(value: string): boolean {
	if (/^\d{1,2}$/.test(value)) return Number(value) >= 1 && Number(value) <= 24;
	const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(value) ?? [];
	if (hours === undefined || minutes === undefined) return false;
	const total = Number(hours) * 60 + Number(minutes);
	return total >= 1 && total <= 24 * 60;
}

/** SMSC send page: the ranges of the parameters. Those of `time` have an error code of their own. */
const RULES: Readonly<Record<string, Rule>> = {
	translit: oneOf('0', '1', '2'),
	tinyurl: flag,
	tz: (value) => parseZone(value) !== null,
	// "a number in the range from 0.1 to 720 hours": a decimal point, never a comma.
	period: (value) => /^\d{1,3}(\.\d+)?$/.test(value) && Number(value) >= 0.1 && Number(value) <= 720,
	flash: flag,
	bin: oneOf('0', '1', '2'),
	push: flag,
	cost: oneOf('0', '1', '2', '3'),
	nl: flag,
	valid: isLifetime,
	maxsms: within(1, 255),
	userip: (value) => isIP(value) !== 0,
	err: flag,
	op: flag,
	pp: (value) => /^\d{1,12}$/.test(value),
	...Object.fromEntries(KINDS.map((kind) => [kind, flag])),
	// `param` is not among these: "If you specify a value … other than the possible values, the default values … will be used".
	voice: (value) => /^[mw][234]?(,[a-z]{2})?$/.test(value),
	fileurl: (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
	smsreq: within(10, 999),
	// "bot=@name_bot"
	bot: (value) => /^@\w{3,32}$/.test(value),
};

/** "Length – 11 characters or 15 digits"; "English letters, numbers, spaces, and some characters are allowed". */
export function isSenderForm(sender: string): boolean {
	return /^\d{1,15}$/.test(sender) || /^[A-Za-z0-9 ._\-!&+'#@$%*()/]{1,11}$/.test(sender);
}

/** "a 32-bit number in the range from 1 to 2147483647, or a string up to 40 characters"; 0 means "assign one". */
export function readId(id: string | undefined): number | string | 'auto' | null {
	if (id === undefined || id === '' || id === '0') return 'auto';
	if (/^[1-9]\d{0,9}$/.test(id) && Number(id) <= 2147483647) return Number(id);
	return /^[A-Za-z0-9._-]{1,40}$/.test(id) ? id : null;
}

/** Whether everything but numbers, texts and `time` is in its range. */
export function areInRange(parameters: Parameters): boolean {
	for (const [name, rule] of Object.entries(RULES)) {
		const value = parameters.text(name) ?? '';
		if (value !== '' && !rule(value)) return false;
	}
	// "Without the period parameter, the freq parameter is ignored."
	const freq = parameters.text('freq') ?? '';
	if ((parameters.text('period') ?? '') !== '' && freq !== '' && !within(1, 1440)(freq)) return false;
	// "This parameter must be used in conjunction with the userip parameter."
	return (parameters.text('imgcode') ?? '') === '' || (parameters.text('userip') ?? '') !== '';
}

/** "Required parameters are login, psw, phones, and mes, or login, psw and list." Null when they are not there. */
export function readEntries(parameters: Parameters, kind: Kind): Entry[] | null {
	const list = parameters.text('list') ?? '';
	if (list !== '') return readList(list, parameters.text('nl') === '1');
	const phones = splitPhones(parameters.text('phones') ?? '');
	const { arrives, isComplete } = KIND_RULES[kind];
	const text = arrives ? (parameters.text('mes') ?? '') : '';
	return phones.length === 0 || !isComplete(text, parameters) ? null : [{ phones, text }];
}
