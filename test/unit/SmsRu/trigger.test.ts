/** What the trigger of SMS.RU does when n8n switches it on. */
import { Readable } from 'node:stream';
import type { IHookFunctions } from 'n8n-workflow';
import { SmsRuTrigger } from '../../../nodes/SmsRu/SmsRuTrigger.node';

const URL = 'https://n8n.example.com/webhook/x';

/** n8n's side of it, as far as the trigger uses it; `asked` are the addresses that were called. */
function context(credential: object, registered: readonly string[]) {
	const asked: string[] = [];
	const functions = {
		getCredentials: async () => ({ baseUrl: 'https://sms.ru', ...credential }),
		getNode: () => ({ name: 'SMS.RU Trigger', type: 'smsRuTrigger', parameters: {} }),
		getNodeWebhookUrl: () => URL,
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url }: { url: string }) => {
				asked.push(url);
				const body = { status: 'OK', status_code: 100, callback: registered };
				return { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(body))]) };
			},
		},
	};
	// A whole IHookFunctions has forty members that are not used here.
	return { asked, hook: functions as unknown as IHookFunctions };
}

const { checkExists, create } = new SmsRuTrigger().webhookMethods.default;

it.each([
	['login and password', { authentication: 'login', login: '7', password: 'x', apiId: 'old' }],
	['no API ID', { authentication: 'apiId', apiId: ' ' }],
])('with %s it says what it needs, even where its address is registered', async (_, credential) => {
	const { asked, hook } = context(credential, [URL]);
	await expect(checkExists.call(hook)).rejects.toThrow(/needs the API ID/);
	expect(asked).toEqual([]);
});

it('with an API ID it finds its address, or registers it', async () => {
	const credential = { authentication: 'apiId', apiId: 'key' };
	expect(await checkExists.call(context(credential, [URL]).hook)).toBe(true);
	const { asked, hook } = context(credential, []);
	expect(await checkExists.call(hook)).toBe(false);
	expect(await create.call(hook)).toBe(true);
	expect(asked).toEqual(['https://sms.ru/callback/get', 'https://sms.ru/callback/add']);
});
