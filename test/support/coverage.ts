/**
 * What a gateway's page says of its vendor's methods and parameters, against what its nodes have: the table below
 * "Coverage", `| method or parameter | here | source |`.
 *
 * `here` names in backticks, as workflows do: an operation (`message.getStatus`), a field or option (`ttl`), one choice of
 * it (`messageKind=viber`), a key of a result or an event (`segments`), a field of the credential (`apiKey`). A row that
 * names nothing says how it is done without the person ("automatic: …") or why it is missing ("not offered: …", "not
 * documented: …").
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { outputSchemas } from '../../nodes/SendSms/outputSchemas';
import type { AccountGateway } from '../../nodes/shared/contract/gateway';
import { nodes } from './outputSchemas';

const root = path.join(__dirname, '..', '..');
const HEADING = '## Coverage';
const HEAD: readonly string[] = ['method or parameter', 'here', 'source'];
const UNNAMED = /^(?:automatic|not offered|not documented): \S.{9,}/;

type About = Pick<AccountGateway, 'id' | 'displayName' | 'credential'>;

export function pageOf({ displayName }: Pick<About, 'displayName'>): string {
	const words = displayName.toLowerCase().replaceAll("'", '');
	return `docs/gateways/${words.replace(/[^a-z0-9]+/g, '-')}.md`;
}

export function readPage(file: string): string {
	const full = path.join(root, file);
	return existsSync(full) ? readFileSync(full, 'utf8') : '';
}

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** Names of fields, of the fields inside them, and of their choices. */
function namesIn(entries: readonly Entry[], within: string | null = null): string[] {
	return entries.flatMap((entry) => {
		if ('value' in entry) return within === null ? [] : [`${within}=${String(entry.value)}`];
		if ('values' in entry) return namesIn(entry.values);
		return [entry.name, ...namesIn(entry.options ?? [], entry.name)];
	});
}

/** The operations of a node, as `resource.operation`. */
function operationsOf(properties: readonly INodeProperties[]): string[] {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap((field) => {
			const resources = field.displayOptions?.show?.resource ?? [];
			const values = namesIn(field.options ?? [], '').map((value) => value.slice(1));
			return resources.flatMap((resource) => values.map((value) => `${String(resource)}.${value}`));
		});
}

/** Names of the fields that only this gateway's node has. */
function ownNames({ id }: About): string[] {
	const common = new Set(namesIn(nodes.sendSms?.description.properties ?? []));
	const own = namesIn(nodes[id]?.description.properties ?? []);
	const shared = ['expertOptions', 'resource', 'returnAll', 'limit', 'simplify', 'waitUntilFinal', 'waitMinutes'];
	return own.filter((name) => !name.includes('=') && !common.has(name) && !shared.includes(name));
}

/** Everything that `here` may name. */
function knownNames({ id, credential }: About): ReadonlySet<string> {
	const own = [nodes[id], nodes[`${id}Trigger`]].flatMap((node) => node?.description ?? []);
	return new Set([
		'baseUrl',
		// Of a failed row.
		'error',
		...credential.fields.map(({ name }) => name),
		...own.flatMap(({ properties }) => [...operationsOf(properties), ...namesIn(properties)]),
		...own.flatMap((description) =>
			Object.values(outputSchemas(description)).flatMap(({ properties }) => Object.keys(properties)),
		),
	]);
}

const inBackticks = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** The rows of the section's table, its head among them. */
function rowsOf(page: string): ReadonlyArray<readonly string[]> | null {
	const [, behind] = page.split(`\n${HEADING}\n`);
	if (behind === undefined) return null;
	const [section = ''] = behind.split(/\n## /);
	return section
		.split('\n')
		.filter((line) => line.startsWith('|') && !line.startsWith('| ---'))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);
}

/** The vendor's names in the first column: `get_messages`, and both of `type=viber`. */
export function vendorNamesOn(page: string): ReadonlySet<string> {
	const [, ...rows] = rowsOf(page) ?? [];
	const cells = rows.flatMap(([vendor = '']) => inBackticks(vendor));
	return new Set(cells.flatMap((cell) => [cell, ...cell.split(/[\s=[\]@]+/)]));
}

function rowProblems(cells: readonly string[], known: ReadonlySet<string>): string[] {
	const [vendor = '', here = '', source = ''] = cells;
	const names = inBackticks(here);
	const unknown = names.filter((name) => !known.has(name));
	return [
		...(cells.length === 3 ? [] : ['has not three cells']),
		...(inBackticks(vendor).length > 0 ? [] : ['names no method or parameter in backticks']),
		...unknown.map((name) => `names \`${name}\`, which the nodes do not have`),
		...(names.length > 0 || UNNAMED.test(here)
			? []
			: ['names nothing and says neither "automatic: …" nor "not offered: …" nor "not documented: …"']),
		...(source === '' ? ['has no source'] : []),
	];
}

/** What is wrong with the table, as sentences; `page` is the text of the gateway's page. */
export function coverageProblems(gateway: About, page: string): string[] {
	const file = pageOf(gateway);
	const rows = rowsOf(page);
	if (rows === null)
		return [
			`${file} has no section "${HEADING.slice(3)}": list there every method and parameter of the vendor's pages, with what it is here.`,
		];
	const [head = [], ...body] = rows;
	if (head.join() !== HEAD.join()) return [`${file}: begin the table with | ${HEAD.join(' | ')} |.`];
	const known = knownNames(gateway);
	const named = new Set(
		body.flatMap(([, here = '']) => inBackticks(here)).flatMap((name) => [name, name.split('=')[0] ?? '']),
	);
	const operations = operationsOf(nodes[gateway.id]?.description.properties ?? []);
	// A preview asks nobody.
	const wanted = [...operations, ...ownNames(gateway)].filter(
		// Ours on every node, made of the vendor's sending.
		(name) => !/^(?:message\.(?:preview|sendAndWait)|oneTimeCode\..*)$/.test(name),
	);
	const twice = body.map(([vendor = '']) => vendor).filter((one, index, all) => all.indexOf(one) < index);
	return [
		...body.flatMap((cells) =>
			rowProblems(cells, known).map((problem) => `${file}: the row of ${cells[0] ?? '?'} ${problem}.`),
		),
		...twice.map((vendor) => `${file}: ${vendor} has two rows.`),
		...[...new Set(wanted)]
			.filter((name) => !named.has(name))
			.map((name) => `${file}: no row says of what the vendor has \`${name}\` is made.`),
	];
}
