import type { SimulatedReply } from '../simulator';
import { replyOf, xml, type Layout } from './replies';

export type Fields = Readonly<Record<string, string | number>>;

const sentence = (fields: Fields): string =>
	Object.entries(fields)
		.map(([name, value]) => `${name} = ${value}`)
		.join(', ');

const element = (fields: Fields): string =>
	Object.entries(fields)
		.map(([name, value]) => `<${name}>${xml(String(value))}</${name}>`)
		.join('');

/** One record. Clients read the JSON form; how the others look is known for few of the endpoints. */
export function recordReply(layout: Layout, fields: Fields): SimulatedReply {
	switch (layout.format) {
		case '0':
			return replyOf(sentence(fields), layout);
		case '1':
			return replyOf(Object.values(fields).join(','), layout);
		case '2':
			return replyOf(`<result>${element(fields)}</result>`, layout);
		case '3':
			return replyOf(JSON.stringify(fields), layout);
	}
}

/** Several records: an array in JSON, one to a line in text. */
export function recordsReply(layout: Layout, rows: readonly Fields[]): SimulatedReply {
	switch (layout.format) {
		case '0':
			return replyOf(rows.map(sentence).join('\n'), layout);
		case '1':
			return replyOf(rows.map((row) => Object.values(row).join(',')).join('\n'), layout);
		case '2':
			return replyOf(`<result>${rows.map((row) => `<row>${element(row)}</row>`).join('')}</result>`, layout);
		case '3':
			return replyOf(JSON.stringify(rows), layout);
	}
}

export const doneReply = (layout: Layout): SimulatedReply =>
	layout.format === '0' || layout.format === '1'
		? replyOf('OK', layout)
		: recordReply(layout, { result: 'OK' });
