/** What README and docs show is true: scripts print what it says, JSON is what a run gives, tables and links hold. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { startSimulator } from '../../simulators/server';
import { createSmsRu } from '../../simulators/smsRu';
import { createSmsc } from '../../simulators/smsc';
import { ERROR_KINDS, MESSAGE_STATUSES, RETRY_ADVICE } from '../../nodes/shared/contract/outcome';
import { gatewaysOf, readExamples } from '../e2e/real-n8n/examples/examples';
import { gateways } from '../../nodes/SendSms/gateways';
import type { GatewayId } from '../../nodes/SendSms/gateways';
import { testGateway } from '../../nodes/TestGateway/gateway';
import { readSmscCall } from '../../nodes/Smsc/webhook';
import { parseCall } from '../../nodes/shared/webhook/call';
import { answerJson } from '../../nodes/shared/answer/answer';
import { OPT_OUT_WORDS, isOptOut, readWords } from '../../nodes/shared/webhook/optOut';
import { runNode } from '../support/engine';

const root = path.join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const pages = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.md'))
	.map((file) => `docs/${file.split(path.sep).join('/')}`)
	.sort();
/** What people read about using the nodes; the others are for developers, and only their links are checked. */
const shown = ['README.md', ...pages];
const documents = [...shown, 'CHANGELOG.md', 'CONTRIBUTING.md'];

const manifest = JSON.parse(read('package.json')) as {
	homepage: string;
	scripts: Record<string, string>;
	n8n: { nodes: string[] };
};

interface Block {
	readonly file: string;
	readonly line: number;
	/** First word behind the fence. */
	readonly language: string;
	/** Second word: what the block shows. */
	readonly name: string;
	readonly code: string;
}

/** The fenced blocks of a document, and its other lines. */
function parse(file: string): { readonly blocks: readonly Block[]; readonly prose: string } {
	const blocks: Block[] = [];
	const prose: string[] = [];
	let open: { line: number; language: string; name: string; lines: string[] } | null = null;
	for (const [index, text] of read(file).split('\n').entries()) {
		if (!text.trimStart().startsWith('```')) {
			(open?.lines ?? prose).push(text);
			continue;
		}
		if (open === null) {
			const [language = '', name = ''] = text.trim().slice(3).trim().split(/\s+/);
			open = { line: index + 1, language, name, lines: [] };
		} else {
			const { lines, ...rest } = open;
			blocks.push({ file, ...rest, code: `${lines.join('\n')}\n` });
			open = null;
		}
	}
	if (open !== null) throw new Error(`${file}:${open.line}: this block is not closed`);
	return { blocks, prose: prose.join('\n') };
}

const parsed = new Map(documents.map((file) => [file, parse(file)]));
const blocks = shown.flatMap((file) => parsed.get(file)?.blocks ?? []);
const at = ({ file, line }: Block): string => `${file}:${line}`;

describe('scripts', () => {
	const scripts = shown.flatMap((file) => {
		const own = parsed.get(file)?.blocks ?? [];
		return own.flatMap((block, index) =>
			block.language === 'js' ? [{ block, output: own[index + 1] }] : [],
		);
	});

	it('are shown', () => expect(scripts.length).toBeGreaterThan(0));

	it('are followed by a block `text` with their output, which stands nowhere else', () => {
		const outputs = scripts.map(({ block, output }) =>
			output?.language === 'text' ? at(output) : `${at(block)} has no output`,
		);
		const texts = blocks.filter(({ language }) => language === 'text').map(at);
		expect(outputs).toEqual(texts);
	});

	it.each(scripts.map(({ block, output }) => [at(block), block.code, output?.code] as const))(
		'%s prints what it says',
		(_, script, expected) => {
			// From the sources rather than from dist/, so that it does not depend on what was built last.
			const own = script.replace("require('n8n-nodes-sms-gateways')", "require('./helpers')");
			const helpers = `
			const Module = require('node:module');
			const load = Module._load;
			Module._load = (name, ...rest) => name !== './helpers' ? load(name, ...rest) : {
				...load('./nodes/shared/segments/segments.ts', ...rest),
				parseRecipients: load('./nodes/shared/phone/recipients.ts', ...rest).createRecipientParser(load('./nodes/shared/phone/libphonenumber.ts', ...rest)),
			};
		`;
			const said = execFileSync(process.execPath, ['--require', 'tsx/cjs', '-e', helpers + own], {
				cwd: root,
				encoding: 'utf8',
			});
			expect(said).toBe(expected);
		},
	);
});

