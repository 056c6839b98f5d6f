import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import { typedFields } from '../typedFields';
import type { Check } from './check';

/** What n8n (1.123 and 2.41) puts into a text for a dragged field that holds other fields. */
const PRINTED_OBJECT = '[object Object]';

/** Nobody wants to pay for it; whoever does has typed it. */
export const printedObject: Check = {
	ofMessages: (run) => {
		const isTyped = typedFields(run).some(
			({ isText, value }) => isText && typeof value === 'string' && value.includes(PRINTED_OBJECT),
		);
		return ({ message: { text } }) => {
			if (isTyped || !text.includes(PRINTED_OBJECT)) return null;
			return refuseInput(
				'invalid_parameter',
				`The text has ${PRINTED_OBJECT} in it: the field that was dragged in holds other fields. ${NOTHING_SENT}`,
				'Open the field in the input and drag the one inside that you need, e.g. {{ $json.customer.name }}.',
			);
		};
	},
};
