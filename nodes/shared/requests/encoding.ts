import type { FormFields } from '../contract/request';

function percentEncoded(bytes: Uint8Array): string {
	let encoded = '';
	for (const byte of bytes) {
		const character = String.fromCharCode(byte);
		encoded += /[A-Za-z0-9*._-]/.test(character)
			? character
			: `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
	}
	return encoded;
}

/** The body of a form (application/x-www-form-urlencoded, WHATWG URL §5), fields in the order given. */
export function encodeForm(fields: FormFields): string {
	return Object.entries(fields)
		.map(([name, value]) =>
			typeof value === 'string'
				? new URLSearchParams([[name, value]]).toString()
				: `${new URLSearchParams([[name, '']]).toString()}${percentEncoded(value)}`,
		)
		.join('&');
}

/** A file name that is safe in a header field: no line breaks, no quotes. */
function headerSafe(name: string): string {
	return name.replace(/[\r\n"\\]/g, '_');
}

/** One field of a multipart body (RFC 7578). */
export function multipartField(boundary: string, name: string, value: string | Uint8Array): Uint8Array {
	const head = `--${boundary}\r\nContent-Disposition: form-data; name="${headerSafe(name)}"\r\n\r\n`;
	return Buffer.concat([Buffer.from(head), Buffer.from(value), Buffer.from('\r\n')]);
}

/** The body of a form with files; `boundary` must not occur in it. The files are named file1, file2 … */
export function encodeMultipart(
	boundary: string,
	fields: FormFields,
	files: ReadonlyArray<{
		readonly fileName: string;
		readonly contentType: string;
		readonly data: Uint8Array;
	}>,
): Uint8Array {
	const parts = Object.entries(fields).map(([name, value]) => multipartField(boundary, name, value));
	files.forEach(({ fileName, contentType, data }, index) => {
		const disposition = `form-data; name="file${index + 1}"; filename="${headerSafe(fileName)}"`;
		const head = `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${headerSafe(contentType)}\r\n\r\n`;
		parts.push(Buffer.concat([Buffer.from(head), data, Buffer.from('\r\n')]));
	});
	return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
}
