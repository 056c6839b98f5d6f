/**
 * Speed in a real n8n: the nodes against n8n's own HTTP Request node, a minimal node and undici outside of n8n, with the
 * same rows and the same simulated gateway, in one run. `npm run bench`; `-- --write` renews docs/benchmarks.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Pool } from 'undici';
import { createAlphaSms } from '../simulators/alphaSms';
import { startSimulator } from '../simulators/server';
import type { Simulator } from '../simulators/simulator';
import { createSmsRu } from '../simulators/smsRu';
import { createSmsc } from '../simulators/smsc';
import { installHost } from '../test/e2e/real-n8n/host';
import type { N8n, WorkflowNode } from '../test/e2e/real-n8n/n8n';
import { bootN8n } from '../test/e2e/real-n8n/n8n';
import { packPackage, rowsNode, workflowOf } from '../test/e2e/real-n8n/stage';
import { packageFigures } from './package';
import { peakOf, processorSeconds, resetPeak } from './process';

const ROWS = Number(process.env.BENCH_ROWS ?? 10_000);
const MANY = Number(process.env.BENCH_MANY ?? 100_000);
const SAMPLE = 2_000;
const TEXT = 'Your order is ready';

const phone = (n: number): string => `+79${String(160_000_000 + n)}`;
const rows = (count: number): Array<Record<string, string>> =>
	Array.from({ length: count }, (_, n) => ({ phone: phone(n), name: `Person ${n}` }));

interface Measured {
	readonly name: string;
	readonly rows: number;
	readonly seconds: number;
	readonly requests: number;
	/** n8n's own processor time for the whole workflow. */
	readonly processor: number;
}

const log = (line: string): void => void process.stderr.write(`${line}\n`);

function progress(measured: Measured): Measured {
	const { name, rows: count, seconds, requests, processor } = measured;
	log(
		`${name}: ${count} rows in ${seconds.toFixed(2)} s, ${requests} requests, ${processor.toFixed(2)} s of processor`,
	);
	return measured;
}

const CREDENTIALS = {
	smsRu: { id: 'bench-sms-ru', type: 'smsRuApi' },
	smsc: { id: 'bench-smsc', type: 'smscApi' },
	alphaSms: { id: 'bench-alpha', type: 'alphaSmsApi' },
	alphaSmsKey: { id: 'bench-alpha-key', type: 'alphaSmsApi' },
	httpSmsRu: { id: 'bench-http-sms-ru', type: 'httpQueryAuth' },
	minimalSmsRu: { id: 'bench-min-sms-ru', type: 'minimalApi' },
	minimalAlpha: { id: 'bench-min-alpha', type: 'minimalApi' },
} as const;

type Gateway = 'smsRu' | 'smsc' | 'alphaSms';

const credential = (name: keyof typeof CREDENTIALS): Record<string, unknown> => ({
	[CREDENTIALS[name].type]: { id: CREDENTIALS[name].id, name },
});

function ours(
	gateway: Gateway,
	parameters: Record<string, unknown>,
	signIn: keyof typeof CREDENTIALS = gateway,
): WorkflowNode {
	return {
		name: 'SMS',
		type: `n8n-nodes-sms-gateways.${gateway}`,
		typeVersion: 1,
		parameters: { resource: 'message', operation: 'send', options: {}, ...parameters },
		credentials: credential(signIn),
	};
}

/** As n8n's editor writes them when a column is dragged into the field. */
const dragged = { to: '={{ $json.phone }}', message: '=Hello {{ $json.name }}, your order is ready' };
const oneText = { to: dragged.to, message: TEXT };
/** The same from the node before, as when a column of a node further up is dragged. */
const paired = {
	to: "={{ $('Rows').item.json.phone }}",
	message: "=Hello {{ $('Rows').item.json.name }}, your order is ready",
};
/** The same fields in a form that is left to n8n. */
const evaluated = {
	to: '={{ $input.item.json.phone }}',
	message: '=Hello {{ $input.item.json.name }}, your order is ready',
};

