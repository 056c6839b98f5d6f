/** The second half of `npm start`: simulators, inbox, n8n with credentials and examples, and a clean shutdown. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startInbox } from '../simulators/inbox';
import { startGateways } from '../simulators';
import {
	type Example,
	type Gateways,
	demoCredentials,
	gatewaysOf,
	standbysOf,
	importExamples,
	readExamples,
} from '../test/e2e/real-n8n/examples/examples';
import { afterAnswer, linkIn, press } from '../test/e2e/real-n8n/examples/answers';
import { type ExampleRun, runExample } from '../test/e2e/real-n8n/examples/run';
import { installHost } from '../test/e2e/real-n8n/host';
import { type N8n, type Owner, bootN8n } from '../test/e2e/real-n8n/n8n';
import { freePortFrom } from '../test/e2e/real-n8n/ports';
import { RestError } from '../test/e2e/real-n8n/rest';
import { type ChatModel, startChatModel } from '../test/support/chatModel';
import { tryLock } from './lock';
import { type Log, Problem } from './steps';
import { printTexts } from './texts-table';

const N8N_PORT = 5678;
const INBOX_PORT = 8025;
const EMAIL = 'owner@example.com';

/** What stands in for the companies that a workflow would talk to. */
interface StandIns {
	readonly gateways: Gateways;
	readonly model: ChatModel;
}

export interface StartOptions {
	readonly root: string;
	readonly tarball: string;
	/** Run the examples and report, instead of waiting for people. */
	readonly check: boolean;
	readonly log: Log;
	readonly signal: AbortSignal;
}

/** The same account at every start, with a password that only this clone knows. */
function readOwner(local: string): Owner {
	const file = path.join(local, 'owner-password');
	if (!existsSync(file)) writeFileSync(file, `A1${randomBytes(12).toString('base64url')}\n`, { mode: 0o600 });
	return { email: EMAIL, password: readFileSync(file, 'utf8').trim() };
}

async function portOrNext(wanted: number, what: string, log: Log): Promise<number> {
	const port = await freePortFrom(wanted);
	if (port !== wanted) log(`Port ${wanted} is in use, so ${what} is at ${port} this time.`);
	return port;
}

/** Keeps a second start in the same clone from opening the same database. */
function claimState(local: string): () => void {
	const result = tryLock(path.join(local, 'n8n.lock'));
	if (result.release !== undefined) return result.release;
	throw new Problem(
		`It is already running, as process ${result.owner}. Stop it first (Ctrl-C in its window), or use its links.`,
	);
}

function explained(error: unknown, stateFolder: string): unknown {
	const advice = `If this happens again, remove ${stateFolder} (with the workflows you made there) and start again.`;
	if (error instanceof RestError && error.status === 401)
		return new Problem(
			`The n8n in ${stateFolder} does not accept the password in .local/owner-password. Remove that folder (with the workflows you made there) and start again.`,
		);
	if (error instanceof Error && !(error instanceof Problem) && error.name !== 'AbortError')
		return new Problem(`${error.message}\n\n${advice}`);
	return error;
}

async function bootForPeople(
	{ root, tarball, log, signal }: StartOptions,
	stand: StandIns,
	port: number,
): Promise<N8n> {
	const local = path.join(root, '.local');
	const userFolder = path.join(local, 'n8n');
	const host = await installHost(log, signal);
	try {
		return await bootN8n({
			host,
			packageTarball: tarball,
			userFolder,
			port,
			owner: readOwner(local),
			credentials: demoCredentials(stand.gateways, stand.model),
			log,
			signal,
		});
	} catch (error) {
		throw explained(error, path.relative(root, userFolder));
	}
}

function printLinks(n8n: N8n, inboxUrl: string, examples: readonly Example[], log: Log): void {
	log('');
	log(`  n8n       ${n8n.url}`);
	log(`  Sign in   ${n8n.owner.email}   ${n8n.owner.password}`);
	log(`  Inbox     ${inboxUrl}`);
	log('');
	const width = Math.max(0, ...examples.map(({ workflow }) => workflow.name.length));
	for (const { workflow, formPath } of examples) {
		log(`  ${workflow.name.padEnd(width)}   ${n8n.url}/workflow/${workflow.id}`);
		if (formPath !== null) log(`  ${' '.repeat(width)}   its form: ${n8n.url}/form/${formPath}`);
	}
	log('');
	log('Open a workflow, press "Execute workflow" or fill in its form, and watch the inbox:');
	log('no real text leaves this computer. Ctrl-C stops everything.');
}

