import type { Refused } from '../../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import { pickedValue } from '../../input/parameters';
import type { Columns } from '../../input/placeholders';
import { columnsOf, findUnfilled } from '../../input/placeholders';
import type { Run } from '../start';
import { typedFields } from '../typedFields';
import type { Check } from './check';

/** A placeholder that was typed into the node and would go out as it stands. */
export const placeholders: Check = { ofRun: findUnfilledField };

function findUnfilledField(run: Run): Refused | null {
	let known: Columns | null = null;
	const columns = (): Columns => (known ??= columnsOf(run.items.map(({ json }) => json)));
	for (const field of typedFields(run)) {
		// No number and no sender has braces.
		if (run.settings.sendsBraces && !/^to$|from$/i.test(field.name)) continue;
		const typed = pickedValue(field.value);
		if (typeof typed !== 'string') continue;
		const found = findUnfilled({ label: field.label, typed }, columns);
		if (found === null) continue;
		const fix = field.isText
			? `${found.fix} To send the braces themselves, turn on 'Send Braces as Typed' in the options.`
			: found.fix;
		return refuseInput('invalid_parameter', `${found.what} ${NOTHING_SENT}`, fix);
	}
	return null;
}
