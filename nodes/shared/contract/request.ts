export type JsonValue =
	| string
	| number
	| boolean
	| null
	| readonly JsonValue[]
	| { readonly [key: string]: JsonValue };

/** A request without its credentials: those are added by the credential's `authenticate`. */
export interface GatewayRequest {
	readonly method: 'GET' | 'POST';
	/** Path below the credential's base URL, with a leading slash. */
	readonly path: string;
	/** The query string of the URL; text is sent as UTF-8. */
	readonly query?: Readonly<Record<string, string>>;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?:
		| { readonly kind: 'form'; readonly fields: FormFields }
		| { readonly kind: 'json'; readonly value: { readonly [key: string]: JsonValue } }
		| { readonly kind: 'multipart'; readonly fields: FormFields; readonly files: readonly Attachment[] };
}

/** A file attached to a message. */
export interface Attachment {
	readonly fileName: string;
	/** MIME type. */
	readonly contentType: string;
	readonly data: Uint8Array;
}

/** A reply as it came, decoded (UTF-8, else windows-1251). */
export interface GatewayReply {
	/** The HTTP status: it counts only where the body says nothing. */
	readonly status: number;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
	/** The parsed body; undefined when it is not JSON. Integers beyond 15 digits are strings. */
	readonly json: unknown;
}

export type JsonRecord = Readonly<Record<string, JsonValue>>;

/** Field values of a form: text is sent as UTF-8, bytes as they are. */
export type FormFields = Readonly<Record<string, string | Uint8Array>>;
