import type { DeliveryState, VendorState } from '../callbacks';

/** https://developers.africastalking.com/docs/sms/sending/bulk: `statusCode` of one recipient. */
export const STATUS_WORDS: Readonly<Record<string, string>> = {
	'100': 'Processed',
	'101': 'Sent',
	'102': 'Queued',
	'401': 'RiskHold',
	'402': 'InvalidSenderId',
	'403': 'InvalidPhoneNumber',
	'404': 'UnsupportedNumberType',
	'405': 'InsufficientBalance',
	'406': 'UserInBlacklist',
	'407': 'CouldNotRoute',
	'409': 'DoNotDisturbRejection',
	'500': 'InternalServerError',
	'501': 'GatewayError',
	'502': 'RejectedByGateway',
};

export const isAccepted = (code: string): boolean => ['100', '101', '102'].includes(code);

/** The page's samples and recorded traffic: the word beside 100, 101 and 102 is "Success", never the table's. */
export const wordFor = (code: string): string =>
	isAccepted(code) ? 'Success' : (STATUS_WORDS[code] ?? 'Failed');

/** https://developers.africastalking.com/docs/sms/notifications: `status` of a delivery report. */
export const REPORT_STATES: Readonly<Partial<Record<DeliveryState, VendorState>>> = {
	sending: { code: 'Sent' },
	sent: { code: 'Submitted' },
	queued: { code: 'Buffered' },
	delivered: { code: 'Success' },
	undelivered: { code: 'Failed', error: 'DeliveryFailure' },
	rejected: { code: 'Rejected', error: 'UserInBlackList' },
	expired: { code: 'Expired' },
};

/** The same page: "Only provided if status is Rejected or Failed." */
export const hasReason = (status: string): boolean => status === 'Rejected' || status === 'Failed';

const SANDBOX_NETWORK = '99999';
/** The page's first network of each country that it lists. */
const NETWORKS: ReadonlyArray<readonly [prefix: string, network: string]> = [
	['234', '62120'],
	['250', '63510'],
	['254', '63902'],
	['255', '64002'],
	['256', '64101'],
	['265', '65001'],
];

export const networkOf = (digits: string, isSandbox: boolean): string =>
	isSandbox ? SANDBOX_NETWORK : (NETWORKS.find(([prefix]) => digits.startsWith(prefix))?.[1] ?? '63902');
