import type { Refused } from '../../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import { textOf } from '../../input/parameters';
import { columnsOf } from '../../input/placeholders';
import type { Result } from '../result';
import type { Run } from '../start';
import type { Check } from './check';

/** No row has a number: that is about the node, or about the whole sheet. */
export const emptyTo: Check = { ofRun: refuseEmptyTo };

function refuseEmptyTo({ context, items }: Run, results: readonly Result[]): Refused | null {
	if (!results.every(({ isWithoutNumber }) => isWithoutNumber === true)) return null;
	const { parameters } = context.getNode();
	const { names } = columnsOf(items.map(({ json }) => json));
	const found = inField(textOf(parameters.to) ?? '', names, items.length === 1);
	if (found === null) return null;
	return refuseInput('invalid_recipient', `${found.what} ${NOTHING_SENT}`, found.fix);
}

/** Null where the row says it better. */
type Words = { readonly what: string; readonly fix: string } | null;

function inField(typed: string, names: readonly string[], isOneRow: boolean): Words {
	if (!typed.startsWith('=')) {
		return {
			what: "'To' is empty.",
			fix: 'Type a phone number, or drag the column with the numbers into the field.',
		};
	}
	const fix = `Check the column's name in the expression.${shown(names)}`;
	const misspelt = columnsIn(typed).find((name) => !names.includes(name));
	if (misspelt === undefined) return isOneRow ? null : { what: "'To' is empty in every row.", fix };
	return isOneRow
		? { what: `'To' is empty: this row has no column "${misspelt}".`, fix }
		: { what: `'To' is empty in every row: the rows have no column "${misspelt}".`, fix };
}

/** The columns of the row that an expression takes, by name. */
function columnsIn(expression: string): string[] {
	const names = expression.matchAll(/\$json(?:\??\.([\p{L}_][\p{L}\p{N}_]*)|\[\s*(['"])(.+?)\2\s*\])/gu);
	return [...names].map(([, plain, , inQuotes]) => plain ?? inQuotes ?? '');
}

function shown(names: readonly string[]): string {
	if (names.length === 0) return '';
	return ` The rows have: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' …' : ''}.`;
}
