/**
 * What is missing of a gateway, as sentences that name the file and what to do, so that whoever adds one can work through
 * them.
 */
import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { LARGEST_BATCH } from '../../nodes/shared/contract/options';
import { GATEWAY_IDS as SIMULATED } from '../../simulators';
import { type About, capitalised, exists, iconsOf, listed, read, root } from './packageFiles';

/** What has to hold, and the sentence for when it does not. */
type Requirement = readonly [holds: boolean, sentence: string];
const failed = (checks: readonly Requirement[]): string[] =>
	checks.flatMap(([holds, sentence]) => (holds ? [] : [sentence]));

/** The class that a file should export; null when there is none of that name. */
function instanceOf<T>(file: string, className: string): T | null {
	if (!exists(file)) return null;
	const module = jest.requireActual<Record<string, (new () => T) | undefined>>(path.join(root, file));
	const found = module[className];
	return found === undefined ? null : new found();
}

/** Whether a node or credential shows the gateway's two icons. `up`: the way from its file to the root. */
function showsIcons(icon: unknown, id: string, up: string): boolean {
	const [light, dark] = iconsOf(id).map((file) => `file:${up}${file}`);
	const { light: ownLight, dark: ownDark } = (icon ?? {}) as { light?: string; dark?: string };
	return ownLight === light && ownDark === dark;
}

const isListedUnder = (list: readonly string[], file: string): boolean =>
	list.includes(`dist/${file.replace(/\.ts$/, '.js')}`);

function codexProblems(file: string, node: string): string[] {
	if (!exists(file))
		return [`${file} is missing: n8n finds a node by it. Copy another gateway's and change node and alias.`];
	const codex = JSON.parse(read(file)) as {
		node?: string;
		categories?: readonly string[];
		alias?: readonly string[];
		resources?: Readonly<Record<string, ReadonlyArray<{ url?: string }> | undefined>>;
	};
	const links = ['primaryDocumentation', 'credentialDocumentation'];
	const isLinked = (name: string): boolean =>
		codex.resources?.[name]?.[0]?.url?.startsWith('https://') === true;
	return failed([
		[
			codex.node === `n8n-nodes-sms-gateways.${node}`,
			`${file}: set "node" to "n8n-nodes-sms-gateways.${node}".`,
		],
		[codex.categories?.includes('Communication') === true, `${file}: put "Communication" into "categories".`],
		[
			codex.alias?.includes('sms') === true,
			`${file}: put "sms" and the words people search for into "alias".`,
		],
		...links.map((name): Requirement => [isLinked(name), `${file}: add "${name}" with a URL to "resources".`]),
	]);
}

function nodeProblems({ id, displayName, credential }: About, className: string, name: string): string[] {
	const folder = `nodes/${capitalised(id)}`;
	const file = `${folder}/${className}.node.ts`;
	if (!exists(file)) return [`${file} is missing: write the node, with the class ${className} in it.`];
	const node = instanceOf<INodeType>(file, className);
	if (node === null) return [`${file}: name its class ${className}, as n8n expects from the file's name.`];
	const { description } = node;
	const asked = (description.credentials ?? []).map((one) => one.name);
	const title = name === id ? displayName : `${displayName} Trigger`;
	return [
		...failed([
			[description.name === name, `${file}: set "name" to "${name}", which the gateway's id makes it.`],
			[description.displayName === title, `${file}: set "displayName" to "${title}".`],
			[showsIcons(description.icon, id, '../../'), `${file}: set "icon" to ${iconsOf(id).join(' and ')}.`],
			[
				asked.every((one) => one === credential.type) && (asked.length > 0 || name !== id),
				`${file}: ask for the credential ${credential.type}, and for no other.`,
			],
			[
				isListedUnder(listed.nodes, file),
				`package.json: add "dist/${file.replace(/\.ts$/, '.js')}" to n8n.nodes.`,
			],
		]),
		...codexProblems(file.replace(/\.ts$/, '.json'), name),
	];
}

function credentialProblems({ id, displayName, credential }: About): string[] {
	const className = capitalised(credential.type);
	const file = `credentials/${className}.credentials.ts`;
	if (!exists(file))
		return [`${file} is missing: write the credential, with the class ${className} in it and a test.`];
	const type = instanceOf<ICredentialType>(file, className);
	if (type === null) return [`${file}: name its class ${className}, as n8n expects from the file's name.`];
	const names = type.properties.map(({ name }) => name);
	const lacking = credential.fields.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
	return failed([
		[
			credential.type === `${id}Api`,
			`nodes/${capitalised(id)}/credential.ts: set "type" to "${id}Api", which the gateway's id makes it.`,
		],
		[type.name === credential.type, `${file}: set "name" to "${credential.type}".`],
		[type.displayName === `${displayName} API`, `${file}: set "displayName" to "${displayName} API".`],
		[showsIcons(type.icon, id, '../'), `${file}: set "icon" to ${iconsOf(id).join(' and ')}.`],
		[type.test !== undefined, `${file}: add a "test", which tells a wrong key from a wrong address.`],
		[
			type.authenticate !== undefined,
			`${file}: add a method "authenticate" that calls signedBy(…) with the gateway's credential, as the other credentials do. As a property, it would make n8n add "Custom API Call" to the node.`,
		],
		[
			names.includes('baseUrl') && lacking.length === 0,
			`${file}: set "properties" to credentialFields(…) of the gateway's credential.`,
		],
		[
			isListedUnder(listed.credentials, file),
			`package.json: add "dist/${file.replace(/\.ts$/, '.js')}" to n8n.credentials.`,
		],
	]);
}

