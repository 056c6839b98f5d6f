/** What the package costs n8n before a number is read: the size to load, and the time and memory of loading it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROUNDS = 21;

/** Loads n8n-workflow, as n8n has by then, and after it all that the package registers. */
const LOADING = `
	require('n8n-workflow');
	const { nodes, credentials } = require('./package.json').n8n;
	global.gc();
	const before = process.memoryUsage();
	const start = process.hrtime.bigint();
	for (const file of [...credentials, ...nodes]) {
		const [name] = Object.values(require('./' + file));
		new name();
	}
	const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
	global.gc();
	const after = process.memoryUsage();
	console.log(JSON.stringify({ milliseconds, heap: (after.heapUsed - before.heapUsed) / 1e6 }));
`;

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** @param node the Node that n8n runs on */
export async function packageFigures(tarball: string, node: string): Promise<string> {
	const home = mkdtempSync(path.join(tmpdir(), 'sms-package-'));
	try {
		execFileSync('tar', ['-xzf', tarball, '-C', home]);
		const root = path.join(__dirname, '..');
		symlinkSync(realpathSync(path.join(root, 'node_modules')), path.join(home, 'node_modules'));
		const said = Array.from({ length: ROUNDS }, () => {
			const text = execFileSync(node, ['--expose-gc', '-e', LOADING], {
				cwd: path.join(home, 'package'),
				encoding: 'utf8',
			});
			return JSON.parse(text) as { milliseconds: number; heap: number };
		});
		return [
			'## The package',
			'',
			'| | |',
			'| --- | ---: |',
			`| packed size, kB | ${Math.round(statSync(tarball).size / 1000)} |`,
			`| loading all nodes and credentials in n8n's Node, ms (median of ${ROUNDS}) | ${median(said.map((one) => one.milliseconds)).toFixed(1)} |`,
			`| memory it takes, MB | ${median(said.map((one) => one.heap)).toFixed(2)} |`,
		].join('\n');
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
}
