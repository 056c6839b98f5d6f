/** What requests are called at gateways that can be asked about them, so that a later process knows the name. */
import type { Batch } from '../contract/message';
import type { Sender } from '../contract/sender';
import type { Parcel } from '../journal/journal';
import { referenceOf } from './plan';
import type { Leg } from './start';

/** Names a request by what it is and to whom it goes, for the scope of an execution. */
export type RequestNames = (batch: Batch, texts: readonly string[]) => Parcel['nameIn'];

export function requestNames({ context, gateway, connection }: Leg, sender: Sender): RequestNames {
	if (sender.reconciliation === null) return () => null;
	const node = [context.getWorkflow().id ?? '', context.getNode().id];
	const account = [gateway.id, connection?.account ?? ''];
	return ({ style }, texts) =>
		(scope) =>
			referenceOf(...node, ...account, scope, style, ...texts);
}
