/** The engine of the tests itself: a name that it does not know is no other node. */
import { runNode, searchList } from './engine';

it.each(['smsk', 'rows', 'toString', ''])('refuses to run a node called %j', async (node) => {
	await expect(runNode({ node, parameters: {}, credentials: {} })).rejects.toThrow(`no node "${node}"`);
});

it('refuses to search a list of a node that does not exist', async () => {
	await expect(searchList('smsk', 'senders', {})).rejects.toThrow('no node "smsk"');
});
