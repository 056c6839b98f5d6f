/**
 * A credential as data: its fields, where each is sent, and whether it is secret. What the dialog shows, how a request is
 * signed and what is redacted all follow from it.
 */

/** Where a field's value is sent, and under which name. The request decides which body; a header is always sent. */
interface Travels {
	/** Field of a form; several where the vendor's pages do not agree on its name. */
	readonly form?: string | readonly string[];
	/** Key of a JSON body. */
	readonly json?: string;
	readonly header?: string;
	/** Its part of HTTP Basic. */
	readonly basic?: 'user' | 'password';
}

interface AnyField extends Travels {
	/** As n8n stores it. Fixed: saved credentials have it. */
	readonly name: string;
	readonly displayName: string;
	readonly description?: string;
	readonly placeholder?: string;
	/** The way to sign in that this field belongs to, or several; absent: it is always there. */
	readonly way?: string | readonly string[];
	/** Sent with the spaces around it, as a password may have them. Other values are trimmed: pasting adds spaces. */
	readonly asTyped?: true;
	/** Sent only where the JSON body, or its row, has no such key of its own. */
	readonly isDefault?: true;
}

/** A secret is never sent in a URL: servers and proxies log those. */
export type CredentialField =
	| (AnyField & { readonly secret: true })
	| (AnyField & {
			readonly secret: false;
			/** Parameter of the URL of a GET request. */
			readonly query?: string;
	  });

/** A way to sign in: an entry of the dialog's Authentication drop-down. */
export interface SignInWay {
	readonly name: string;
	readonly value: string;
}

/** An address of the gateway: an entry of the dialog's drop-down of sites. */
export interface Site {
	readonly name: string;
	readonly value: string;
}

export interface Credential {
	/** The name of the credential class. */
	readonly type: string;
	/** Where the gateway is. The first is the default. */
	readonly sites: readonly [Site, ...Site[]];
	/** How the dialog calls them; Site, where nothing else is said. */
	readonly sitesLabel?: string;
	/** What the drop-down says of them. */
	readonly sitesDescription?: string;
	/** Ways to sign in, where there are several. The first is the default. */
	readonly ways?: readonly [SignInWay, SignInWay, ...SignInWay[]];
	/** In the order in which the dialog shows them. */
	readonly fields: readonly CredentialField[];
	/** Key of a list in a JSON body; where the list is there, each of its rows is signed instead of the body. */
	readonly jsonRows?: string;
}

/** The ways to sign in that a field belongs to; null where it is always there. */
export function waysOf({ way }: Pick<CredentialField, 'way'>): readonly string[] | null {
	return way === undefined ? null : [way].flat();
}
