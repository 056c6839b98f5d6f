/** What a request is called at a gateway that can be asked what became of it. */
import type { Batch } from '../contract/message';
import type { Sender } from '../contract/sender';
import type { Parcel } from '../journal/journal';
import { referenceOf } from './plan';
import type { Leg } from './start';

export type RequestNames = (batch: Batch, texts: readonly string[]) => Parcel['nameIn'];

/** Names a request by what it is and to whom it goes, for the scope of an execution. */
export function requestNames(leg: Leg, sender: Sender): RequestNames {
	const { context, gateway, connection, settings } = leg;
	// With hours, some texts of a request may be too late when it leaves: it would be another one than its name says.
	if (sender.reconciliation === null || settings.limits.allowedHours !== null) return () => null;
	const node = [context.getWorkflow().id ?? '', context.getNode().id];
	const account = [gateway.id, connection?.account ?? ''];
	return ({ style }, texts) =>
		(scope) =>
			referenceOf(...node, ...account, scope, style, ...texts);
}
