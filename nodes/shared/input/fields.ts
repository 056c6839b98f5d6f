/** Reads a row's options: every value is checked here, by name, before a request is built. */
import type { FieldContext, FieldReader } from '../contract/fields';
import type { Refused } from '../contract/outcome';
import { NOTHING_SENT, refuseInput } from '../contract/outcome';
import { asNumber } from '../contract/json';
import { PAST_TOLERANCE_MS } from '../contract/options';
import type { Written } from '../time/written';
import { SERIAL_CERTAIN_MS, nextTimeOfDay, readWritten } from '../time/written';

export type OptionValues = Readonly<Record<string, unknown>>;

/**
 * Typed access to an options collection. A value that is missing or left empty reads as undefined; one that is out of
 * range is noted in `problems` and reads as undefined.
 */
export class CheckedFields implements FieldReader {
	readonly problems: Refused[] = [];
	/** A value means something else at another time: `10:00` is today or tomorrow. */
	dependsOnClock = false;

	constructor(
		private readonly values: OptionValues,
		readonly context: FieldContext,
	) {}

	private value(name: string): unknown {
		const value = Object.prototype.hasOwnProperty.call(this.values, name) ? this.values[name] : undefined;
		return value === '' || value === null ? undefined : value;
	}

	/** Names of the options that ask for something: not empty, and not a switch that is off. */
	requested(): string[] {
		return Object.keys(this.values).filter((name) => this.has(name) && this.value(name) !== false);
	}

	has(name: string): boolean {
		return this.value(name) !== undefined;
	}

	/** `label` is the field's name as the person sees it; `fix` says what would be right. */
	refuse(label: string, what: string, fix: string): void {
		const hint = this.context.sends === false ? `${fix}.` : `${fix}. ${NOTHING_SENT}`;
		this.problems.push(refuseInput('invalid_parameter', `'${label}' ${what}.`, hint));
	}

	flag(name: string, label: string): boolean | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		if (value === true || value === 'true' || value === 1) return true;
		if (value === false || value === 'false' || value === 0) return false;
		this.refuse(label, 'must be on or off', 'Turn it on or off, or have the expression return true or false');
		return undefined;
	}

	integer(name: string, label: string, min: number, max: number): number | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		const number = asNumber(value);
		if (number !== null && Number.isInteger(number) && number >= min && number <= max) return number;
		this.refuse(label, `is ${shown(value)}`, `Use a whole number from ${min} to ${max}`);
		return undefined;
	}

	decimal(name: string, label: string, min: number, max: number): number | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		const number = asNumber(value);
		if (number !== null && number >= min && number <= max) return number;
		this.refuse(label, `is ${shown(value)}`, `Use a number from ${min} to ${max}`);
		return undefined;
	}

	text(name: string, label: string, pattern: RegExp, fix: string): string | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		const text = typeof value === 'number' ? String(value) : value;
		if (typeof text === 'string' && pattern.test(text)) return text;
		this.refuse(label, `is ${shown(value)}`, fix);
		return undefined;
	}

	choice<T extends string | number>(name: string, label: string, allowed: readonly T[]): T | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		const found = allowed.find((option) => option === value || String(option) === value);
		if (found !== undefined) return found;
		this.refuse(label, `is ${shown(value)}`, `Use one of: ${allowed.join(', ')}`);
		return undefined;
	}

	webAddress(name: string, label: string, maxLength: number): string | undefined {
		return this.text(
			name,
			label,
			new RegExp(`^(?=.{1,${maxLength}}$)https?://[^\\s/]+\\.?[^\\s]*$`, 'i'),
			`Use a link of at most ${maxLength} characters that starts with http:// or https://`,
		);
	}

	/** Any date and time, as epoch milliseconds; a day means its beginning. */
	instant(name: string, label: string): number | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		const written = readWritten(value, this.context.timezone);
		if (written.kind === 'moment' || written.kind === 'day') return written.instant;
		this.refuseDate(label, value, written);
		return undefined;
	}

	/** A time to send at, as epoch milliseconds; times that have passed are refused (a gateway would send at once). */
	futureInstant(name: string, label: string, maxAheadMs = Number.POSITIVE_INFINITY): number | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		const { now, gatewayName } = this.context;
		const instant = this.sendTime(value, label);
		if (instant === undefined) return undefined;
		if (instant < now - PAST_TOLERANCE_MS) {
			this.refuse(
				label,
				`is ${shown(value)}, which has passed`,
				`Use a future time, or remove '${label}' to send now`,
			);
		} else if (instant > now + maxAheadMs) {
			const days = Math.round(maxAheadMs / 86_400_000);
			this.refuse(
				label,
				`is ${shown(value)}, which is too far ahead`,
				`${gatewayName} accepts times up to ${days} days ahead`,
			);
		} else {
			return instant;
		}
		return undefined;
	}

	/** As sheets and people write it. A day alone is refused: a text at midnight is not what anybody wants. */
	private sendTime(value: unknown, label: string): number | undefined {
		const { now, timezone } = this.context;
		const written = readWritten(value, timezone);
		switch (written.kind) {
			case 'moment':
				return written.instant;
			case 'timeOfDay':
				this.dependsOnClock = true;
				return nextTimeOfDay(written.time, now, now - PAST_TOLERANCE_MS, timezone);
			case 'serial':
				if (!written.isDay && written.instant < now + SERIAL_CERTAIN_MS) return written.instant;
		}
		this.refuseDate(label, value, written);
		return undefined;
	}

	private refuseDate(label: string, value: unknown, written: Written): void {
		const what = `is ${shown(value)}, which`;
		if (written.kind === 'ambiguous') {
			const [one, other] = written.readings;
			this.refuse(label, `${what} can be ${one.words} or ${other.words}`, `Write ${one.iso} or ${other.iso}`);
		} else if (written.kind === 'day') {
			this.refuse(label, `${what} has no time of day`, 'Add the time, e.g. 2030-01-31 09:00');
		} else {
			this.refuse(label, `${what} is not a valid date`, 'Use a date and time, e.g. 2030-01-31 09:00');
		}
	}
}

function shown(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
	return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
