/**
 * What a keystroke in the panel costs because of the hints: all conditions of Send SMS, evaluated by n8n's own engine as
 * its editor does at every change. `npx tsx bench/hints.ts`.
 */
import type { INode, INodeType } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { offered } from '../nodes/SendSms/gateways';
import { chosenGatewayHints } from '../nodes/shared/panel/liveHints';
import { bestOf, printTable } from './measure';

const MESSAGES: ReadonlyArray<readonly [name: string, message: string]> = [
	['a short text', 'Your order is ready'],
	['700 characters of Cyrillic', 'Ваш заказ готов. '.repeat(42).slice(0, 700)],
	['1,530 characters with a curly quote', `It’s ${'ready to be collected. '.repeat(70)}`.slice(0, 1530)],
];

const hints = chosenGatewayHints(offered);

const type = { description: { properties: [] } } as unknown as INodeType;
const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };

/** @returns how many hints are shown for a message with one letter more at each call */
function typing(message: string): () => number {
	const node: INode = { id: 'n', name: 'SMS', type: 'n', typeVersion: 1, position: [0, 0], parameters: {} };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const parameters = { resource: 'message', operation: 'send', gateway: 'smsRu', inTestRuns: 'send' };
	let typed = 0;
	return () => {
		node.parameters = { ...parameters, to: '+79161234567', message: `${message}${typed++ % 10}` };
		return hints.filter(
			({ displayCondition = '' }) =>
				workflow.expression.getParameterValue(
					displayCondition,
					null,
					0,
					0,
					node.name,
					[{ json: { name: 'Ivan' } }],
					'manual',
					{},
				) === true,
		).length;
	};
}

const rows = MESSAGES.map(([name, message]) => {
	const type = typing(message);
	return [name, String(type()), (1000 / bestOf(type)).toFixed(2)];
});
printTable([[`${hints.length} hints of Send SMS`, 'shown', 'ms a keystroke'], ...rows]);
