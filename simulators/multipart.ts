/** Bodies of multipart/form-data (RFC 7578), whole in memory: fields and files with their exact bytes. */

import busboy from 'busboy';
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

/** Null when the content type is another, or the body is cut off or not what it says. */
export async function readMultipart(contentType: string, body: Buffer): Promise<Multipart | null> {
	if (!/^multipart\/form-data\b/i.test(contentType)) return null;
	return await new Promise((resolve) => {
		const fields: Array<readonly [string, Buffer]> = [];
		const files: UploadedFile[] = [];
		try {
			const parser = busboy({
				headers: { 'content-type': contentType },
				// One character a byte: which charset a vendor reads is the vendor's business.
				defCharset: 'latin1',
				defParamCharset: 'utf8',
				limits: { fieldSize: Infinity },
			});
			parser.on('field', (name, value) => fields.push([name, Buffer.from(value, 'latin1')]));
			parser.on('file', (name, stream, info) => {
				// busboy's types leave out that a part of bytes may come without a file name: then it is a field.
				const { filename, mimeType: type }: { filename?: string | undefined; mimeType: string } = info;
				const chunks: Buffer[] = [];
				stream.on('data', (chunk: Buffer) => chunks.push(chunk));
				// A file that is cut off is the parser's error as well.
				stream.on('error', () => undefined);
				stream.on('end', () => {
					const bytes = Buffer.concat(chunks);
					if (filename === undefined) fields.push([name, bytes]);
					else files.push({ name, filename, type, bytes });
				});
			});
			parser.on('error', () => resolve(null));
			parser.on('close', () => resolve({ fields, files }));
			parser.end(body);
		} catch {
			// busboy throws for a content type without a boundary.
			resolve(null);
		}
	});
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
