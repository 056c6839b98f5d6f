/** A refused key ends the run, in n8n's engine: it would be refused thirty times otherwise. */
import { startSimulator } from '../../../simulators/server';
import type { Simulator } from '../../../simulators/simulator';
import { createVoipCommunications } from '../../../simulators/voipCommunications';
import { runNode } from '../../support/engine';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator(createVoipCommunications());
});
afterAll(() => simulator.close());

const rows = Array.from({ length: 30 }, (_, n) => ({ phone: `+1281234${5000 + n}`, text: `Text ${n}` }));

it.each([
	{ status: false, error: 'Not authorized' },
	{ status: false, error: 'Unauthorized' },
	{ error: true, error_message: 'No' },
])('answered by %j', async (body) => {
	simulator.reset();
	simulator.fault({
		at: 'before',
		how: 'reply',
		reply: { status: 401, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
		times: Infinity,
	});
	const { success, failed } = await runNode({
		node: 'voipCommunications',
		credentials: { voipCommunicationsApi: simulator.credentials },
		rows,
		parameters: { to: '={{ $json.phone }}', message: '={{ $json.text }}' },
		onError: 'continueErrorOutput',
	});
	expect([success.length, failed.length]).toEqual([0, 30]);
	for (const { json } of failed) {
		expect(json.error).toMatchObject({ kind: 'authentication', accepted: false, retry: 'after_fix' });
	}
	expect(simulator.texts).toEqual([]);
	// Four may be under way when the first answer comes.
	expect(simulator.requests.length).toBeGreaterThanOrEqual(1);
	expect(simulator.requests.length).toBeLessThanOrEqual(4);
});
