/** Africa's Talking's calls: delivery reports as recorded, incoming messages and opt-outs as the vendor's page has them. */
import { readAfricasTalkingCall, readAfricasTalkingWebhook } from '../../../nodes/AfricasTalking/webhook';
import type { WebhookCall } from '../../../nodes/shared/webhook/call';
import { parseCall } from '../../../nodes/shared/webhook/call';

function callOf(body: string): WebhookCall {
	const call = parseCall('', 'application/x-www-form-urlencoded', Buffer.from(body));
	if (call === null) throw new Error('the call was not read');
	return call;
}
const read = (fields: Record<string, string>) =>
	readAfricasTalkingCall(callOf(new URLSearchParams(fields).toString()));

describe('a delivery report', () => {
	const report = (status: string, more: Record<string, string> = {}) =>
		read({
			phoneNumber: '+254706318147',
			retryCount: '0',
			id: 'ATXid_1',
			status,
			networkCode: '63902',
			...more,
		});

	it('is read as recorded', () => {
		const body =
			'phoneNumber=%2B254706318147&failureReason=DeliveryFailure&retryCount=0&id=ATXid_8c7541e938f63538f971f946dd25b54e&status=Failed&networkCode=63902';
		expect(readAfricasTalkingCall(callOf(body))).toEqual({
			event: 'status',
			gateway: 'africasTalking',
			messageId: 'ATXid_8c7541e938f63538f971f946dd25b54e',
			to: '+254706318147',
			from: null,
			text: null,
			status: 'undelivered',
			error: expect.objectContaining({ kind: 'unknown', code: 'DeliveryFailure' }),
			occurredAt: null,
			raw: Object.fromEntries(new URLSearchParams(body)),
		});
	});

	it.each([
		['Sent', 'sent', null],
		['Submitted', 'sent', null],
		['Buffered', 'sent', null],
		['Success', 'delivered', null],
		['Failed', 'undelivered', 'unknown'],
		['Rejected', 'rejected', 'unknown'],
		['AbsentSubscriber', 'undelivered', 'temporary'],
		['Expired', 'rejected', 'content_rejected'],
		['SomethingNew', 'unknown', null],
		['constructor', 'unknown', null],
	])('%s is %s', (word, status, kind) => {
		const event = report(word);
		expect(event).toMatchObject({ event: 'status', messageId: 'ATXid_1', status });
		expect(event?.error ?? null).toEqual(
			kind === null ? null : expect.objectContaining({ kind, code: word }),
		);
	});

	it.each([
		['InsufficientCredit', 'unknown'],
		['InvalidLinkId', 'invalid_parameter'],
		['UserIsInactive', 'invalid_recipient'],
		['UserInBlackList', 'blocked_recipient'],
		['UserAccountSuspended', 'invalid_recipient'],
		['NotNetworkSubcriber', 'invalid_recipient'],
		['UserNotSubscribedToProduct', 'blocked_recipient'],
		['UserDoesNotExist', 'invalid_recipient'],
		['DeliveryFailure', 'unknown'],
		['DoNotDisturbRejection', 'blocked_recipient'],
		['SomethingNew', 'unknown'],
		['constructor', 'unknown'],
	])('says why: %s', (failureReason, kind) => {
		for (const [status, known] of [
			['Failed', 'undelivered'],
			['Rejected', 'rejected'],
		] as const)
			expect(report(status, { failureReason })).toMatchObject({
				status: known,
				error: { kind, code: failureReason, message: expect.stringMatching(/\.$/) },
			});
	});

	it('of a message that was delivered has no error, whatever stands beside it', () => {
		expect(report('Success', { failureReason: 'DeliveryFailure' })?.error).toBeNull();
	});

	it('may lack the number', () => {
		expect(read({ id: 'ATXid_1', status: 'Success' })).toMatchObject({ to: null, status: 'delivered' });
	});
});

describe('an incoming message', () => {
	const fields = {
		linkId: '28a92cdf-2d63-4ee3-93df-4233d3de0356',
		text: 'Hello & ж\n+1',
		to: '28901',
		id: 'b68d0989-d856-494f-92ee-7c439e96e1d3',
		date: '2017-05-03T06:04:45Z',
		from: '+254791541000',
	};

	it('is read with its instant', () => {
		expect(read(fields)).toEqual({
			event: 'reply',
			gateway: 'africasTalking',
			messageId: fields.id,
			to: '28901',
			from: '+254791541000',
			text: 'Hello & ж\n+1',
			status: null,
			error: null,
			occurredAt: '2017-05-03T06:04:45.000Z',
			raw: fields,
		});
	});

	it.each([
		['2017-05-03 06:04:45', null],
		['2018-03-19T08:34:18.445Z', '2018-03-19T08:34:18.445Z'],
		['2017-05-03T09:04:45+03:00', '2017-05-03T06:04:45.000Z'],
		[' 2017-05-03T09:04:45+0300 ', '2017-05-03T06:04:45.000Z'],
		['2017-05-03T06:04:45Z about', null],
		['2017-05-03 06:04-0300 06:04:45', null],
		['soon', null],
		['', null],
	])('the instant of %j is %s: without a zone there is none', (date, occurredAt) => {
		expect(read({ ...fields, date })?.occurredAt).toBe(occurredAt);
	});

	it('has a sender: without one it is none', () => {
		expect(read({ to: '28901', text: 'Hello' })).toBeNull();
		expect(read({ phoneNumber: '+254711082001', senderId: 'ACME', text: 'Hello' })).toMatchObject({
			event: 'optOut',
		});
	});

	it('may be empty, and may lack its id and date', () => {
		expect(read({ from: '+254791541000', to: '28901', text: '' })).toMatchObject({
			event: 'reply',
			messageId: null,
			text: '',
			occurredAt: null,
		});
	});
});

it('reads an opt-out, of whom and from which sender', () => {
	const fields = { senderId: 'AFRICASTKNG', phoneNumber: '+254711082001' };
	expect(read(fields)).toEqual({
		event: 'optOut',
		gateway: 'africasTalking',
		messageId: null,
		to: 'AFRICASTKNG',
		from: '+254711082001',
		text: null,
		status: null,
		error: null,
		occurredAt: null,
		raw: fields,
		details: { optOut: true },
	});
});

it('answers everything with an empty body, and makes nothing of what it does not know', () => {
	for (const body of [
		'',
		'x=1',
		'id=ATXid_1',
		'status=Success',
		'from=%2B254',
		'phoneNumber=%2B254711082001',
		'senderId=AFRICASTKNG',
	])
		expect(readAfricasTalkingWebhook(callOf(body))).toEqual({ outcome: 'events', events: [], answer: '' });
	expect(readAfricasTalkingWebhook(callOf('id=1&status=Sent'))).toMatchObject({
		events: [{ event: 'status' }],
		answer: '',
	});
});
