import { refuseInput } from '../../contract/outcome';
import type { Check } from './check';

export const emptyText: Check = {
	ofMessages:
		({ sender }) =>
		({ message }) => {
			if (!sender.isTextMessage(message.options) || message.text.trim() !== '') return null;
			return refuseInput(
				'invalid_parameter',
				'The text is empty. Nothing was sent.',
				"Fill in 'Message' for this row.",
			);
		},
};
