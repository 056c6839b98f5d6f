/** For gateways that have no request to register an address: people paste it into their account. */
import type { IHookFunctions } from 'n8n-workflow';

export const registeredByHand = {
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
