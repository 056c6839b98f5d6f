import type { SimulatedReply, World } from '../simulator';
import { identify, MAX_OPEN_REQUESTS, type Account } from './account';
import type { Parameters } from './parameters';
import { CONCURRENT, errorReply, formatOf, type Layout } from './replies';

export interface Checked {
	readonly layout: Layout;
	readonly refusal: SimulatedReply | null;
}

/** What every endpoint but the sending one asks of a request first. */
export function check(parameters: Parameters, account: Account, world: World): Checked {
	const format = formatOf(parameters);
	const layout: Layout = { format: format ?? '0', charset: parameters.charset ?? 'windows-1251' };
	const refused = (code: string): Checked => ({ layout, refusal: errorReply(layout, code) });
	if (world.orders.requestCode !== null) return refused(world.orders.requestCode);
	if (format === null || parameters.charset === undefined || !parameters.readable) return refused('1');
	const identity = identify(parameters, account);
	if (identity !== 'known') return refused(identity === 'missing' ? '1' : '2');
	if (world.openRequests >= MAX_OPEN_REQUESTS) {
		return { layout, refusal: errorReply(layout, '9', undefined, CONCURRENT) };
	}
	return { layout, refusal: null };
}
