import { encodeText, type Charset } from '../encoding';
import type { SimulatedReply } from '../simulator';
import type { Parameters } from './parameters';

export type Format = '0' | '1' | '2' | '3';

export interface Layout {
	readonly format: Format;
	readonly charset: Charset;
}

/** A message id: a number when it was assigned by the server or given as one, else the client's own string. */
export type MessageId = number | string;

/** What `op=1` and `err=1` tell of one number. */
export interface PhoneReport {
	readonly phone: string;
	readonly mccmnc: string;
	/** Null in the mode of virtual sending. */
	readonly cost: string | null;
	readonly status: string;
	readonly error: string;
}

export interface SendReport {
	readonly id: MessageId;
	readonly count: number;
	readonly cost: string;
	readonly balance: string;
	readonly phones: readonly PhoneReport[] | null;
	/** What a call with the word `code` says; null for everything else. */
	readonly code: string | null;
}

/** SMSC send page, "Server response and error codes". The English words are those of recorded replies where known. */
const ERRORS: Readonly<Record<string, readonly [russian: string, english: string]>> = {
	'1': ['ошибка в параметрах', 'parameters error'],
	'2': ['неверный логин или пароль', 'authorise error'],
	'3': ['недостаточно средств на счете', 'no money'],
	'4': ['IP-адрес временно заблокирован', 'IP is blocked'],
	'5': ['неверный формат даты', 'invalid date'],
	'6': ['сообщение запрещено', 'message is denied'],
	'7': ['неверный формат номера телефона', 'invalid number'],
	'8': ['сообщение на указанный номер не может быть доставлено', "can't deliver message to this number"],
	'9': ['повторный запрос, подождите минуту', 'duplicate request, wait a minute'],
	'10': ['превышен лимит отправки', 'sending limit exceeded'],
	'15': ['неизвестная ошибка', 'unknown error'],
};

export const CONCURRENT = ['слишком много одновременных запросов', 'too many concurrent requests'] as const;
export const TOO_OFTEN = [
	'слишком много запросов, подождите минуту',
	'too many requests, wait a minute',
] as const;

/** SMSC send page: these errors carry the message id. */
export const ERRORS_WITH_ID: ReadonlySet<string> = new Set(['3', '6', '7', '8']);

const FORMATS: readonly string[] = ['0', '1', '2', '3'];

/** Null when `fmt` is none of the four. */
export function formatOf(parameters: Parameters): Format | null {
	const named = parameters.text('fmt') || '0';
	return FORMATS.includes(named) ? (named as Format) : null;
}

const TYPES: Readonly<Record<Format, string>> = {
	'0': 'text/plain',
	'1': 'text/plain',
	'2': 'text/xml',
	'3': 'application/json',
};

export function replyOf(text: string, { format, charset }: Layout): SimulatedReply {
	// Recorded traffic: JSON replies were declared windows-1251 even when the request said charset=utf-8.
	const declared = format === '3' ? 'windows-1251' : charset;
	return {
		// Recorded traffic: the HTTP status is 200 for errors of the application, too.
		status: 200,
		headers: { 'content-type': `${TYPES[format]}; charset=${declared}` },
		body: encodeText(text, charset),
	};
}

export function xml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

export function errorReply(
	layout: Layout,
	code: string,
	id?: MessageId,
	words: readonly [string, string] = ERRORS[code] ?? ['неизвестная ошибка', 'unknown error'],
): SimulatedReply {
	const [russian, english] = words;
	switch (layout.format) {
		case '0':
			return replyOf(`ERROR = ${code} (${russian})${id === undefined ? '' : `, ID - ${id}`}`, layout);
		case '1':
			return replyOf(`${id ?? 0},-${code}`, layout);
		case '2': {
			const tail = id === undefined ? '' : `<id>${xml(String(id))}</id>`;
			const head = `<error>${xml(english)}</error><error_code>${code}</error_code>`;
			return replyOf(`<result>${head}${tail}</result>`, layout);
		}
		case '3': {
			const error = { error: english, error_code: Number(code) };
			return replyOf(JSON.stringify(id === undefined ? error : { ...error, id }), layout);
		}
	}
}

/**
 * The page's rows for op=1 in text formats are lost in the stored copy; their order is that of the JSON and XML ones.
 */
function phoneRows(phones: readonly PhoneReport[] | null): string {
	if (phones === null) return '';
	return phones
		.map((one) => `\n${[one.phone, one.mccmnc, one.cost ?? '', one.status, one.error].join(',')}`)
		.join('');
}

function phonesXml(phones: readonly PhoneReport[] | null): string {
	if (phones === null) return '';
	const rows = phones.map(
		(one) =>
			`<phone mccmnc="${one.mccmnc}" cost="${one.cost ?? ''}" status="${one.status}" error="${one.error}">` +
			`${xml(one.phone)}</phone>`,
	);
	return `<phones>${rows.join('')}</phones>`;
}

/**
 * SMSC send page: the replies to `cost` 0–3 in `fmt` 0–3. https://smscentre.com/api/http/send/voice/phone_code/: "the code
 * parameter is added to the standard Server response: when fmt = 0: OK - <n> SMS, ID - <id>, CODE"; where it stands beside a
 * price, and in numbers, is not known.
 */
export function sendReply(layout: Layout, cost: string, report: SendReport): SimulatedReply {
	const { id, count, phones, code } = report;
	const withCost = cost !== '0';
	const withBalance = cost === '3';
	switch (layout.format) {
		case '0': {
			const text =
				cost === '1'
					? `${report.cost} (${count} SMS)`
					: `OK - ${count} SMS, ID - ${id}` +
						(code === null ? '' : `, CODE - ${code}`) +
						(withCost ? `, COST - ${report.cost}` : '') +
						(withBalance ? `, BALANCE - ${report.balance}` : '');
			return replyOf(text + phoneRows(phones), layout);
		}
		case '1': {
			const fields =
				cost === '1'
					? [report.cost, count]
					: [
							id,
							count,
							...(withCost ? [report.cost] : []),
							...(withBalance ? [report.balance] : []),
							...(code === null ? [] : [code]),
						];
			return replyOf(fields.join(',') + phoneRows(phones), layout);
		}
		case '2': {
			const inner = [
				...(cost === '1' ? [] : [`<id>${xml(String(id))}</id>`]),
				`<cnt>${count}</cnt>`,
				...(withCost ? [`<cost>${report.cost}</cost>`] : []),
				...(withBalance ? [`<balance>${report.balance}</balance>`] : []),
				...(code === null ? [] : [`<code>${code}</code>`]),
				phonesXml(phones),
			];
			return replyOf(`<result>${inner.join('')}</result>`, layout);
		}
		case '3': {
			const head = cost === '1' ? { cost: report.cost, cnt: count } : { id, cnt: count };
			const json = {
				...head,
				...(withCost ? { cost: report.cost } : {}),
				...(withBalance ? { balance: report.balance } : {}),
				...(code === null ? {} : { code }),
				...(phones === null ? {} : { phones }),
			};
			return replyOf(JSON.stringify(json), layout);
		}
	}
}