async function serve(options: StartOptions, stand: StandIns): Promise<number> {
	const { root, log, signal } = options;
	mkdirSync(path.join(root, '.local'), { recursive: true });
	const release = claimState(path.join(root, '.local'));
	const examples = readExamples(root);
	const inbox = await startInbox(stand.gateways, { port: await portOrNext(INBOX_PORT, 'the inbox', log) });
	let n8n: N8n | undefined;
	try {
		n8n = await bootForPeople(options, stand, await portOrNext(N8N_PORT, 'n8n', log));
		await importExamples(n8n, examples, log);
		printLinks(n8n, inbox.url, examples, log);
		const stopped = new Promise<void>((resolve) => {
			if (signal.aborted) resolve();
			else signal.addEventListener('abort', () => resolve(), { once: true });
		});
		await Promise.race([stopped, n8n.ended]);
		if (!signal.aborted)
			throw new Error(`n8n stopped unexpectedly. The end of its log:\n${n8n.logText().slice(-2000)}`);
		log('Stopping …');
		return 0;
	} finally {
		await n8n?.stop();
		await inbox.close();
		release();
		if (signal.aborted && n8n !== undefined) log('Stopped.');
	}
}

/** What a person would see of a run, in a few lines. */
function printRun({ workflow }: Example, run: ExampleRun, gateways: Gateways, log: Log): void {
	const { execution, arrived, shown } = run;
	log(`\n${workflow.name}: ${execution.status}`);
	const { error } = execution.data.resultData;
	if (error !== undefined) log([error.message, error.description].filter(Boolean).join(' '));
	printTexts(arrived, gateways, log);
	for (const { where, text } of shown) log(`\n  ${where}:\n${text.trimEnd().replace(/^/gm, '    ')}`);
}

/** Somebody says yes to what waits for it. */
async function answered(n8n: N8n, run: ExampleRun): Promise<ExampleRun> {
	if (run.execution.status !== 'waiting') return run;
	for (const text of run.arrived) await press(linkIn(text), 'approve');
	return { ...run, execution: await afterAnswer(n8n, run.execution) };
}

async function checkExample(n8n: N8n, gateways: Gateways, example: Example, log: Log): Promise<boolean> {
	const run = await answered(n8n, await runExample(n8n, gateways, example));
	printRun(example, run, gateways, log);
	const { workflow } = example;
	const standbys = standbysOf(workflow);
	const silent = gatewaysOf(workflow).filter(
		(id) => !standbys.includes(id) && gateways[id].texts.length === 0,
	);
	for (const gateway of silent) log(`Nothing arrived at ${gateways[gateway].displayName}.`);
	return run.execution.status === 'success' && silent.length === 0;
}

/** Leaves .local/n8n and its ports alone, so that it can run beside a started one. */
async function checkExamples(options: StartOptions, stand: StandIns): Promise<number> {
	const { root, tarball, log, signal } = options;
	const examples = readExamples(root);
	if (examples.length === 0) throw new Problem('There is no workflow in examples/ to check.');
	const host = await installHost(log, signal);
	const n8n = await bootN8n({
		host,
		packageTarball: tarball,
		credentials: demoCredentials(stand.gateways, stand.model),
		log,
		signal,
	});
	const onAbort = (): void => void n8n.stop();
	signal.addEventListener('abort', onAbort, { once: true });
	try {
		await importExamples(n8n, examples);
		let good = true;
		for (const example of examples) good = (await checkExample(n8n, stand.gateways, example, log)) && good;
		log(good ? '\nAll examples passed.' : '\nSome examples failed: see above.');
		return good ? 0 : 1;
	} finally {
		signal.removeEventListener('abort', onAbort);
		await n8n.stop();
	}
}

/** Returns the exit code. */
export async function start(options: StartOptions): Promise<number> {
	options.signal.throwIfAborted();
	const gateways = await startGateways();
	try {
		const model = await startChatModel();
		try {
			const stand = { gateways, model };
			return options.check ? await checkExamples(options, stand) : await serve(options, stand);
		} finally {
			await model.close();
		}
	} finally {
		await Promise.all(Object.values(gateways).map((gateway) => gateway.close()));
	}
}
