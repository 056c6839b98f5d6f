/**
 * The Resource and Operation drop-downs of a node, and the fields of its operations, made from what a gateway can do.
 *
 * A credential that depends on one of these fields names it with a slash (`'/operation'`), which n8n reads as "from the
 * top". Without it, n8n's editor (2.41) can take the field for a choice of authentication, and leaves it out of the panel.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { BilledOperation, Gateway } from '../contract/gateway';
import type { Operation } from '../contract/operation';
import type { Sender } from '../contract/sender';
import { reachesSomebody } from '../contract/testRuns';
import { OPTIONS, collection } from './collection';
import { includeLinkField } from './waitFields';
import { codeFields } from './codeFields';
import type { Home } from './defaultCountry';
import { defaultCountryFields } from './defaultCountry';
import { limitsField } from './limitFields';
import { includePriceField, messageFields, onSend, onSendAndPreview } from './messageFields';
import type { OptionFieldChoice } from './optionsField';
import { expertOptionsFields, optionsField } from './optionsField';
import { includeRawField, sendBracesField, timeoutField } from './runOptionFields';
import { selectors } from './selectors';
import { testRunFields } from './testRunFields';

const returnMany: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const waiting: INodeProperties[] = [
	{
		displayName: 'Wait Until Final',
		name: 'waitUntilFinal',
		type: 'boolean',
		default: false,
		description:
			'Whether to poll at increasing intervals until each message is delivered or failed. The workflow waits.',
	},
	{
		displayName: 'Maximum Wait (Minutes)',
		name: 'waitMinutes',
		type: 'number',
		typeOptions: { minValue: 0.1, maxValue: 1440, numberPrecision: 1 },
		default: 10,
		displayOptions: { show: { waitUntilFinal: [true] } },
		description: 'After this time, each message is returned with the status it has by then',
	},
];

/** For what is asked because of its answer. */
const waitingAtFirst = waiting.map((field) =>
	field.name === 'waitUntilFinal' ? { ...field, default: true } : field,
);

const queryTimeoutField: INodeProperties = { ...timeoutField, description: 'How long to wait for a reply' };

/** Shows a field with one operation only, besides what it asks for itself. */
function shownWith(field: INodeProperties, resource: string, operation: string): INodeProperties {
	const show = { ...field.displayOptions?.show, resource: [resource], operation: [operation] };
	return { ...field, displayOptions: { ...field.displayOptions, show } };
}

/** Shows a field with sending and preview, besides what it asks for itself. */
function shownOnMessages(field: INodeProperties): INodeProperties {
	const show = { ...field.displayOptions?.show, ...onSendAndPreview.show };
	return { ...field, displayOptions: { ...field.displayOptions, show } };
}

function optionsOf(resource: string, operation: string, fields: readonly INodeProperties[]): INodeProperties {
	return shownWith(collection(OPTIONS, fields), resource, operation);
}

/** What the panel shows of an operation. */
export type OperationShown = Pick<
	Operation,
	| 'resource'
	| 'operation'
	| 'name'
	| 'action'
	| 'description'
	| 'fields'
	| 'optionFields'
	| 'returnsMany'
	| 'simplified'
	| 'tellsStatus'
>;

/** Fields with Default Country behind the one that takes numbers. */
function withDefaultCountry(fields: readonly INodeProperties[], homes: readonly Home[]): INodeProperties[] {
	return fields.flatMap((field) =>
		field.name === 'to' ? [field, ...defaultCountryFields(homes, field.displayOptions ?? {})] : [field],
	);
}

/** The fields of all operations, each shown with its own operation. */
export function operationFields(
	operations: readonly OperationShown[],
	homes: readonly Home[],
): INodeProperties[] {
	return operations.flatMap((one) => {
		const own = [
			...withDefaultCountry(one.fields, homes),
			...(one.returnsMany === true ? returnMany : []),
			...(one.simplified === undefined ? [] : [simplify]),
			...(one.tellsStatus === true ? waiting : []),
		];
		return [
			...own.map((field) => shownWith(field, one.resource, one.operation)),
			optionsOf(one.resource, one.operation, [
				includeRawField,
				queryTimeoutField,
				...(one.optionFields ?? []),
			]),
		];
	});
}

/** Whether it is texts that go out where nothing else is asked for. */
const sendsTexts = (sender: Sender): boolean => sender.isTextMessage({ scheduledFor: null, testMode: false });

/** The fields of what is sent besides texts. */
export function billedOperationFields(
	sendings: readonly BilledOperation[],
	homes: readonly Home[],
): INodeProperties[] {
	return sendings.flatMap(({ resource, operation, fields, optionFields, sender, followUp }) => [
		...[...withDefaultCountry(fields, homes), ...(followUp === null ? [] : waitingAtFirst)].map((field) =>
			shownWith(field, resource, operation),
		),
		...(reachesSomebody({ resource })
			? testRunFields({ show: { resource: [resource], operation: [operation] } })
			: []),
		optionsOf(resource, operation, [
			...(fields.some(({ name }) => name === 'message') ? [sendBracesField] : []),
			includeRawField,
			queryTimeoutField,
			...optionFields,
		]),
		...(sendsTexts(sender) ? [limitsField({ show: { resource: [resource], operation: [operation] } })] : []),
	]);
}

/**
 * All fields of a gateway's node. `phoneExample`: a number of the country where the gateway is; `senderExample` where a
 * sender is no name.
 */
export function gatewayNodeFields(
	gateway: Gateway,
	{
		phoneExample,
		senderExample,
		...choice
	}: Pick<OptionFieldChoice, 'own' | 'expert' | 'descriptions'> & {
		phoneExample: string;
		senderExample?: string;
	},
): INodeProperties[] {
	const { operations, billedOperations, prices, texts, maxBatchSize } = gateway;
	const listsSenders = operations.some(
		({ resource, operation }) => `${resource}.${operation}` === 'sender.getAll',
	);
	const homes: readonly Home[] = [{ country: gateway.homeCountry, gateways: null }];
	const fields = [
		...selectors([...operations, ...billedOperations]),
		...gateway.ownMessageFields.map((field) => shownOnMessages(field)),
		...messageFields({ listsSenders, homes }),
		...(prices === null ? [] : [includePriceField]),
		includeLinkField,
		...testRunFields(onSend),
		optionsField({ common: texts.commonOptions, maxBatchSize, ...choice }),
		limitsField(onSendAndPreview),
		...expertOptionsFields(choice),
		...operationFields(operations, homes),
		...billedOperationFields(billedOperations, homes),
		...codeFields({ listsSenders, homes }),
	];
	return fields.map((field) => {
		if (field.name === 'to') return { ...field, placeholder: `e.g. ${phoneExample}` };
		if (field.name === 'from' && senderExample !== undefined)
			return { ...field, placeholder: `e.g. ${senderExample}` };
		return field;
	});
}