type Json = Readonly<Record<string, unknown>>;

/** How each kind of JSON is shown to be true, by the word behind ```json. */
const jsonChecks: Readonly<Record<string, (json: Json) => void | Promise<void>>> = {
	async result(json) {
		const { success } = await sendTwoRows();
		const given = success[0]?.json ?? {};
		// The id differs from run to run.
		expect(json).toEqual({ ...given, messageId: json.messageId });
		expect(Object.keys(json)).toEqual(Object.keys(given));
		expect([typeof json.messageId, typeof given.messageId]).toEqual(['string', 'string']);
	},

	async failed(json) {
		const { failed } = await sendTwoRows();
		expect(failed[0]?.json).toEqual(json);
	},

	async preview(json) {
		const parameters = { operation: 'preview', to: json.to, from: json.from, message: json.text };
		const { success } = await runNode({ node: 'smsRu', credentials: {}, parameters: parameters as never });
		expect(success.map((item) => item.json)).toEqual([json]);
	},

	async status(json) {
		const simulator = await startSimulator(createSmsRu());
		try {
			const credentials = { smsRuApi: simulator.credentials };
			const sent = await runNode({
				node: 'smsRu',
				credentials,
				parameters: { to: '+79161234567', message: 'Hi', from: 'ACME' },
			});
			const messageId = String(sent.success[0]?.json.messageId);
			await simulator.report(messageId, 'expired');
			const { success } = await runNode({
				node: 'smsRu',
				credentials,
				parameters: { operation: 'getStatus', messageId },
			});
			// What differs from account to account: the id and the price.
			const given = success[0]?.json;
			expect(json).toEqual({ ...given, messageId: json.messageId, cost: json.cost });
			expect([typeof json.cost, typeof given?.cost]).toEqual(['number', 'number']);
		} finally {
			await simulator.close();
		}
	},

	answer(json) {
		const { data, ...about } = json as {
			data: { approved: boolean; respondedAt: string };
			to: string;
			gateway: string;
			messageId: string;
		};
		const { approved, respondedAt } = data;
		const given = answerJson(about, { approved }, Date.parse(respondedAt));
		expect(json).toEqual(given);
		expect(Object.keys(json)).toEqual(Object.keys(given));
	},

	async attempts(json) {
		const [first, backup] = await Promise.all([startSimulator(createSmsc()), startSimulator(createSmsRu())]);
		try {
			first.balance = 0;
			const { success } = await runNode({
				node: 'sendSms',
				credentials: { smscApi: first.credentials, smsRuApi: backup.credentials },
				parameters: { gateway: 'smsc', backupGateway: 'smsRu', to: String(json.to), message: 'Hello' },
			});
			const given = success[0]?.json;
			const withoutTime = (attempts: unknown): unknown =>
				(attempts as readonly Json[]).map(({ at: time, ...attempt }) => [typeof time, attempt]);
			expect(given).toMatchObject({ to: json.to, accepted: json.accepted, gateway: json.gateway });
			expect(withoutTime(given?.attempts)).toEqual(withoutTime(json.attempts));
		} finally {
			await Promise.all([first.close(), backup.close()]);
		}
	},

	event({ optOut, ...event }) {
		const { raw, text } = event as { raw: Record<string, string>; text: string };
		const call = parseCall(new URLSearchParams(raw).toString(), '', new Uint8Array());
		const reading = call === null ? null : readSmscCall(call, '');
		expect(reading).toEqual({ outcome: 'events', events: [event], answer: 'OK' });
		expect(isOptOut(text, readWords(OPT_OUT_WORDS))).toBe(optOut);
	},
};

