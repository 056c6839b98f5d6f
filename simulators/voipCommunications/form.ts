import type { SimulatedRequest } from '../simulator';

/**
 * PHP reads the two kinds of form, of which the vendor's apps post the multipart one; of any other body it knows no field. A
 * name given twice: it keeps the last.
 */
export function formOf(request: SimulatedRequest): ReadonlyMap<string, string> {
	if (request.form !== null) return new Map(request.form);
	return new Map((request.multipart?.fields ?? []).map(([name, value]) => [name, value.toString('utf8')]));
}
