/** Whether an item is what n8n shows of it before a first run. */
import type { INodeType } from 'n8n-workflow';
import { outputSchemas } from '../../nodes/SendSms/outputSchemas';
import type { OutputSchema, PropertySchema } from '../../nodes/shared/contract/outputSchema';
import { listed } from './listed';

export const nodes = listed<INodeType>('nodes', ({ description }) => description.name);

/** @throws when there is none */
export function schemaFor(node: string, path: string): OutputSchema {
	const type = nodes[node];
	if (type === undefined) throw new Error(`There is no node ${node}`);
	const schema = outputSchemas(type.description)[path];
	if (schema === undefined) throw new Error(`${node} has no schema ${path}`);
	return schema;
}

/** What does not fit, in words; empty when all does. Nothing is required: a key that only some items have is in the schema. */
export function misfits(value: unknown, schema: OutputSchema | PropertySchema, at = ''): string[] {
	if (value === null || value === undefined) return [];
	const type = Array.isArray(value) ? 'array' : typeof value;
	if (type !== schema.type) return [`${at} is ${type}, not ${schema.type}`];
	if (Array.isArray(value)) {
		const { items } = schema as PropertySchema;
		return items === undefined ? [] : value.flatMap((one, n) => misfits(one, items, `${at}[${n}]`));
	}
	const { properties } = schema;
	if (typeof value !== 'object' || properties === undefined) return [];
	return Object.entries(value).flatMap(([key, inside]) => {
		// Only with Include Raw Reply.
		if (at === '' && key === 'raw') return [];
		const own = properties[key];
		return own === undefined ? [`${at}.${key} is not in the schema`] : misfits(inside, own, `${at}.${key}`);
	});
}
