/** A gateway with one step of CONTRIBUTING's list left out: the sentence that fails names the file. */
import path from 'node:path';
import { gateways } from '../../nodes/SendSms/gateways';
import { problemsOf } from '../support/gatewayParts';
import * as packageFiles from '../support/packageFiles';

const { exists, read, listed } = packageFiles;
const gateway = gateways.africasTalking;
const { displayName, id } = gateway;

afterEach(() => jest.restoreAllMocks());

const isIn = (place: string, file: string): boolean => file === place || file.startsWith(`${place}/`);

it('all of it is there', () => {
	expect(problemsOf(gateway)).toEqual([]);
});

it.each([
	'docs/gateways/africas-talking.md',
	'simulators/africasTalking.ts',
	'test/unit/simulators/africasTalking.test.ts',
	'nodes/AfricasTalking/gateway.ts',
	'nodes/AfricasTalking/credential.ts',
	'nodes/AfricasTalking/send.ts',
	'nodes/AfricasTalking/options.ts',
	'nodes/AfricasTalking/codes.ts',
	'nodes/AfricasTalking/operations',
	'nodes/AfricasTalking/webhook.ts',
	'nodes/AfricasTalking/AfricasTalking.node.ts',
	'nodes/AfricasTalking/AfricasTalking.node.json',
	'nodes/AfricasTalking/AfricasTalkingTrigger.node.ts',
	'nodes/AfricasTalking/AfricasTalkingTrigger.node.json',
	'credentials/AfricasTalkingApi.credentials.ts',
	'icons/africasTalking.svg',
	'icons/africasTalking.dark.svg',
	'test/facts/africasTalking.ts',
	'test/unit/AfricasTalking',
])('without %s', (file) => {
	expect(exists(file)).toBe(true);
	jest.spyOn(packageFiles, 'exists').mockImplementation((one) => !isIn(file, one) && exists(one));
	const problems = problemsOf(gateway);
	expect(problems).toHaveLength(1);
	expect(problems[0]).toContain(path.dirname(file));
	expect(problems[0]).toContain(path.basename(file));
});

it.each([
	'dist/nodes/AfricasTalking/AfricasTalking.node.js',
	'dist/nodes/AfricasTalking/AfricasTalkingTrigger.node.js',
	'dist/credentials/AfricasTalkingApi.credentials.js',
])('without %s in package.json', (line) => {
	const without = (lines: readonly string[]): readonly string[] => lines.filter((one) => one !== line);
	jest.replaceProperty(packageFiles, 'listed', {
		nodes: without(listed.nodes),
		credentials: without(listed.credentials),
	});
	expect(problemsOf(gateway)).toEqual([expect.stringContaining(`package.json: add "${line}" to n8n.`)]);
});

it.each<[string, string, readonly string[]]>([
	['README.md', displayName, ['name', 'add a column', 'add a row']],
	['package.json', displayName, ['name']],
	['docs/results-and-errors.md', `\`${id}\``, ['name']],
	['docs/options.md', displayName, ['name']],
	['docs/triggers.md', displayName, ['add a row']],
	['docs/gateways/africas-talking.md', displayName, ['']],
])('where %s does not name it', (file, name, advice) => {
	jest
		.spyOn(packageFiles, 'read')
		.mockImplementation((one) => (one === file ? read(one).replaceAll(name, 'Nobody') : read(one)));
	const problems = problemsOf(gateway);
	expect(problems.map((sentence) => sentence.split(/[:,] | is missing/)[0])).toEqual(advice.map(() => file));
	for (const [index, words] of advice.entries()) expect(problems[index]).toContain(words);
});

it('where the tests know nothing of a registered gateway, the file of facts and its list are named', () => {
	const registry = jest.requireActual<{ GATEWAY_IDS: readonly string[] }>('../../nodes/SendSms/gateways');
	jest.isolateModules(() => {
		jest.doMock('../../nodes/SendSms/gateways', () => ({
			...registry,
			GATEWAY_IDS: [...registry.GATEWAY_IDS, 'acmeSms'],
		}));
		expect(() => jest.requireActual<object>('../facts')).toThrow(
			'The tests know nothing of acmeSms: write test/facts/acmeSms.ts and list it in test/facts/index.ts.',
		);
	});
	jest.dontMock('../../nodes/SendSms/gateways');
});

it('CONTRIBUTING names each of these', () => {
	const [, adding = ''] = read('CONTRIBUTING.md').split('## Adding a gateway');
	const [steps = ''] = adding.split('\n## ');
	for (const name of [
		...['docs/gateways/acme-sms.md', 'simulators/acmeSms.ts', 'test/unit/simulators/', 'nodes/AcmeSms/'],
		...['gateway.ts', 'credential.ts', 'send.ts', 'options.ts', 'codes.ts', 'webhook.ts'],
		...['AcmeSms.node.ts', 'AcmeSms.node.json', 'credentials/AcmeSmsApi.credentials.ts'],
		...['icons/acmeSms.svg', 'icons/acmeSms.dark.svg', 'test/facts/acmeSms.ts', 'test/unit/AcmeSms/'],
		...['nodes/SendSms/gateways.ts', 'package.json', 'simulators/index.ts', 'test/facts/index.ts'],
		...['docs/options.md', 'docs/results-and-errors.md', 'docs/triggers.md'],
	])
		expect(steps).toContain(`\`${name}\``);
});
