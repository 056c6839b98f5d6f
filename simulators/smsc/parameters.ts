import { decodeText, urlEncodedPairs, type Charset } from '../encoding';
import type { UploadedFile } from '../multipart';
import type { SimulatedRequest } from '../simulator';

/**
 * The parameters of one request. SMSC send page: `charset` is the "encoding of the message if it differs from the default
 * windows-1251", so values stay bytes until the charset is known, and a client that forgets it gets mojibake.
 */
export interface Parameters {
	/** Undefined when absent. An empty value is present. */
	text(name: string): string | undefined;
	bytes(name: string): Buffer | undefined;
	/** Undefined when the request names a charset that SMSC does not have. */
	readonly charset: Charset | undefined;
	/** False when a value is no text in the charset named, or a JSON value is neither string nor number. */
	readonly readable: boolean;
	/** All parameters but the credentials: equal for identical requests. */
	readonly fingerprint: string;
	/** "The files are passed in the body of the http request." */
	readonly files: readonly UploadedFile[];
	/** Names and texts of all parameters but the credentials. */
	readonly others: ReadonlyArray<readonly [string, string]>;
}

const CREDENTIALS = new Set(['login', 'psw', 'apikey']);
const CHARSETS: readonly Charset[] = ['windows-1251', 'utf-8', 'koi8-r'];

function build(
	values: ReadonlyMap<string, Buffer>,
	valueCharset: Charset | undefined,
	charset: Charset | undefined,
	wellFormed: boolean,
	files: readonly UploadedFile[] = [],
): Parameters {
	const decode = (name: string, bytes: Buffer): string | null => {
		// A raw binary message is no text in any charset.
		if (name === 'mes' && values.get('bin')?.toString() === '1') return bytes.toString('latin1');
		return decodeText(bytes, valueCharset ?? 'windows-1251');
	};
	const text = (name: string): string | undefined => {
		const bytes = values.get(name);
		return bytes === undefined ? undefined : (decode(name, bytes) ?? '');
	};
	const names = [...values.keys()].filter((name) => !CREDENTIALS.has(name)).sort();
	return {
		text,
		bytes: (name) => values.get(name),
		charset,
		readable: wellFormed && [...values].every(([name, bytes]) => decode(name, bytes) !== null),
		files,
		fingerprint: JSON.stringify([
			...names.map((name) => [name, values.get(name)?.toString('base64')]),
			...files.map(({ filename, bytes }) => [filename, bytes.toString('base64')]),
		]),
		others: names.map((name) => [name, text(name) ?? '']),
	};
}

function charsetOf(values: ReadonlyMap<string, Buffer>): Charset | undefined {
	const named = values.get('charset')?.toString('latin1').trim().toLowerCase() ?? '';
	return named === '' ? 'windows-1251' : CHARSETS.find((charset) => charset === named);
}

/** Query string and form together, the form winning: the vendor's library uses either. A form with files is multipart. */
export function urlParameters(request: SimulatedRequest): Parameters {
	const pairs = urlEncodedPairs(request.rawQuery);
	const { multipart } = request;
	const isMultipart =
		request.method === 'POST' && /^multipart\//i.test(request.headers['content-type'] ?? '');
	if (isMultipart)
		for (const [name, value] of multipart?.fields ?? []) pairs.push([Buffer.from(name), value]);
	else if (request.method === 'POST' && request.form !== null) pairs.push(...urlEncodedPairs(request.body));
	const values = new Map(pairs.map(([name, value]) => [name.toString('latin1'), value]));
	const charset = charsetOf(values);
	return build(values, charset, charset, !isMultipart || multipart !== null, multipart?.files);
}

/** The JSON flavour: the same names. JSON is UTF-8 by itself, whatever `charset` says. */
export function jsonParameters(request: SimulatedRequest): Parameters {
	const { json } = request;
	const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
	const values = new Map<string, Buffer>();
	let wellFormed = isObject && request.method === 'POST';
	for (const [name, value] of isObject ? Object.entries(json) : []) {
		if (typeof value === 'string' || typeof value === 'number') values.set(name, Buffer.from(String(value)));
		else wellFormed = false;
	}
	return build(values, 'utf-8', charsetOf(values), wellFormed);
}
