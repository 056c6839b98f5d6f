/** Every choice of every node: the fields, drop-downs and credentials that it shows are those that it promises. */
import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import type { Bench } from './bench';
import type { Editor } from './editor';
import { chain, startNode } from './flows';
import { NODES, type NodeFolder } from './nodes';
import {
	type Description,
	Promised,
	type ShownField,
	type ShownPanel,
	builtNode,
	entriesOf,
	shownPanel,
} from './panel';
import { eventually } from './patience';
import { lookAt, onScreen } from './pictures';

/** The drop-downs that lead to an operation; the others are tried one after another at each operation. */
const LEADING = ['gateway', 'resource', 'operation'];

/** The labels of the fields; notices are told by their text. */
const labelsOf = (fields: ReadonlyArray<ShownField | INodeProperties>): string[] =>
	fields.map((field) => ('label' in field ? field.label : field.displayName));

/** The parameters that a panel's drop-downs say, read from the first to the last: a later one may depend on them. */
function chosenIn(description: Description, panel: ShownPanel): INodeParameters {
	const chosen: INodeParameters = {};
	for (const { name, choice } of panel.fields) {
		if (name === null || choice === null) continue;
		const property = new Promised(description, chosen).fields.find((field) => field.name === name);
		// Of several, none is chosen at first.
		if (property?.type === 'multiOptions') continue;
		const entry = property === undefined ? undefined : entriesOf(property).find((one) => one.name === choice);
		if (entry === undefined) throw new Error(`"${name}" shows "${choice}", which is none of its entries`);
		chosen[name] = entry.value;
	}
	return chosen;
}

/** Gateways beside the chosen one: which credentials they bring is a test of its own. */
const BACKUPS = ['backupGateway', 'secondBackupGateway'];

/** Of a list as long as that of the countries, or of backups, its two ends: what the others show does not differ. */
function someOf(field: string, names: readonly string[]): readonly string[] {
	const [first, last] = [names[0], names.at(-1)];
	const isEnough = names.length > 20 || BACKUPS.includes(field);
	return isEnough && first !== undefined && last !== undefined ? [first, last] : names;
}

function everyField(fields: readonly ShownField[]): ShownField[] {
	return fields.flatMap((field) => [field, ...everyField(field.inner)]);
}

