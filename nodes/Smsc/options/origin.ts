/** `imgcode`, `userip` and `pp`: the visitor or partner from whom a request comes. */
import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../shared/contract/fields';
import type { Parameters } from './parameter';
import { parameter } from './parameter';

export const originFields: INodeProperties[] = [
	{
		displayName: 'Captcha Code',
		name: 'captchaCode',
		type: 'string',
		default: '',
		description: 'Code that the visitor typed from the SMSC captcha. Needs User IP.',
	},
	{
		displayName: 'Partner ID',
		name: 'partnerId',
		type: 'string',
		default: '',
		description: 'SMSC partner to credit for this request',
	},
	{
		displayName: 'User IP',
		name: 'userIp',
		type: 'string',
		default: '',
		placeholder: 'e.g. 203.0.113.7',
		description: "IP address of your website's visitor, for the daily limit per address in your SMSC account",
	},
];

export function readOrigin(fields: FieldReader): Parameters {
	const addressFix = "Use the IP address of your website's visitor";
	const userIp = fields.text('userIp', 'User IP', /^[0-9a-fA-F.:]{2,45}$/, addressFix);
	const captchaFix = 'Use the letters of the captcha';
	const captcha = fields.text('captchaCode', 'Captcha Code', /^[A-Za-z0-9]{1,20}$/, captchaFix);
	if (captcha !== undefined && !fields.has('userIp')) {
		fields.refuse('Captcha Code', "needs 'User IP'", 'Set both or neither');
	}
	const partnerFix = 'Use the ID as SMSC gave it';
	const partner = fields.text('partnerId', 'Partner ID', /^[A-Za-z0-9_-]{1,40}$/, partnerFix);
	return { ...parameter('imgcode', captcha), ...parameter('userip', userIp), ...parameter('pp', partner) };
}
