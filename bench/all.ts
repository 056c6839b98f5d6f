/** Everything that is measured, one after the other: `npm run bench`; `-- --write` renews docs/benchmarks.md. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

for (const name of ['segments', 'phone', 'planner', 'hints', 'n8n', 'journal', 'failover']) {
	const file = path.join(__dirname, `${name}.ts`);
	execFileSync('tsx', [file, ...process.argv.slice(2)], { stdio: 'inherit' });
}
