/** The nodes that are compared, and what each signs in with. */
import type { Simulator } from '../../simulators/simulator';
import type { WorkflowNode } from '../../test/e2e/real-n8n/n8n';
import { TEXT } from './rows';

export const CREDENTIALS = {
	smsRu: { id: 'bench-sms-ru', type: 'smsRuApi' },
	smsc: { id: 'bench-smsc', type: 'smscApi' },
	alphaSms: { id: 'bench-alpha', type: 'alphaSmsApi' },
	alphaSmsKey: { id: 'bench-alpha-key', type: 'alphaSmsApi' },
	httpSmsRu: { id: 'bench-http-sms-ru', type: 'httpQueryAuth' },
	minimalSmsRu: { id: 'bench-min-sms-ru', type: 'minimalApi' },
	minimalAlpha: { id: 'bench-min-alpha', type: 'minimalApi' },
} as const;

export type Gateway = 'smsRu' | 'smsc' | 'alphaSms';

const credential = (name: keyof typeof CREDENTIALS): Record<string, unknown> => ({
	[CREDENTIALS[name].type]: { id: CREDENTIALS[name].id, name },
});

export function ours(
	gateway: Gateway,
	parameters: Record<string, unknown>,
	signIn: keyof typeof CREDENTIALS = gateway,
): WorkflowNode {
	return {
		name: 'SMS',
		type: `n8n-nodes-sms-gateways.${gateway}`,
		typeVersion: 1,
		parameters: { resource: 'message', operation: 'send', options: {}, ...parameters },
		credentials: credential(signIn),
	};
}

/** As n8n's editor writes them when a column is dragged into the field. */
export const dragged = { to: '={{ $json.phone }}', message: '=Hello {{ $json.name }}, your order is ready' };
export const oneText = { to: dragged.to, message: TEXT };
/** The same from the node before, as when a column of a node further up is dragged. */
export const paired = {
	to: "={{ $('Rows').item.json.phone }}",
	message: "=Hello {{ $('Rows').item.json.name }}, your order is ready",
};
/** The same fields in a form that is left to n8n. */
export const evaluated = {
	to: '={{ $input.item.json.phone }}',
	message: '=Hello {{ $input.item.json.name }}, your order is ready',
};

/** As people build it by hand. With a credential, the key is no part of the workflow. */
export function httpRequestNode(url: string, apiId: string | null, options: object = {}): WorkflowNode {
	const field = (name: string, value: string): Record<string, string> => ({ name, value });
	const withCredential = apiId === null;
	return {
		name: 'SMS',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${url}/sms/send`,
			...(withCredential
				? { authentication: 'genericCredentialType', genericAuthType: 'httpQueryAuth' }
				: {}),
			sendBody: true,
			contentType: 'form-urlencoded',
			bodyParameters: {
				parameters: [
					field('to', '={{ $json.phone }}'),
					field('msg', '=Hello {{ $json.name }}, your order is ready'),
					field('json', '1'),
					...(withCredential ? [] : [field('api_id', apiId)]),
				],
			},
			options,
		},
		...(withCredential ? { credentials: credential('httpSmsRu') } : {}),
	};
}

export const noNode: WorkflowNode = {
	name: 'SMS',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	parameters: {},
};

/** A node that does nothing but ask the helper: what is lost beyond it is lost in our code. */
function minimalNode(
	parameters: Readonly<Record<string, unknown>>,
	credentialName: 'minimalSmsRu' | 'minimalAlpha',
) {
	return {
		name: 'SMS',
		type: 'CUSTOM.minimal',
		typeVersion: 1,
		parameters: { numberName: 'to', ...parameters },
		credentials: credential(credentialName),
	} satisfies WorkflowNode;
}

export const minimalSmsRu = ({ baseUrl, credentials }: Simulator): WorkflowNode =>
	minimalNode(
		{
			url: `${baseUrl}/sms/send`,
			body: `msg=${encodeURIComponent(TEXT)}&json=1&api_id=${credentials.apiId}`,
			inFlight: 1,
			withAuthentication: false,
		},
		'minimalSmsRu',
	);

export const minimalAlpha = ({ baseUrl }: Simulator): WorkflowNode =>
	minimalNode(
		{
			url: `${baseUrl}/api/http.php`,
			body: `version=http&command=send&from=ACME&message=${encodeURIComponent(TEXT)}`,
			inFlight: 8,
			withAuthentication: true,
		},
		'minimalAlpha',
	);
