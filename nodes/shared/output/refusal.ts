import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import type { Refused } from '../contract/outcome';
import { refuseInput } from '../contract/outcome';
import { createRedactor } from '../requests/redaction';
import { failureJson, hasErrorOutput, nodeError } from './failure';

/** Every row fails with the same refusal, before anything is read. @throws the refusal with On Error = Stop Workflow */
export function refuseEveryRow(
	context: IExecuteFunctions,
	gateway: Pick<Gateway, 'id'> & Partial<Pick<Gateway, 'credential'>>,
	refusal: Refused,
): INodeExecutionData[] {
	const items = context.getInputData();
	const redactor = createRedactor([]);
	if (items.length > 0 && !context.continueOnFail()) {
		throw nodeError(context.getNode(), refusal, { isInput: true, row: 0, redactor });
	}
	const isTest = gateway.credential === null;
	const failure = { redactor, gateway, to: '', accepted: false, raw: {}, isTest } as const;
	const json = failureJson(
		refusal,
		{ ...failure, hasErrorOutput: hasErrorOutput(context) },
		{ status: 'rejected', accepted: false },
	);
	return items.map((_, item) => ({ json, pairedItem: { item } }));
}

/** Send SMS offers what most gateways can do. */
export function lacksOperation({ displayName }: Gateway): Refused {
	return refuseInput(
		'invalid_parameter',
		`${displayName} does not support this operation.`,
		'Choose another gateway or another operation.',
	);
}
