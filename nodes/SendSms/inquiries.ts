/** Which gateway is asked about which row: the one that the row names, as results of Send do. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Gateway } from '../shared/contract/gateway';
import type { Refused } from '../shared/contract/outcome';
import { refuseInput } from '../shared/contract/outcome';
import type { RefusedRow } from '../shared/operations/items';
import type { Inquiry } from '../shared/operations/run';
import { lacksOperation } from '../shared/output/refusal';
import type { Refusal } from './choice';
import { readGateways } from './choice';
import { gateways, offered } from './gateways';
import { OTHER_GATEWAYS, cancel, getBalance, getStatus } from './operations';

export interface Inquiries {
	readonly inquiries: readonly Inquiry[];
	readonly refused: readonly RefusedRow[];
}

/** Null for an operation that does not ask several. */
export function readInquiries(context: IExecuteFunctions, first: Gateway): Inquiries | Refusal | null {
	const resource = context.getNodeParameter('resource', 0, 'message');
	const operation = context.getNodeParameter('operation', 0, 'send');
	const shown = [cancel, getStatus, getBalance].find(
		(one) => one.resource === resource && one.operation === operation,
	);
	if (shown === undefined) return null;
	const inUse = readInUse(context, first);
	if ('refusal' in inUse) return inUse;
	const isAboutRow = shown !== getBalance;
	const inquiries: Inquiry[] = [];
	const refused: RefusedRow[] = [];
	const rows = context.getInputData().map(({ json }) => (isAboutRow ? namedIn(json, first) : null));
	for (const gateway of inUse) {
		const covers = (row: number): boolean => rows[row] === null || rows[row]?.id === gateway.id;
		const own = gateway.operations.find(
			(one) => one.resource === shown.resource && one.operation === shown.operation,
		);
		if (own !== undefined) inquiries.push({ gateway, operation: own, covers });
		else
			for (const row of rows.keys())
				if (covers(row)) refused.push({ row, gateway, refusal: lacksOperation(gateway) });
	}
	for (const [row, named] of rows.entries()) {
		if (named === null || inUse.some(({ id }) => id === named.id)) continue;
		refused.push({ row, gateway: named, refusal: notInUse(named) });
	}
	return { inquiries, refused };
}

/** The first one, and the others in the order of their names in the panel. */
function readInUse(context: IExecuteFunctions, first: Gateway): readonly Gateway[] | Refusal {
	const ids = readGateways(context, OTHER_GATEWAYS);
	if ('refusal' in ids) return ids;
	const others = [...new Set(ids)].map((id) => gateways[id]);
	return [first, ...others.filter(({ id }) => id !== first.id)];
}

/** What else stands in such a column is about something else. */
function namedIn({ gateway }: Readonly<Record<string, unknown>>, first: Gateway): Gateway {
	return offered.find(({ id }) => id === gateway) ?? first;
}

function notInUse({ displayName, credential }: Gateway): Refused {
	const fix =
		credential === null ? "Choose it in 'Gateway'" : `Add ${displayName} in '${OTHER_GATEWAYS.label}'`;
	return refuseInput(
		'invalid_parameter',
		`This text went through ${displayName}, which this node does not ask.`,
		`${fix}, or ask about these rows in another node.`,
	);
}
