/** The package's nodes and credentials as n8n finds them: by the lists in package.json, from their sources. */
import path from 'node:path';
import { n8n } from '../../package.json';

/** By internal name. `dist/nodes/Smsc/Smsc.node.js` has the class Smsc. */
export function listed<T>(what: 'nodes' | 'credentials', nameOf: (instance: T) => string): Readonly<Record<string, T>> {
	const instances = n8n[what].map((file) => {
		const source = path.join(__dirname, '..', '..', file.replace(/^dist\//, '').replace(/\.js$/, ''));
		const classes = jest.requireActual<Record<string, new () => T>>(source);
		const Listed = classes[path.basename(source).split('.')[0] ?? ''];
		if (Listed === undefined) throw new Error(`${file} is in package.json, and its source has no class of that name`);
		return new Listed();
	});
	return Object.fromEntries(instances.map((instance) => [nameOf(instance), instance]));
}