async function sendTwoRows(): ReturnType<typeof runNode> {
	const simulator = await startSimulator(createSmsRu());
	try {
		return await runNode({
			node: 'smsRu',
			credentials: { smsRuApi: simulator.credentials },
			onError: 'continueErrorOutput',
			rows: [
				{ phone: '+79161234567', name: 'Ivan' },
				{ phone: 'call office', name: 'Anna' },
			],
			parameters: { to: '={{ $json.phone }}', from: 'ACME', message: 'Hello', options: {} },
		});
	} finally {
		await simulator.close();
	}
}

describe('JSON', () => {
	const shownJson = blocks.filter(({ language }) => language === 'json');

	it('of every kind that is checked here is shown, and no other', () => {
		const names = shownJson.map(({ name, ...block }) =>
			name in jsonChecks ? name : `${block.file}:${block.line} has no check: name one behind \`\`\`json`,
		);
		expect(names.sort()).toEqual(Object.keys(jsonChecks).sort());
	});

	it.each(shownJson.filter(({ name }) => name in jsonChecks).map((block) => [at(block), block] as const))(
		'%s is what a run gives',
		async (_, { name, code }) => {
			expect.hasAssertions();
			await jsonChecks[name]?.(JSON.parse(code) as Json);
		},
	);
});

it('names commands that exist', () => {
	const named = shown.flatMap((file) =>
		[...read(file).matchAll(/\bnpm (?:run ([\w:]+)|(start|test)\b)/g)].map(
			([, run, own]) => run ?? own ?? '',
		),
	);
	expect(named.length).toBeGreaterThan(5);
	expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
});

describe('links', () => {
	/** Anchors of a document's headings, as GitHub makes them. */
	function anchors(file: string): ReadonlySet<string> {
		const found = new Set<string>();
		for (const [, heading = ''] of parse(file).prose.matchAll(/^#{1,6} (.+)$/gm)) {
			const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
			const slug = text
				.toLowerCase()
				.replace(/[^\p{L}\p{N}\s_-]/gu, '')
				.trim()
				.replace(/\s/g, '-');
			let name = slug;
			for (let again = 1; found.has(name); again++) name = `${slug}-${again}`;
			found.add(name);
		}
		return found;
	}

	/** Where the links and pictures of a document lead; those in code are none. */
	function targets(file: string): readonly string[] {
		const prose = (parsed.get(file)?.prose ?? '').replace(/`[^`\n]*`/g, '');
		return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
	}

	const isOutside = (target: string): boolean => /^[a-z]+:/i.test(target);
	const fileOf = (from: string, target: string): string => {
		const [file = ''] = target.split('#');
		return file === '' ? from : path.posix.join(path.posix.dirname(from), decodeURI(file));
	};

	it.each(documents.map((file) => [file] as const))('of %s lead somewhere', (file) => {
		const broken = targets(file).filter((target) => {
			if (isOutside(target)) return !target.startsWith('https://');
			const to = fileOf(file, target);
			const [, anchor] = target.split('#');
			if (!existsSync(path.join(root, to))) return true;
			return anchor !== undefined && !(to.endsWith('.md') && anchors(to).has(anchor));
		});
		expect(broken).toEqual([]);
	});

	it('lead from the README to every page', () => {
		const reached = new Set(['README.md']);
		for (const file of reached) {
			for (const target of targets(file)) {
				const to = fileOf(file, target);
				if (!isOutside(target) && documents.includes(to)) reached.add(to);
			}
		}
		expect(documents.filter((file) => !reached.has(file))).toEqual([]);
	});

	it("of the nodes' codex files lead to a heading of the README", () => {
		const codexUrls = manifest.n8n.nodes.flatMap((file) => {
			const codex = file.replace('dist/', '').replace(/\.js$/, '.json');
			return [...read(codex).matchAll(/"url": "([^"]+)"/g)].map(([, url = '']) => url);
		});
		const [repository = ''] = manifest.homepage.split('#');
		const own = codexUrls.filter((url) => url.startsWith(repository));
		expect(own.length).toBeGreaterThan(0);
		const known = new Set(['readme', ...anchors('README.md')]);
		expect(own.filter((url) => !known.has(url.split('#')[1] ?? ''))).toEqual([]);
	});
});

it('keeps the README to 150 lines', () => {
	expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

it('names every kind, status and advice, and every gateway as workflows name it', () => {
	const page = read('docs/results-and-errors.md');
	const words = [...ERROR_KINDS, ...MESSAGE_STATUSES, ...RETRY_ADVICE, ...Object.keys(gateways)];
	expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
	expect(RETRY_ADVICE.filter((word) => !read('README.md').includes(`| \`${word}\` |`))).toEqual([]);
});

