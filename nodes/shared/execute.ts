/** What a node is asked to do: query the gateway, send something that is billed, send texts, or preview them. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';
import { checkCodes } from './codes/run';
import type { Gateway } from './contract/gateway';
import { runOperation } from './operations/run';
import { lacksOperation, refuseEveryRow } from './output/refusal';
import type { OtherGateways } from './send/job';
import { NO_OTHERS, createJob } from './send/job';
import { preview, send } from './send/run';

/**
 * Runs the node's operation for all items. With On Error = Stop Workflow it throws only when nothing was accepted; with
 * the other settings it never throws: n8n (1.123 and 2.41) would send every row to the success output.
 */
export async function executeSmsNode(
	context: IExecuteFunctions,
	gateway: Gateway,
	others: OtherGateways = NO_OTHERS,
): Promise<INodeExecutionData[][]> {
	if (context.getInputData().length === 0) return [[]];
	const resource = context.getNodeParameter('resource', 0, 'message');
	const operation = context.getNodeParameter('operation', 0, 'send');
	const isChosen = (one: { resource: string; operation: string }): boolean =>
		one.resource === resource && one.operation === operation;

	const query = gateway.operations.find(isChosen);
	if (query !== undefined) return [await runOperation(context, gateway, query)];
	const billed = gateway.billedOperations.find(isChosen);
	if (billed !== undefined) return [await send(createJob(context, gateway, { billed }))];
	if (resource === 'message' && operation === 'send')
		return [await send(createJob(context, gateway, { others }))];
	if (resource === 'message' && operation === SEND_AND_WAIT_OPERATION)
		return [await send(createJob(context, gateway, { others, waits: true }))];
	if (resource === 'message' && operation === 'preview') {
		return [await preview(createJob(context, gateway, { isPreview: true, others }))];
	}
	if (resource === 'oneTimeCode' && operation === 'send') {
		return [await send(createJob(context, gateway, { makesCodes: true }))];
	}
	if (resource === 'oneTimeCode' && operation === 'check') return [await checkCodes(context, gateway)];
	return [refuseEveryRow(context, gateway, lacksOperation(gateway))];
}
