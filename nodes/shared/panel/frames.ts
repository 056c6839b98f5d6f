/** What the descriptions of all nodes, and of all triggers, have in common. */
import type { INodeTypeDescription, IWebhookDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

type Frame = Pick<INodeTypeDescription, 'group' | 'version' | 'inputs' | 'outputs'>;

/** The link of Send and Wait for Response. Neither HEAD nor anything else is listed: n8n replies to those itself. */
function answerWebhook(httpMethod: 'GET' | 'POST'): IWebhookDescription {
	return {
		name: 'default',
		httpMethod,
		responseMode: 'onReceived',
		responseData: '',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	};
}

export const nodeFrame: Frame & Pick<INodeTypeDescription, 'webhooks' | 'waitingNodeTooltip'> = {
	group: ['output'],
	version: 1,
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	webhooks: [answerWebhook('GET'), answerWebhook('POST')],
	waitingNodeTooltip:
		'={{ $parameter["operation"] === "sendAndWait" ? "The workflow continues when the person has answered" : "" }}',
};

/**
 * Before n8n hands a call to a trigger of version 1 it evaluates an expression about it, and in 2.x that costs a sandbox:
 * 1,000 calls at once took 56 seconds instead of 12 (2.41.1, sandboxes made when they are needed). Nothing else differs.
 */
const VERSIONS = { version: [1, 2], defaultVersion: 2 };

export const triggerFrame: Frame & Pick<INodeTypeDescription, 'defaultVersion'> = {
	group: ['trigger'],
	...VERSIONS,
	inputs: [],
	outputs: [NodeConnectionTypes.Main],
};
