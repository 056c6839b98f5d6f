/** What a node remembers belongs to that node. */
import { type MortalN8n, until } from '../real-n8n/mortal';
import { PEOPLE, caseOf, itemsOf, textsTo } from '../real-n8n/mortalCases';
import { fresh } from '../real-n8n/stage';

/** A copied node is another node: it knows of nothing that was sent, and the one it was copied from forgets nothing. */
export async function copiedNode(mortal: MortalN8n): Promise<void> {
	const { active, gateway, rows: rowsOf } = await caseOf(mortal, 'smsRu', 'again');
	const simulator = fresh(mortal.gateways[gateway]);
	const rows = rowsOf('copied', 0);
	const each = (): number[] => rows.map(({ phone = '' }) => textsTo(simulator, phone));
	await mortal.run(active, rows);
	expect(each()).toEqual(rows.map(() => 1));
	await mortal.change(active, ({ nodes, connections, ...workflow }) => {
		const node = nodes.find(({ name }) => name === 'SMS');
		if (node === undefined) throw new Error('There is no node to copy');
		// As the editor pastes it: with a name and an id of its own.
		const copy = { ...node, name: 'SMS1', id: '00000000-0000-4000-8000-00000000c0b1' };
		const both = [node, copy].map(({ name }) => ({ node: name, type: 'main', index: 0 }));
		return { ...workflow, nodes: [...nodes, copy], connections: { ...connections, Rows: { main: [both] } } };
	});
	// A moment passes until n8n runs what was published. The copy then sends to all, once.
	await until(async () => itemsOf(mortal, await mortal.run(active, rows), 'SMS1').length === PEOPLE);
	expect(each()).toEqual(rows.map(() => 2));
	await mortal.run(active, rows);
	expect(each()).toEqual(rows.map(() => 2));
}
