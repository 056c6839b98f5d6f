/**
 * The pages behind the link: HTML of one piece for any phone, in light and dark. Nothing is loaded from elsewhere, and
 * without JavaScript all of it works.
 */
import { APPROVE, DECLINE, FIELD, LONGEST_ANSWER } from './answer';
import type { PendingQuestion, Question } from './pendingQuestion';
import type { Language } from './words';
import { PAGE_WORDS } from './words';

const ESCAPES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

/** Colors with a contrast of 4.5 and more. Old phones know no variables. */
const STYLE = `
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #fff; color: #1a1a1a; font: 18px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 30em; margin: 0 auto; padding: 24px 20px 40px; }
p { margin: 0 0 24px; overflow-wrap: anywhere; word-wrap: break-word; }
.asked, .given { white-space: pre-wrap; }
.given { padding-left: 16px; border-left: 4px solid #1b6e3a; }
.problem { color: #a3261b; }
.quiet { color: #5c5c5c; }
button, textarea { display: block; box-sizing: border-box; width: 100%; margin: 0 0 16px; font: inherit; border-radius: 8px; }
button { min-height: 56px; padding: 12px 16px; border: 2px solid #1b6e3a; background: #1b6e3a; color: #fff; font-weight: 600; overflow-wrap: anywhere; cursor: pointer; }
button.no { border-color: #6b6b6b; background: #fff; color: #1a1a1a; }
button:focus, textarea:focus { outline: 3px solid #2f6fde; outline-offset: 2px; }
textarea { min-height: 140px; padding: 12px; border: 2px solid #6b6b6b; background: #fff; color: #1a1a1a; }
@media (prefers-color-scheme: dark) {
body { background: #121212; color: #ededed; }
button.no, textarea { border-color: #8f8f8f; background: #121212; color: #ededed; }
.problem { color: #ff9d94; }
.quiet { color: #a8a8a8; }
.given { border-left-color: #5fb57f; }
}`;

/** A second press while the first is on its way would show n8n's own refusal in place of the thanks. */
const ONCE = `(function () {
var sent = false;
document.getElementsByTagName('form')[0].onsubmit = function () { if (sent) return false; sent = true; };
window.onpageshow = function () { sent = false; };
})();`;

/** @param nonce for the page's own style and script; null where it has no script, and n8n sets the policy */
function pageOf(language: Language, body: string, nonce: string | null, hasForm = false): string {
	const mark = nonce === null ? '' : ` nonce="${nonce}"`;
	const script = hasForm ? `\n<script${mark}>\n${ONCE}\n</script>` : '';
	return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${PAGE_WORDS[language].title}</title>
<style${mark}>${STYLE}
</style>
</head>
<body>
<main>
${body}
</main>${script}
</body>
</html>
`;
}

const paragraph = (text: string, kind?: 'asked' | 'given' | 'problem' | 'quiet'): string =>
	`<p${kind === undefined ? '' : ` class="${kind}"`} dir="auto">${escapeHtml(text)}</p>`;

function button(label: string, value?: string, isNo = false): string {
	const pressed = value === undefined ? '' : ` name="${FIELD}" value="${value}"`;
	return `<button type="submit"${pressed}${isNo ? ' class="no"' : ''} dir="auto">${escapeHtml(label)}</button>`;
}

function fields(question: Question, language: Language): string[] {
	switch (question.kind) {
		case 'approval':
			return [
				button(question.approve, APPROVE),
				...(question.decline === null ? [] : [button(question.decline, DECLINE, true)]),
			];
		case 'freeText': {
			const label = PAGE_WORDS[language].title;
			return [
				`<textarea name="${FIELD}" aria-label="${label}" required maxlength="${LONGEST_ANSWER}" rows="5" dir="auto"></textarea>`,
				button(question.submit),
			];
		}
	}
}

/** @param isEmpty an answer came that was none */
export function questionPage(
	{ question, message, language }: PendingQuestion,
	nonce: string,
	isEmpty = false,
): string {
	const problem = isEmpty ? [paragraph(PAGE_WORDS[language].empty, 'problem')] : [];
	const form = ['<form method="post">', ...fields(question, language), '</form>'];
	return pageOf(language, [paragraph(message, 'asked'), ...problem, ...form].join('\n'), nonce, true);
}

export function thanksPage({ message, language }: PendingQuestion, given: string): string {
	const { thanks, close } = PAGE_WORDS[language];
	const body = [
		paragraph(message, 'asked'),
		paragraph(given, 'given'),
		paragraph(thanks),
		paragraph(close, 'quiet'),
	];
	return pageOf(language, body.join('\n'), null);
}

/** Why there is nothing to answer. */
export type Notice = 'answered' | 'expired' | 'gone' | 'failed';

export function noticePage(notice: Notice, language: Language, nonce: string): string {
	return pageOf(language, paragraph(PAGE_WORDS[language][notice]), nonce);
}
