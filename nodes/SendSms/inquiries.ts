/** Which gateway is asked about which row: the one that the row names, as results of Send do. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Gateway } from '../shared/contract/gateway';
import type { Refused } from '../shared/contract/outcome';
import { refuseInput } from '../shared/contract/outcome';
import type { RefusedRow } from '../shared/operations/items';
import type { Inquiry } from '../shared/operations/run';
import type { Refusal } from './choice';
import { refuseUnknown } from './choice';
import { GATEWAY_IDS, gateways, offered } from './gateways';
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
			for (const row of rows.keys()) if (covers(row)) refused.push(refuseRow(row, gateway, lacks(gateway)));
	}
	for (const [row, named] of rows.entries()) {
		if (named === null || inUse.some(({ id }) => id === named.id)) continue;
		refused.push(refuseRow(row, named, notInUse(named)));
	}
	return { inquiries, refused };
}

/** The first one, and the others in the order of their names in the panel. */
function readInUse(context: IExecuteFunctions, first: Gateway): readonly Gateway[] | Refusal {
	const wanted = context.getNodeParameter(OTHER_GATEWAYS.name, 0, []);
	const inUse: Gateway[] = [first];
	for (const one of Array.isArray(wanted) ? wanted : [wanted]) {
		if (one === '') continue;
		const id = GATEWAY_IDS.find((known) => known === one);
		if (id === undefined) return refuseUnknown(one, OTHER_GATEWAYS.label);
		if (!inUse.some((known) => known.id === id)) inUse.push(gateways[id]);
	}
	return inUse;
}

/** What else stands in such a column is about something else. */
function namedIn({ gateway }: Readonly<Record<string, unknown>>, first: Gateway): Gateway {
	return offered.find(({ id }) => id === gateway) ?? first;
}

const refuseRow = (row: number, gateway: Gateway, refusal: Refused): RefusedRow => ({
	row,
	gateway,
	refusal,
});

function lacks({ displayName }: Gateway): Refused {
	return refuseInput(
		'invalid_parameter',
		`${displayName} does not support this operation.`,
		'Choose another gateway or another operation.',
	);
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
