/** What stands under a node's name on the canvas, in the words of its panel: an expression that n8n evaluates (1.123, 2.41). */
import type { INodeProperties } from 'n8n-workflow';

type Listed = Pick<INodeProperties, 'name' | 'options' | 'displayOptions'>;

/** The display names of a drop-down's choices. */
function namesOf({ options = [] }: Listed): ReadonlyArray<readonly [value: string, name: string]> {
	return options.flatMap((option) =>
		'value' in option ? [[String(option.value), option.name] as const] : [],
	);
}

/** In brackets: without them `{{ {` would begin a block. A blank before `}}` keeps it from ending the expression. */
function chosen(names: ReadonlyArray<readonly [value: string, name: string]>, key: string): string {
	return `(${JSON.stringify(Object.fromEntries(names))})[${key}]`;
}

/** What is done, in the words of the drop-down. */
function chosenOperation(properties: readonly INodeProperties[]): string {
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap((field) => {
			const [resource = ''] = field.displayOptions?.show?.resource ?? [];
			return namesOf(field).map(([value, name]) => [`${String(resource)}.${value}`, name] as const);
		});
	return chosen(operations, '$parameter["resource"] + "." + $parameter["operation"]');
}

/** "Send · Message": what is done, and to what. */
export function operationSubtitle(properties: readonly INodeProperties[]): string {
	const [resources] = properties.filter(({ name }) => name === 'resource').map(namesOf);
	return `={{ ${chosenOperation(properties)} + " · " + ${chosen(resources ?? [], '$parameter["resource"]')} }}`;
}

/** "Send · SMS.RU": what is done, and through whom. */
export function gatewaySubtitle(properties: readonly INodeProperties[]): string {
	const gateways = properties.filter(({ name }) => name === 'gateway').flatMap(namesOf);
	return `={{ ${chosenOperation(properties)} + " · " + ${chosen(gateways, '$parameter["gateway"]')} }}`;
}

/** "Delivery Report, Incoming Message": what a trigger starts on. */
export function eventsSubtitle(properties: readonly INodeProperties[]): string {
	const events = properties.filter(({ name }) => name === 'events').flatMap(namesOf);
	return `={{ $parameter["events"].map((event) => ${chosen(events, 'event')}).join(", ") }}`;
}
