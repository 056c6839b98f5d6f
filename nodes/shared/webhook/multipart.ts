/** Bodies of multipart/form-data (RFC 7578), with the exact bytes of each field. Reads every byte a fixed number of times. */

/** A part's own headers are two or three short lines. */
const LONGEST_HEAD = 2_000;

export function isMultipart(contentType: string): boolean {
	return /^\s{0,9}multipart\/form-data\b/i.test(contentType);
}

function boundaryOf(contentType: string): string | null {
	if (!isMultipart(contentType)) return null;
	const [, inQuotes, bare] = /;\s{0,9}boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))/i.exec(contentType) ?? [];
	return inQuotes ?? bare ?? null;
}

/** Names as browsers write them: three characters as percent escapes. Others put a back-slash before a quote. */
function unescaped(name: string): string {
	return name
		.replace(/\\(["\\])/g, '$1')
		.replace(/%22/g, '"')
		.replace(/%0D/gi, '\r')
		.replace(/%0A/gi, '\n');
}

/** The name of the field whose part begins so; null for a file, and for what is no field at all. */
function nameOf(head: Buffer): string | null {
	// Lines end with CRLF alone: a name may hold what only JavaScript takes for the end of a line (U+2028).
	const line = head
		.subarray(0, LONGEST_HEAD)
		.toString()
		.split('\r\n')
		.map((header) => /^content-disposition:[ \t]{0,9}form-data(.*)$/is.exec(header))
		.find((match) => match !== null);
	let name: string | null = null;
	// Parameter by parameter: a quoted value may hold what looks like another one.
	for (const [, key = '', inQuotes, bare = ''] of (line?.[1] ?? '').matchAll(
		/;[ \t]{0,9}([\w*-]{1,40})=(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/gs,
	)) {
		if (/^filename\*?$/i.test(key)) return null;
		if (/^name$/i.test(key)) name ??= unescaped(inQuotes ?? bare);
	}
	return name;
}

/**
 * The fields of such a body, at most so many, files left out; null when the content type is another. A body that is cut
 * off gives the fields that came whole.
 */
export function readMultipart(
	contentType: string,
	body: Uint8Array,
	mostFields: number,
): ReadonlyMap<string, Uint8Array> | null {
	const boundary = boundaryOf(contentType);
	if (boundary === null) return null;
	const fields = new Map<string, Uint8Array>();
	const delimiter = Buffer.from(`\r\n--${boundary}`);
	// The first delimiter has no line before it.
	const whole = Buffer.concat([Buffer.from('\r\n'), body]);
	let at = whole.indexOf(delimiter);
	for (let parts = 0; at >= 0 && parts < mostFields; parts++) {
		const start = at + delimiter.length;
		if (whole.toString('latin1', start, start + 2) === '--') break;
		at = whole.indexOf(delimiter, start);
		if (at < 0) break;
		// Only within the part: a search beyond it would read the rest of the body again for each part.
		const part = whole.subarray(start, at);
		const headEnd = part.indexOf('\r\n\r\n');
		const name = headEnd < 0 ? null : nameOf(part.subarray(0, headEnd));
		if (name !== null) fields.set(name, part.subarray(headEnd + 4));
	}
	return fields;
}
