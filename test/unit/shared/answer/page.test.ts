/** The pages behind the link: whatever is in the question, a browser reads it as words. */
import * as fc from 'fast-check';
import type { Question } from '../../../../nodes/shared/answer/pendingQuestion';
import { escapeHtml, noticePage, questionPage, thanksPage } from '../../../../nodes/shared/answer/page';
import { LANGUAGES, PAGE_WORDS } from '../../../../nodes/shared/answer/words';
import { pendingQuestion } from '../../../support/pendingQuestion';

const asked = (question: Question, message = 'Approve?') => pendingQuestion({ question, message });
const approval = (approve: string, decline: string | null = null): Question => ({
	kind: 'approval',
	approve,
	decline,
});

/** The tags of a page, without their attributes. */
const tagsOf = (html: string): string[] =>
	[...html.matchAll(/<\/?([a-z!][a-z]*)/gi)].map(([, name = '']) => name.toLowerCase());

/** What a browser makes of the five that are escaped. */
const unescaped = (html: string): string =>
	html
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'")
		.replace(/&amp;/g, '&');

const hostile = fc.oneof(
	fc.fullUnicodeString(),
	fc.stringOf(fc.constantFrom('<', '>', '"', "'", '&', '/', 'script', ' ', '\n', 'lt;', '#39;'), {
		maxLength: 30,
	}),
);

it('a text cannot become a tag, an attribute or a script', () => {
	const plain = tagsOf(questionPage(asked(approval('Yes', 'No')), 'nonce'));
	const thanks = tagsOf(thanksPage(asked(approval('Yes')), 'Yes'));
	fc.assert(
		fc.property(hostile, hostile, hostile, (message, approve, decline) => {
			const question = approval(approve, decline);
			const html = questionPage(asked(question, message), 'nonce');
			expect(tagsOf(html)).toEqual(plain);
			expect(tagsOf(thanksPage(asked(question, message), approve))).toEqual(thanks);
			const [, shown = ''] = /<p class="asked" dir="auto">([^<]*)<\/p>/.exec(html) ?? [];
			expect(unescaped(shown)).toBe(message);
		}),
	);
});

it('escapes each of the five once', () => {
	expect(escapeHtml(`<a href="x">Tom & 'Jerry'</a> &lt;`)).toBe(
		'&lt;a href=&quot;x&quot;&gt;Tom &amp; &#39;Jerry&#39;&lt;/a&gt; &amp;lt;',
	);
});

it('has the buttons that were asked for, in a form that is posted to its own address', () => {
	const one = questionPage(asked(approval('Yes')), 'nonce');
	expect(one).toContain('<form method="post">\n<button type="submit" name="answer" value="approve"');
	expect(one).not.toContain('decline');
	const two = questionPage(asked(approval('Yes', 'No')), 'nonce');
	expect(two.match(/<button[^>]*value="(\w+)"/g)).toHaveLength(2);
	const text = questionPage(asked({ kind: 'freeText', submit: 'Go' }), 'nonce', true);
	expect(text).toContain('<textarea name="answer"');
	expect(text).toContain('>Go</button>');
	expect(text).toContain(PAGE_WORDS.en.empty);
	for (const html of [one, two, text]) expect(html).not.toMatch(/<form[^>]*action|https?:/);
});

it.each(LANGUAGES)('speaks %s', (language) => {
	const words = PAGE_WORDS[language];
	const question = { ...asked(approval('Yes')), language };
	for (const html of [questionPage(question, 'n'), thanksPage(question, 'Yes')]) {
		expect(html).toContain(`<html lang="${language}">`);
		expect(html).toContain(`<title>${words.title}</title>`);
	}
	for (const notice of ['answered', 'expired', 'gone', 'failed'] as const)
		expect(noticePage(notice, language, 'n')).toContain(words[notice]);
	// No word is left in another language.
	const isLatin = Object.values(words).map((one) => /[a-z]/i.test(one));
	expect(new Set(isLatin)).toEqual(new Set([language === 'en']));
});
