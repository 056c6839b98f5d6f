/** Bodies of multipart/form-data (RFC 7578), whole in memory: fields and files with their exact bytes. */

import { randomBytes } from 'node:crypto';

export interface UploadedFile {
	/** Of the form's field. */
	readonly name: string;
	readonly filename: string;
	readonly type: string;
	readonly bytes: Buffer;
}

export interface Multipart {
	readonly fields: ReadonlyArray<readonly [name: string, value: Buffer]>;
	readonly files: readonly UploadedFile[];
}

function parameterOf(header: string, name: string): string | undefined {
	const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(header);
	return match?.[1] ?? match?.[2];
}

function headersOf(head: string): Map<string, string> {
	return new Map(
		head.split('\r\n').map((line) => {
			const colon = line.indexOf(':');
			return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()];
		}),
	);
}

/** Null when the content type is another, or the body is cut off or not what it says. */
export function readMultipart(contentType: string, body: Buffer): Multipart | null {
	const boundary = parameterOf(contentType, 'boundary') ?? '';
	if (!/^multipart\/form-data\b/i.test(contentType) || boundary === '') return null;
	const delimiter = Buffer.from(`\r\n--${boundary}`);
	// The first delimiter has no line before it.
	const whole = Buffer.concat([Buffer.from('\r\n'), body]);
	const fields: Array<readonly [string, Buffer]> = [];
	const files: UploadedFile[] = [];
	let at = whole.indexOf(delimiter);
	while (at >= 0) {
		const start = at + delimiter.length;
		if (whole.subarray(start, start + 2).toString() === '--') return { fields, files };
		const headEnd = whole.indexOf('\r\n\r\n', start);
		const next = whole.indexOf(delimiter, start);
		if (headEnd < 0 || next < headEnd) return null;
		const headers = headersOf(whole.subarray(start + 2, headEnd).toString('utf8'));
		const disposition = headers.get('content-disposition') ?? '';
		const name = parameterOf(disposition, 'name');
		if (name === undefined) return null;
		const bytes = whole.subarray(headEnd + 4, next);
		const filename = parameterOf(disposition, 'filename');
		if (filename === undefined) fields.push([name, bytes]);
		else files.push({ name, filename, type: headers.get('content-type') ?? '', bytes });
		at = next;
	}
	return null;
}

/** A body of fields alone. */
export function writeMultipart(fields: ReadonlyArray<readonly [name: string, value: Buffer]>): {
	readonly contentType: string;
	readonly body: Buffer;
} {
	const boundary = `----${randomBytes(12).toString('hex')}`;
	const pieces = fields.flatMap(([name, value]) => [
		Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
		value,
		Buffer.from('\r\n'),
	]);
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
	};
}
