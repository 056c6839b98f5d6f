/**
 * A credential as data: its fields, where each travels, and whether it is secret. What the dialog shows, how a request is
 * signed and what is redacted all follow from it.
 */

/** Where the value of a field goes, and under which name. Which body it is, is the request's matter; a header always goes. */
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
	/** The way to sign in that this field belongs to; absent: it is always there. */
	readonly way?: string;
	/** Travels with the spaces around it, as a password may have them. They are cut off other values: pasting adds them. */
	readonly asTyped?: true;
	/** Travels only where the JSON body, or its row, has no such key of its own. */
	readonly isDefault?: true;
}

/** A secret never travels in a URL: servers and proxies write those down. */
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
	/** Where the gateway is. The first is preset. */
	readonly sites: readonly [Site, ...Site[]];
	/** How the dialog calls them; Site, where nothing else is said. */
	readonly sitesLabel?: string;
	/** What the drop-down says of them. */
	readonly sitesDescription?: string;
	/** Ways to sign in, where there are several. The first is preset. */
	readonly ways?: readonly [SignInWay, SignInWay, ...SignInWay[]];
	/** In the order in which the dialog shows them. */
	readonly fields: readonly CredentialField[];
	/** Key of a list in a JSON body; where the list is there, each of its rows is signed instead of the body. */
	readonly jsonRows?: string;
}