/** As people build it by hand. With a credential, the key is no part of the workflow. */
function httpRequestNode(url: string, apiId: string | null, options: object = {}): WorkflowNode {
	const field = (name: string, value: string): Record<string, string> => ({ name, value });
	const withCredential = apiId === null;
	return {
		name: 'SMS',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${url}/sms/send`,
			...(withCredential
				? { authentication: 'genericCredentialType', genericAuthType: 'httpQueryAuth' }
				: {}),
			sendBody: true,
			contentType: 'form-urlencoded',
			bodyParameters: {
				parameters: [
					field('to', '={{ $json.phone }}'),
					field('msg', '=Hello {{ $json.name }}, your order is ready'),
					field('json', '1'),
					...(withCredential ? [] : [field('api_id', apiId)]),
				],
			},
			options,
		},
		...(withCredential ? { credentials: credential('httpSmsRu') } : {}),
	};
}

const noNode: WorkflowNode = { name: 'SMS', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

class Bench {
	constructor(private readonly n8n: N8n) {}

	async run(name: string, count: number, node: WorkflowNode, simulator: Simulator | null): Promise<Measured> {
		simulator?.reset();
		if (simulator !== null) simulator.balance = 100_000_000;
		const id = await this.n8n.createWorkflow(workflowOf(name, rowsNode(rows(count)), node));
		const before = processorSeconds(this.n8n.pid);
		const execution = await this.n8n.runWorkflow(id, { timeoutMs: 600_000 });
		const processor = processorSeconds(this.n8n.pid) - before;
		const [run] = execution.data.resultData.runData.SMS ?? [];
		if (run === undefined || execution.status !== 'success') throw new Error(`${name} did not run`);
		if (simulator !== null && simulator.texts.length !== count) {
			const failed = (this.n8n.nodeItems(execution, 'SMS')[0] ?? [])
				.flat()
				.find(({ json }) => 'error' in json);
			throw new Error(
				`${name}: ${simulator.texts.length} texts arrived instead of ${count}: ${JSON.stringify(failed?.json.error)}`,
			);
		}
		const requests = simulator?.requests.length ?? 0;
		await this.n8n.rest('POST', `/workflows/${id}/archive`, {}).catch(() => undefined);
		return progress({ name, rows: count, seconds: run.executionTime / 1000, requests, processor });
	}
}

/** The same requests from undici with connections that stay open, outside of n8n: what the gateway and Node allow. */
async function undici(
	name: string,
	count: number,
	inFlight: number,
	simulator: Simulator,
	body: (n: number) => string,
	url: string,
): Promise<Measured> {
	simulator.reset();
	simulator.balance = 100_000_000;
	const pool = new Pool(simulator.baseUrl, { connections: inFlight });
	const start = performance.now();
	let next = 0;
	const worker = async (): Promise<void> => {
		for (let n = next++; n < count; n = next++) {
			const reply = await pool.request({
				method: 'POST',
				path: url,
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
				body: body(n),
			});
			await reply.body.dump();
		}
	};
	await Promise.all(Array.from({ length: inFlight }, worker));
	await pool.close();
	const seconds = (performance.now() - start) / 1000;
	return progress({ name, rows: count, seconds, requests: simulator.requests.length, processor: 0 });
}

const speed = ({ rows: count, seconds }: Measured): number => count / seconds;
const times = (a: Measured, b: Measured): string => `${(speed(a) / speed(b)).toFixed(1)} ×`;

async function main(): Promise<void> {
	const host = await installHost(log);
	const fast = {
		smsRu: await startSimulator(createSmsRu({ dailyLimit: MANY })),
		smsc: await startSimulator(createSmsc()),
		alphaSms: await startSimulator(createAlphaSms()),
	};
	const slow = {
		smsRu: await startSimulator(createSmsRu({ dailyLimit: MANY }), { latencyMs: 50 }),
		smsc: await startSimulator(createSmsc(), { latencyMs: 50 }),
		alphaSms: await startSimulator(createAlphaSms(), { latencyMs: 50 }),
	};
	const tables: string[] = [];
	const tarball = packPackage();
	for (const [delay, simulators] of [
		['0 ms', fast],
		['50 ms', slow],
	] as const) {
		const count = delay === '0 ms' ? ROWS : SAMPLE;
		const n8n = await bootN8n({
			host,
			packageTarball: tarball,
			env: { N8N_CUSTOM_EXTENSIONS: path.join(__dirname, 'minimal') },
			credentials: [
				...(['smsRu', 'smsc'] as const).map((gateway) => ({
					...CREDENTIALS[gateway],
					name: gateway,
					data: simulators[gateway].credentials,
				})),
				{ ...CREDENTIALS.alphaSmsKey, name: 'alphaSmsKey', data: simulators.alphaSms.credentials },
				// The text interface: one recipient a request.
				{
					...CREDENTIALS.alphaSms,
					name: 'alphaSms',
					data: { ...simulators.alphaSms.credentials, authentication: 'login' },
				},
				{
					...CREDENTIALS.httpSmsRu,
					name: 'httpSmsRu',
					data: { name: 'api_id', value: simulators.smsRu.credentials.apiId },
				},
				{
					...CREDENTIALS.minimalSmsRu,
					name: 'minimalSmsRu',
					data: { fields: `api_id=${simulators.smsRu.credentials.apiId}` },
				},
				{
					...CREDENTIALS.minimalAlpha,
					name: 'minimalAlpha',
					data: { fields: `key=${simulators.alphaSms.credentials.apiKey}` },
				},
			],
			log,
		});
		try {
			tables.push(await compare(new Bench(n8n), delay, count, simulators));
		} finally {
			await n8n.stop();
		}
	}
	tables.push(await memory(host, tarball, fast.smsRu));
	tables.push(await packageFigures(tarball, host.node));
	await Promise.all([...Object.values(fast), ...Object.values(slow)].map((simulator) => simulator.close()));
	const text = tables.join('\n\n');
	process.stdout.write(`${text}\n`);
	if (process.argv.includes('--write')) write(text);
}

type Simulators = Readonly<Record<Gateway, Simulator>>;

/** A node that does nothing but ask the helper: what is lost beyond it is lost in our code. */
function minimalNode(
	parameters: Readonly<Record<string, unknown>>,
	credentialName: 'minimalSmsRu' | 'minimalAlpha',
) {
	return {
		name: 'SMS',
		type: 'CUSTOM.minimal',
		typeVersion: 1,
		parameters: { numberName: 'to', ...parameters },
		credentials: credential(credentialName),
	} satisfies WorkflowNode;
}

const minimalSmsRu = ({ baseUrl, credentials }: Simulator): WorkflowNode =>
	minimalNode(
		{
			url: `${baseUrl}/sms/send`,
			body: `msg=${encodeURIComponent(TEXT)}&json=1&api_id=${credentials.apiId}`,
			inFlight: 1,
			withAuthentication: false,
		},
		'minimalSmsRu',
	);

const minimalAlpha = ({ baseUrl }: Simulator): WorkflowNode =>
	minimalNode(
		{
			url: `${baseUrl}/api/http.php`,
			body: `version=http&command=send&from=ACME&message=${encodeURIComponent(TEXT)}`,
			inFlight: 8,
			withAuthentication: true,
		},
		'minimalAlpha',
	);

/** What people would use without this package: n8n's own node, and a node that only calls the helper. */
async function measureOthers(bench: Bench, count: number, { smsRu }: Simulators) {
	const { baseUrl, credentials } = smsRu;
	const oneByOne = { batching: { batch: { batchSize: 1, batchInterval: 0 } } };
	return {
		http: await bench.run(
			"n8n's HTTP Request node, a request a row",
			count,
			httpRequestNode(baseUrl, credentials.apiId ?? ''),
			smsRu,
		),
		httpWithCredential: await bench.run(
			"n8n's HTTP Request node with a credential",
			count,
			httpRequestNode(baseUrl, null),
			smsRu,
		),
		httpOneByOne: await bench.run(
			"n8n's HTTP Request node with a credential, Batching of 1",
			count,
			httpRequestNode(baseUrl, null, oneByOne),
			smsRu,
		),
		sequential: await bench.run('minimal node, a request a row', count, minimalSmsRu(smsRu), smsRu),
	};
}

async function measureOurs(bench: Bench, count: number, { smsRu, smsc, alphaSms }: Simulators) {
	const inThousands = { ...oneText, options: { batchSize: 1000 } };
	return [
		await bench.run('SMS.RU, one text', count, ours('smsRu', oneText), smsRu),
		await bench.run('SMS.RU, different texts', count, ours('smsRu', dragged), smsRu),
		await bench.run('SMS.RU, different texts, from a node further up', count, ours('smsRu', paired), smsRu),
		await bench.run('SMS.RU, different texts, evaluated by n8n', count, ours('smsRu', evaluated), smsRu),
		await bench.run('SMSC, one text', count, ours('smsc', oneText), smsc),
		await bench.run('SMSC, one text, Batch Size 1000', count, ours('smsc', inThousands), smsc),
		await bench.run('SMSC, different texts', count, ours('smsc', dragged), smsc),
		await bench.run(
			'AlphaSMS with an API key, different texts',
			count,
			ours('alphaSms', { ...dragged, from: 'ACME' }, 'alphaSmsKey'),
			alphaSms,
		),
	];
}

/** The same requests outside n8n: the floor. */
async function measureOutside(count: number, { smsRu }: Simulators) {
	const form = (to: string): string =>
		`to=${to}&msg=${encodeURIComponent(TEXT)}&json=1&api_id=${smsRu.credentials.apiId}`;
	const hundred = (n: number): string =>
		Array.from({ length: 100 }, (_, k) => phone(n * 100 + k).slice(1)).join('%2C');
	return {
		single: await undici(
			'undici with keep-alive, a request a row, 8 in flight',
			count,
			8,
			smsRu,
			(n) => form(phone(n).slice(1)),
			'/sms/send',
		),
		hundreds: await undici(
			'undici with keep-alive, 100 recipients a request, 4 in flight',
			count / 100,
			4,
			smsRu,
			(n) => form(hundred(n)),
			'/sms/send',
		),
	};
}

async function compare(bench: Bench, delay: string, count: number, simulators: Simulators): Promise<string> {
	const { smsRu, alphaSms } = simulators;
	// Warm: the first run of anything pays for loading.
	await bench.run('warm-up', 200, ours('smsRu', oneText), smsRu);
	const nothing = await bench.run('no node', count, noNode, null);
	const others = await measureOthers(bench, count, simulators);
	const own = await measureOurs(bench, count, simulators);
	const textInterface = ours('alphaSms', { ...oneText, from: 'ACME' });
	const alpha = await bench.run('AlphaSMS, text interface, 8 in flight', count, textInterface, alphaSms);
	const helper = await bench.run(
		'helper with authentication, 8 in flight',
		count,
		minimalAlpha(alphaSms),
		alphaSms,
	);
	const outside = await measureOutside(count, simulators);

	const line = (measured: Measured, recipients = measured.rows): string => {
		const perSecond = recipients / measured.seconds;
		const extra =
			measured.processor === 0
				? '–'
				: (((measured.processor - nothing.processor) / recipients) * 1000).toFixed(3);
		return `| ${measured.name} | ${measured.requests} | ${measured.seconds.toFixed(2)} | ${Math.round(perSecond).toLocaleString('en')} | ${(perSecond / speed(others.http)).toFixed(1)} | ${(perSecond / speed(others.httpWithCredential)).toFixed(1)} | ${extra} |`;
	};
	return [
		`## ${count.toLocaleString('en')} rows, the gateway answers after ${delay}`,
		'',
		'| | requests | seconds | rows a second | × HTTP Request node | × the same with a credential | processor beyond n8n, ms a row |',
		'| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
		...[...Object.values(others), ...own, alpha, helper, outside.single].map((measured) => line(measured)),
		line(outside.hundreds, count),
		'',
		`AlphaSMS's text interface against the helper itself, both with 8 requests in flight: ${times(alpha, helper)}.`,
	].join('\n');
}

