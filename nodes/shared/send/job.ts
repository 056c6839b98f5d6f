import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { BilledOperation, Gateway } from '../contract/gateway';
import type { Sender } from '../contract/sender';
import { clock } from '../time/clock';
import type { WaitSettings } from './waitSettings';
import { readWaitSettings, sampleLink } from './waitSettings';
import type { Place, RoutePlan } from './places';

/** What a node was asked to send, before any of it is read. */
export interface Job {
	readonly context: IExecuteFunctions;
	/** The first that is asked. */
	readonly gateway: Gateway;
	/** In the order in which they are asked. */
	readonly backups: readonly Place[];
	readonly routes: readonly RoutePlan[];
	/** Of the gateways that a text may go through, the one that tells the lowest price for it is the first. */
	readonly cheapestFirst: boolean;
	/** What is sent instead of texts (a code call, a number lookup); null for texts. */
	readonly billed: BilledOperation | null;
	readonly sender: Sender;
	/** Names of the gateway's fields beside the options, for texts. */
	readonly ownFields: readonly string[];
	readonly items: readonly INodeExecutionData[];
	/** Each text has a code in it, of its own. */
	readonly makesCodes: boolean;
	/** What a person is to answer; null where nothing is asked. */
	readonly wait: WaitSettings | null;
	/** Goes out behind the text. */
	readonly link: string | null;
	/** Nothing is to be sent. */
	readonly isPreview: boolean;
	/** When the run began, in epoch milliseconds. */
	readonly now: number;
}

/** Gateways besides the first. */
export type OtherGateways = Pick<Job, 'backups' | 'routes' | 'cheapestFirst'>;

export const NO_OTHERS: OtherGateways = { backups: [], routes: [], cheapestFirst: false };

export function createJob(
	context: IExecuteFunctions,
	gateway: Gateway,
	kind: {
		readonly billed?: BilledOperation;
		readonly isPreview?: boolean;
		readonly waits?: boolean;
		readonly others?: OtherGateways;
		readonly makesCodes?: boolean;
	} = {},
): Job {
	const { billed = null, isPreview = false, waits = false, others = NO_OTHERS, makesCodes = false } = kind;
	const now = clock.now();
	const wait = waits ? readWaitSettings(context, gateway.displayName, now) : null;
	// A code is one person's: a group has none.
	const texts = makesCodes ? { ...gateway.texts, readOtherRecipient: () => null } : gateway.texts;
	return {
		context,
		gateway,
		...others,
		billed,
		sender: billed?.sender ?? texts,
		ownFields: billed === null && !makesCodes ? gateway.ownMessageFields.map(({ name }) => name) : [],
		items: context.getInputData(),
		makesCodes,
		wait,
		link: isPreview ? sampleLink(context) : (wait?.link ?? null),
		isPreview,
		now,
	};
}
