import type { Refused } from '../../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../../contract/outcome';
import type { OptionReading } from '../options';
import { foreignAmong as foreignIn } from '../optionsLacked';
import { refuseLacking } from '../places';
import type { Run } from '../start';
import type { Check } from './check';

/** An option that the gateway does not have is rejected by name, never silently ignored. */
export const foreignOptions: Check = {
	ofMessages: (run) => {
		// One refusal for all rows with the same options: it is about the node, and n8n shows it as such.
		const known = new WeakMap<OptionReading, { readonly refusal: Refused | null }>();
		return ({ options }) => {
			const { refusal } = known.get(options) ?? { refusal: refuseForeign(run, options) };
			known.set(options, { refusal });
			return refusal;
		};
	},
};

function refuseForeign(run: Run, { requested }: OptionReading): Refused | null {
	const { gateway, sender, place, settings } = run;
	const [foreign] = foreignIn(sender, requested);
	if (foreign === undefined) return null;
	const waits = settings.limits.allowedHours?.waits === true;
	if (place !== null) return refuseLacking(place, foreign, waits);
	return refuseInput(
		'invalid_parameter',
		`'${foreign.label}' is not supported by ${gateway.displayName}.`,
		`Remove it from the options, or choose another gateway. ${NOTHING_SENT}`,
	);
}
