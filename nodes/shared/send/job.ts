import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { BilledOperation, Gateway } from '../contract/gateway';
import type { Sender } from '../contract/sender';
import { clock } from '../time/clock';
import type { Asking } from './asking';
import { readAsking, sampleLink } from './asking';

/** A gateway that gets what the one before it certainly did not take. */
export interface Backup {
	readonly gateway: Gateway;
	/** The field with the sender for it, as it is saved and as people see it. */
	readonly from: { readonly name: string; readonly label: string };
}

/** What a node was asked to send, before any of it is read. */
export interface Job {
	readonly context: IExecuteFunctions;
	/** The first that is asked. */
	readonly gateway: Gateway;
	/** In the order in which they are asked. */
	readonly backups: readonly Backup[];
	/** What is sent instead of texts (a code call, a number lookup); null for texts. */
	readonly billed: BilledOperation | null;
	readonly sender: Sender;
	/** Names of the gateway's fields beside the options, for texts. */
	readonly ownFields: readonly string[];
	readonly items: readonly INodeExecutionData[];
	/** Each text has a code in it, of its own. */
	readonly makesCodes: boolean;
	/** What a person is to answer; null where nothing is asked. */
	readonly asking: Asking | null;
	/** Goes out behind the text. */
	readonly link: string | null;
	/** Nothing is to be sent. */
	readonly isPreview: boolean;
	/** When the run began, in epoch milliseconds. */
	readonly now: number;
}

export function createJob(
	context: IExecuteFunctions,
	gateway: Gateway,
	kind: {
		readonly billed?: BilledOperation;
		readonly isPreview?: boolean;
		readonly asks?: boolean;
		readonly backups?: readonly Backup[];
		readonly makesCodes?: boolean;
	} = {},
): Job {
	const { billed = null, isPreview = false, asks = false, backups = [], makesCodes = false } = kind;
	const now = clock.now();
	const asking = asks ? readAsking(context, gateway.displayName, now) : null;
	// A code is one person's: a group has none.
	const texts = makesCodes ? { ...gateway.texts, readOtherRecipient: () => null } : gateway.texts;
	return {
		context,
		gateway,
		backups,
		billed,
		sender: billed?.sender ?? texts,
		ownFields: billed === null && !makesCodes ? gateway.messageFields.map(({ name }) => name) : [],
		items: context.getInputData(),
		makesCodes,
		asking,
		link: isPreview ? sampleLink(context) : (asking?.link ?? null),
		isPreview,
		now,
	};
}
