import { LIMIT_LABELS } from '../../contract/options';
import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import { refuseGroup } from '../groups';
import { mayBeOut } from '../result';
import type { Check } from './check';

const label = LIMIT_LABELS.maxTexts;

/** More texts than a run may have: none of them goes out. What an earlier try of the run has sent counts. */
export const maxTexts: Check = {
	ofOpen: ({ settings, sender }, open, results) => {
		const most = settings.limits.maxTexts;
		if (most === null) return null;
		for (const { message } of open) {
			const refusal = refuseGroup(sender, message, label);
			if (refusal !== null) return refusal;
		}
		const out = results.filter(mayBeOut).length;
		if (open.length === 0 || open.length + out <= most) return null;
		const earlier = out === 0 ? '' : `, after the ${out} that an earlier try has sent`;
		return refuseInput(
			'invalid_parameter',
			`This run has ${open.length} texts to send${earlier}, and '${label}' is ${most}. ${NOTHING_SENT}`,
			`Send fewer rows at a time, or raise '${label}'.`,
		);
	},
};
