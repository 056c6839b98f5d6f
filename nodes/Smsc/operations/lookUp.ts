/** SMSC: a lookup in the operator's own register. Source: "Sending an SMS", `hlr`. */
import { numberCheck } from './numberCheck';

export const lookUp = numberCheck('hlr', {
	operation: 'lookup',
	name: 'Look Up (HLR)',
	action: 'Look up a number',
	description: 'Ask the operator whether a number exists and where it is. Each lookup is charged.',
});
