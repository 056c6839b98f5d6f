/** Every example of the README is true: scripts print what it says, and the JSON is what a run gives. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startSimulator } from '../../simulators/server';
import type { Simulator } from '../../simulators/simulator';
import { createSmsRu } from '../../simulators/smsRu';
import { ERROR_KINDS, MESSAGE_STATUSES, RETRY_ADVICE } from '../../nodes/shared/contract/outcome';
import { GATEWAY_IDS } from '../../nodes/SendSms/gateways';
import { gatewaysOf, readExamples } from '../e2e/real-n8n/examples/examples';
import { gateways } from '../../nodes/SendSms/gateways';
import { readSmscCall } from '../../nodes/Smsc/webhook';
import { parseCall } from '../../nodes/shared/webhook/call';
import { OPT_OUT_WORDS, isOptOut, readWords } from '../../nodes/shared/webhook/optOut';
import { runNode } from '../support/engine';

const root = path.join(__dirname, '..', '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

/** Fenced blocks of a language, in order. */
function blocks(language: string): string[] {
	return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
		(match) => match[1] ?? '',
	);
}

const scripts = blocks('js');
const printed = blocks('text');

it('has as many outputs as scripts', () => {
	expect(scripts.length).toBeGreaterThan(0);
	expect(printed).toHaveLength(scripts.length);
});

it.each(scripts.map((script, index) => [index + 1, script, printed[index]] as const))(
	'script %i prints what it says',
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

describe('the JSON', () => {
	const [result = '', failed = ''] = blocks('json');
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator(createSmsRu());
	});
	afterAll(async () => await simulator.close());

	it('of a result and of a failed row is what a run gives', async () => {
		const { success, failed: errors } = await runNode({
			node: 'smsRu',
			credentials: { smsRuApi: simulator.credentials },
			onError: 'continueErrorOutput',
			rows: [
				{ phone: '+79161234567', name: 'Ivan' },
				{ phone: 'call office', name: 'Anna' },
			],
			parameters: { recipientSource: 'field', toField: 'phone', from: 'ACME', message: 'Hello', options: {} },
		});
		const { messageId: shownId, ...shown } = JSON.parse(result) as Record<string, unknown>;
		const { messageId, ...given } = success[0]?.json ?? {};
		expect(shown).toEqual(given);
		expect(Object.keys(JSON.parse(result) as object)).toEqual(Object.keys(success[0]?.json ?? {}));
		expect([typeof shownId, typeof messageId]).toEqual(['string', 'string']);
		expect(errors[0]?.json).toEqual(JSON.parse(failed));
	});
});

it('names every kind, status and advice, and no other', () => {
	for (const word of [...ERROR_KINDS, ...MESSAGE_STATUSES, ...RETRY_ADVICE])
		expect(readme).toContain(`\`${word}\``);
});

it.each(GATEWAY_IDS.map((id) => [id] as const))('has the abilities of %s in its table', (id) => {
	const gateway = gateways[id];
	const row = (label: string): string => {
		const line = readme.split('\n').find((candidate) => candidate.startsWith(`| ${label} |`)) ?? '';
		const head = readme.split('\n').find((candidate) => candidate.startsWith('| | SMSC')) ?? '';
		const column = head.split('|').findIndex((cell) => cell.trim() === gateway.displayName);
		return line.split('|')[column]?.trim() ?? '';
	};
	const has = (label: string): boolean => row(label) !== '–' && row(label) !== '';
	expect(has('Send At')).toBe(gateway.texts.commonOptions.has('sendAt'));
	expect(has('Time to Live')).toBe(gateway.texts.commonOptions.has('ttl'));
	expect(has('Transliterate')).toBe(gateway.texts.commonOptions.has('transliterate'));
	expect(has('Flash Message')).toBe(gateway.texts.commonOptions.has('flash'));
	expect(has('WAP Push Link')).toBe(gateway.texts.commonOptions.has('wapPushUrl'));
	expect(has('Test Mode')).toBe(gateway.texts.commonOptions.has('testMode'));
	expect(has('Finds out what became of a lost request')).toBe(gateway.texts.reconciliation !== null);
	expect(row('Recipients in one request, one text')).toMatch(
		new RegExp(`\\b${gateway.maxBatchSize.toLocaleString('en')}\\b`),
	);
});

it('shows a status as the node tells it', async () => {
	const shown = JSON.parse(blocks('json')[2] ?? '') as { messageId: string };
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
		const json = success[0]?.json;
		expect({ ...json, messageId: shown.messageId, cost: 3.5 }).toEqual(shown);
		expect(typeof json?.cost).toBe('number');
	} finally {
		await simulator.close();
	}
});

it('shows an event as the trigger tells it', () => {
	const shown = JSON.parse(blocks('json')[3] ?? '') as {
		raw: Record<string, string>;
		text: string;
		optOut: boolean;
	};
	const { optOut, ...event } = shown;
	const call = parseCall(new URLSearchParams(shown.raw).toString(), '', new Uint8Array());
	const reading = call === null ? null : readSmscCall(call, '');
	expect(reading).toEqual({ outcome: 'events', events: [event], answer: 'OK' });
	expect(isOptOut(shown.text, readWords(OPT_OUT_WORDS))).toBe(optOut);
});

it('lists every example by its name, with the gateways that it uses', () => {
	const rows = [...readme.matchAll(/^\| \[(.+?)\]\(examples\/(.+?)\) \| .+ \| (.+?) \|$/gm)];
	const listed = rows.map(([, name, file, through]) => ({ name, file, through }));
	const expected = readExamples(root).map(({ file, workflow }) => ({
		name: workflow.name,
		file,
		through: gatewaysOf(workflow)
			.map((id) => gateways[id].displayName)
			.join(', '),
	}));
	expect(listed.sort((a, b) => (a.file ?? '').localeCompare(b.file ?? ''))).toEqual(expected);
});