/** The most memory that n8n ever took, with rows alone and with the node behind them. */
async function memory(
	host: Awaited<ReturnType<typeof installHost>>,
	tarball: string,
	simulator: Simulator,
): Promise<string> {
	const peaks: number[] = [];
	for (const node of [noNode, ours('smsRu', oneText)]) {
		const n8n = await bootN8n({
			host,
			packageTarball: tarball,
			env: { NODE_OPTIONS: '--max-old-space-size=8192', N8N_PAYLOAD_SIZE_MAX: '200' },
			credentials: [{ ...CREDENTIALS.smsRu, name: 'smsRu', data: simulator.credentials }],
			log,
		});
		try {
			resetPeak(n8n.pid);
			await new Bench(n8n).run('100,000 rows', MANY, node, node === noNode ? null : simulator);
			peaks.push(peakOf(n8n.pid));
		} finally {
			await n8n.stop();
		}
	}
	const [without = 1, withNode = 1] = peaks;
	return [
		`## Memory for ${MANY.toLocaleString('en')} rows in one run`,
		'',
		'| | peak, MB |',
		'| --- | ---: |',
		`| rows alone | ${Math.round(without)} |`,
		`| rows and the SMS.RU node | ${Math.round(withNode)} |`,
		'',
		`Ratio: ${(withNode / without).toFixed(2)}.`,
	].join('\n');
}

/** Puts the tables between the marks of the page. */
function write(text: string): void {
	const file = path.join(__dirname, '..', 'docs', 'benchmarks.md');
	const page = readFileSync(file, 'utf8');
	const marks = /(<!-- figures -->\n)[\s\S]*?(\n<!-- end of figures -->)/;
	if (!marks.test(page)) throw new Error('docs/benchmarks.md has no marks for the figures');
	writeFileSync(
		file,
		page.replace(marks, (_, start: string, end: string) => `${start}\n${text}\n${end}`),
	);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
