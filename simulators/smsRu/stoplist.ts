import { memoryOf } from '../memory';
import type { SimulatedReply, World } from '../simulator';
import { failReply, object, okReply } from './replies';
import { normalisePhone, type Parameters } from './request';

/** Numbers that get nothing from this account, and why. */
const stopListOf = (world: World): Map<string, string> =>
	memoryOf(world, 'stopList', () => new Map<string, string>());

export const isStopped = (digits: string, world: World): boolean => stopListOf(world).has(digits);

/** `/stoplist/add`, `/stoplist/del` and `/stoplist/get`. */
export function manageStopList(
	action: 'add' | 'del' | 'get',
	parameters: Parameters,
	isJson: boolean,
	world: World,
): SimulatedReply {
	const list = stopListOf(world);
	if (action === 'get') {
		const entries = [...list];
		// PHP writes an empty map as an empty list.
		const json = entries.length === 0 ? [] : object(...entries);
		return okReply(
			isJson,
			[['stoplist', json]],
			entries.map(([phone, note]) => `${phone};${note}`),
		);
	}
	const phone = normalisePhone(parameters.get('stoplist_phone') ?? '');
	// "bad number ⇒ 202"; a note is required as well, and the page's code for a text that is missing is 203.
	if (phone === null) return failReply(isJson, '202');
	if (action === 'del') {
		list.delete(phone);
		return okReply(isJson, [], []);
	}
	const note = parameters.get('stoplist_text') ?? '';
	if (note === '') return failReply(isJson, '203');
	list.set(phone, note);
	return okReply(isJson, [], []);
}
