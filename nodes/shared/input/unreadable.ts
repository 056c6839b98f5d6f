import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';

/** @param what the field, as the beginning of a sentence */
export function unreadableField(
	what: string,
	error: unknown,
	fix = 'Check the expressions in this node.',
): Refused {
	const why = error instanceof Error ? error.message : 'An expression could not be evaluated';
	return refuseInput('invalid_parameter', `${what} could not be read: ${why.replace(/\.?$/, '.')}`, fix);
}

export function unreadableRow(error: unknown): Refused {
	return unreadableField('A field of this row', error, 'Check the expressions in this node for this row.');
}
