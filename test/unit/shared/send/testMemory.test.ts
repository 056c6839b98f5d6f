/** What a test run has sent, asked for again by the same execution and by another. */
import { smsRuGateway } from '../../../../nodes/SmsRu/gateway';
import type { Job } from '../../../../nodes/shared/send/job';
import { TestMemory, forgetTestRuns } from '../../../../nodes/shared/send/testMemory';
import { message } from '../../../support/messages';

beforeEach(forgetTestRuns);

function memoryOf(type: string, executionId: string): TestMemory {
	const context = {
		getExecutionId: () => executionId,
		getWorkflow: () => ({ id: 'workflow' }),
		getNode: () => ({ id: 'node', type: `n8n-nodes-sms-gateways.${type}` }),
	};
	// Of a job, what the memory reads.
	return new TestMemory({ context, gateway: smsRuGateway, now: 0 } as unknown as Job, { now: () => 0 });
}

const text = { message: message(smsRuGateway, { to: '+79161234567', text: 'Hi' }), identity: '' };
const sent = { accepted: true, messageId: '1', status: 'queued', cost: null, segments: 1 } as const;

it.each([
	['smsRu', false],
	['smsRuHitlTool', false],
	// An agent that calls its tool again repeats itself; a loop in a workflow means what it says.
	['smsRuTool', true],
])('%s: what its own execution has sent counts as a repeat: %s', (type, counts) => {
	const first = memoryOf(type, 'one');
	expect(first.recall(text, 'SMS.RU')).toBeNull();
	first.begin(text);
	first.settle(text, sent);
	const again = memoryOf(type, 'one').recall(text, 'SMS.RU');
	expect(again).toEqual(counts ? { ...sent, details: { alreadySent: true } } : null);
	expect(memoryOf(type, 'two').recall(text, 'SMS.RU')).toEqual({ ...sent, details: { alreadySent: true } });
});

it('what was refused may be tried again, by an agent too', () => {
	const tool = memoryOf('smsRuTool', 'one');
	tool.begin(text);
	tool.settle(text, {
		accepted: false,
		origin: 'gateway',
		kind: 'insufficient_funds',
		code: '201',
		message: 'No money.',
		hint: 'Top up.',
		retry: 'after_fix',
	});
	expect(tool.recall(text, 'SMS.RU')).toBeNull();
});
