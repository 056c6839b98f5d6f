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
				`The ${isInText ? 'text' : 'sender'} has half of a character in it, as of an emoji that was cut in two. Nothing was sent.`,
				'Take that character out. Where an expression shortens a text, let it count characters: [...text].slice(0, 70).join("").',
			);
		},
};
