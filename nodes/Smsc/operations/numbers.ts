/** What is asked of one phone number. */
import type { RowFields } from '../../shared/contract/fields';
import { readNumbers } from '../../shared/contract/fields';

export interface NumberAsk {
	readonly [key: string]: string;
	readonly to: string;
}

export function readNumberAsks(row: RowFields): readonly NumberAsk[] {
	return readNumbers(row).map((to) => ({ to }));
}
