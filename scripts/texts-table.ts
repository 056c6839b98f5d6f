import type { AcceptedText, Simulator } from '../simulators/simulator';
import type { Log } from './steps';

const HEADINGS = ['Gateway', 'To', 'From', 'Send at (UTC)', 'Parts', 'Text'];
const TEXT_WIDTH = 60;

const oneLine = (text: string): string => {
	const line = text.replace(/\s+/g, ' ');
	return line.length > TEXT_WIDTH ? `${line.slice(0, TEXT_WIDTH - 1)}…` : line;
};

/** A table of what arrived. */
export function printTexts(
	texts: readonly AcceptedText[],
	gateways: Readonly<Record<string, Simulator>>,
	log: Log,
): void {
	if (texts.length === 0) {
		log('  No text arrived. (The Test Gateway sends nothing.)');
		return;
	}
	const rows = texts.map(({ gateway, to, from, scheduledFor, parts, text }) => [
		gateways[gateway]?.displayName ?? gateway,
		`+${to}`,
		from,
		scheduledFor?.slice(0, 16).replace('T', ' ') ?? 'now',
		String(parts),
		oneLine(text),
	]);
	const table = [HEADINGS, ...rows];
	const widths = HEADINGS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
	const line = (row: readonly string[]): string =>
		`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
	log(line(HEADINGS));
	log(line(widths.map((width) => '-'.repeat(width))));
	for (const row of rows) log(line(row));
}