const PARTS: Readonly<Record<string, string>> = {
	gateway: 'what the gateway can do, as data',
	credential: 'the fields of its credential, and where they travel',
	options: 'the options of a message, and how they are read',
	send: 'how a request to send is built and its reply read',
	codes: "the gateway's codes as rows of a table",
	operations: 'what it can do besides sending, one file each',
};

/** A part is a file, or a folder where it needs several. */
const folderProblems = (folder: string): string[] =>
	Object.entries(PARTS).flatMap(([part, about]) =>
		exists(`${folder}/${part}.ts`) || exists(`${folder}/${part}`)
			? []
			: [`${folder}/${part}.ts is missing: put there ${about}.`],
	);

/** What people and the registry read of a gateway, and its page, as README's table of credentials links to it. */
function documentationProblems({ id, displayName }: About, hasTrigger: boolean): string[] {
	const readme = read('README.md');
	const [introduction = ''] = readme.split('\n## ');
	const { description = '' } = JSON.parse(read('package.json')) as { description?: string };
	const columns = readme.split('\n').find((line) => line.startsWith('| | ')) ?? '';
	const inTable = failed([
		[
			introduction.includes(displayName),
			`README.md: name ${displayName} in the first sentence, which is what people find the package by.`,
		],
		[description.includes(displayName), `package.json: name ${displayName} in "description".`],
		[
			(/^\| Default Country \|.*$/m.exec(read('docs/options.md'))?.[0] ?? '').includes(displayName),
			`docs/options.md: name ${displayName} where "Default Country" says which country each gateway starts with.`,
		],
		[
			!hasTrigger || read('docs/triggers.md').includes(`\n| [${displayName} Trigger](`),
			`docs/triggers.md: add a row "| [${displayName} Trigger](gateways/….md#trigger) | …" to the table under "Setting up".`,
		],
		[
			columns.split(' | ').some((name) => name.replace(/\|/g, '').trim() === displayName),
			`README.md: add a column "${displayName}" to the table under "Gateways".`,
		],
		[
			read('docs/results-and-errors.md').includes(`\`${id}\``),
			`docs/results-and-errors.md: name \`${id}\` where it says what "gateway" may be.`,
		],
	]);
	const row = readme.split('\n').find((line) => line.startsWith(`| [${displayName}](`)) ?? '';
	const page = /\((docs\/gateways\/[\w-]+\.md)\)/.exec(row)?.[1];
	if (page === undefined)
		return [
			...inTable,
			`README.md: add a row "| [${displayName}](docs/gateways/….md) | …" to the table under "Credentials".`,
		];
	return [
		...inTable,
		...failed([
			[
				read(page).startsWith(`# ${displayName}\n`),
				`${page} is missing, or does not begin with "# ${displayName}": write where to find the keys, and the gateway's quirks.`,
			],
		]),
	];
}

/** What a gateway of the registry still lacks. */
export function problemsOf(gateway: About): string[] {
	const { id, displayName, maxBatchSize } = gateway;
	const folder = `nodes/${capitalised(id)}`;
	const trigger = `${capitalised(id)}Trigger`;
	const simulator = `simulators/${id}.ts`;
	const hasTrigger = exists(`${folder}/${trigger}.node.ts`);
	return [
		...folderProblems(folder),
		...nodeProblems(gateway, capitalised(id), id),
		...(hasTrigger ? nodeProblems(gateway, trigger, `${id}Trigger`) : []),
		...credentialProblems(gateway),
		...iconsOf(id).flatMap((icon) =>
			exists(icon)
				? []
				: [`${icon} is missing: draw it, 60 by 60, for n8n's ${/dark/.test(icon) ? 'dark' : 'light'} theme.`],
		),
		...documentationProblems(gateway, hasTrigger),
		...failed([
			[
				exists(simulator) || exists(`simulators/${id}/index.ts`),
				`${simulator} is missing: simulate ${displayName} there, from the vendor's pages.`,
			],
			[
				SIMULATED.some((one) => one === id),
				`simulators/index.ts: list '${id}' in SIMULATIONS, so that npm start and the tests run its simulator.`,
			],
			[
				exists(`test/facts/${id}.ts`),
				`test/facts/${id}.ts is missing: write there what the tests have to know of ${displayName}, and list it in test/facts/index.ts.`,
			],
			[
				exists(`test/unit/${capitalised(id)}`),
				`test/unit/${capitalised(id)} is missing: test there the exact bytes of requests, and every code.`,
			],
			[
				exists(`test/unit/simulators/${id}.test.ts`),
				`test/unit/simulators/${id}.test.ts is missing: test there that the simulator answers as the vendor's pages say.`,
			],
			[
				exists(`${folder}/webhook.ts`) === hasTrigger,
				`${folder}: write webhook.ts and ${trigger}.node.ts, or neither, where the gateway calls nobody back.`,
			],
			[
				maxBatchSize <= LARGEST_BATCH,
				`nodes/shared/contract/options.ts: raise LARGEST_BATCH to ${maxBatchSize}, which ${displayName} takes.`,
			],
		]),
	];
}
