/** Whether all of each gateway is there, and nothing that no gateway has. */
import { gateways } from '../../nodes/SendSms/gateways';
import type { AccountGateway } from '../../nodes/shared/contract/gateway';
import { LARGEST_BATCH } from '../../nodes/shared/contract/options';
import { problemsOf } from '../support/gatewayParts';
import { leftOver } from '../support/leftOver';

const registered: readonly AccountGateway[] = Object.values(gateways);

it.each(registered.map((gateway) => [gateway.displayName, gateway] as const))(
	'all of %s is there',
	(_, gateway) => {
		expect(problemsOf(gateway)).toEqual([]);
	},
);

it('nothing is there that no gateway has', () => {
	expect(leftOver(registered)).toEqual([]);
});

it('of a gateway that is only registered, each missing file is named', () => {
	const made = { ...gateways.smsc, id: 'madeUp', displayName: 'Made Up', maxBatchSize: LARGEST_BATCH + 1 };
	const problems = problemsOf({
		...made,
		credential: {
			type: 'madeUpApi',
			sites: [{ name: 'Acme', value: 'https://sms.example.com' }],
			fields: [],
		},
	});
	expect(problems.map((sentence) => sentence.split(/ is missing|: /)[0])).toEqual([
		...['gateway', 'credential', 'options', 'send', 'codes', 'operations'].map(
			(part) => `nodes/MadeUp/${part}.ts`,
		),
		'nodes/MadeUp/MadeUp.node.ts',
		'credentials/MadeUpApi.credentials.ts',
		'icons/madeUp.svg',
		'icons/madeUp.dark.svg',
		'README.md',
		'package.json',
		'docs/options.md',
		'README.md',
		'docs/results-and-errors.md',
		'README.md',
		'simulators/madeUp.ts',
		'simulators/index.ts',
		'test/facts/madeUp.ts',
		'test/unit/MadeUp',
		'test/unit/simulators/madeUp.test.ts',
		'nodes/shared/contract/options.ts',
	]);
	for (const sentence of problems) expect(sentence).toMatch(/^\S+(?: is missing)?(?:: |,).+\.$/);
});

it('of one that has taken over the files of another, each wrong name is said', () => {
	const other = { ...gateways.smsc, displayName: 'Made Up', credential: gateways.smsRu.credential };
	expect(problemsOf(other)).toEqual(
		expect.arrayContaining([
			'nodes/Smsc/Smsc.node.ts: set "displayName" to "Made Up".',
			'nodes/Smsc/Smsc.node.ts: ask for the credential smsRuApi, and for no other.',
			'nodes/Smsc/credential.ts: set "type" to "smscApi", which the gateway\'s id makes it.',
			'credentials/SmsRuApi.credentials.ts: set "icon" to icons/smsc.svg and icons/smsc.dark.svg.',
		]),
	);
});

it('of one that is no longer registered, everything that is left is named', () => {
	const left = leftOver(registered.filter(({ id }) => id !== 'alphaSms')).join('\n');
	for (const name of [
		'nodes/AlphaSms is of no gateway',
		'"dist/nodes/AlphaSms/AlphaSms.node.js" in n8n.nodes',
		'"dist/credentials/AlphaSmsApi.credentials.js" in n8n.credentials',
		'credentials/AlphaSmsApi.credentials.ts',
		'icons/alphaSms.svg',
		'icons/alphaSms.dark.svg',
	])
		expect(left).toContain(name);
});
