import { refuseInput } from '../../contract/outcome';
import type { Check } from './check';

const HALF = /\p{Surrogate}/u;

/** Half of a UTF-16 pair cannot travel: a replacement character would arrive, and be paid for, in its place. */
export const halfCharacters: Check = {
	ofMessages:
		() =>
		({ message: { text, from } }) => {
			const isInText = HALF.test(text);
			if (!isInText && !HALF.test(from)) return null;
			return refuseInput(
				'invalid_parameter',
				`The ${isInText ? 'text' : 'sender'} contains half a character, such as an emoji that was cut in two. Nothing was sent.`,
				'Remove that character. If an expression shortens the text, have it count characters: [...text].slice(0, 70).join("").',
			);
		},
};
