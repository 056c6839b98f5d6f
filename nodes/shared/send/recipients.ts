import type { BaseOptions } from '../contract/message';
import type { Sender } from '../contract/sender';
import type { Row } from '../input/rows';
import type { RecipientReader } from '../phone/recipients';
import type { RefusedRecipient, ValidRecipient } from '../phone/types';

export type Recipient = (ValidRecipient | RefusedRecipient) & {
	/** False for an address book group or an email address. */
	readonly isNumber: boolean;
};

/** A row's phone numbers, and recipients that only this gateway knows, in the order they were typed. */
export function readRecipients(
	sender: Sender,
	{ to, defaultCountry }: Row,
	options: BaseOptions,
	parse: RecipientReader,
): Recipient[] {
	const numbers = (value: unknown): Recipient[] =>
		parse(value, defaultCountry).map((recipient) => ({ ...recipient, isNumber: true }));
	if (sender.readOtherRecipient === undefined) return numbers(to);
	const cells: readonly unknown[] = Array.isArray(to) ? to : [to];
	if (!cells.every((cell) => typeof cell === 'string')) return numbers(to);
	const typed = cells.flatMap((cell) => cell.split(/[,;\n]/)).map((part) => part.trim());
	const others = typed.map((part) => sender.readOtherRecipient?.(part, options) ?? null);
	if (others.every((other) => other === null)) return numbers(to);
	return typed.flatMap((input, index): Recipient[] => {
		const other = others[index] ?? null;
		if (other !== null) return [{ outcome: 'ok', e164: other, input, reason: null, isNumber: false }];
		return input === '' ? [] : numbers(input);
	});
}
