import { readMultipart } from '../multipart';
import type { SimulatedRequest } from '../simulator';

/**
 * PHP reads the two kinds of form, of which the vendor's apps post the multipart one; of any other body it knows no field. A
 * name given twice: it keeps the last.
 */
export function formOf(request: SimulatedRequest): ReadonlyMap<string, string> {
	if (request.form !== null) return new Map(request.form);
	const { fields = [] } = readMultipart(request.headers['content-type'] ?? '', request.body) ?? {};
	return new Map(fields.map(([name, value]) => [name, value.toString('utf8')]));
}