/** The parameters that something else's being shown depends on. */
function decidingNames(description: Description): ReadonlySet<string> {
	const names = new Set<string>();
	const add = (properties: readonly unknown[]): void => {
		for (const property of properties) {
			const { displayOptions, options, values } = property as Partial<INodeProperties> & {
				readonly values?: readonly unknown[];
			};
			for (const rule of [displayOptions?.show, displayOptions?.hide])
				for (const name of Object.keys(rule ?? {})) names.add(name.replace(/^\//, ''));
			add([...(options ?? []), ...(values ?? [])]);
		}
	};
	add([...description.properties, ...(description.credentials ?? [])]);
	return names;
}

/** Walks over what one node's panel offers. */
class Walk {
	private readonly description: Description;
	private readonly deciding: ReadonlySet<string>;
	/** Drop-downs that decide nothing, and were tried: they are the same at every operation. */
	private readonly tried = new Set<string>();

	constructor(
		private readonly editor: Editor,
		folder: NodeFolder,
	) {
		this.description = builtNode(folder);
		this.deciding = decidingNames(this.description);
	}

	/** Waits until the panel shows what its drop-downs promise, and returns it. */
	private async check(): Promise<ShownPanel> {
		return await eventually(async () => {
			const panel = await shownPanel(this.editor);
			const promised = new Promised(this.description, chosenIn(this.description, panel));
			expect({ fields: labelsOf(panel.fields), credentials: panel.credentials }).toEqual({
				fields: labelsOf(promised.fields),
				credentials: promised.credentials,
			});
			const all = everyField(panel.fields);
			const mayBeEmpty = listsOfSeveral(this.description.properties);
			const empty = all.filter(({ choice, label }) => choice === '' && !mayBeEmpty.has(label));
			expect(empty.map(({ label }) => `${label} is empty`)).toEqual([]);
			expect(all.filter(({ isCutOff }) => isCutOff).map(({ label }) => `${label} is cut off`)).toEqual([]);
			return panel;
		});
	}

	private async promised(): Promise<Promised> {
		return new Promised(this.description, chosenIn(this.description, await this.check()));
	}

	/** Chooses every entry of a drop-down in turn (of a very long one some), beginning with the one that it has. */
	private async forEveryEntry(name: string, visit: (entry: string) => Promise<void>): Promise<void> {
		const property = (await this.promised()).fields.find((field) => field.name === name);
		if (property === undefined) throw new Error(`There is no ${name}`);
		const before = (await this.check()).fields.find((field) => field.name === name)?.choice ?? '';
		const dropDown = this.editor.dropDown(this.editor.panel, name);
		const names = entriesOf(property).map((entry) => entry.name);
		await visit(before);
		for (const entry of names.length === 1
			? names
			: someOf(
					name,
					names.filter((one) => one !== before),
				)) {
			expect(await this.editor.choose(dropDown, entry)).toEqual(names);
			await eventually(async () => expect(await dropDown.inputValue()).toBe(entry));
			if (entry !== before) await visit(entry);
		}
	}

	/** The list of every "Add option" has the options that the description promises. */
	private async checkGroups(): Promise<void> {
		const promised = await this.promised();
		for (const group of promised.fields.filter(({ type }) => type === 'collection')) {
			const shown = this.editor.panel
				.getByTestId('parameter-item')
				.filter({ has: this.editor.page.getByTestId('collection-parameter-add') })
				.filter({ hasText: new RegExp(`^\\s*${group.displayName}`) });
			// Of one option alone n8n makes a button.
			if (group.options?.length === 1) {
				await shown.getByTestId('collection-parameter-add').last().waitFor();
				continue;
			}
			const add = shown.getByRole('combobox', { name: '' }).last();
			expect(await this.editor.entries(add)).toEqual(labelsOf(promised.inGroup(group)));
		}
	}

	/** Every drop-down that does not lead to an operation. One may bring others, and take them away again. */
	private async walkTheRest(): Promise<void> {
		const ofSeveral = this.description.properties.filter(({ type }) => type === 'multiOptions');
		const visited = new Set<string>([...LEADING, ...this.tried, ...ofSeveral.map(({ name }) => name)]);
		for (;;) {
			const { fields } = await this.check();
			const next = fields.find(({ name, choice }) => name !== null && choice !== null && !visited.has(name));
			if (next === undefined || next.name === null) return;
			visited.add(next.name);
			if (!this.deciding.has(next.name)) this.tried.add(next.name);
			await this.forEveryEntry(next.name, async () => void (await this.check()));
		}
	}

	/** Returns the ways to every operation: "SMSC, Message, Send". */
	async walk(leading: readonly string[] = LEADING, way: readonly string[] = []): Promise<string[]> {
		const [first, ...rest] = leading;
		const { fields } = await this.check();
		if (first === undefined) {
			await this.walkTheRest();
			await this.checkGroups();
			await lookAt(this.editor.page, `${this.description.displayName} ${way.join(' ')}`);
			return [way.join(', ')];
		}
		if (!fields.some(({ name }) => name === first)) return await this.walk(rest, way);
		const ways: string[] = [];
		await this.forEveryEntry(first, async (entry) => {
			ways.push(...(await this.walk(rest, [...way, entry])));
		});
		return ways;
	}
}

/** Every option of a group, as a person would have added them all. */
function everyOption(description: Description): INodeParameters {
	const promised = new Promised(description, {});
	return Object.fromEntries(
		promised.fields
			.filter(({ type }) => type === 'collection')
			.map((group) => [
				group.name,
				Object.fromEntries(
					(group.options ?? []).map((option) => {
						const { name, default: value } = option as INodeProperties;
						// The choice that has further fields.
						return [name, name === 'skipDuplicates' ? 'acrossRuns' : value];
					}),
				),
			]),
	);
}

/** Labels of the lists of which several entries, or none, may be chosen: an empty one is no mistake. */
function listsOfSeveral(properties: readonly unknown[]): ReadonlySet<string> {
	const labels = new Set<string>();
	for (const property of properties) {
		const { displayName, type, options, values } = property as Partial<INodeProperties> & {
			readonly values?: readonly unknown[];
		};
		if (type === 'multiOptions' && displayName !== undefined) labels.add(displayName);
		for (const label of listsOfSeveral([...(options ?? []), ...(values ?? [])])) labels.add(label);
	}
	return labels;
}

export function describeFields(bench: () => Bench): void {
	describe('fields', () => {
		it.each(NODES)(
			'$displayName shows the fields that each choice promises',
			async ({ folder, type, displayName }) =>
				await onScreen(
					() => bench().editor.page,
					async () => {
						const { editor } = bench();
						await editor.open(chain(`${displayName}: choices`, [startNode, { name: 'SMS', type }]));
						await editor.openPanel('SMS');
						const ways = await new Walk(editor, folder).walk();
						process.stderr.write(`${displayName}: ${ways.join(' | ')}\n`);
						expect(ways.length).toBeGreaterThan(1);
					},
				)(),
		);

		it.each(NODES)(
			'$displayName shows every option with a label, and no empty drop-down',
			async ({ folder, type, displayName }) =>
				await onScreen(
					() => bench().editor.page,
					async () => {
						const { editor } = bench();
						const description = builtNode(folder);
						const parameters = everyOption(description);
						await editor.open(
							chain(`${displayName}: options`, [startNode, { name: 'SMS', type, parameters }]),
						);
						await editor.page.setViewportSize({ width: 1440, height: 3600 });
						try {
							await editor.openPanel('SMS');
							const groups = new Promised(description, parameters).fields.filter(
								(field) => field.type === 'collection',
							);
							expect(labelsOf(groups).slice(0, 2)).toEqual(['Options', 'Limits']);
							const panel = await eventually(async () => {
								const shown = await shownPanel(editor);
								for (const group of groups) {
									const options = shown.fields.find(({ label }) => label === group.displayName)?.inner ?? [];
									expect(labelsOf(options)).toEqual(
										labelsOf(new Promised(description, parameters).inGroup(group)),
									);
								}
								return shown;
							});
							const all = everyField(panel.fields);
							const mayBeEmpty = listsOfSeveral(description.properties);
							const empty = all.filter(({ choice, label }) => choice === '' && !mayBeEmpty.has(label));
							expect(empty.map(({ label }) => label)).toEqual([]);
							expect(all.filter(({ isCutOff }) => isCutOff).map(({ label }) => label)).toEqual([]);
							await lookAt(editor.page, `${displayName} options`);
						} finally {
							await editor.page.setViewportSize({ width: 1440, height: 900 });
						}
					},
				)(),
		);
	});
}
