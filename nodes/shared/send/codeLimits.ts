/** Holds codes back that come too soon, or too many on a day, before the first of them leaves. */
import type { Obstacle } from '../codes/claims';
import { claimCode, marksNeeded } from '../codes/claims';
import type { CodeSettings } from '../codes/settings';
import { CODE_SETTING_LABELS } from '../contract/oneTimeCode';
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../contract/outcome';
import { N8nMarks } from '../journal/n8nMarks';
import { nodeName } from '../journal/nodeName';
import { clock } from '../time/clock';
import { twoDigits, wallClock, zoneOffsetMinutes } from '../time/instants';
import type { Codes } from './codes';
import type { Draft } from './messages';
import type { Run } from './start';

/** The drafts whose codes may go out; the others have their refusal. */
export async function keepToCodeLimits(run: Run, open: readonly Draft[]): Promise<readonly Draft[]> {
	const { codes } = run;
	if (codes === null) return open;
	const { settings } = codes;
	const claim = createClaim(run, codes);
	const free: Draft[] = [];
	let isDayOver = false;
	for (const draft of open) {
		const found = isDayOver ? 'perDay' : await claim(draft);
		if (found === 'perDay') isDayOver = true;
		if (found === null) free.push(draft);
		else draft.result.outcome = typeof found === 'string' ? refusal(found, draft.result.to, settings) : found;
	}
	return free;
}

function createClaim(
	{ context, now }: Run,
	{ settings: { limits }, executionId }: Codes,
): (draft: Draft) => Promise<Obstacle | Refused> {
	const node = nodeName(context);
	const texts = Math.ceil(marksNeeded(limits) / 2);
	const store = new N8nMarks(context, { texts, forgetsNothing: false, now: () => clock.now() });
	const day = dateIn(now, context.getTimezone());
	const mode = context.getMode();
	const isRetry = mode === 'retry';
	// In a test run a text may go to another number than its row's.
	return async ({ result: { issued, to } }) => {
		try {
			const id = issued?.id ?? '';
			return await claimCode(store, node, { id, executionId, isRetry, to, now, day }, limits);
		} catch (error) {
			// A workflow that was never saved has no place in n8n's database, and nobody but its author can run it.
			return mode === 'manual' ? null : refuseUnasked(error);
		}
	};
}

function dateIn(instant: number, timezone: string): string {
	const { year, month, day } = wallClock(instant, zoneOffsetMinutes(instant, timezone));
	return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

function refuseUnasked(error: unknown): Refused {
	const why = error instanceof Error ? error.message : String(error);
	return refuseInput(
		'temporary',
		`n8n's database could not be asked how many codes went out today. ${NOTHING_SENT}`,
		`Send this row again later. Details: ${why}`,
		'later',
	);
}

function refusal(
	obstacle: Exclude<Obstacle, null>,
	to: string,
	{ limits: { waitSeconds, perNumber, perDay } }: CodeSettings,
): Refused {
	const label = CODE_SETTING_LABELS[obstacle === 'wait' ? 'waitSeconds' : obstacle];
	const refuse = (what: string, fix: string): Refused =>
		refuseInput('rate_limited', `${what} ${NOTHING_SENT}`, fix, 'later');
	switch (obstacle) {
		case 'wait':
			return refuse(
				`The last code for ${to} went out less than ${waitSeconds} seconds ago, or slightly more.`,
				`Send the next one later, or change '${label}' under Code Settings.`,
			);
		case 'perNumber':
			return refuse(
				`${to} was sent ${perNumber === 1 ? 'a code' : `${perNumber} codes`} today, and '${label}' allows no more.`,
				`Send the next one tomorrow, or raise '${label}' under Code Settings.`,
			);
		case 'perDay':
			return refuse(
				`This node has sent ${perDay === 1 ? 'a code' : `${perDay} codes`} today, and '${label}' allows no more.`,
				`If people asked for them, raise '${label}' under Code Settings. If not, put a captcha in front of your form.`,
			);
	}
}
