import { refuseInput } from '../../contract/outcome';
import { mostSegments } from '../mostSegments';
import type { Check } from './check';

export const maxSegments: Check = {
	ofMessages: (run) => (draft) => {
		const most = run.settings.limits.maxSegments;
		if (most === null || !run.sender.isTextMessage(draft.message.options)) return null;
		const { segments, at } = mostSegments(run, draft);
		if (segments <= most) return null;
		return refuseInput(
			'invalid_parameter',
			`This text needs ${segments} segments${at === null ? '' : ` through ${at}`}, and 'Max Segments' allows ${most}. Nothing was sent.`,
			"Shorten the text, or raise 'Max Segments'. The Preview operation shows what makes it long.",
		);
	},
};
