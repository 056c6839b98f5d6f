import { NOTHING_SENT } from '../../contract/outcome';
import { refuseMissing } from '../../input/missingFields';
import { typedFields } from '../typedFields';
import type { Check } from './check';

/** A dragged field that no row has. */
export const missingFields: Check = {
	ofRun: (run) => {
		const { defaultCountry } = run.context.getNode().parameters;
		const country = { label: 'Default Country', value: defaultCountry };
		return refuseMissing(run.context, [...typedFields(run), country], NOTHING_SENT);
	},
};
