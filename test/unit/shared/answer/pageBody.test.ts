/** What is on each page, to the character: a button with a wrong name or value answers something else. */
import type { Question } from '../../../../nodes/shared/answer/pendingQuestion';
import { readPendingQuestion } from '../../../../nodes/shared/answer/pendingQuestion';
import { noticePage, questionPage, thanksPage } from '../../../../nodes/shared/answer/page';
import { PAGE_WORDS } from '../../../../nodes/shared/answer/words';
import { pendingQuestion } from '../../../support/pendingQuestion';

const words = PAGE_WORDS.en;
const asked = (question: Question) => pendingQuestion({ question, messageId: null });
const approval = asked({ kind: 'approval', approve: 'Yes', decline: null });
const freeText = asked({ kind: 'freeText', submit: 'Go' });

const bodyOf = (html: string): string => /<main>\n([\s\S]*)\n<\/main>/.exec(html)?.[1] ?? '';
const lines = (...of: readonly string[]): string => of.join('\n');

const ASKED = '<p class="asked" dir="auto">Approve?</p>';
const YES = '<button type="submit" name="answer" value="approve" dir="auto">Yes</button>';

it('one button', () => {
	expect(bodyOf(questionPage(approval, 'n'))).toBe(lines(ASKED, '<form method="post">', YES, '</form>'));
});

it('two buttons, of which one says no', () => {
	const two = asked({ kind: 'approval', approve: 'Yes', decline: 'No' });
	const no = '<button type="submit" name="answer" value="decline" class="no" dir="auto">No</button>';
	expect(bodyOf(questionPage(two, 'n'))).toBe(lines(ASKED, '<form method="post">', YES, no, '</form>'));
});

it('a field, with what is wrong with an empty answer', () => {
	expect(bodyOf(questionPage(freeText, 'n', true))).toBe(
		lines(
			ASKED,
			`<p class="problem" dir="auto">${words.empty}</p>`,
			'<form method="post">',
			`<textarea name="answer" aria-label="${words.title}" required maxlength="5000" rows="5" dir="auto"></textarea>`,
			'<button type="submit" dir="auto">Go</button>',
			'</form>',
		),
	);
	expect(questionPage(freeText, 'n')).not.toContain(words.empty);
});

it('the thanks, with the question and the answer', () => {
	expect(bodyOf(thanksPage(approval, 'Yes'))).toBe(
		lines(
			ASKED,
			'<p class="given" dir="auto">Yes</p>',
			`<p dir="auto">${words.thanks}</p>`,
			`<p class="quiet" dir="auto">${words.close}</p>`,
		),
	);
});

it('a notice', () => {
	expect(bodyOf(noticePage('gone', 'en', 'n'))).toBe(`<p dir="auto">${words.gone}</p>`);
});

it('only a form has the script that keeps a second press back', () => {
	expect(questionPage(approval, 'n')).toContain('</main>\n<script nonce="n">\n');
	for (const html of [thanksPage(approval, 'Yes'), noticePage('gone', 'en', 'n')]) {
		expect(html).toMatch(/<\/main>\n<\/body>\n<\/html>\n$/);
	}
});

it('the style has the nonce where the page sets the policy itself', () => {
	expect(questionPage(approval, 'n')).toContain('<style nonce="n">');
	expect(thanksPage(approval, 'Yes')).toContain('<style>');
});

it.each([
	{ kind: 'freeText' },
	{ kind: 'freeText', submit: 1 },
	{ kind: 'approval', decline: null },
	{ kind: 'approval', approve: 1, decline: null },
	{ kind: 'approval', approve: 'Yes' },
	{ kind: 'approval', approve: 'Yes', decline: 1 },
	{ kind: 'other', approve: 'Yes', decline: null, submit: 'Go' },
	{ approve: 'Yes', decline: null, submit: 'Go' },
])('%j is no question', (question) => {
	expect(readPendingQuestion(JSON.stringify(approval))).toEqual(approval);
	expect(readPendingQuestion(JSON.stringify({ ...approval, question }))).toBeNull();
});

it('what is kept is a text', () => {
	// JSON.parse would read it.
	expect(readPendingQuestion(new String(JSON.stringify(approval)))).toBeNull();
});
