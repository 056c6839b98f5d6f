import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { smsRuCredential } from '../nodes/SmsRu/credential';
import { signedBy } from '../nodes/shared/requests/authentication';
import {
	credentialFields,
	failsWhen,
	testRequest,
	wrongAddress,
} from '../nodes/shared/panel/credentialFields';

const WRONG_HOST = wrongAddress('SMS.RU', smsRuCredential);

/** The gateway writes a code as a number; its other numbers come as text as well. */
function failsWithCodes(codes: readonly string[], message: string): Array<ReturnType<typeof failsWhen>> {
	return codes.flatMap((code) =>
		[Number(code), code].map((value) => failsWhen('status_code', value, message)),
	);
}

const sign = signedBy(smsRuCredential);

export class SmsRuApi implements ICredentialType {
	name = 'smsRuApi';

	displayName = 'SMS.RU API';

	icon: Icon = { light: 'file:../icons/smsRu.svg', dark: 'file:../icons/smsRu.dark.svg' };

	documentationUrl = 'https://sms.ru/api';

	properties: INodeProperties[] = credentialFields(smsRuCredential);

	async authenticate(...request: Parameters<typeof sign>): ReturnType<typeof sign> {
		return await sign(...request);
	}

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			...testRequest,
			url: '/auth/check',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: { json: '1' },
		},
		rules: [
			failsWhen('status_code', undefined, WRONG_HOST),
			failsWhen('status', undefined, WRONG_HOST),
			...failsWithCodes(
				['302'],
				'This SMS.RU account has not been confirmed yet. Sign in at SMS.RU and confirm it.',
			),
			...failsWithCodes(['200', '300', '301'], 'SMS.RU does not accept this API ID, login or password.'),
			...failsWithCodes(['220', '500'], 'SMS.RU is temporarily unavailable. Try again later.'),
			...failsWithCodes(['210', '211'], WRONG_HOST),
			failsWhen(
				'status',
				'ERROR',
				'SMS.RU answered this test with an error. Check API ID, login and password, and sign in at SMS.RU to see whether your account is in order.',
			),
		],
	};
}
