/** For gateways without a request that registers a URL: people paste it into their account. */
import type { IHookFunctions, IWebhookDescription } from 'n8n-workflow';

/** One address for both methods: which of them the gateway uses is a setting there. */
export const manualWebhooks: IWebhookDescription[] = (['POST', 'GET'] as const).map((httpMethod) => ({
	name: httpMethod === 'POST' ? 'default' : 'setup',
	httpMethod,
	responseMode: 'onReceived',
	responseData: '',
	path: 'webhook',
}));

export const registeredManually = {
	async checkExists(this: IHookFunctions): Promise<boolean> {
		return true;
	},
	async create(this: IHookFunctions): Promise<boolean> {
		return true;
	},
	async delete(this: IHookFunctions): Promise<boolean> {
		return true;
	},
};
