/** `npm start -- --check`, behind the build: each example is run as a newcomer would run it. */
import path from 'node:path';
import { start } from '../../../scripts/start';
import { readExamples } from './examples/examples';
import { packPackage } from './stage';

const root = path.join(__dirname, '..', '..', '..');

it('says that all examples passed, and names each', async () => {
	const lines: string[] = [];
	const log = (line: string): void => void lines.push(line);
	const { signal } = new AbortController();
	const code = await start({ root, tarball: packPackage(), check: true, log, signal });
	const said = lines.join('\n');
	// Only what was said tells which example failed, and why.
	expect([code, code === 0 ? '' : said]).toEqual([0, '']);
	for (const { workflow } of readExamples(root)) expect(said).toContain(`\n${workflow.name}: success\n`);
	expect(said).toContain('All examples passed.');
});
