/** What the conformance suite has to know of each gateway; everything else is the same for all. */
import type { INodeParameters } from 'n8n-workflow';
import { createAdvantaSms } from '../../simulators/advantaSms';
import { createAlphaSms } from '../../simulators/alphaSms';
import type { GatewayId } from '../../simulators';
import type { GatewaySimulation } from '../../simulators/simulator';
import { createSmsRu } from '../../simulators/smsRu';
import { createSmsc } from '../../simulators/smsc';
import { createVoipCommunications } from '../../simulators/voipCommunications';

export interface Subject {
	/** How the suite calls it, where a gateway stands in it twice. */
	readonly name?: string;
	/** Credential fields that differ from the simulator's own. */
	readonly credentials?: Readonly<Record<string, string>>;
	readonly gateway: GatewayId;
	readonly credentialType: string;
	readonly simulation: () => GatewaySimulation;
	/** Parameters besides to and message. */
	readonly parameters: INodeParameters;
	/** E.164 numbers that the gateway delivers to, the n-th of them. */
	readonly number: (n: number) => string;
	/** Vendor code (or sentence) of a whole request → kind; `null` kinds are told as unclear. */
	readonly requestCodes: ReadonlyArray<readonly [code: string, kind: string, accepted: false | null]>;
	/** Vendor code of one recipient → kind. */
	readonly recipientCode: readonly [code: string, kind: string];
	/** Whether the gateway can be asked what became of a request. */
	readonly canBeAsked: boolean;
	/** Recipients that one request takes. */
	readonly perRequest: number;
	readonly speaksJson: boolean;
}

const refused = (codes: Readonly<Record<string, string>>): Array<readonly [string, string, false]> =>
	Object.entries(codes).map(([code, kind]) => [code, kind, false] as const);
const unclear = (...codes: readonly string[]): Array<readonly [string, string, null]> =>
	codes.map((code) => [code, 'temporary', null] as const);

export const subjects: readonly Subject[] = [
	{
		gateway: 'smsc',
		credentialType: 'smscApi',
		simulation: createSmsc,
		parameters: {},
		number: (n) => `+79${String(161_000_000 + n)}`,
		requestCodes: refused({
			'1': 'invalid_parameter',
			'2': 'authentication',
			'3': 'insufficient_funds',
			'4': 'rate_limited',
			'5': 'invalid_parameter',
			'6': 'content_rejected',
			'7': 'invalid_recipient',
			'8': 'no_route',
			'10': 'rate_limited',
		}),
		recipientCode: ['25', 'no_route'],
		canBeAsked: true,
		perRequest: 100,
		speaksJson: true,
	},
	{
		gateway: 'smsRu',
		credentialType: 'smsRuApi',
		simulation: createSmsRu,
		parameters: {},
		number: (n) => `+79${String(161_000_000 + n)}`,
		requestCodes: [
			...refused({
				'200': 'authentication',
				'201': 'insufficient_funds',
				'202': 'invalid_recipient',
				'203': 'invalid_parameter',
				'204': 'invalid_sender',
				'205': 'invalid_parameter',
				'206': 'rate_limited',
				'207': 'no_route',
				'208': 'invalid_parameter',
				'209': 'blocked_recipient',
				'210': 'invalid_parameter',
				'211': 'invalid_parameter',
				'212': 'invalid_parameter',
				'213': 'invalid_parameter',
				'214': 'no_route',
				'215': 'blocked_recipient',
				'216': 'content_rejected',
				'217': 'content_rejected',
				'220': 'temporary',
				'221': 'invalid_sender',
				'230': 'rate_limited',
				'231': 'duplicate',
				'232': 'duplicate',
				'233': 'rate_limited',
				'300': 'authentication',
				'301': 'authentication',
				'302': 'authentication',
				'501': 'rate_limited',
				'502': 'rate_limited',
				'503': 'rate_limited',
				'504': 'rate_limited',
				'505': 'rate_limited',
				'506': 'rate_limited',
				'507': 'invalid_parameter',
				'508': 'rate_limited',
				'550': 'no_route',
			}),
			...unclear('500'),
		],
		recipientCode: ['215', 'blocked_recipient'],
		canBeAsked: false,
		perRequest: 100,
		speaksJson: true,
	},
	{
		name: 'alphaSms with its API key (JSON)',
		gateway: 'alphaSms',
		credentialType: 'alphaSmsApi',
		simulation: createAlphaSms,
		parameters: { from: 'ACME' },
		number: (n) => `+38050${String(1_000_000 + n)}`,
		requestCodes: refused({
			'Wrong login/password': 'authentication',
			'Access denied': 'authentication',
			'Unknown command': 'invalid_parameter',
			'Not enough money': 'insufficient_funds',
			'Please enter valid receiver phone number': 'invalid_recipient',
			'Please enter SMS text': 'invalid_parameter',
			'Sender phone should contains only english letters, digits, dot, underscore, dash': 'invalid_sender',
			'Error in Alpha-name': 'invalid_sender',
		}),
		recipientCode: ['Please enter valid receiver phone number', 'invalid_recipient'],
		canBeAsked: false,
		perRequest: 100,
		speaksJson: true,
	},
	{
		name: 'alphaSms with a login (text)',
		credentials: { authentication: 'login' },
		gateway: 'alphaSms',
		credentialType: 'alphaSmsApi',
		simulation: createAlphaSms,
		parameters: { from: 'ACME' },
		number: (n) => `+38050${String(1_000_000 + n)}`,
		requestCodes: refused({
			'Wrong login/password': 'authentication',
			'Access denied': 'authentication',
			'Unknown command': 'invalid_parameter',
			'Not enough money': 'insufficient_funds',
			'Please enter valid receiver phone number': 'invalid_recipient',
			'Please enter SMS text': 'invalid_parameter',
			'Sender phone should contains only english letters, digits, dot, underscore, dash': 'invalid_sender',
			'Error in Alpha-name': 'invalid_sender',
		}),
		recipientCode: ['Please enter valid receiver phone number', 'invalid_recipient'],
		canBeAsked: false,
		perRequest: 1,
		speaksJson: false,
	},
	{
		gateway: 'advantaSms',
		credentialType: 'advantaSmsApi',
		simulation: createAdvantaSms,
		parameters: {},
		number: (n) => `+2547${String(12_000_000 + n)}`,
		requestCodes: [
			...refused({
				'1001': 'invalid_sender',
				'1002': 'no_route',
				'1003': 'invalid_recipient',
				'1004': 'insufficient_funds',
				'1006': 'authentication',
				'1009': 'invalid_parameter',
				'1010': 'invalid_parameter',
				'1012': 'invalid_parameter',
				'1104': 'invalid_parameter',
				'4091': 'authentication',
				'4092': 'authentication',
				'4093': 'authentication',
			}),
			...unclear('1005', '1007', '4090'),
		],
		recipientCode: ['1002', 'no_route'],
		canBeAsked: false,
		perRequest: 100,
		speaksJson: true,
	},
	{
		gateway: 'voipCommunications',
		credentialType: 'voipCommunicationsApi',
		simulation: createVoipCommunications,
		parameters: {},
		number: (n) => `+1281234${String(5000 + n)}`,
		requestCodes: [
			...refused({
				'Not enough balance': 'insufficient_funds',
				'From number does not belong to you or is not SMS enabled': 'invalid_sender',
			}),
			['Something else', 'unknown', null],
		],
		recipientCode: ['400', 'invalid_recipient'],
		canBeAsked: false,
		perRequest: 100,
		speaksJson: true,
	},
];
