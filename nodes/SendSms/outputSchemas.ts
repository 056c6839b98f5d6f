/**
 * Where n8n looks for what a node usually outputs: `__schema__/v<version>/<resource>/<operation>.json` beside it, and for
 * a trigger, which has no operations, `__schema__/v<version>.json`. Written by the build, and read by nothing of ours.
 */
import type { INodeTypeDescription } from 'n8n-workflow';
import type { EventKind } from '../shared/contract/event';
import { EVENT_KINDS } from '../shared/contract/event';
import type { BilledOperation, Gateway } from '../shared/contract/gateway';
import { BALANCE, STATUS } from '../shared/contract/operation';
import type { OutputSchema } from '../shared/contract/outputSchema';
import {
	answerSchema,
	checkCodeSchema,
	eventSchema,
	operationSchema,
	previewSchema,
	sendCodeSchema,
	sendSchema,
} from '../shared/contract/outputSchema';
import type { ResultKey } from '../shared/contract/resultKeys';
import { GATEWAY_IDS, gateways } from './gateways';

/** By the path below `__schema__`. */
export type OutputSchemas = Readonly<Record<string, OutputSchema>>;

/** @throws for a node that is no gateway's, nor its trigger, nor Send SMS: it would have none */
export function outputSchemas(description: INodeTypeDescription): OutputSchemas {
	const { name } = description;
	if (name === 'sendSms') return inVersions(description, sendSmsSchemas());
	const gateway = GATEWAY_IDS.find((id) => id === name.replace(/Trigger$/, ''));
	if (gateway === undefined) throw new Error(`${name} belongs to no gateway`);
	const { [gateway]: known } = gateways;
	return inVersions(
		description,
		name === gateway ? gatewaySchemas(known) : { '': eventSchema(kindsOf(description), known.eventDetails) },
	);
}

function inVersions({ version }: INodeTypeDescription, schemas: OutputSchemas): OutputSchemas {
	const versions = [version].flat();
	return Object.fromEntries(
		versions.flatMap((one) =>
			Object.entries(schemas).map(([path, schema]) => [`v${one}.0.0${path}.json`, schema]),
		),
	);
}

function gatewaySchemas({ texts, prices, operations, billedOperations }: Gateway): OutputSchemas {
	return {
		'/message/send': sendSchema(true, texts.detailKeys),
		'/message/sendAndWait': answerSchema(),
		'/message/preview': previewSchema(prices !== null),
		'/oneTimeCode/send': sendCodeSchema(texts.detailKeys),
		'/oneTimeCode/check': checkCodeSchema(),
		...Object.fromEntries([
			...operations.map(({ resource, operation, keys }) => [
				`/${resource}/${operation}`,
				operationSchema(keys),
			]),
			...billedOperations.map((one) => [`/${one.resource}/${one.operation}`, billedSchema(one)]),
		]),
	};
}

function billedSchema({ sender, followUp }: BilledOperation): OutputSchema {
	const isText = sender.isTextMessage({ scheduledFor: null, testMode: false });
	return sendSchema(isText, [...sender.detailKeys, ...(followUp?.operation.keys ?? [])]);
}

/** What the gateways have in common; of texts and balances, what any of them has. */
function sendSmsSchemas(): OutputSchemas {
	const all = GATEWAY_IDS.map((id) => gateways[id]);
	const details = all.flatMap(({ texts }) => texts.detailKeys);
	const balances = all.flatMap(({ operations }): readonly ResultKey[] =>
		operations.flatMap(({ operation, keys }) => (operation === BALANCE.operation ? keys : [])),
	);
	return {
		// The attempts are told where a backup gateway had to step in.
		'/message/send': sendSchema(true, ['attempts', ...details]),
		'/message/sendAndWait': answerSchema(),
		'/message/preview': previewSchema(true),
		'/oneTimeCode/send': sendCodeSchema(details),
		'/oneTimeCode/check': checkCodeSchema(),
		'/message/cancel': operationSchema(['deleted']),
		'/message/getStatus': operationSchema(STATUS.keys),
		'/account/getBalance': operationSchema(balances),
	};
}

function kindsOf({ properties }: INodeTypeDescription): readonly EventKind[] {
	const options = properties.find(({ name }) => name === 'events')?.options ?? [];
	return EVENT_KINDS.filter((kind) => options.some((option) => 'value' in option && option.value === kind));
}
