import { refuseInput } from '../../contract/outcome';
import type { Check } from './check';

export const maxSegments: Check = {
	ofMessages:
		({ sender, settings }) =>
		({ message }) => {
			if (!sender.isTextMessage(message.options)) return null;
			const { segments } = message.measure;
			const most = settings.limits.maxSegments;
			if (most === null || segments <= most) return null;
			return refuseInput(
				'invalid_parameter',
				`This text needs ${segments} segments, and 'Max Segments' allows ${most}. Nothing was sent.`,
				"Shorten the text, or raise 'Max Segments'. The Preview operation shows what makes it long.",
			);
		},
};
