/** Reads the fields that a node's panel shows, and works out from the node's description which ones it should show. */
import type { ICredentialType, INode, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Editor } from './editor';

const dist = path.join(__dirname, '..', '..', '..', 'dist');

export type Description = INodeType['description'];

/** The classes of a built file. It is there only once the stage has been set, so it cannot be imported. */
const load = createRequire(__filename) as unknown as <T>(
	file: string,
) => Readonly<Record<string, new () => T>>;

/** A node as it was built for the package under test. */
export function builtNode(folder: string, className = folder): Description {
	const built = load<INodeType>(path.join(dist, 'nodes', folder, `${className}.node.js`));
	const Node = built[className];
	if (Node === undefined) throw new Error(`dist has no node ${className}`);
	return new Node().description;
}

/** A credential as it was built for the package under test. */
export function builtCredential(name: string): ICredentialType {
	const className = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
	const built = load<ICredentialType>(path.join(dist, 'credentials', `${className}.credentials.js`));
	const Credential = built[className];
	if (Credential === undefined) throw new Error(`dist has no credential ${className}`);
	return new Credential();
}

export interface ShownField {
	/** The parameter's name; null for a notice or a group, which have no input of their own. */
	readonly name: string | null;
	/** The label; of a notice, its text. */
	readonly label: string;
	/** What a drop-down shows; null when it is none. */
	readonly choice: string | null;
	readonly isCutOff: boolean;
	/** The fields in a group. */
	readonly inner: readonly ShownField[];
}

export interface ShownPanel {
	readonly fields: readonly ShownField[];
	readonly credentials: readonly string[];
}

/** The part of the browser's elements that reading needs. */
interface Shown {
	readonly innerText: string;
	readonly value?: string;
	readonly scrollWidth: number;
	readonly clientWidth: number;
	readonly parentElement: Shown | null;
	getAttribute(name: string): string | null;
	querySelector(selector: string): Shown | null;
	querySelectorAll(selector: string): Iterable<Shown>;
	closest(selector: string): Shown | null;
	checkVisibility(): boolean;
}

/** Runs in the browser: it cannot use anything outside of itself. */
function readPanel(panel: Shown): ShownPanel {
	const ITEM = '[data-test-id="parameter-item"]';
	const itemsIn = (parent: Shown, owner: Shown | null): Shown[] =>
		[...parent.querySelectorAll(ITEM)].filter(
			(item) => (item.parentElement?.closest(ITEM) ?? null) === owner && item.checkVisibility(),
		);
	const isCutOff = (element: Shown | null): boolean =>
		element !== null && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
	const read = (item: Shown): ShownField => {
		const own = <T extends Shown>(elements: Iterable<T>): T | null =>
			[...elements].find((element) => element.closest(ITEM) === item) ?? null;
		const title = own(item.querySelectorAll('[data-test-id="input-label"] label .n8n-text'));
		const input = own(item.querySelectorAll('.parameter-value-container[data-test-id^="parameter-input-"]'));
		// The way to pick from a list or type a name (By Name, By ID) is n8n's own, and no choice of the node's.
		const isLocator = (input?.querySelector('[data-test-id^="resource-locator-"]') ?? null) !== null;
		const dropDown = isLocator ? null : (input?.querySelector('.el-select [role="combobox"]') ?? null);
		return {
			name: input?.getAttribute('data-test-id')?.slice('parameter-input-'.length) ?? null,
			// The credential may stand before the notice, in the same place.
			label: (title ?? own(item.querySelectorAll('[role="alert"]')) ?? item).innerText.trim(),
			choice: dropDown === null ? null : (dropDown.value ?? ''),
			isCutOff: isCutOff(title) || isCutOff(dropDown),
			inner: itemsIn(item, item).map(read),
		};
	};
	const parameters = panel.querySelector('[data-test-id="node-parameters"]');
	return {
		fields:
			parameters === null
				? []
				: itemsIn(parameters, null)
						// Where a node says itself where its credential goes, that place has no field.
						.filter(
							(item) =>
								item.querySelector('[data-test-id="input-label"], [role="alert"]') !== null ||
								(item.querySelector('[data-test-id="node-credentials-slot"]') === null &&
									item.innerText.trim() !== ''),
						)
						.map(read),
		credentials: [...panel.querySelectorAll('[data-test-id="credentials-label"]')]
			.filter((element) => element.checkVisibility())
			.map(({ innerText }) => innerText.trim()),
	};
}

export async function shownPanel(editor: Editor): Promise<ShownPanel> {
	return await editor.panel.evaluate<ShownPanel, Shown>(readPanel);
}

/** What n8n's own rules make of a node's description, for a node with these parameters. */
export class Promised {
	private readonly node: INode;
	private readonly values: INodeParameters;

	constructor(
		private readonly description: Description,
		chosen: INodeParameters,
	) {
		this.node = {
			id: 'promised',
			name: description.displayName,
			type: description.name,
			typeVersion: description.defaultVersion ?? 1,
			position: [0, 0],
			parameters: chosen,
		};
		const { properties } = description;
		this.values =
			NodeHelpers.getNodeParameters(properties, chosen, true, false, this.node, description) ?? {};
	}

	/** The fields in the order in which they are shown. */
	get fields(): INodeProperties[] {
		return this.description.properties.filter(
			(property) =>
				property.type !== 'hidden' &&
				property.type !== 'credentials' &&
				NodeHelpers.displayParameter(this.values, property, this.node, this.description),
		);
	}

	/** Labels of the credentials that are asked for. n8n names the kind where it depends on another field's value. */
	get credentials(): string[] {
		return (this.description.credentials ?? [])
			.filter((asked) => NodeHelpers.displayParameter(this.values, asked, this.node, this.description))
			.map(({ name, displayOptions }) =>
				displayOptions?.show === undefined
					? 'Credential'
					: `Credential for ${builtCredential(name).displayName}`,
			);
	}

	/** The fields that a group offers. */
	inGroup(group: INodeProperties): INodeProperties[] {
		return ((group.options ?? []) as INodeProperties[]).filter((property) =>
			NodeHelpers.displayParameterPath(this.values, property, group.name, this.node, this.description),
		);
	}
}

/** The entries of a drop-down, as people read them. */
export function entriesOf(
	property: INodeProperties,
): Array<{ name: string; value: string | number | boolean }> {
	return (property.options ?? []).flatMap((option) =>
		'value' in option && option.value !== undefined
			? [{ name: option.name, value: option.value as string | number | boolean }]
			: [],
	);
}
