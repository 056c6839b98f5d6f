/** Fills the list of senders behind `From`. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Gateway } from '../contract/gateway';
import { asText } from '../contract/json';

/** n8n's list search over a gateway's `sender.getAll`: rows with a `sender`. */
export function senderSearch(gateway: Gateway) {
	return async function searchSenders(
		this: ILoadOptionsFunctions,
		filter = '',
	): Promise<INodeListSearchResult> {
		const operation = gateway.operations.find(
			(one) => one.resource === 'sender' && one.operation === 'getAll',
		);
		if (operation === undefined) return { results: [] };
		const { queryOnce } = await import('./queryOnce');
		const answer = await queryOnce(this, gateway, operation, {});
		if ('failure' in answer) {
			const { message, hint } = answer.failure;
			throw new NodeOperationError(this.getNode(), message, { description: hint });
		}
		const results = answer.rows
			.flatMap(({ sender }) => asText(sender) ?? [])
			.filter((sender) => sender.toLowerCase().includes(filter.toLowerCase()))
			.map((sender) => ({ name: sender, value: sender }));
		return { results };
	};
}
