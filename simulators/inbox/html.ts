import { STYLE } from './style';

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

export const html = (value: unknown): string =>
	String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

export const time = (iso: string): string =>
	`<time datetime="${html(iso)}">${html(iso.replace('T', ' ').slice(0, 19))} UTC</time>`;

/** A phone number with its plus; whatever else a text was sent to as it is. */
export const address = (to: string): string => html(/^\d+$/.test(to) ? `+${to}` : to);

export const query = (fields: Readonly<Record<string, string>>): string =>
	html(new URLSearchParams(fields).toString());

/** A button that posts. */
export function button(action: string, label: string, fields: Readonly<Record<string, string>>): string {
	const inputs = Object.entries(fields)
		.map(([name, value]) => `<input type="hidden" name="${html(name)}" value="${html(value)}">`)
		.join('');
	return `<form method="post" action="${html(action)}">${inputs}<button>${html(label)}</button></form>`;
}

/** `refreshes`: a page that people only look at reloads itself; one they type into must not. */
export function document(title: string, body: string, refreshes: boolean): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshes ? '<meta http-equiv="refresh" content="3">\n' : ''}<title>${html(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