/** The panels that n8n shows, by the node's name in n8n. */
const panels = new Map(
	manifest.n8n.nodes.map((file) => {
		const source = path.join(root, file.replace('dist/', '').replace(/\.js$/, '.ts'));
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- the list of nodes is package.json's
		const [Node] = Object.values(require(source) as Record<string, new () => INodeType>);
		if (Node === undefined) throw new Error(`${source} has no node`);
		const { name, properties } = new Node().description;
		return [name, properties] as const;
	}),
);
/** Without the gateways that Send SMS names behind what only some have. */
const plainly = (field: INodeProperties): INodeProperties => {
	return { ...field, displayName: field.displayName.replace(/ · .*$/, '') };
};
const panel = (name: string): readonly INodeProperties[] => (panels.get(name) ?? []).map(plainly);

function shownWith({ displayOptions }: INodeProperties, resource: string, operation?: string): boolean {
	const { show } = displayOptions ?? {};
	const allows = (key: string, value: string): boolean => show?.[key]?.includes(value) ?? true;
	return allows('resource', resource) && (operation === undefined || allows('operation', operation));
}

/** What can be done, as `resource.operation`, with the names that people see. */
function operations(node: string): ReadonlyMap<string, readonly [resource: string, operation: string]> {
	const field = (name: string): INodeProperties[] => panel(node).filter((one) => one.name === name);
	const choices = ({ options }: INodeProperties): INodePropertyOptions[] =>
		(options ?? []) as INodePropertyOptions[];
	return new Map(
		field('resource')
			.flatMap(choices)
			.flatMap((resource) =>
				field('operation')
					.filter((one) => shownWith(one, String(resource.value)))
					.flatMap(choices)
					.map(({ name, value }) => [
						`${String(resource.value)}.${String(value)}`,
						[resource.name, name] as const,
					]),
			),
	);
}

/** The options, or the limits, of a message. */
function messageOptions(node: string, collection = 'options'): readonly INodeProperties[] {
	return panel(node)
		.filter(
			(one) =>
				one.name === collection &&
				one.displayOptions?.show?.operation !== undefined &&
				shownWith(one, 'message', 'send'),
		)
		.flatMap(({ options }) => ((options ?? []) as INodeProperties[]).map(plainly));
}

/** The cells of a document's table rows, without the line below a head. */
const tableRows = (file: string): ReadonlyArray<readonly string[]> =>
	read(file)
		.split('\n')
		.filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);

