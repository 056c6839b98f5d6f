/** docs/benchmarks.md: its tables stand between marks, one pair for each script that measures. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PAGE = path.join(__dirname, '..', 'docs', 'benchmarks.md');

/** The first row is the heading; all columns but the first are numbers. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
	const alignment = head.map((_, column) => (column === 0 ? '---' : '---:'));
	return [head, alignment, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Prints what was measured; with `--write`, also puts it into the page. @throws if the page has no such marks */
export function publish(mark: string, text: string): void {
	process.stdout.write(`${text}\n`);
	if (!process.argv.includes('--write')) return;
	const page = readFileSync(PAGE, 'utf8');
	const marks = new RegExp(`(<!-- ${mark} -->\n)[\\s\\S]*?(<!-- end of ${mark} -->)`);
	if (!marks.test(page)) throw new Error(`docs/benchmarks.md has no marks for: ${mark}`);
	writeFileSync(
		PAGE,
		page.replace(marks, (_, start: string, end: string) => `${start}\n${text}\n\n${end}`),
	);
}
