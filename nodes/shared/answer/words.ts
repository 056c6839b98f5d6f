/** What the page says to whoever answers: a person on the phone, who knows nothing of n8n. */

export interface PageWords {
	readonly title: string;
	readonly approve: string;
	readonly decline: string;
	readonly submit: string;
	/** An answer without a word in it. */
	readonly empty: string;
	readonly thanks: string;
	readonly close: string;
	readonly answered: string;
	readonly expired: string;
	readonly gone: string;
	readonly failed: string;
}

export const LANGUAGES = ['en', 'ru', 'uk'] as const;

export type Language = (typeof LANGUAGES)[number];

export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = {
	en: {
		title: 'Your answer',
		approve: 'Approve',
		decline: 'Decline',
		submit: 'Send',
		empty: 'Please write an answer first.',
		thanks: 'Thank you. Your answer has been received.',
		close: 'You can close this page.',
		answered: 'This question has already been answered.',
		expired: 'The time to answer has passed.',
		gone: 'This link no longer works.',
		failed: 'Something went wrong. Please try again in a minute.',
	},
	ru: {
		title: 'Ваш ответ',
		approve: 'Подтвердить',
		decline: 'Отклонить',
		submit: 'Отправить',
		empty: 'Сначала напишите ответ.',
		thanks: 'Спасибо! Ваш ответ получен.',
		close: 'Эту страницу можно закрыть.',
		answered: 'На этот вопрос уже ответили.',
		expired: 'Время для ответа истекло.',
		gone: 'Эта ссылка больше не действует.',
		failed: 'Что-то пошло не так. Попробуйте ещё раз через минуту.',
	},
	uk: {
		title: 'Ваша відповідь',
		approve: 'Підтвердити',
		decline: 'Відхилити',
		submit: 'Надіслати',
		empty: 'Спочатку напишіть відповідь.',
		thanks: 'Дякуємо! Вашу відповідь отримано.',
		close: 'Цю сторінку можна закрити.',
		answered: 'На це запитання вже відповіли.',
		expired: 'Час для відповіді минув.',
		gone: 'Це посилання більше не діє.',
		failed: 'Щось пішло не так. Спробуйте ще раз за хвилину.',
	},
};