describe('the table of abilities', () => {
	const rows = tableRows('README.md');
	const head = rows.find(
		([first, ...names]) => first === '' && names.length === Object.keys(gateways).length,
	);

	it('has all gateways', () => {
		const names = Object.values(gateways).map(({ displayName }) => displayName);
		expect([...(head ?? [])].sort()).toEqual(['', ...names].sort());
	});

	it.each((Object.keys(gateways) as GatewayId[]).map((id) => [id] as const))('has those of %s', (id) => {
		const { displayName, maxBatchSize, texts, textsFor } = gateways[id];
		const cell = (label: string): string =>
			rows.find(([first]) => first === label)?.[head?.indexOf(displayName) ?? -1] ?? '';
		const can = operations(id);
		const options = new Set(messageOptions(id).map(({ name }) => name));
		const expected = {
			'Send At': options.has('sendAt'),
			'Time to Live': options.has('ttl'),
			Transliterate: options.has('transliterate'),
			'Flash Message': options.has('flash'),
			'WAP Push Link': options.has('wapPushUrl'),
			'Test Mode': options.has('testMode'),
			'Preview with price': panel(id).some(({ name }) => name === 'includePrice'),
			'Get Status': can.has('message.getStatus'),
			Cancel: can.has('message.cancel'),
			'Get Balance': can.has('account.getBalance'),
			'List of senders': can.has('sender.getAll'),
			'Number lookup': can.has('number.lookup'),
			'Stop list': can.has('stopList.add'),
			'List of incoming messages': can.has('incoming.getAll') || can.has('message.getAll'),
			Verification: [...can.keys()].some((one) => /^verification\.|\.sendOtp$/.test(one)),
			'Other message types': panel(id).some(({ name }) => name === 'messageKind'),
			Trigger: panels.has(`${id}Trigger`),
			'Looks up a text after a lost reply': (textsFor?.('apiKey') ?? texts).reconciliation !== null,
		};
		const told = Object.keys(expected).map((label) => [label, !['–', ''].includes(cell(label))]);
		expect(Object.fromEntries(told)).toEqual(expected);
		expect(cell('Recipients per request, same text')).toMatch(
			new RegExp(`\\b${maxBatchSize.toLocaleString('en')}\\b`),
		);
	});
});

it('explains every limit and option of Send SMS on the page of options, and no other', () => {
	const rows = tableRows('docs/options.md').map(([first = '']) => first);
	const explained = (from: string, to: string): string[] =>
		rows.slice(rows.indexOf(from) + 1, rows.indexOf(to));
	const own = (collection: string): string[] =>
		messageOptions('sendSms', collection)
			.map(({ displayName }) => displayName)
			.sort((a, b) => a.localeCompare(b));
	expect(explained('option', 'limit')).toEqual(own('options'));
	expect(explained('limit', 'you typed')).toEqual(own('limits'));
	const fields = panel('sendSms').map(({ displayName }) => displayName);
	const unknown = explained('field', 'option').filter((name) => !fields.includes(name));
	expect(unknown).toEqual([]);
});

it.each(
	Object.values(gateways).map(({ id, displayName }) => {
		const words = displayName.toLowerCase().replaceAll("'", '');
		return [`docs/gateways/${words.replace(/[^a-z0-9]+/g, '-')}.md`, id] as const;
	}),
)('%s names all that only this gateway has', (file, id) => {
	expect(shown).toContain(file);
	const common = new Set(
		[...panel('sendSms'), ...messageOptions('sendSms')].map(({ displayName }) => displayName),
	);
	const fields = panel(id).filter(
		(one) => shownWith(one, 'message', 'send') && one.displayOptions?.show?.operation !== undefined,
	);
	const words = [...fields, ...messageOptions(id), ...messageOptions(id, 'expertOptions')]
		.map(({ displayName }) => displayName)
		.filter((label) => !common.has(label));
	for (const [key, names] of operations(id)) {
		if (!/^message\.(?:send|sendAndWait|preview)$|^oneTimeCode\./.test(key)) words.push(...names);
	}
	expect([...new Set(words)].filter((word) => !read(file).includes(word))).toEqual([]);
});

/** A workflow without any credential goes through the Test Gateway. */
const throughOf = (workflow: ReturnType<typeof readExamples>[number]['workflow']): string => {
	const used = gatewaysOf(workflow).map((id) => gateways[id].displayName);
	return used.length > 0 ? used.join(', ') : testGateway.displayName;
};

it('lists every example by its name, with the gateways that it uses', () => {
	const rows = [
		...read('docs/examples.md').matchAll(/^\| \[(.+?)\]\(\.\.\/examples\/(.+?)\) \| .+ \| (.+?) \|$/gm),
	];
	const listed = rows.map(([, name, file, through]) => ({ name, file, through }));
	const expected = readExamples(root).map(({ file, workflow }) => ({
		name: workflow.name,
		file,
		through: throughOf(workflow),
	}));
	const byNumber = new Intl.Collator('en', { numeric: true });
	expect(listed.sort((a, b) => byNumber.compare(a.file ?? '', b.file ?? ''))).toEqual(expected);
});
